"""Everybody who may ask, the objects they may ask about, and every address of the site."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.handlers.base import BaseHandler
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from gradin.data.agrements.models import Agrement, CampagneAgrement
from gradin.data.amphis.models import Amphi, Place
from gradin.data.attestations.models import Recueil
from gradin.data.commissions.models import Commission
from gradin.data.comptes.models import Compte, Role
from gradin.data.courriers.models import Envoi
from gradin.data.demandes.models import DemandeIndividuelle, DemandeStatut, Procuration
from gradin.data.imports.models import Depot
from gradin.data.internes.models import Inscription, Interne, Phase, TypeChoix
from gradin.data.ouverture.models import Ouverture, PostePropose
from gradin.data.postes.models import Poste
from gradin.data.prechoix.models import ListeVoeux, Voeu
from gradin.data.profils.models import DemandeCorrection, DemandeInscription, QuestionSecrete
from gradin.data.recherches.models import RechercheEnregistree
from gradin.data.referentiel.models import Groupe, Service, Subdivision, Ufr
from gradin.data.services.models import NoteService
from gradin.live.temps import maintenant_ms
from gradin.operations.comptes.agents import create_agent, parse_portee
from tests.factories.amphis import add_favoris, compte_of, make_amphi
from tests.factories.appariement import matching_of
from tests.factories.comptes import make_agent
from tests.factories.live import alive, choose, start
from tests.factories.publications import published_in
from tests.factories.referentiel import make_des, make_hopital
from tests.integration.demandes.conftest import accept, give

QUI = (
    "public",
    "interne",
    "canari",
    "ailleurs",
    "mandataire",
    "representant",
    "agent",
    "agent_ailleurs",
    "administrateur",
    "faculte",
    "coordonnateur",
    "etablissement",
    "responsable_terrain",
)
PARTENAIRES = ("faculte", "coordonnateur", "etablissement", "responsable_terrain")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
UFR = "UFR du Canari"
JETONS = {
    "ine": "CANARI-INE",
    "naissance": "1999-12-31",
    "naissance_dite": "31/12/1999",
    "courriel": "canari@secret.example",
    "telephone": "0699999999",
    "adresse": "7 rue du Canari",
    "temps": "17/9",
    "motif": "motif-canari",
    "recherche": "recherche-canari",
    "note": "note-canari",
    "question": "question-canari",
}
# What is kept hashed: no page has either, not even his own.
REPONSE = "reponse-canari"


# What `<int:pk>` names, by the beginning of the address.
OBJETS = {
    "appariement/campagnes/": "campagne",
    "appariement/pieces/": "piece",
    "appariement/sites/": "site",
    "appariement/lien/": "piece",
    "gestion/appariement/": "campagne",
    "gestion/agrements/etats/": "agrement",
    "gestion/agrements/": "campagne_agrement",
    "gestion/commissions/": "commission",
    "commissions/": "commission",
    "mes-demandes/": "individuelle",
    "mon-espace/demandes/": "individuelle",
    "gestion/situations/": "individuelle",
    "mes-recherches/": "recherche",
    "informations/": "publication",
    "gestion/attestations/": "recueil",
    "gestion/calendrier/": "evenement",
    "gestion/informations/contacts/": "contact",
    "gestion/informations/ars/": "subdivision",
    "gestion/informations/": "publication",
    "gestion/internes/": "interne",
    "gestion/parcours/": "interne",
    "mon-espace/maquettes/": "des",
    "gestion/postes/": "poste",
    "gestion/ouverture/": "ouverture",
    "mon-espace/ouverture/": "proposition",
    "gestion/imports/": "depot",
    "gestion/referentiels/": "referentiel",
    "gestion/statuts/": "statut",
    "gestion/procurations/": "inscription",
    "gestion/demandes/": "demande",
    "gestion/courriels/": "envoi",
    "gestion/corrections/": "correction",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Monde:
    """`mien`: a running amphi, rank 1 chose, rank 2 (the canari) chooses, rank 3 has a mandataire.

    `autre`: an amphi of another subdivision, not started; `ailleurs` stands first on its list.
    """

    mien: Amphi
    autre: Amphi
    comptes: dict[str, Compte | None]
    objets: dict[str, dict[str, Any]]

    sessions: dict[str, str] = field(default_factory=dict)

    def client(self, qui: str) -> Client:
        """Signed in once each: what a request does to the session is undone with it."""
        client = Client(raise_request_exception=False)
        compte = self.comptes[qui]
        if compte is None:
            return client
        if qui not in self.sessions:
            client.force_login(compte, backend=BACKEND)
            self.sessions[qui] = client.cookies[settings.SESSION_COOKIE_NAME].value
        client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[qui]
        return client

    def ask(self, qui: str, methode: str, chemin: str) -> tuple[int, bytes]:
        """Status and body of one request, of which nothing stays.

        Ten thousand are asked: straight to the handler, without the copies of contexts that a `Client` keeps.
        """
        demandes = RequestFactory()
        demandes.cookies = self.client(qui).cookies
        with transaction.atomic():
            requete = getattr(demandes, methode)(chemin)
            requete._dont_enforce_csrf_checks = True
            reponse: Any = _handler().get_response(requete)
            corps = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
            transaction.set_rollback(True)
        return reponse.status_code, corps


@cache
def _handler() -> BaseHandler:
    """With its middleware, loaded once."""
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def path_of(route: str, objets: Mapping[str, Any]) -> str:
    """The address, about these objects; unguessable parts are guessed wrong."""
    if route.startswith("^mot-de-passe"):
        return "/mot-de-passe/1-x/"
    chemin = re.sub(r"<int:amphi>|(?<=amphis/)<int:pk>", str(objets["amphi"]), route)
    for debut, objet in OBJETS.items():
        if chemin.startswith(debut):
            chemin = chemin.replace("<int:pk>", str(objets[objet]))
    chemin = chemin.replace("<str:imotep>", str(objets["service"]))
    chemin = chemin.replace("<str:des>/<str:nom>", f"{make_des().code_des}/socle")
    chemin = chemin.replace("<int:place>", str(objets["place"]))
    chemin = chemin.replace("modeles/<str:cle>", "modeles/choix")
    chemin = chemin.replace("<int:site>", str(objets["site"])).replace("<int:tour>", "1")
    chemin = chemin.replace("<int:depot>", str(objets["depot_appariement"]))
    chemin = chemin.replace("importer/<str:quoi>", "importer/sites").replace("<str:genre>", "xlsx")
    chemin = chemin.replace("questionnaires/<str:code>", "questionnaires/general")
    chemin = chemin.replace("champ/<str:champ>", "champ/groupe").replace("<str:nom>", "services")
    chemin = re.sub("<int:(numero|question|couple|document)>", "1", chemin).replace("<int:pk>", "1")
    return "/" + re.sub(r"<[^>]*>", lambda trou: "2027-05" if "semestre" in trou[0] else "inconnu", chemin)


def routes() -> Iterator[str]:
    yield from _walk(get_resolver(), "")


def _walk(resolver: Any, debut: str) -> Iterator[str]:
    for motif in resolver.url_patterns:
        ici = debut + str(motif.pattern)
        if isinstance(motif, URLResolver):
            yield from _walk(motif, ici)
        elif isinstance(motif, URLPattern):
            yield ici


def make_monde() -> Monde:
    debut = maintenant_ms()
    mien = make_amphi(internes=4, postes=5, types={2: TypeChoix.SURNOMBRE_NON_VALIDANT}, debut=debut)
    autre = _elsewhere(debut)
    _hide(mien)
    procuration = give(mien, 3, maintenant=debut - 1_000)
    mandataire = accept(procuration, maintenant=debut - 500)
    start(mien, debut)
    alive(debut)
    choose(mien, 1, "1", maintenant_ms())
    mien.refresh_from_db()
    sub, des = mien.subdivision.code, make_des().code_des
    service = mien.postes.get(numero="2").service.imotep
    return Monde(
        mien=mien,
        autre=autre,
        comptes={
            "public": None,
            "interne": compte_of(mien, 1),
            "canari": compte_of(mien, 2),
            "ailleurs": compte_of(autre, 1),
            "mandataire": Compte.objects.get(pk=mandataire),
            "agent": Compte.objects.get(pk=make_agent(mien.subdivision).compte),
            "agent_ailleurs": Compte.objects.get(pk=make_agent(autre.subdivision, "la@ars.example").compte),
            "representant": _compte(Role.REPRESENTANT, f"{sub}:{mien.groupe.code}"),
            "administrateur": _compte(Role.ADMINISTRATEUR, sub),
            "faculte": _compte(Role.FACULTE, f"{sub}:ufr={UFR}"),
            "coordonnateur": _compte(Role.COORDONNATEUR, f"{sub}:des={des}"),
            "etablissement": _compte(Role.ETABLISSEMENT, f"{sub}:etablissement={make_hopital().nom}"),
            "responsable_terrain": _compte(Role.RESPONSABLE_TERRAIN, f"{sub}:service={service}"),
        },
        objets={"mien": _objets(mien, 2), "autre": _objets(autre, 1)},
    )


def _compte(role: Role, portee: str) -> Compte:
    return create_agent(
        courriel=f"{role.value}@role.example",
        mot_de_passe="un secret long",
        portees=[parse_portee(portee)],
        maintenant=datetime.now(UTC),
        role=role,
    )


def _elsewhere(debut: int) -> Amphi:
    """Same semestre, another subdivision and groupe."""
    amphi = make_amphi(internes=2, postes=5, phase=Phase.APPROFONDISSEMENT, debut=debut + 86_400_000)
    la = Subdivision.objects.create(code="AUTRE", nom="Autre")
    groupe = Groupe.objects.create(code="97", nom="Autre groupe")
    Inscription.objects.filter(places__amphi=amphi).update(subdivision=la, groupe=groupe)
    Amphi.objects.filter(pk=amphi.pk).update(subdivision=la, groupe=groupe)
    amphi.refresh_from_db()
    return amphi


def _hide(amphi: Amphi) -> None:
    """The tokens, in the fields of rank 2."""
    place = Place.objects.select_related("inscription__interne").get(amphi=amphi, rang=2)
    Interne.objects.filter(pk=place.inscription.interne_id).update(
        ine=JETONS["ine"],
        ne_le=JETONS["naissance"],
        courriel=JETONS["courriel"],
        telephone=JETONS["telephone"],
        adresse=JETONS["adresse"],
        ufr=Ufr.objects.create(nom=UFR),
    )
    Inscription.objects.filter(pk=place.inscription_id).update(multiplicateur=JETONS["temps"])
    QuestionSecrete.objects.create(
        interne=place.inscription.interne,
        question=JETONS["question"],
        reponse=make_password(REPONSE),
    )
    add_favoris(amphi, 2, ["5"])
    voeux = ListeVoeux.objects.create(place=place, partage=True, updated_at=datetime.now(UTC))
    Voeu.objects.create(liste=voeux, ordre=1, poste=Poste.objects.get(amphis=amphi, numero="5"))
    liste = amphi.listes.get()
    liste.figures[1]["ine"] = JETONS["ine"]
    liste.save()


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


def _objets(amphi: Amphi, rang: int) -> dict[str, Any]:
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
