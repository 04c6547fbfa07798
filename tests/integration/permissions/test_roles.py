"""Roles and scopes: what a representative reads, what a formation holds, what others do not get."""

from datetime import UTC, datetime

import pytest

from gradin.data.amphis.models import Amphi
from gradin.data.comptes.models import Compte, Role
from gradin.data.internes.models import Phase
from gradin.data.referentiel.models import Formation, Groupe
from gradin.operations.comptes.agents import PorteeInconnue, create_agent, parse_portee
from gradin.operations.permissions import Audience, acces, can_manage_inscription, can_run_amphi
from gradin.queries.visiteurs import Visiteur, visiteur_of
from tests.factories.amphis import compte_of, make_amphi, make_inscription
from tests.factories.comptes import MOT_DE_PASSE
from tests.factories.live import start

pytestmark = pytest.mark.django_db
MAINTENANT = datetime(2027, 4, 1, tzinfo=UTC)


@pytest.fixture
def amphi() -> Amphi:
    amphi = make_amphi()
    start(amphi)
    amphi.refresh_from_db()
    return amphi


def make(role: Role, portee: str = "", courriel: str = "qui@role.example") -> Visiteur:
    portees = [parse_portee(portee)] if portee else []
    compte = create_agent(
        courriel=courriel, mot_de_passe="secret long", portees=portees, maintenant=MAINTENANT, role=role
    )
    return visiteur_of(compte)


def test_a_representative_reads_the_amphis_of_his_groupe_and_runs_none(amphi: Amphi) -> None:
    qui = make(Role.REPRESENTANT, f"{amphi.subdivision.code}:{amphi.groupe.code}")
    assert acces(qui, amphi).audience is Audience.AMPHI
    assert acces(qui, amphi).voix == ()
    assert not can_run_amphi(qui, amphi)


def test_a_representative_of_another_groupe_is_the_public(amphi: Amphi) -> None:
    autre = Groupe.objects.create(code="99", nom="Autre")
    qui = make(Role.REPRESENTANT, f"{amphi.subdivision.code}:{autre.code}")
    assert acces(qui, amphi).audience is Audience.PUBLIC


def test_a_scope_by_formation_holds_its_groupes_only(amphi: Amphi) -> None:
    code = amphi.subdivision.code
    Groupe.objects.create(code="98", nom="Pharmacie", formation=Formation.PHARMACIEN)
    assert can_run_amphi(make(Role.AGENT, f"{code}:formation=medecin"), amphi)
    assert not can_run_amphi(make(Role.AGENT, f"{code}:formation=pharmacien"), amphi)


def test_an_administrateur_holds_every_subdivision(amphi: Amphi) -> None:
    assert can_run_amphi(make(Role.ADMINISTRATEUR), amphi)


@pytest.mark.parametrize(
    "role", [Role.FACULTE, Role.COORDONNATEUR, Role.ETABLISSEMENT, Role.RESPONSABLE_TERRAIN]
)
def test_partners_run_nothing_even_with_a_whole_subdivision(amphi: Amphi, role: Role) -> None:
    qui = make(role, amphi.subdivision.code)
    inscription = make_inscription(1, Phase(amphi.phase))
    assert acces(qui, amphi).audience is Audience.PUBLIC
    assert not can_run_amphi(qui, amphi) and not can_manage_inscription(qui, inscription)


def test_an_interne_who_represents_keeps_his_password_and_his_place(amphi: Amphi) -> None:
    compte = compte_of(amphi, 1)
    qui = make(Role.REPRESENTANT, amphi.subdivision.code, compte.email)
    assert Compte.objects.get(pk=compte.pk).check_password(MOT_DE_PASSE)
    assert acces(qui, amphi).numero == 1


def test_a_scope_that_names_nothing_is_refused(amphi: Amphi) -> None:
    for portee in ("LYON9", "{}:formation=chirurgien", "{}:ufr=Nulle part", "{}:service=0", "{}:roi=1"):
        with pytest.raises(PorteeInconnue):
            make(Role.FACULTE, portee.format(amphi.subdivision.code))
