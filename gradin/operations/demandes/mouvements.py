"""The record of what was done to a demand or a procuration."""

from gradin.data.demandes.models import DemandeStatut, Mouvement, Procuration


def note_statut(demande: DemandeStatut, acte: str, auteur: int | None, maintenant: int) -> None:
    Mouvement.objects.create(demande=demande, acte=acte, auteur_id=auteur, a=maintenant)


def note_procuration(procuration: Procuration, acte: str, auteur: int | None, maintenant: int) -> None:
    Mouvement.objects.create(procuration=procuration, acte=acte, auteur_id=auteur, a=maintenant)
