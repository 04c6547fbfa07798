"""A mandant, the one he names, and the code between them."""

import pytest

from gradin.data.amphis.models import Amphi, Place
from gradin.data.demandes.models import Procuration
from gradin.data.internes.models import Inscription
from gradin.operations.demandes.acceptation import NouveauCompte, accept_procuration
from gradin.operations.demandes.procuration import Contact, send_procuration
from gradin.operations.demandes.secret import code_of, jeton_of
from tests.factories.amphis import T0, compte_of, make_amphi

MARCEL = "marcel.proust@mandataires.example"
TELEPHONE = "06 00 00 00 00"


@pytest.fixture
def amphi(db: None) -> Amphi:
    """Three internes, four postes, not started."""
    return make_amphi(internes=3, postes=4)


def inscription_of(amphi: Amphi, rang: int) -> Inscription:
    return Place.objects.select_related("inscription__interne").get(amphi=amphi, rang=rang).inscription


def give(amphi: Amphi, rang: int, courriel: str = MARCEL, maintenant: int = T0 - 1_000) -> Procuration:
    """The interne of that rang sends a procuration."""
    pk = send_procuration(
        inscription_of(amphi, rang).pk,
        Contact(courriel=courriel, telephone=TELEPHONE),
        auteur=compte_of(amphi, rang).pk,
        maintenant=maintenant,
    )
    return Procuration.objects.get(pk=pk)


def accept(procuration: Procuration, compte: int | None = None, maintenant: int = T0 - 500) -> int:
    """By its link and its code; without an account, a new one. Gives the mandataire's account."""
    nouveau = NouveauCompte(nom="Marcel PROUST", mot_de_passe="longtemps je me suis couché")
    procuration.refresh_from_db()
    return accept_procuration(
        jeton_of(procuration), code_of(procuration), compte=compte, nouveau=nouveau, maintenant=maintenant
    )
