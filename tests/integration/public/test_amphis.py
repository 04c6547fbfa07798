"""« Liste des amphithéâtres », call lists and sessions: each audience reads its part (rules.md §9)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from gradin.data.amphis.models import Amphi, EtatAmphi, ListeAppel, SessionChoix
from gradin.data.comptes.models import Compte
from gradin.data.internes.models import Inscription
from tests.factories.amphis import T0, compte_of, make_amphi
from tests.factories.comptes import make_agent
from tests.factories.live import choose, start

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def amphi() -> Amphi:
    amphi = make_amphi(internes=3)
    liste = ListeAppel.objects.get(amphi=amphi)
    liste.figures = [
        {
            **ligne,
            "anciennete": 41,
            "promotion": 2026,
            "rang_local": 7,
            "effectif_local": 614,
            "promotion_theorique": 2019,
            "effectif_theorique": 10,
            "semestres_recherche": 3,
        }
        for ligne in liste.figures
    ]
    liste.save()
    return amphi


def read(compte: Compte | None, adresse: str) -> str:
    client = Client()
    if compte is not None:
        client.force_login(compte, backend=BACKEND)
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_the_public_reads_ranks_and_statuts_only(amphi: Amphi) -> None:
    page = read(None, f"/amphis/{amphi.pk}/liste-appel/")
    assert "1<sup>er</sup>" in page and "À venir" in page
    # As a cell: the address of the amphi may hold the same signs.
    assert "Interne1" not in page and ">41<" not in page and ">614<" not in page


def test_an_interne_of_the_amphi_reads_names_and_figures_not_absences(amphi: Amphi) -> None:
    Inscription.objects.filter(interne__ine="socle-00002").update(absence_prevue=True)
    page = read(compte_of(amphi, 1), f"/amphis/{amphi.pk}/liste-appel/")
    assert "Prénom Interne2" in page and ">614<" in page and ">41<" in page
    assert "Absence prévue" not in page and "socle-00002" not in page


def test_an_interne_of_another_amphi_reads_no_name(amphi: Amphi) -> None:
    autre = make_amphi(internes=4, variante="autre")
    page = read(compte_of(autre, 4), f"/amphis/{amphi.pk}/liste-appel/")
    assert "Interne1" not in page


def test_an_agent_of_the_scope_reads_absences_too(amphi: Amphi) -> None:
    Inscription.objects.filter(interne__ine="socle-00002").update(absence_prevue=True)
    make_agent(amphi.subdivision)
    page = read(Compte.objects.get(email="agent@ars.example"), f"/amphis/{amphi.pk}/liste-appel/")
    assert "Absence prévue" in page and "Oui</td>" in page


def test_nobody_reads_a_type_de_choix_here(amphi: Amphi) -> None:
    Inscription.objects.update(type_choix="surnombre_validant")
    assert "surnombre" not in read(compte_of(amphi, 1), f"/amphis/{amphi.pk}/liste-appel/")


def test_an_amphi_not_validated_exists_for_the_agency_only(amphi: Amphi) -> None:
    Amphi.objects.update(etat=EtatAmphi.BROUILLON)
    assert Client().get(f"/amphis/{amphi.pk}/liste-appel/").status_code == 404
    assert "Non validé" in read(None, "/amphis/")


def test_hours_before_the_cut_are_said_to_be_forecast(amphi: Amphi) -> None:
    assert "prévisionnel</span>" not in read(None, "/amphis/")
    SessionChoix.objects.all().delete()
    assert "prévisionnel</span>" in read(None, "/amphis/")
    assert "Le découpage en sessions n’est pas encore fait" in read(None, f"/amphis/{amphi.pk}/sessions/")


def test_ouvert_follows_from_the_date_of_the_favourites(amphi: Amphi) -> None:
    demain = datetime.now(UTC) + timedelta(days=1)
    Amphi.objects.update(etat=EtatAmphi.VALIDE, ouverture_favoris=demain)
    assert "Validé" in read(None, "/amphis/")
    Amphi.objects.update(ouverture_favoris=demain - timedelta(days=2))
    assert "Ouvert aux favoris" in read(None, "/amphis/")


def test_the_filters_keep_what_they_say(amphi: Amphi) -> None:
    assert "<strong>1\u00a0amphithéâtre</strong>" in read(None, "/amphis/?phase=socle&formation=medecin")
    assert "Aucun amphithéâtre ne répond" in read(None, "/amphis/?formation=dentiste")


def test_my_session_is_shown_to_me(amphi: Amphi) -> None:
    assert "Vous, 2<sup>e</sup>" in read(compte_of(amphi, 2), f"/amphis/{amphi.pk}/sessions/")
    assert "Vous," not in read(None, f"/amphis/{amphi.pk}/sessions/")


def test_home_shows_anybody_the_live_amphi_without_a_name(amphi: Amphi) -> None:
    start(amphi)
    page = read(None, "/")
    assert "Rang 1 choisit" in page and "Interne1" not in page


@pytest.mark.parametrize(
    "adresse", ["/", "/postes/", "/amphis/", "/affectations/", "/informations/", "/version/"]
)
def test_pages_stand_before_any_semestre_exists(adresse: str) -> None:
    assert Client().get(adresse).status_code == 200


@pytest.mark.parametrize("adresse", ["/amphis/", "/affectations/", "/version/"])
@pytest.mark.parametrize("parametre", ["semestre", "phase", "formation", "q", "amphi", "page", "tri"])
def test_a_wild_address_is_no_error(amphi: Amphi, adresse: str, parametre: str) -> None:
    assert Client().get(adresse, {parametre: "\x00'--9999999999999999"}).status_code == 200


def test_the_wall_screen_names_nobody_before_names_are_public(amphi: Amphi) -> None:
    start(amphi)
    adresse = f"/amphis/{amphi.pk}/ecran/"
    assert "Rang 1" in read(None, adresse) and "Prénom" not in read(None, adresse)
    assert "Prénom I." in read(compte_of(amphi, 2), adresse)


def test_the_wall_screen_says_what_is_left_and_the_last_choices(amphi: Amphi) -> None:
    start(amphi)
    choose(amphi, 1, "2", T0 + 5_000)
    page = read(None, f"/amphis/{amphi.pk}/ecran/")
    assert "3\u00a0postes libres sur 4" in page
    assert "<b>Rang 1</b><br>Service 2" in page and "complet" in page


def test_the_wall_screen_of_an_amphi_not_started_leads_to_its_list(amphi: Amphi) -> None:
    assert Client().get(f"/amphis/{amphi.pk}/ecran/")["Location"] == f"/amphis/{amphi.pk}/liste-appel/"


def test_several_amphis_are_asked_for_by_words_without_accents_or_by_code(amphi: Amphi) -> None:
    for valeurs in (["medecine generale"], [amphi.groupe.code, "autre"], ["autre", "Générale"]):
        reponse = Client().get("/amphis/", {"amphi": valeurs, "tri": "-debut"}).content.decode()
        assert "<strong>1\u00a0amphithéâtre</strong>" in reponse, valeurs
    assert "Aucun amphithéâtre ne répond" in read(None, "/amphis/?amphi=autre")


def test_sessions_say_when_they_really_began(amphi: Amphi) -> None:
    assert "à venir" in read(None, f"/amphis/{amphi.pk}/sessions/")
    start(amphi, T0 + 7 * 60_000)
    assert "à 9\u00a0h\u00a007" in read(None, f"/amphis/{amphi.pk}/sessions/")
