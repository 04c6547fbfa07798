"""From « Oui je confirme » to the mail and to the verifier: the real path, on each store."""

import json

import pytest

from gradin.data.amphis.models import Place
from gradin.data.internes.models import TypeChoix
from gradin.queries.journal import export_jsonl, tete
from gradin.queries.recus import own_recu, recu_json, recu_of
from gradin.travaux.outbox import LOT, run_once
from tests.factories.amphis import T0, compte_of, make_amphi
from tests.factories.live import choose, pass_time, start
from tests.integration.courriers.serveur import Serveur
from verification.verify_journal import check_head, check_receipt, verify

pytestmark = pytest.mark.django_db

# More than one lot.
CHOIX = LOT + 2


def test_mails_wait_for_the_server_and_hold_back_no_choice(serveur: Serveur) -> None:
    """F18: every choice is accepted while the server is down, every mail leaves once after."""
    serveur.stop()
    amphi = make_amphi(internes=CHOIX, postes=CHOIX)
    start(amphi)
    recus = []
    for rang in range(1, CHOIX + 1):
        reponse = choose(amphi, rang, str(rang), T0 + rang * 1_000)
        assert reponse.statut == 201
        recus.append(reponse.corps["recu"])
        run_once(T0 + rang * 1_000)
    serveur.start()
    while run_once(T0 + 3_600_000):
        continue
    assert serveur.boite.keys == sorted(f"choix-{amphi.pk}-{recu['n']}" for recu in recus)
    to = [str(message["To"]) for message in serveur.boite.messages]
    assert sorted(to) == sorted(compte_of(amphi, rang).email for rang in range(1, CHOIX + 1))


def test_the_receipt_read_again_is_the_one_answered() -> None:
    amphi = make_amphi()
    start(amphi)
    recu = choose(amphi, 1, "2", T0 + 1_000).corps["recu"]
    assert recu_json(recu_of(amphi.pk, recu["n"])) == {"amphi": amphi.pk, **recu}


def test_an_interne_finds_his_own_receipt_and_no_other() -> None:
    amphi = make_amphi()
    start(amphi)
    n = choose(amphi, 1, "2", T0 + 1_000).corps["recu"]["n"]
    mine = Place.objects.get(amphi=amphi, rang=1).inscription.interne_id
    other = Place.objects.get(amphi=amphi, rang=2).inscription.interne_id
    found = own_recu(mine, amphi.pk)
    assert found is not None
    assert found.n == n
    assert own_recu(other, amphi.pk) is None


@pytest.mark.parametrize("complet", [True, False])
def test_the_exported_journal_passes_and_holds_the_receipt(complet: bool) -> None:
    amphi = make_amphi(internes=3, types={2: TypeChoix.SURNOMBRE_NON_VALIDANT})
    start(amphi)
    recus = [choose(amphi, rang, "2", T0 + rang * 1_000).corps["recu"] for rang in (1, 2)]
    pass_time(amphi, T0 + 200_000)
    verification = verify(line.encode() + b"\n" for line in export_jsonl(amphi.pk, complet=complet))
    assert (verification.complet is not None) is complet
    for recu in recus:
        assert check_receipt(verification, json.dumps(recu)) == recu["n"]
    assert check_head(verification, tete(amphi.pk)[1]) == len(verification.lignes)
