"""The ARS agrees or refuses the postes proposed, one or many, and fixes their allocation."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction

from gradin.data.ouverture.models import ActeOuverture, EtatPropose, Ouverture, PostePropose
from gradin.domain.agrements import MOTS
from gradin.operations.ouverture.refus import OuvertureRefusee
from gradin.operations.ouverture.trace import Geste, Trace, lock_ouverture, lock_proposes
from gradin.operations.permissions_offre import check_can_open_postes
from gradin.queries.agrements.validite import defauts_of_proposes, uses_agrements

# What the form asks → where it leads, from where, and the line it leaves.
DECISIONS: Mapping[str, tuple[EtatPropose, Trace]] = {
    "accorder": (EtatPropose.ACCORDE, Trace.ACCORDE),
    "refuser": (EtatPropose.REFUSE, Trace.REFUSE),
    "remettre": (EtatPropose.PROPOSE, Trace.REMET),
}
DECIDABLES = (EtatPropose.PROPOSE, EtatPropose.ACCORDE, EtatPropose.REFUSE)
MOTIF, ALLOCATION, NOMMES = 300, 120, 3


@transaction.atomic
def decide_postes(pk: int, cibles: Collection[int], decision: str, motif: str, geste: Geste) -> int:
    """How many changed. A refusal says why: the établissement reads it. Raises OuvertureRefusee, Interdit.

    Where the campaign uses agréments, what has no valid one is agreed with a motive only.
    """
    if decision not in DECISIONS:
        raise OuvertureRefusee("Choisissez d’accorder, de refuser ou de remettre à l’étude.")
    etat, trace = DECISIONS[decision]
    motif = motif.strip()[:MOTIF]
    ouverture = lock_ouverture(pk)
    proposes = _decidable(ouverture, cibles, geste)
    if etat is EtatPropose.REFUSE and not motif:
        raise OuvertureRefusee("Dites pourquoi\u00a0: l’établissement lira ce motif.", champ="motif")
    sans = _without_agrement(ouverture, proposes, motif) if etat is EtatPropose.ACCORDE else frozenset()
    motives = {un.pk: motif if etat is EtatPropose.REFUSE or un.pk in sans else "" for un in proposes}
    changes = [un for un in proposes if (un.etat, un.motif) != (etat, motives[un.pk])]
    lignes = [
        geste.line(ouverture, trace, un, avant=_say(un), apres=_said(etat, motives[un.pk])) for un in changes
    ]
    for un in changes:
        un.etat, un.motif = etat, motives[un.pk]
        un.decided_by_id, un.decided_at = geste.auteur, geste.maintenant
    PostePropose.objects.bulk_update(changes, ["etat", "motif", "decided_by", "decided_at"], 200)
    ActeOuverture.objects.bulk_create(lignes)
    return len(changes)


def _without_agrement(ouverture: Ouverture, proposes: Collection[PostePropose], motif: str) -> frozenset[int]:
    """Those that only the motive lets through; none where agréments are not used."""
    if not uses_agrements(ouverture.semestre_id, ouverture.subdivision_id):
        return frozenset()
    defauts = defauts_of_proposes(ouverture.pk, [un.pk for un in proposes])
    sans = [un for un in proposes if un.pk in defauts]
    if sans and not motif:
        dits = "\u202f; ".join(f"{un.service.nom}, {MOTS[defauts[un.pk]]}" for un in sans[:NOMMES])
        raise OuvertureRefusee(
            f"Sans agrément valide\u00a0: {dits}. Écrivez un motif pour accorder quand même.", champ="motif"
        )
    return frozenset(un.pk for un in sans)


@transaction.atomic
def set_allocation(pk: int, cibles: Collection[int], texte: str, geste: Geste) -> int:
    """Empty takes it away. How many changed. Raises OuvertureRefusee, Interdit."""
    texte = " ".join(texte.split())
    if len(texte) > ALLOCATION:
        raise OuvertureRefusee(f"L’allocation tient en {ALLOCATION} signes.", champ="allocation")
    ouverture = lock_ouverture(pk)
    changes = [un for un in _decidable(ouverture, cibles, geste) if un.allocation != texte]
    lignes = [geste.line(ouverture, Trace.ALLOCATION, un, avant=un.allocation, apres=texte) for un in changes]
    PostePropose.objects.filter(pk__in=[un.pk for un in changes]).update(allocation=texte)
    ActeOuverture.objects.bulk_create(lignes)
    return len(changes)


def _decidable(ouverture: Ouverture, cibles: Collection[int], geste: Geste) -> list[PostePropose]:
    proposes = lock_proposes(ouverture, cibles)
    for propose in proposes:
        check_can_open_postes(geste.visiteur, ouverture.subdivision_id, propose.groupe_id)
    if any(un.etat not in DECIDABLES for un in proposes):
        raise OuvertureRefusee(
            "Un de ces postes est déjà publié ou retiré. "
            "Un poste publié se corrige dans «\u00a0Postes\u00a0»."
        )
    return proposes


def _say(propose: PostePropose) -> str:
    return _said(EtatPropose(propose.etat), propose.motif)


def _said(etat: EtatPropose, motif: str) -> str:
    return f"{etat.label}\u00a0: {motif}" if motif else str(etat.label)
