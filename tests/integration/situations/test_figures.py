"""The queue of what is still to write, left by the database; the cap of the seniority that applies."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gradin.data.amphis.models import Amphi, Campagne
from gradin.data.comptes.models import Compte
from gradin.data.demandes.models import DemandeIndividuelle
from gradin.data.internes.models import Inscription
from gradin.domain.demandes.etats import Acteur
from gradin.domain.demandes.natures import Nature
from gradin.operations.demandes.effets import accept_individuelle
from gradin.queries.individuelles.anciennete import parametres_of
from gradin.queries.individuelles.ars import list_to_apply
from gradin.queries.individuelles.lecture import read_all, with_all
from gradin.queries.visiteurs import Visiteur
from tests.integration.situations.conftest import AVANT, advised, inscription_of

pytestmark = pytest.mark.django_db


def test_what_the_roster_says_is_not_read_again_and_what_it_lost_is(
    amphi: Amphi, agent: Visiteur, coordonnateur: Compte
) -> None:
    pks = [
        advised(amphi, rang, agent, coordonnateur, nature)
        for rang, nature in enumerate((Nature.ANNEE_RECHERCHE, Nature.STAGE_LIBRE, Nature.DEROGATION_DESC), 1)
    ]
    for pk in pks:
        accept_individuelle(pk, "", agent, maintenant=AVANT + 3)
    with CaptureQueriesContext(connection) as lues:
        assert list_to_apply(agent) == ()
    assert len(lues) <= 2
    # A roster imported again, without his absence.
    Inscription.objects.filter(pk=inscription_of(amphi, 1).pk).update(absence_prevue=False)
    ((demande, (reste,)),) = list_to_apply(agent)
    assert (demande.pk, reste.champ) == (pks[0], "absence_prevue")


def test_the_cap_is_the_amphi_s_else_the_campaign_s(
    amphi: Amphi, agent: Visiteur, coordonnateur: Compte
) -> None:
    pk = advised(amphi, 1, agent, coordonnateur, Nature.ANNEE_RECHERCHE)
    soi = inscription_of(amphi, 1)
    assert "limite de 4 en tout" in said(pk)
    Campagne.objects.update_or_create(
        semestre=soi.semestre, subdivision=soi.subdivision, defaults={"parametres": {"rang": {"plafond": 3}}}
    )
    amphi.parametres["rang"] = {"plafond": 2}
    amphi.save(update_fields=["parametres"])
    assert "limite de 2 en tout" in said(pk)
    amphi.places.filter(inscription=soi).delete()
    assert parametres_of(soi).plafond == 3 and "limite de 3 en tout" in said(pk)


def said(pk: int) -> str:
    (lue,) = read_all(with_all(DemandeIndividuelle.objects.filter(pk=pk)), Acteur.ARS)
    return " ".join(lue.effets)
