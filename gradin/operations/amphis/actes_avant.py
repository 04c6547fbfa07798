"""Acts before the start: ordinary rows, each kept on record with its author."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from gradin.data.amphis.models import ActeAgent, Amphi, EtatAmphi, ListeAppel
from gradin.domain.amphi.empreintes import canonical
from gradin.domain.kernel import Motif, Refus
from gradin.domain.nombres import count_mots
from gradin.domain.rang.ecarts import compare_versions, count_changes
from gradin.operations.amphis.handling import lock_amphi
from gradin.operations.amphis.reponse import CREEE, DEJA, Reponse, refusal
from gradin.operations.preparation.listes import calculate, list_membres

Acte = Callable[[Amphi, int], bool]


def run_acte_avant(nom: str, amphi_id: int, *, auteur: int | None, maintenant: int) -> Reponse:
    """`valider`, `ouvrir`, `refermer`, `publier_liste`; done twice, nothing to do the second time."""
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


def _refermer(amphi: Amphi, maintenant: int) -> bool:
    """Back before the announced date, while nothing has begun; favourites already ranked are kept."""
    if amphi.etat == EtatAmphi.VALIDE:
        return False
    date = amphi.ouverture_favoris
    if amphi.etat != EtatAmphi.OUVERT or amphi.seq:
        raise Refus(Motif.ETAT_INCOMPATIBLE, "Seul un amphi ouvert aux favoris, non commencé, se referme.")
    if date is None or date <= datetime.fromtimestamp(maintenant / 1000, UTC):
        raise Refus(
            Motif.ETAT_INCOMPATIBLE,
            "La date des favoris est passée\u00a0: cet amphi reste ouvert. Reportez-le pour la déplacer.",
        )
    amphi.etat = EtatAmphi.VALIDE
    amphi.save(update_fields=["etat"])
    return True


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
    check_current(liste, amphi)
    publish_liste(liste, maintenant)
    return True


def check_current(liste: ListeAppel, amphi: Amphi) -> None:
    """Nobody freezes figures that the data no longer give: in 2019 it cost 462 choices."""
    calcul = calculate(amphi, liste.graine, list_membres(amphi))
    if ecarts := compare_versions(liste.figures, calcul.figures):
        changes = tell_changes(count_changes(ecarts))
        raise Refus(
            Motif.LISTE_INVALIDE,
            f"{changes} depuis le calcul de cette liste. Recalculez-la, relisez-la, puis publiez-la.",
            lien=f"/gestion/amphis/{amphi.pk}/liste/corriger/",
            intitule=amphi.intitule,
        )


def tell_changes(nombre: int) -> str:
    return count_mots(nombre, "interne a des chiffres changés", "internes ont des chiffres changés")


def publish_liste(liste: ListeAppel, maintenant: int) -> None:
    """Its figures and their hash are frozen from now on."""
    liste.published_at = datetime.fromtimestamp(maintenant / 1000, UTC)
    liste.empreinte = liste.empreinte or sha256(canonical(liste.figures)).hexdigest()
    liste.save(update_fields=["published_at", "empreinte"])


ACTES: Mapping[str, Acte] = {
    "valider": _valider,
    "ouvrir": _ouvrir,
    "refermer": _refermer,
    "publier_liste": _publier_liste,
}
