"""Acts before the start: ordinary rows, each kept on record with its author."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from gradin.data.amphis.models import ActeAgent, Amphi, EtatAmphi, ListeAppel
from gradin.domain.amphi.empreintes import canonical
from gradin.domain.kernel import Motif, Refus
from gradin.operations.amphis.handling import lock_amphi
from gradin.operations.amphis.reponse import CREEE, DEJA, Reponse, refusal

Acte = Callable[[Amphi, int], bool]


def run_acte_avant(nom: str, amphi_id: int, *, auteur: int | None, maintenant: int) -> Reponse:
    """`valider`, `ouvrir`, `publier_liste`; done twice, nothing to do the second time."""
    with transaction.atomic():
        amphi = lock_amphi(amphi_id)
        try:
            done = ACTES[nom](amphi, maintenant)
        except Refus as refus:
            return refusal(amphi.seq, refus)
        if done:
            record_acte(amphi, nom, auteur=auteur, maintenant=maintenant)
    corps = {"seq": amphi.seq, "etat": amphi.etat}
    return Reponse(
        seq=amphi.seq,
        statut=CREEE if done else DEJA,
        corps=corps if done else {"deja": True, **corps},
        deja=not done,
    )


def record_acte(
    amphi: Amphi,
    nom: str,
    *,
    auteur: int | None,
    maintenant: int,
    details: Mapping[str, Any] | None = None,
) -> ActeAgent:
    return ActeAgent.objects.create(
        amphi=amphi, auteur_id=auteur, acte=nom, details=dict(details or {}), a=maintenant
    )


def _move(amphi: Amphi, de: EtatAmphi, vers: EtatAmphi) -> bool:
    """One step forward; further already, nothing to do."""
    ordre = list(EtatAmphi)
    if ordre.index(EtatAmphi(amphi.etat)) >= ordre.index(vers):
        return False
    if amphi.etat != de:
        raise Refus(Motif.ETAT_INCOMPATIBLE)
    amphi.etat = vers
    amphi.save(update_fields=["etat"])
    return True


def _valider(amphi: Amphi, maintenant: int) -> bool:
    return _move(amphi, EtatAmphi.BROUILLON, EtatAmphi.VALIDE)


def _ouvrir(amphi: Amphi, maintenant: int) -> bool:
    return _move(amphi, EtatAmphi.VALIDE, EtatAmphi.OUVERT)


def _publier_liste(amphi: Amphi, maintenant: int) -> bool:
    """The last version computed; its figures and their hash are frozen from now on."""
    if amphi.seq:
        raise Refus(Motif.ETAT_INCOMPATIBLE, "L’amphi a démarré : corrigez la liste par un acte motivé.")
    liste = ListeAppel.objects.filter(amphi=amphi).order_by("-version").first()
    if liste is None:
        raise Refus(Motif.LISTE_INVALIDE, "La liste d’appel n’est pas calculée. Calculez-la d’abord.")
    if liste.published_at is not None:
        return False
    if ListeAppel.objects.filter(amphi=amphi, published_at__isnull=False).exists():
        raise Refus(Motif.SECOND_AGENT_REQUIS, "Une liste publiée se corrige à deux agents, avec un motif.")
    publish_liste(liste, maintenant)
    return True


def publish_liste(liste: ListeAppel, maintenant: int) -> None:
    """Its figures and their hash are frozen from now on."""
    liste.published_at = datetime.fromtimestamp(maintenant / 1000, UTC)
    liste.empreinte = liste.empreinte or sha256(canonical(liste.figures)).hexdigest()
    liste.save(update_fields=["published_at", "empreinte"])


ACTES: Mapping[str, Acte] = {"valider": _valider, "ouvrir": _ouvrir, "publier_liste": _publier_liste}
