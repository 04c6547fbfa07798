"""An amphi not started, its coordonnateur and its agent; one demand brought to a state in one line."""

from datetime import UTC, date, datetime

import pytest

from gradin.data.amphis.models import Amphi, Place
from gradin.data.comptes.models import Compte, Portee, Role
from gradin.data.internes.models import Inscription
from gradin.domain.demandes.etats import Acteur
from gradin.domain.demandes.natures import DEMARCHES, Nature
from gradin.operations.demandes.individuelles import (
    SaisieDemande,
    file_individuelle,
    give_avis,
    instruct_individuelle,
)
from gradin.queries.visiteurs import Visiteur
from tests.factories.amphis import T0, compte_of, make_amphi
from tests.factories.comptes import make_agent, make_compte
from tests.factories.referentiel import make_des

AVANT = T0 - 60 * 86_400_000
JOUR = datetime.fromtimestamp(AVANT / 1000, UTC).date()


@pytest.fixture
def amphi(db: None) -> Amphi:
    """Four internes whose INE a file could hold, five postes, list published, not started."""
    amphi = make_amphi(internes=4, postes=5)
    liste = amphi.listes.get()
    for place in amphi.places.select_related("inscription__interne"):
        interne = place.inscription.interne
        avant, interne.ine = interne.ine, interne.ine.replace("-", "")
        interne.save(update_fields=["ine"])
        for ligne in liste.figures:
            ligne["ine"] = interne.ine if ligne["ine"] == avant else ligne["ine"]
    liste.save(update_fields=["figures"])
    return amphi


@pytest.fixture
def agent(amphi: Amphi) -> Visiteur:
    return make_agent(amphi.subdivision)


@pytest.fixture
def coordonnateur(amphi: Amphi) -> Compte:
    compte = make_compte("coordo@fac.example", Role.COORDONNATEUR, "Pr Vasseur")
    Portee.objects.get_or_create(compte=compte, subdivision=amphi.subdivision, specialite=make_des())
    return compte


def inscription_of(amphi: Amphi, rang: int) -> Inscription:
    return Place.objects.select_related("inscription__interne").get(amphi=amphi, rang=rang).inscription


def file(
    amphi: Amphi,
    rang: int,
    nature: Nature = Nature.ANNEE_RECHERCHE,
    *,
    forme: str = "",
    jour: date = JOUR,
    objet: str = "Objet",
) -> int:
    saisie = SaisieDemande(
        nature=nature,
        forme=forme,
        debut=amphi.semestre.code,
        duree=DEMARCHES[nature].durees[0],
        objet=objet,
        texte="Pourquoi",
    )
    auteur = compte_of(amphi, rang).pk
    inscription = inscription_of(amphi, rang).pk
    return file_individuelle(inscription, saisie, jour=jour, auteur=auteur, maintenant=AVANT)


def advised(amphi: Amphi, rang: int, agent: Visiteur, coordonnateur: Compte, nature: Nature) -> int:
    """Filed, instructed, favourable opinion given."""
    pk = file(amphi, rang, nature)
    assert agent.compte is not None
    instruct_individuelle(pk, agent=agent.compte, maintenant=AVANT + 1)
    give_avis(
        pk,
        "favorable",
        "",
        acteur=Acteur.COORDONNATEUR,
        auteur=coordonnateur.pk,
        maintenant=AVANT + 2,
    )
    return pk
