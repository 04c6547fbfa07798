"""An individual demand: filed, advised, decided, and what the roster and the amphi then say."""

from datetime import UTC, datetime

import pytest

from gradin.data.amphis.models import Amphi, ListeAppel, Place
from gradin.data.comptes.models import Compte
from gradin.data.courriers.models import Envoi
from gradin.data.demandes.models import DemandeIndividuelle, Mouvement
from gradin.data.internes.models import Inscription
from gradin.data.parcours.models import Derogation, LigneParcours
from gradin.data.profils.models import Changement
from gradin.data.referentiel.models import Semestre
from gradin.domain.demandes.etats import Acteur
from gradin.domain.demandes.natures import Nature
from gradin.operations.demandes.effets import accept_individuelle, apply_effets, reopen_individuelle
from gradin.operations.demandes.individuelles import (
    give_avis,
    instruct_individuelle,
    refuse_individuelle,
    withdraw_individuelle,
)
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.operations.parcours.demandes import fill_demandes
from gradin.queries.individuelles.restes import list_restes
from gradin.queries.visiteurs import Visiteur
from gradin.web.gestion.suivi_listes import follow_lists
from tests.factories.amphis import T0, compte_of
from tests.factories.live import start, state
from tests.integration.situations.conftest import AVANT, JOUR, advised, file, inscription_of

pytestmark = pytest.mark.django_db


def test_an_accepted_year_takes_him_out_of_the_amphi_and_moves_no_rank(
    amphi: Amphi, agent: Visiteur, coordonnateur: Compte
) -> None:
    rangs = [*Place.objects.filter(amphi=amphi).order_by("pk").values_list("pk", "rang")]
    pk = advised(amphi, 2, agent, coordonnateur, Nature.ANNEE_RECHERCHE)
    bilan = accept_individuelle(pk, "", agent, maintenant=AVANT + 3)
    assert len(bilan.faits) == 1 and not bilan.empeches and not bilan.publies
    assert Place.objects.get(amphi=amphi, rang=2).statut == "hors_choix"
    assert [*Place.objects.filter(amphi=amphi).order_by("pk").values_list("pk", "rang")] == rangs
    row = Changement.objects.get(champ="absence_prevue")
    assert (row.avant, row.apres, row.auteur) == ("Non", "Oui", agent.courriel)
    start(amphi)
    assert str(state(amphi).statuts[2]) == "hors_choix" and str(state(amphi).statuts[1]) == "en_cours"
    with pytest.raises(DemandeRefusee, match="avancé entre-temps"):
        refuse_individuelle(pk, "trop tard", agent=agent.compte or 0, maintenant=T0)


def test_provisional_lists_follow_a_decision_only_once_it_stands(
    amphi: Amphi, agent: Visiteur, coordonnateur: Compte
) -> None:
    """Each locks its amphi: in the transaction of the decision, two of them would wait for each other."""
    ListeAppel.objects.update(published_at=None)
    pk = advised(amphi, 2, agent, coordonnateur, Nature.ANNEE_RECHERCHE)
    Inscription.objects.filter(pk=inscription_of(amphi, 3).pk).update(rang_local=9)
    avant = ListeAppel.objects.get().figures
    bilan = accept_individuelle(pk, "", agent, maintenant=AVANT + 3)
    assert ListeAppel.objects.get().figures == avant
    assert follow_lists(bilan.lieux, datetime.fromtimestamp(AVANT / 1000, UTC)) == 1
    assert Place.objects.get(amphi=amphi, inscription__rang_local=9).rang == 4


def test_what_a_started_amphi_refuses_stays_to_be_done_and_is_said(
    amphi: Amphi, agent: Visiteur, coordonnateur: Compte
) -> None:
    pk = advised(amphi, 3, agent, coordonnateur, Nature.STAGE_LIBRE)
    start(amphi)
    bilan = accept_individuelle(pk, "", agent, maintenant=T0 + 1)
    assert bilan.faits == () and "a commencé" in bilan.empeches[0].message
    assert f"/regie/amphis/{amphi.pk}/internes/3/" == bilan.empeches[0].lien
    demande = DemandeIndividuelle.objects.get(pk=pk)
    assert demande.etat == "acceptee" and [r.champ for r in list_restes(demande)] == ["absence_prevue"]


def test_a_decision_taken_back_gives_the_turn_back(
    amphi: Amphi, agent: Visiteur, coordonnateur: Compte
) -> None:
    pk = advised(amphi, 2, agent, coordonnateur, Nature.HORS_SUBDIVISION)
    accept_individuelle(pk, "", agent, maintenant=AVANT + 3)
    assert inscription_of(amphi, 2).absence_prevue
    with pytest.raises(DemandeRefusee, match="pourquoi"):
        reopen_individuelle(pk, " ", agent, maintenant=AVANT + 4)
    reopen_individuelle(pk, "le service d’accueil renonce", agent, maintenant=AVANT + 4)
    assert not inscription_of(amphi, 2).absence_prevue
    assert Place.objects.get(amphi=amphi, rang=2).statut == "a_venir"
    assert DemandeIndividuelle.objects.get(pk=pk).etat == "en_instruction"


def test_research_is_written_in_the_roster_of_the_semestre_that_follows(
    amphi: Amphi, agent: Visiteur, coordonnateur: Compte
) -> None:
    pk = advised(amphi, 1, agent, coordonnateur, Nature.ANNEE_RECHERCHE)
    accept_individuelle(pk, "", agent, maintenant=AVANT + 3)
    suivant, _ = Semestre.objects.get_or_create(code="2027-11")
    ancienne = inscription_of(amphi, 1)
    nouvelle = Inscription.objects.get(pk=ancienne.pk)
    nouvelle.pk, nouvelle.semestre, nouvelle.absence_prevue = None, suivant, False
    nouvelle.save(force_insert=True)
    apply_effets(pk, agent, maintenant=AVANT + 4)
    nouvelle.refresh_from_db()
    assert (nouvelle.absence_prevue, nouvelle.semestres_recherche) == (True, 1)
    assert list_restes(DemandeIndividuelle.objects.get(pk=pk)) == ()
    fill_demandes(datetime(2027, 12, 1, tzinfo=UTC))
    LigneParcours.objects.filter(semestre=suivant).update(etat="valide")
    reopen_individuelle(pk, "le laboratoire renonce", agent, maintenant=AVANT + 5)
    nouvelle.refresh_from_db()
    assert (nouvelle.absence_prevue, nouvelle.semestres_recherche) == (False, 0)
    # What the faculty has judged stays.
    assert [*LigneParcours.objects.values_list("semestre__code", flat=True)] == ["2027-11"]


def test_a_derogation_lifts_the_maquette_and_a_remords_is_left_to_the_agent(
    amphi: Amphi, agent: Visiteur, coordonnateur: Compte
) -> None:
    desc = advised(amphi, 1, agent, coordonnateur, Nature.DEROGATION_DESC)
    accept_individuelle(desc, "", agent, maintenant=AVANT + 3)
    assert Derogation.objects.get().inscription == inscription_of(amphi, 1)
    assert Place.objects.get(amphi=amphi, rang=1).statut == "a_venir"
    remords = advised(amphi, 2, agent, coordonnateur, Nature.REMORDS)
    bilan = accept_individuelle(remords, "", agent, maintenant=AVANT + 3)
    assert bilan.faits == () and "/corriger/" in bilan.empeches[0].lien
    sien = inscription_of(amphi, 1).des
    with pytest.raises(DemandeRefusee, match="déjà votre DES"):
        file(amphi, 1, Nature.REMORDS, objet=f"{sien.code_des} - {sien.intitule}")
    with pytest.raises(DemandeRefusee, match="qu’une fois"):
        file(amphi, 2, Nature.REMORDS)


def test_opinions_and_refusals_are_motivated_and_mails_say_nothing(
    amphi: Amphi, agent: Visiteur, coordonnateur: Compte
) -> None:
    assert agent.compte is not None
    pk = file(amphi, 1, Nature.STAGE_LIBRE, objet="Objet secret")
    with pytest.raises(DemandeRefusee, match="déjà en cours"):
        file(amphi, 1, Nature.STAGE_LIBRE)
    instruct_individuelle(pk, agent=agent.compte, maintenant=AVANT + 1)
    qui = {"acteur": Acteur.COORDONNATEUR, "auteur": coordonnateur.pk, "maintenant": AVANT + 2}
    with pytest.raises(DemandeRefusee, match="se motive"):
        give_avis(pk, "defavorable", "", **qui)
    with pytest.raises(DemandeRefusee, match="manque encore"):
        accept_individuelle(pk, "", agent, maintenant=AVANT + 2)
    give_avis(pk, "defavorable", "Encadrement insuffisant", **qui)
    with pytest.raises(DemandeRefusee, match="se motive"):
        refuse_individuelle(pk, "", agent=agent.compte, maintenant=AVANT + 3)
    refuse_individuelle(pk, "Avis défavorable", agent=agent.compte, maintenant=AVANT + 3)
    actes = [*Mouvement.objects.filter(individuelle=pk).values_list("acte", flat=True)]
    assert actes == ["depot", "instruction", "avis", "refus"]
    envois = Envoi.objects.filter(cle__startswith=f"individuelle-{pk}-")
    assert envois.filter(destinataire="coordo@fac.example").count() == 1
    assert envois.count() == 5
    for envoi in envois:
        for tu in ("Objet secret", "libre", "défavorable", "Encadrement"):
            assert tu not in envoi.texte + envoi.sujet


def test_late_is_said_not_refused_and_what_has_begun_is_refused(amphi: Amphi) -> None:
    tard = DemandeIndividuelle.objects.get(pk=file(amphi, 1, jour=JOUR))
    assert tard.hors_delai
    withdraw_individuelle(tard.pk, auteur=compte_of(amphi, 1).pk, maintenant=AVANT + 1)
    tot = JOUR.replace(year=JOUR.year - 1)
    assert not DemandeIndividuelle.objects.get(pk=file(amphi, 1, jour=tot)).hors_delai
    with pytest.raises(DemandeRefusee, match="déjà commencé"):
        file(amphi, 2, jour=JOUR.replace(year=JOUR.year + 1))
    with pytest.raises(DemandeRefusee, match="pourquoi"):
        file(amphi, 2, Nature.DISPONIBILITE, forme="vacances")
