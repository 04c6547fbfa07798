"""The record of what was done to a demand, a procuration, a poste given before the choice."""

from gradin.data.demandes.models import DemandeIndividuelle, DemandeStatut, HorsChoix, Mouvement, Procuration


def note_statut(demande: DemandeStatut, acte: str, auteur: int | None, maintenant: int) -> None:
    Mouvement.objects.create(demande=demande, acte=acte, auteur_id=auteur, a=maintenant)


def note_procuration(procuration: Procuration, acte: str, auteur: int | None, maintenant: int) -> None:
    Mouvement.objects.create(procuration=procuration, acte=acte, auteur_id=auteur, a=maintenant)


def note_individuelle(
    demande: DemandeIndividuelle, acte: str, auteur: int | None, maintenant: int, *, texte: str = ""
) -> None:
    Mouvement.objects.create(
        individuelle=demande, acte=acte, auteur_id=auteur, a=maintenant, texte=texte[:500]
    )


def note_hors_choix(donne: HorsChoix, acte: str, auteur: int, maintenant: int, *, texte: str) -> None:
    Mouvement.objects.create(hors_choix=donne, acte=acte, auteur_id=auteur, a=maintenant, texte=texte[:500])
