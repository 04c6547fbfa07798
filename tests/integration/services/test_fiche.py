"""« Fiche du service »: anybody's postes and past ranks, an interne's own stars, openings and note."""

from pathlib import Path

import pytest
from django.test import Client

from gradin.data.amphis.models import Amphi, Favori
from gradin.data.referentiel.models import Semestre
from gradin.data.services.models import DernierRang, NoteService
from gradin.domain.amphi.commands import Clore
from gradin.operations.imports.anomalies import FichierRefuse
from gradin.operations.imports.demande import DemandeImport
from gradin.operations.imports.import_rangs import import_rangs
from gradin.queries.services.rangs import list_series
from tests.factories.amphis import T0, compte_of, make_amphi
from tests.factories.live import choose, play, start

pytestmark = pytest.mark.django_db
FICHE = "/services/75000002/"
ENTETES = "IMOTEP;Groupe;Régime de formation;Dernier rang;Postes offerts;Postes pourvus;Effectif"


@pytest.fixture
def amphi() -> Amphi:
    return make_amphi(internes=3, postes=3, reserves={"2": ["999"]})


def signed_in(amphi: Amphi, rang: int) -> Client:
    client = Client()
    client.force_login(compte_of(amphi, rang), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def import_lines(dossier: Path, *lignes: str, semestre: str = "2026-11") -> tuple[int, int, int]:
    chemin = dossier / "rangs.csv"
    chemin.write_text("\n".join((ENTETES, *lignes)), encoding="utf-8")
    rapport = import_rangs(DemandeImport(chemin=chemin, semestre=semestre))
    return rapport.crees, rapport.modifies, len(rapport.avertissements)


def test_anybody_reads_the_postes_as_they_stand_and_nobody_s_note(client: Client, amphi: Amphi) -> None:
    start(amphi)
    choose(amphi, 1, "1", T0 + 5_000)
    page = client.get("/services/75000001/").content.decode()
    assert "poste--pourvu" in page and "Pourvu" in page and "0\u00a0non pourvu" in page
    assert "Mes notes" not in page and "en favori" not in page and "Ouvert à" not in page
    assert client.get("/services/00000000/").status_code == 404
    fragment = client.get("/services/75000001/", headers={"Gradin-Fragment": "1"}).content.decode()
    assert "<html" not in fragment and "Pourvu" in fragment


def test_an_interne_reads_what_is_open_to_him_and_stars_it(amphi: Amphi) -> None:
    moi = signed_in(amphi, 2)
    assert "Ouvert à votre groupe" in moi.get("/services/75000001/").content.decode()
    reserve = moi.get(FICHE).content.decode()
    assert "Ouvert à" not in reserve and "Réservé\u00a0: 999" in reserve
    moi.post("/services/75000001/favori/", {"geste": "ajouter-poste:1"})
    assert Favori.objects.get().poste is not None
    assert 'value="retirer-poste:1"' in moi.get("/services/75000001/").content.decode()


def test_a_note_is_read_by_its_owner_alone_and_taken_away_with_his_data(amphi: Amphi) -> None:
    moi, autre = signed_in(amphi, 1), signed_in(amphi, 2)
    moi.post("/services/75000002/note/", {"texte": "Gardes lourdes,\r\nbonne équipe\x00"})
    assert NoteService.objects.get().texte == "Gardes lourdes,\nbonne équipe"
    assert "Gardes lourdes" in moi.get(FICHE).content.decode()
    assert "Gardes lourdes" not in autre.get(FICHE).content.decode()
    assert "Gardes lourdes" in moi.get("/mon-profil/donnees/telecharger/").content.decode()
    assert "Gardes lourdes" not in autre.get("/mon-profil/donnees/telecharger/").content.decode()
    moi.post("/services/75000002/note/", {"texte": "x" * 4_001})
    assert NoteService.objects.get().texte.startswith("Gardes")
    moi.post("/services/75000002/note/", {"texte": "  "})
    assert not NoteService.objects.exists()


def test_a_closed_amphi_of_the_past_says_how_far_the_service_went(amphi: Amphi) -> None:
    """Only classiques count, and only what was chosen before the semestre that is read."""
    start(amphi)
    choose(amphi, 1, "3", T0 + 5_000)
    choose(amphi, 2, "1", T0 + 9_000)
    service = amphi.postes.get(numero="1").service_id
    assert list_series(service, "2027-11") == ()
    clore = Clore(motif="fin", auteur="a@ars.example", second="b@ars.example")
    assert not play(amphi, clore, T0 + 12_000).refusee
    assert list_series(service, "2027-05") == ()
    (serie,) = list_series(service, "2027-11")
    (rang,) = serie.rangs
    assert (rang.rang, rang.effectif, rang.offerts, rang.pourvus) == (2, 3, 1, 1)
    assert rang.restait_au(2) and not rang.restait_au(3)
    (vide,) = list_series(amphi.postes.get(numero="2").service_id, "2027-11")[0].rangs
    assert (vide.rang, vide.restants) == (None, 1) and vide.restait_au(3)


def test_a_file_brings_the_ranks_of_the_past_once(amphi: Amphi, tmp_path: Path) -> None:
    lignes = (
        "75000001;3;Phase socle;87;2;2;120",
        "75000002;3;Phase socle;;1;0;",
        "99999999;3;Phase socle;1;1;1;",
    )
    assert import_lines(tmp_path, *lignes) == (2, 0, 1)
    assert import_lines(tmp_path, *lignes) == (0, 0, 1)
    assert import_lines(tmp_path, "75000001;3;Phase socle;90;2;2;120") == (0, 1, 0)
    page = signed_in(amphi, 1).get("/services/75000001/").content.decode()
    assert "90<sup>e</sup>" in page and "sur 120" in page and "novembre 2026" in page
    assert "À votre rang, il restait encore un poste 1 semestre sur 1." in page
    for faute in (
        "75000001;3;Phase socle;98e;1;1;",
        "75000001;3;Phase socle;5;1;2;",
        "75000001;3;Phase socle;;1;1;",
    ):
        with pytest.raises(FichierRefuse):
            import_lines(tmp_path, faute, semestre="2025-11")
    assert DernierRang.objects.count() == 2 and not Semestre.objects.filter(code="2025-11").exists()
