"""A long write waits for the salle: on SQLite it would keep every choice of a running amphi waiting."""

from django.db import connection

from gradin.data.amphis.models import Amphi, EtatAmphi
from gradin.operations.imports.anomalies import Anomalie, FichierRefuse

# Fewer rows are written before anybody notices.
LIGNES = 300


def check_salle(lignes: int, feuille: str) -> None:
    """Raises FichierRefuse when this file would write so many."""
    if attente := tell_salle(lignes):
        raise FichierRefuse(Anomalie(feuille=feuille, message=attente))


def tell_salle(lignes: int) -> str:
    """Why so many rows are not written now, in words; nothing when they can be."""
    if lignes <= LIGNES or connection.vendor != "sqlite":
        return ""
    if not Amphi.objects.filter(etat=EtatAmphi.EN_COURS).exists():
        return ""
    return (
        "Un amphithéâtre est en cours\u00a0: attendez la pause ou la fin, puis recommencez. "
        f"Plus de {LIGNES} lignes écrites d’un coup feraient attendre la salle."
    )
