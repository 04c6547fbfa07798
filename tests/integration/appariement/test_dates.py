"""The windows of a matching stand in the calendar, its feed, the candidate's own dates and his home page."""

from django.test import Client

from gradin.domain.appariement.calendrier import Etape, Fenetres
from gradin.live.temps import maintenant_ms
from gradin.operations.appariement.campagnes import set_fenetres
from gradin.queries.appariement.tours import fenetres_of
from gradin.queries.calendrier import list_evenements
from gradin.queries.mon_calendrier import list_miens
from gradin.queries.public.semestres import find_semestre
from gradin.queries.visiteurs import ANONYME, visiteur_of
from tests.factories.appariement import HEURE, Campagne
from tests.integration.appariement.test_pages import client_of, read
from tests.integration.appariement.test_parametres import hold_another


def test_the_windows_of_a_round_are_dates_for_everybody_and_its_candidates(campagne: Campagne) -> None:
    campagne.at(Etape.VOEUX, 1, maintenant_ms())
    campagne.row.tours.exclude(numero=1).delete()
    semestre = find_semestre("2027-05")
    assert semestre is not None
    titres = [lu.titre for lu in list_evenements(semestre, ANONYME)]
    mots = ("vœux", "classements des sites", "résultat, puis refus possible")
    attendus = [f"Docteurs juniors de l’essai\u00a0: {mot}, 1er tour" for mot in mots]
    assert titres == attendus
    assert "vœux" in Client().get("/calendrier.ics?semestre=2027-05").content.decode().replace("\r\n ", "")
    assert "/appariement/" in read(Client(), "/calendrier/?semestre=2027-05")
    voulues = {nom: getattr(fenetres_of(campagne.tour()), nom) for nom in Fenetres.__slots__}
    voulues["refus_jusque"] += HEURE
    set_fenetres(campagne.tour().pk, Fenetres(**voulues), campagne.agent, maintenant_ms())
    assert {lu.sequence for lu in list_evenements(semestre, ANONYME)} == {1}
    assert [lu.titre for lu in list_miens(semestre, visiteur_of(campagne.compte(0)))] == attendus
    hold_another(campagne, 2)  # the home page speaks of a semestre that has postes
    assert "Notez vos sites, jusqu’à" in read(client_of(campagne.compte(0)), "/")
