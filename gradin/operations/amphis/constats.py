"""Findings of the pre-flight that an agent acknowledges by name before the start, with author and time."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from gradin.domain.kernel import Motif, Refus
from gradin.operations.amphis.actes_avant import record_acte
from gradin.operations.amphis.handling import lock_amphi
from gradin.operations.amphis.reponse import CREEE, DEJA, Reponse, refusal
from gradin.queries.confirmations import ACTE, read_confirmations
from gradin.queries.prevol import examine


def confirm_constats(amphi_id: int, cles: Collection[str], *, auteur: int, maintenant: int) -> Reponse:
    """`cles` name findings as they were read (`Constat.cle`): one that has changed since is refused.

    200 when all of them were acknowledged already.
    """
    with transaction.atomic():
        amphi = lock_amphi(amphi_id)
        if amphi.seq:
            return refusal(amphi.seq, Refus(Motif.ETAT_INCOMPATIBLE, "L’amphi a démarré."))
        demandes = {constat.cle: constat for constat in examine(amphi_id).a_confirmer}
        if not cles or set(cles) - set(demandes):
            message = "Ce constat a changé depuis. Relisez le contrôle, puis confirmez."
            return refusal(amphi.seq, Refus(Motif.PREVOL_A_CONFIRMER, message))
        nouveaux = sorted(set(cles) - set(read_confirmations(amphi_id)))
        for cle in nouveaux:
            constat = demandes[cle]
            details = {"cle": cle, "code": str(constat.code), "constat": constat.message}
            record_acte(amphi, ACTE, auteur=auteur, maintenant=maintenant, details=details)
    statut = CREEE if nouveaux else DEJA
    return Reponse(seq=0, statut=statut, corps={"confirmes": len(nouveaux)}, deja=not nouveaux)
