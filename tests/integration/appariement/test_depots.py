"""Files of a campaign by their operations: what an undoing leaves to others, and what it closes."""

import pytest

from gradin.data.appariement.models import CampagneAppariement, Candidature, PieceCandidature
from gradin.data.internes.models import Interne
from gradin.domain.appariement.calendrier import Etape
from gradin.operations.appariement.annulation import undo
from gradin.operations.appariement.campagnes import CampagneDemandee, create_campagne
from gradin.operations.appariement.depots import confirm, receive
from gradin.operations.appariement.liens import open_lien, send_lien
from gradin.operations.appariement.refus import AppariementRefuse
from gradin.operations.appariement.retrait import is_unanswered, withdraw_campagne
from tests.factories.amphis import T0
from tests.factories.appariement import Campagne


def import_file(campagne: Campagne, quoi: str, texte: str) -> int:
    depot = receive(campagne.row.pk, quoi, f"{quoi}.csv", texte.encode(), campagne.agent, T0)
    assert depot is not None
    confirm(depot, campagne.agent, T0)
    return depot


def test_an_undoing_keeps_the_internes_that_another_campaign_took_since(campagne: Campagne) -> None:
    depot = import_file(campagne, "candidats", "INE;Nom;Prénom;DES\nX1;Curie;Ève;33\nX2;Joliot;Irène;33\n")
    demande = CampagneDemandee(
        semestre="2027-05", subdivision=campagne.row.subdivision_id, intitule="Une autre", mode="appariement"
    )
    autre = CampagneAppariement.objects.get(pk=create_campagne(demande, campagne.agent, T0))
    prise = Candidature.objects.create(
        campagne=autre,
        interne=Interne.objects.get(ine="X1"),
        subdivision=autre.subdivision,
        des=campagne.candidatures[0].des,
    )
    undo(depot, campagne.agent, T0)
    assert list(Candidature.objects.filter(interne__ine__in=("X1", "X2"))) == [prise]
    assert not Interne.objects.filter(ine="X2").exists()


def test_an_undone_address_keeps_no_link_and_a_second_click_is_told_what_it_is(campagne: Campagne) -> None:
    site = campagne.sites[0]
    entete = "Code;Groupe;DES;Établissement;Service;IMOTEP;Places;Courriel\n"
    ligne = f"S1;3;33;CHU;Service 1;{site.service.imotep};1;neuf@hopital.example\n"
    depot = import_file(campagne, "sites", entete + ligne)
    with pytest.raises(AppariementRefuse, match="n’attend plus de confirmation"):
        confirm(depot, campagne.agent, T0)
    campagne.at(Etape.CLASSEMENT)
    jeton = send_lien(site.pk, campagne.agent, T0).split("/")[-2]
    assert open_lien(jeton, T0) == site.pk
    undo(depot, campagne.agent, T0)
    site.refresh_from_db()
    assert site.courriel == "site1@hopital.example" and open_lien(jeton, T0) is None


def test_a_campaign_to_which_candidates_brought_their_files_is_not_withdrawn(campagne: Campagne) -> None:
    moi = campagne.candidatures[0]
    assert is_unanswered(campagne.row.pk)
    PieceCandidature.objects.create(
        candidature=moi, nature="cv", nom="cv.pdf", taille=4, contenu=b"%PDF", created_at=T0
    )
    assert not is_unanswered(campagne.row.pk)
    PieceCandidature.objects.all().delete()
    Candidature.objects.filter(pk=moi.pk).update(presentation="Moi")
    with pytest.raises(AppariementRefuse, match="déposé un dossier"):
        withdraw_campagne(campagne.row.pk, campagne.agent, T0)
    assert Candidature.objects.filter(campagne=campagne.row).count() == 3
