"""A subdivision with an agrément that ends soon, its campaign, its head's link, who advises and decides."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from gradin.data.agrements.models import Agrement, DossierService
from gradin.data.comptes.models import Role
from gradin.data.referentiel.models import Specialite, Subdivision
from gradin.live.temps import maintenant_ms
from gradin.operations.agrements.campagnes import CampagneSaisie, open_campagne, send_lien
from gradin.operations.agrements.delais import day_of
from gradin.queries.visiteurs import Visiteur
from tests.factories.comptes import make_agent
from tests.factories.referentiel import make_des, make_services, make_subdivision
from tests.integration.ouverture.conftest import make_partner

JOUR_MS = 86_400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Campagne:
    """`lien`: the path of the head's page. `jour`: today; the last day is in ten."""

    pk: int
    lieu: Subdivision
    des: Specialite
    agent: Visiteur
    coordonnateur: Visiteur
    tenu: Agrement
    dossier: DossierService
    lien: str
    jour: date
    maintenant: int


@pytest.fixture
def campagne(db: None) -> Campagne:
    lieu, des, maintenant = make_subdivision(), make_des("MGE"), maintenant_ms()
    jour = day_of(maintenant, lieu.fuseau)
    (service,) = make_services(["1"])
    tenu = Agrement.objects.create(
        subdivision=lieu,
        service=service,
        des=des,
        phases=["socle"],
        capacite=2,
        du=jour - timedelta(days=900),
        au=jour + timedelta(days=100),
        chef="Pr Ève Martin",
        courriel="chef@hopital.example",
    )
    agent = make_agent(lieu)
    saisie = CampagneSaisie(
        subdivision=lieu.pk,
        annee=jour.year,
        ouvre=jour,
        clot=jour + timedelta(days=10),
        expire_avant=jour + timedelta(days=365),
    )
    pk = open_campagne(saisie, agent, maintenant)
    dossier = DossierService.objects.get(campagne=pk)
    adresse = send_lien(dossier.pk, "", agent, maintenant)
    return Campagne(
        pk=pk,
        lieu=lieu,
        des=des,
        agent=agent,
        coordonnateur=make_partner(Role.COORDONNATEUR, "IDF:des=MGE"),
        tenu=tenu,
        dossier=dossier,
        lien="/agrements" + adresse.split("/agrements")[1],
        jour=jour,
        maintenant=maintenant,
    )
