"""What the numbers of addresses name: the things of one interne, of his subdivision and of his agent."""

from datetime import UTC, datetime, timedelta
from typing import Any

from gradin.data.agrements.models import Agrement, CampagneAgrement
from gradin.data.amphis.models import Amphi, Place
from gradin.data.attestations.models import Recueil
from gradin.data.commissions.models import Commission
from gradin.data.comptes.models import Compte, Role
from gradin.data.courriers.models import Envoi
from gradin.data.demandes.models import DemandeIndividuelle, DemandeStatut, Procuration
from gradin.data.imports.models import Depot
from gradin.data.ouverture.models import Ouverture, PostePropose
from gradin.data.postes.models import Poste
from gradin.data.profils.models import DemandeCorrection, DemandeInscription
from gradin.data.recherches.models import RechercheEnregistree
from gradin.data.referentiel.models import Service
from gradin.data.services.models import NoteService
from gradin.live.temps import maintenant_ms
from tests.factories.appariement import matching_of
from tests.factories.publications import published_in
from tests.factories.referentiel import make_des
from tests.integration.permissions.jetons import JETONS


def objets_of(amphi: Amphi, rang: int) -> dict[str, Any]:
    """What the numbers of addresses name: things of the interne of that rank."""
    place = Place.objects.select_related("inscription__interne__compte").get(amphi=amphi, rang=rang)
    inscription, maintenant = place.inscription, maintenant_ms()
    statut = DemandeStatut.objects.create(
        inscription=inscription, souhaite="classique", asked_at=maintenant, etat="en_cours"
    )
    refusee = DemandeStatut.objects.create(
        inscription=inscription,
        souhaite="surnombre_validant",
        asked_at=maintenant,
        etat="refusee",
        motif_refus=JETONS["motif"],
    )
    assert refusee.pk
    procuration = Procuration.objects.filter(inscription__places__amphi=amphi).first()
    demande = DemandeInscription.objects.create(
        prenom="P",
        nom="N",
        courriel="n@p.example",
        ine="X",
        interne=inscription.interne,
        created_at=datetime.now(UTC),
        lien=f"lien-{amphi.pk}",
        lien_expires_at=datetime.now(UTC) + timedelta(days=1),
    )
    compte = inscription.interne.compte
    assert compte is not None
    recherche = RechercheEnregistree.objects.create(
        compte=compte, nom=JETONS["recherche"], requete="q=x", created_at=datetime.now(UTC)
    )
    service = Service.objects.filter(postes__amphis=amphi).order_by("imotep")[0]
    NoteService.objects.create(
        compte=compte, service=service, texte=JETONS["note"], updated_at=datetime.now(UTC)
    )
    envoi = Envoi.objects.create(
        cle=f"essai-{amphi.pk}",
        destinataire=inscription.interne.courriel,
        sujet="s",
        texte="t",
        created_at=datetime.now(UTC),
        due_at=datetime.now(UTC),
    )
    agent = Compte.objects.filter(role=Role.AGENT, portees__subdivision=amphi.subdivision).first()
    assert agent is not None
    return {
        "amphi": amphi.pk,
        "interne": inscription.interne_id,
        "des": inscription.des_id,
        "inscription": inscription.pk,
        "place": place.pk,
        "statut": statut.pk,
        "individuelle": DemandeIndividuelle.objects.create(
            inscription=inscription,
            nature="stage_libre",
            debut="2027-11",
            etat="en_instruction",
            asked_at=maintenant,
        ).pk,
        "procuration": procuration.pk if procuration else 999_999,
        "demande": demande.pk,
        **published_in(amphi.subdivision, amphi.semestre),
        **matching_of(inscription, amphi.postes.select_related("service").get(numero="2").service),
        "recherche": recherche.pk,
        **_opening(amphi, service, agent),
        **_agreed(amphi, service),
        "service": service.imotep,
        "referentiel": service.pk,
        "poste": Poste.objects.create(
            semestre=amphi.semestre,
            subdivision=amphi.subdivision,
            groupe=amphi.groupe,
            numero=f"9{amphi.pk}",
            service=service,
            des=make_des(),
            regime="socle",
            cle_tri="z",
        ).pk,
        "depot": Depot.objects.create(
            nature="postes",
            semestre=amphi.semestre.code,
            fichier="postes.csv",
            auteur=agent,
            etat="fait",
            created_at=datetime.now(UTC),
        ).pk,
        "recueil": Recueil.objects.create(
            auteur=agent,
            semestre=amphi.semestre,
            subdivision=amphi.subdivision,
            total=1,
            created_at=maintenant,
        ).pk,
        "envoi": envoi.pk,
        "correction": DemandeCorrection.objects.create(
            interne=inscription.interne, texte="?", created_at=datetime.now(UTC)
        ).pk,
        "numero": 1,
    }


def _opening(amphi: Amphi, service: Service, auteur: Compte) -> dict[str, Any]:
    """An opening of postes with one proposed."""
    ouverture = Ouverture.objects.create(semestre=amphi.semestre, subdivision=amphi.subdivision)
    propose = PostePropose.objects.create(
        ouverture=ouverture,
        service=service,
        groupe=amphi.groupe,
        des=make_des(),
        regime="socle",
        auteur=auteur,
        proposed_at=maintenant_ms(),
    )
    return {"ouverture": ouverture.pk, "proposition": propose.pk}


def _agreed(amphi: Amphi, service: Service) -> dict[str, Any]:
    """An agrément, a campaign that renews it, a commission to come."""
    jour, maintenant = datetime.now(UTC).date(), maintenant_ms()
    agrement = Agrement.objects.create(
        subdivision=amphi.subdivision,
        service=service,
        des=make_des(),
        phases=["socle"],
        capacite=2,
        du=jour - timedelta(days=amphi.pk),
        au=jour + timedelta(days=900),
    )
    campagne = CampagneAgrement.objects.create(
        subdivision=amphi.subdivision,
        annee=jour.year,
        ouvre=jour,
        clot=jour,
        expire_avant=jour,
        created_at=maintenant,
    )
    commission = Commission.objects.create(
        subdivision=amphi.subdivision,
        genre="cop",
        intitule="COP",
        debut=maintenant + 86_400_000,
        created_at=maintenant,
    )
    return {"agrement": agrement.pk, "campagne_agrement": campagne.pk, "commission": commission.pk}
