"""An opening with its people: the agent, the établissement that proposes, the coordonnateur who advises."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from gradin.data.comptes.models import Role
from gradin.data.ouverture.models import Ouverture, PostePropose
from gradin.data.postes.models import Poste, Regime
from gradin.data.referentiel.models import Specialite
from gradin.live.temps import maintenant_ms
from gradin.operations.comptes.agents import create_agent, parse_portee
from gradin.operations.ouverture.campagne import open_ouverture
from gradin.operations.ouverture.propositions import PosteSaisi, propose_postes
from gradin.operations.ouverture.trace import Geste
from gradin.queries.visiteurs import Visiteur, visiteur_of
from tests.factories.comptes import make_agent
from tests.factories.referentiel import make_des, make_groupe, make_hopital, make_services, make_subdivision
from tests.factories.roster import make_offert

JOUR_MS = 86_400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Commission:
    """`limite`: in ten days."""

    ouverture: Ouverture
    des: Specialite
    agent: Visiteur
    hopital: Visiteur
    coordonnateur: Visiteur
    autre_coordonnateur: Visiteur
    maintenant: int

    def geste(self, qui: Visiteur, apres_ms: int = 0) -> Geste:
        return Geste(visiteur=qui, maintenant=self.maintenant + apres_ms)

    def saisi(self, **champs: object) -> PosteSaisi:
        (service,) = make_services(["1"])
        return PosteSaisi(service=service.pk, des=self.des.pk, regime=Regime.SOCLE, **champs)  # type: ignore[arg-type]

    def propose(self, nombre: int, **champs: object) -> list[PostePropose]:
        propose_postes(self.ouverture.pk, self.saisi(**champs), nombre, self.geste(self.hopital))
        return [*PostePropose.objects.order_by("-pk")[:nombre]]

    def numero(self, propose: PostePropose) -> Poste:
        return Poste.objects.get(propose=propose)


def make_partner(role: Role, portee: str, courriel: str = "") -> Visiteur:
    compte = create_agent(
        courriel=courriel or f"{role.value}@role.example",
        nom=f"Dominique {role.value}",
        mot_de_passe="un secret long",
        portees=[parse_portee(portee)],
        maintenant=datetime.now(UTC),
        role=role,
    )
    return visiteur_of(compte)


@pytest.fixture
def commission(db: None) -> Commission:
    """One published poste n° 41 of MGE, phase socle, in the hospital of the établissement."""
    subdivision, des, maintenant = make_subdivision(), make_des("MGE"), maintenant_ms()
    make_des("PSY", "Psychiatrie")
    make_groupe("97", "Autre groupe")
    (service,) = make_services(["1"])
    make_offert("41", des=des, service=service, groupe=make_groupe(), regime=Regime.SOCLE)
    agent = make_agent(subdivision)
    geste = Geste(visiteur=agent, maintenant=maintenant)
    pk = open_ouverture("2027-05", subdivision.pk, maintenant + 10 * JOUR_MS, geste)
    return Commission(
        ouverture=Ouverture.objects.get(pk=pk),
        des=des,
        agent=agent,
        hopital=make_partner(Role.ETABLISSEMENT, f"IDF:etablissement={make_hopital().nom}"),
        coordonnateur=make_partner(Role.COORDONNATEUR, "IDF:des=MGE"),
        autre_coordonnateur=make_partner(Role.COORDONNATEUR, "IDF:des=PSY", "psy@role.example"),
        maintenant=maintenant,
    )
