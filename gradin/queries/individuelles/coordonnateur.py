"""Individual demands as the coordonnateur of a DES reads them: those that want his opinion, those he gave."""

from gradin.domain.demandes.etats import Acteur, EtatIndividuelle
from gradin.queries.espaces.perimetre import Perimetre
from gradin.queries.individuelles.avis import find_for_avis
from gradin.queries.individuelles.lecture import IndividuelleLue, read_all, with_all

DERNIERES = 50


def list_to_advise(perimetre: Perimetre) -> tuple[IndividuelleLue, ...]:
    """The oldest first."""
    rows = find_for_avis(perimetre).filter(etat=EtatIndividuelle.EN_INSTRUCTION.value)
    return read_all(with_all(rows.order_by("asked_at", "pk")), Acteur.COORDONNATEUR)


def list_advised(perimetre: Perimetre) -> tuple[IndividuelleLue, ...]:
    rows = find_for_avis(perimetre).exclude(etat=EtatIndividuelle.EN_INSTRUCTION.value)
    return read_all(with_all(rows.order_by("-avis_at", "-pk")[:DERNIERES]), Acteur.COORDONNATEUR)
