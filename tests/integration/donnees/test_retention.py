"""Kept as long as said, then really gone; the journal's chain holds without its openings."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from gradin.data.amphis.models import Amphi, CleIdempotence, Fait, FaitPrive, Favori
from gradin.data.comptes.models import Compte
from gradin.data.courriers.models import Envoi
from gradin.data.internes.models import Interne, TypeChoix
from gradin.data.profils.models import Changement
from gradin.queries.etats import lire_etat
from gradin.travaux.retention import PREMIERE_MS, Quotidien, run_once
from tests.factories.amphis import T0, add_favoris, compte_of, make_amphi
from tests.factories.live import choose, start
from tests.integration.amphis.test_verifiable import Played, verify

pytestmark = pytest.mark.django_db

JOUR = 86_400_000
CANARIS = ("CANARI-INE", "1999-12-31", "canari@secret.example", "0699999999", "7 rue du Canari", "CanariRpps")


@pytest.fixture
def clos() -> Amphi:
    """Everything was played, a surnombre and a corrected choice included; closed in April 2027."""
    amphi = make_amphi(internes=5, postes=6, types={2: TypeChoix.SURNOMBRE_NON_VALIDANT})
    add_favoris(amphi, 2, ["3", "4"])
    start(amphi)
    jeu = Played(amphi)
    jeu.choose(1, "2")
    jeu.choose(2, "2")
    jeu.order(type="pause", label="repas", texte="Motif canari")
    jeu.order(type="type_choix", interne=5, type_choix="surnombre_validant")
    jeu.order(type="reprendre")
    jeu.wait(123_000)
    jeu.order(type="message", texte="Bonjour")
    jeu.order(type="replacer", interne=3)
    jeu.choose(4, "3")
    jeu.choose(3, "1")
    jeu.choose(5, "4")
    jeu.by_two(type="corriger_choix", interne=1, poste="5", motif="erreur")
    jeu.order(type="clore")
    amphi.refresh_from_db()
    return amphi


def test_the_chain_verifies_after_the_openings_are_erased(clos: Amphi, tmp_path: Path) -> None:
    run_once(T0 + 800 * JOUR)
    assert not FaitPrive.objects.exists()
    assert Fait.objects.filter(amphi=clos).count() == clos.seq
    verdict = verify(clos, tmp_path, complet=False)
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr
    assert verify(clos, tmp_path, complet=True).returncode == 0


def test_the_state_of_an_erased_amphi_is_the_one_that_was_played(clos: Amphi) -> None:
    _, avant = lire_etat(clos.pk)
    run_once(T0 + 800 * JOUR)
    _, apres = lire_etat(clos.pk)
    for champ in ("etat", "statuts", "choix", "classiques", "surnombres", "retires", "ordre", "seq"):
        assert getattr(apres, champ) == getattr(avant, champ), champ
    assert apres.causes.keys() == avant.causes.keys()


def test_nothing_is_erased_before_its_time(clos: Amphi) -> None:
    ouvertures = FaitPrive.objects.count()
    effaces = run_once(T0 + 700 * JOUR)
    assert effaces["ouvertures"] == 0 and FaitPrive.objects.count() == ouvertures


def test_a_rehearsal_counts_and_erases_nothing(clos: Amphi) -> None:
    annonces = run_once(T0 + 800 * JOUR, essai=True)
    assert FaitPrive.objects.count() == annonces["ouvertures"] > 0
    assert run_once(T0 + 800 * JOUR) == annonces
    assert not any(run_once(T0 + 800 * JOUR).values())


def test_who_has_left_is_in_no_table_any_more(clos: Amphi) -> None:
    _mark(clos, 2)
    assert {canari for canari in CANARIS if canari in _dump()} == set(CANARIS)
    run_once(T0 + 800 * JOUR)
    assert [canari for canari in CANARIS if canari in _dump()] == []
    assert not Favori.objects.exists()
    assert not Compte.objects.filter(email__endswith="@internes.example").exists()


def test_the_region_sets_its_own_durations(clos: Amphi, settings: object) -> None:
    settings.GRADIN_CONSERVATION = {"ouvertures": 10}  # type: ignore[attr-defined]
    assert run_once(T0 + 20 * JOUR)["ouvertures"] > 0


def test_keys_and_sent_mails_go_first() -> None:
    amphi = make_amphi()
    start(amphi)
    choose(amphi, 1, "1", T0 + 1_000, cle="une")
    Envoi.objects.update(sent_at=datetime.fromtimestamp(T0 / 1000, UTC))
    run_once(T0 + 29 * JOUR)
    assert CleIdempotence.objects.exists() and Envoi.objects.exists()
    run_once(T0 + 31 * JOUR)
    assert not CleIdempotence.objects.exists() and Envoi.objects.exists()
    run_once(T0 + 91 * JOUR)
    assert not Envoi.objects.exists()


def test_nothing_is_erased_while_an_amphi_runs(clos: Amphi) -> None:
    tard = T0 + 800 * JOUR
    Amphi.objects.filter(pk=clos.pk).update(etat="en_cours")
    menage = Quotidien()
    menage.run(tard)
    menage.run(tard + PREMIERE_MS)
    assert FaitPrive.objects.exists()
    Amphi.objects.filter(pk=clos.pk).update(etat="clos")
    menage.run(tard + PREMIERE_MS + 1)
    assert not FaitPrive.objects.exists()


def test_the_command_says_what_it_would_erase(clos: Amphi) -> None:
    sortie = StringIO()
    call_command("run_retention", essai=True, stdout=sortie)
    assert "ouvertures : 0 à effacer" in sortie.getvalue()


def _mark(amphi: Amphi, rang: int) -> None:
    interne = Interne.objects.get(compte=compte_of(amphi, rang))
    interne.ine, interne.ne_le, interne.telephone = "CANARI-INE", "1999-12-31", "0699999999"
    interne.courriel, interne.adresse = "canari@secret.example", "7 rue du Canari"
    interne.rpps, interne.recherche = "CanariRpps", "canari-ine"
    interne.save()
    liste = amphi.listes.get()
    liste.figures[rang - 1]["ine"] = "CANARI-INE"
    liste.a_confirmer = [["CANARI-INE", "autre"]]
    liste.save()
    hier = datetime.fromtimestamp(T0 / 1000, UTC) - timedelta(days=1)
    Changement.objects.create(interne=interne, champ="adresse", avant="7 rue du Canari", auteur="x", at=hier)


def _dump() -> str:
    """Every cell of every table, as text."""
    morceaux = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            morceaux += [str(cellule) for ligne in cursor.fetchall() for cellule in ligne]
    return "\n".join(morceaux)
