"""Everybody who may ask, and the two amphis about which they ask."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeAlias

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.handlers.base import BaseHandler
from django.db import transaction
from django.test import Client, RequestFactory

from gradin.data.amphis.models import Amphi, Place
from gradin.data.comptes.models import Compte, Role
from gradin.data.internes.models import Inscription, Interne, Phase, TypeChoix
from gradin.data.postes.models import Poste
from gradin.data.prechoix.models import ListeVoeux, Voeu
from gradin.data.profils.models import QuestionSecrete
from gradin.data.referentiel.models import Groupe, Subdivision, Ufr
from gradin.live.temps import maintenant_ms
from gradin.operations.comptes.agents import create_agent, parse_portee
from tests.factories.amphis import add_favoris, compte_of, make_amphi
from tests.factories.comptes import make_agent
from tests.factories.live import alive, choose, start
from tests.factories.referentiel import make_des, make_hopital
from tests.integration.demandes.conftest import accept, give
from tests.integration.permissions.jetons import JETONS, REPONSE
from tests.integration.permissions.objets import objets_of

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
# What tells a browser, or a cache on the way, how a page is kept, read and framed.
PROTEGENT = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "X-Frame-Options",
    "Cache-Control",
    "Vary",
)
Entetes: TypeAlias = tuple[str, ...]


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
        """Status and body of one request, of which nothing stays."""
        return self.ask_whole(qui, methode, chemin)[:2]

    def ask_whole(self, qui: str, methode: str, chemin: str) -> tuple[int, bytes, Entetes]:
        """With its headers that protect.

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
        return reponse.status_code, corps, tuple(reponse.headers.get(nom, "") for nom in PROTEGENT)


@cache
def _handler() -> BaseHandler:
    """With its middleware, loaded once."""
    handler = BaseHandler()
    handler.load_middleware()
    return handler


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
        objets={"mien": objets_of(mien, 2), "autre": objets_of(autre, 1)},
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
