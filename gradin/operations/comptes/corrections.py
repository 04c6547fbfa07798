"""« Cette donnée est fausse »: asked by an interne, answered by the ARS of his scope."""

from datetime import datetime

from django.db import transaction

from gradin.data.profils.models import DemandeCorrection
from gradin.operations.comptes.lettres import lettre_correction
from gradin.operations.comptes.refus import CompteRefuse
from gradin.operations.courriers import compose, enqueue
from gradin.operations.permissions import check_can_manage_interne
from gradin.queries.visiteurs import Visiteur

EN_ATTENTE_MAX = 5


@transaction.atomic
def ask_correction(interne: int, *, texte: str, maintenant: datetime) -> DemandeCorrection:
    texte = texte.replace("\r\n", "\n").strip()
    if not texte:
        raise CompteRefuse("Dites quelle donnée est fausse et ce qu’elle devrait être.", champ="texte")
    if len(texte) > 2000:
        raise CompteRefuse("Ce texte dépasse 2\u202f000 caractères. Raccourcissez-le.", champ="texte")
    if DemandeCorrection.objects.filter(interne=interne, traitee_at=None).count() >= EN_ATTENTE_MAX:
        raise CompteRefuse("L’ARS a déjà cinq demandes de vous. Attendez sa réponse.", champ="texte")
    return DemandeCorrection.objects.create(interne_id=interne, texte=texte, created_at=maintenant)


@transaction.atomic
def answer_correction(pk: int, agent: Visiteur, *, reponse: str, maintenant: datetime) -> DemandeCorrection:
    """Raises Interdit outside the agent's scope; what it corrects is done on the roster itself."""
    demande = DemandeCorrection.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    check_can_manage_interne(agent, demande.interne_id if demande else 0)
    assert demande is not None
    if demande.traitee_at is not None:
        raise CompteRefuse("Cette demande a déjà sa réponse.")
    if not reponse.strip():
        raise CompteRefuse("Écrivez une réponse : l’interne la lira.", champ="reponse")
    demande.reponse, demande.traitee_at, demande.traitee_par = reponse.strip()[:2000], maintenant, agent.nom
    demande.save()
    _mail(demande, maintenant)
    return demande


def _mail(demande: DemandeCorrection, maintenant: datetime) -> None:
    """To the roster's address, else the account's; nobody without one."""
    interne = demande.interne
    courriel = interne.courriel or (interne.compte.email if interne.compte else "")
    if courriel:
        derniere = interne.inscriptions.order_by("-semestre__code").first()
        signature = f"Agence régionale de santé, {derniere.subdivision.nom}" if derniere else "Gradin"
        courrier = compose(lettre_correction(str(interne), signature))
        enqueue(f"correction-{demande.pk}", courriel, courrier, round(maintenant.timestamp() * 1000))
