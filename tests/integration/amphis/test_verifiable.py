"""What `handle` writes, the verifier written apart accepts: public and complete."""

import subprocess
import sys
from pathlib import Path

import pytest

from gradin.data.amphis.models import Amphi
from gradin.data.internes.models import Phase, TypeChoix
from gradin.operations.amphis import run_commande_agent
from gradin.queries.journal import export_jsonl
from gradin.queries.visiteurs import Visiteur
from tests.factories.amphis import T0, make_amphi, make_inscription, make_poste
from tests.factories.comptes import make_agent
from tests.factories.live import alive, choose, pass_time, start

pytestmark = pytest.mark.django_db

VERIFIER = Path(__file__).resolve().parents[3] / "verification" / "verify_journal.py"


def verify(amphi: Amphi, folder: Path, *, complet: bool) -> subprocess.CompletedProcess[str]:
    path = folder / "amphi.jsonl"
    path.write_text("\n".join(export_jsonl(amphi.pk, complet=complet)) + "\n", "utf-8")
    return subprocess.run(
        [sys.executable, str(VERIFIER), str(path)], capture_output=True, text=True, check=False
    )


class Played:
    """One agent acts, second by second; another approves."""

    def __init__(self, amphi: Amphi) -> None:
        self.amphi = amphi
        self.agent = make_agent(amphi.subdivision)
        self.second = make_agent(amphi.subdivision, "second@ars.example")
        self.now = T0

    def order(self, par: Visiteur | None = None, **corps: object) -> dict[str, object]:
        self.now += 1_000
        alive(self.now)
        reponse = run_commande_agent(self.amphi.pk, corps, par or self.agent, self.now)
        assert not reponse.refusee, reponse.corps
        return dict(reponse.corps)

    def by_two(self, **corps: object) -> None:
        proposition = self.order(**corps)["proposition"]
        self.order(self.second, type="approuver", proposition=proposition)

    def choose(self, rang: int, poste: str) -> None:
        self.now += 1_000
        assert choose(self.amphi, rang, poste, self.now).statut == 201

    def wait(self, ms: int) -> None:
        self.now += ms
        pass_time(self.amphi, self.now)


def test_a_whole_amphi_with_every_kind_of_act_verifies(tmp_path: Path) -> None:
    amphi = make_amphi(
        internes=8, postes=12, types={4: TypeChoix.SURNOMBRE_NON_VALIDANT}, reserves={"9": ["77"]}
    )
    start(amphi)
    make_poste("40")
    make_inscription(30, Phase.SOCLE)
    jeu = Played(amphi)
    jeu.choose(1, "2")
    jeu.order(type="prolonger", tour=2, ms=30_000)
    jeu.wait(123_000)
    jeu.order(type="pause", label="repas")
    jeu.order(type="ajouter_poste", poste="40")
    jeu.order(type="retirer_poste", poste="11")
    jeu.order(type="lever_reserve", poste="9")
    jeu.order(type="reprendre")
    jeu.choose(3, "40")
    jeu.choose(4, "2")
    jeu.order(type="type_choix", interne=6, type_choix="surnombre_validant")
    jeu.order(type="multiplicateur", interne=6, multiplicateur="3/2")
    jeu.order(type="replacer", interne=2)
    jeu.order(type="choisir_pour", tour=5, poste="5", motif="au téléphone")
    jeu.choose(2, "6")
    jeu.by_two(type="corriger_choix", interne=1, poste="9", motif="erreur de saisie")
    jeu.by_two(
        type="corriger_liste",
        liste=[{"interne": 8, "rang": 9}, {"ine": "socle-00030", "rang": 8}],
        motif="oubli",
    )
    jeu.order(type="message", texte="Bon courage à tous.")
    jeu.order(type="hors_choix", interne=7)
    jeu.choose(6, "10")
    jeu.choose(9, "3")
    jeu.order(type="passer", tour=9, motif="ne répond pas")
    jeu.order(type="rattrapage")
    jeu.choose(8, "7")
    jeu.order(type="clore")
    for complet in (False, True):
        result = verify(amphi, tmp_path, complet=complet)
        assert result.returncode == 0, result.stdout + result.stderr


def test_one_changed_byte_is_found(tmp_path: Path) -> None:
    amphi = make_amphi()
    start(amphi)
    choose(amphi, 1, "2", T0 + 1_000)
    path = tmp_path / "amphi.jsonl"
    path.write_text("\n".join(export_jsonl(amphi.pk)).replace('"poste":"2"', '"poste":"3"') + "\n", "utf-8")
    result = subprocess.run(
        [sys.executable, str(VERIFIER), str(path)], capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
