"""« Mon espace »: each partner finds what is his, only that, and takes it away as a file."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from django.test import Client

from gradin.data.amphis.models import Amphi
from gradin.data.comptes.models import Role
from gradin.data.internes.models import Interne
from gradin.data.referentiel.models import Etablissement, Service, Specialite, Ufr
from gradin.domain.amphi.commands import Clore
from gradin.operations.comptes.agents import create_agent, parse_portee
from tests.factories.amphis import T0, make_amphi
from tests.factories.live import choose, play, start

pytestmark = pytest.mark.django_db
PORTEES = {
    Role.FACULTE: "IDF:ufr=Paris Cité",
    Role.COORDONNATEUR: "IDF:des=33",
    Role.ETABLISSEMENT: "IDF:etablissement=Hôpital de la Grange",
    Role.RESPONSABLE_TERRAIN: "IDF:service=75000001",
    Role.REPRESENTANT: "IDF:3",
}


@pytest.fixture
def amphi() -> Amphi:
    """Rank 1 chose n° 1, rank 2 n° 2; rank 1 is of the UFR, n° 2 stands in another hospital."""
    amphi = make_amphi(internes=3, postes=3)
    cite = Ufr.objects.create(nom="Paris Cité")
    Interne.objects.filter(nom="Interne1").update(ufr=cite, recherche="prenom interne1")
    loin = Etablissement.objects.create(nom="Hôpital du Loin", cle_tri="loin")
    Service.objects.filter(imotep="75000002").update(etablissement=loin, nom="Service lointain")
    Specialite.objects.create(code_des="99", intitule="Gériatrie")
    start(amphi)
    choose(amphi, 1, "1", T0 + 1_000)
    choose(amphi, 2, "2", T0 + 2_000)
    return amphi


def sign_in(role: Role, portee: str = "") -> Client:
    compte = create_agent(
        courriel=f"{role.value}@role.example",
        mot_de_passe="secret long",
        portees=[parse_portee(portee or PORTEES[role])],
        maintenant=datetime(2027, 4, 1, tzinfo=UTC),
        role=role,
    )
    client = Client()
    client.force_login(compte, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def read(client: Client, adresse: str) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200, adresse
    return reponse.content.decode()


def names_in(texte: str) -> set[str]:
    return {nom for nom in ("Interne1", "Interne2", "Interne3") if nom in texte}


def test_each_reads_his_internes_his_postes_and_who_arrives_and_nobody_elses(amphi: Amphi) -> None:
    clients = {role: sign_in(role) for role in PORTEES}
    # Live, without public names: nobody's choice is named.
    assert names_in(read(clients[Role.ETABLISSEMENT], "/mon-espace/affectations/")) == set()
    assert "avant la clôture" in read(clients[Role.ETABLISSEMENT], "/mon-espace/")
    play(amphi, Clore(second="compte:1"), T0 + 3_000)
    arrivees = {
        Role.FACULTE: {"Interne1"},
        Role.COORDONNATEUR: {"Interne1", "Interne2"},
        Role.ETABLISSEMENT: {"Interne1"},
        Role.RESPONSABLE_TERRAIN: {"Interne1"},
    }
    for role, qui in arrivees.items():
        assert names_in(read(clients[role], "/mon-espace/affectations/")) == qui, role
    assert names_in(read(clients[Role.FACULTE], "/mon-espace/internes/")) == {"Interne1"}
    assert names_in(read(clients[Role.COORDONNATEUR], "/mon-espace/internes/?q=interne1")) == {"Interne1"}
    assert "lointain" not in read(clients[Role.ETABLISSEMENT], "/mon-espace/postes/")
    assert "lointain" in read(clients[Role.REPRESENTANT], "/mon-espace/postes/")
    assert "Service 3" not in read(clients[Role.RESPONSABLE_TERRAIN], "/mon-espace/postes/")


def test_the_first_page_says_why_he_came_and_the_header_leads_there(amphi: Amphi) -> None:
    nommes = {
        Role.FACULTE: "Paris Cité",
        Role.COORDONNATEUR: "Médecine générale",
        Role.ETABLISSEMENT: "Hôpital de la Grange",
        Role.RESPONSABLE_TERRAIN: "Service 1",
        Role.REPRESENTANT: "Médecine générale",
    }
    for role, nom in nommes.items():
        client = sign_in(role)
        assert '<a class="bouton bouton--nu insecable" href="/mon-espace/">Mon espace</a>' in read(
            client, "/postes/"
        )
        page = read(client, "/mon-espace/")
        assert nom in page and f"/amphis/{amphi.pk}/liste-appel/" in page, role


def test_a_list_is_taken_away_as_a_file_without_anything_private(
    amphi: Amphi, caplog: pytest.LogCaptureFixture
) -> None:
    play(amphi, Clore(second="compte:1"), T0 + 3_000)
    client = sign_in(Role.ETABLISSEMENT)
    with caplog.at_level("INFO", logger="gradin.web.espace.views"):
        classeur = client.get("/mon-espace/affectations/?format=xlsx").content
    with zipfile.ZipFile(io.BytesIO(classeur)) as archive:
        texte = archive.read("xl/sharedStrings.xml").decode()
    assert "Interne1" in texte and "75000001" in texte
    assert "@" not in texte and "surnombre" not in texte
    assert "lignes=1" in caplog.text
    tableur = client.get("/mon-espace/postes/?format=csv").content.decode("utf-8-sig").splitlines()
    assert len(tableur) == 3 and "Pourvu" in tableur[1]


def test_a_scope_that_names_nothing_of_his_gives_nothing(amphi: Amphi) -> None:
    """A whole subdivision is no UFR; the DES of somebody else is not his."""
    play(amphi, Clore(second="compte:1"), T0 + 3_000)
    sans = sign_in(Role.FACULTE, "IDF")
    assert "Aucun périmètre" in read(sans, "/mon-espace/")
    assert names_in(read(sans, "/mon-espace/internes/?format=csv")) == set()
    autre = sign_in(Role.COORDONNATEUR, "IDF:des=99")
    for liste in ("internes", "affectations", "postes"):
        page = read(autre, f"/mon-espace/{liste}/?format=csv")
        assert len(page.splitlines()) == 1, liste
