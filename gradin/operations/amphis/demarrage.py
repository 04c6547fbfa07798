"""The start: the journal's first fact, built from the rows that the preparation left."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from gradin.data.amphis.models import Amphi, EtatAmphi, Place
from gradin.domain.kernel import Motif, Refus
from gradin.domain.prevol.dossier import CodeConstat, Constat, Gravite
from gradin.domain.prevol.rapport import Rapport
from gradin.operations.amphis import sql
from gradin.operations.amphis.actes_avant import record_acte
from gradin.operations.amphis.depart import demarrer_of
from gradin.operations.amphis.handling import handle, lock_amphi
from gradin.operations.amphis.reponse import DEJA, Reponse, refusal
from gradin.operations.courriers.enqueue import instant
from gradin.queries.confirmations import read_confirmations
from gradin.queries.regie.avant import is_early
from gradin.queries.reports import say_moment

Prevol = Callable[[int], Rapport]


def demarrer_amphi(
    amphi_id: int,
    *,
    auteur: int | None,
    maintenant: int,
    cle: str | None = None,
    prevol: Prevol | None = None,
    confirmes: frozenset[str] = frozenset(),
) -> Reponse:
    """Numbers the places by rank, then writes `AmphiDemarre`; already started, nothing to do.

    `prevol(amphi_id)` gives the pre-flight, judged under the lock: what blocks there refuses the start, as
    does what asks for an acknowledgement found neither in `confirmes` (codes) nor among those kept before;
    so does an hour long before the announced one.
    """
    with transaction.atomic():
        amphi = lock_amphi(amphi_id)
        if amphi.seq:
            return Reponse(seq=amphi.seq, statut=DEJA, corps={"deja": True, "seq": amphi.seq}, deja=True)
        try:
            constats = _check_startable(amphi, prevol, confirmes, maintenant)
            number_places(amphi)
            commande = demarrer_of(amphi)
        except Refus as refus:
            transaction.set_rollback(True)
            return refusal(0, refus)
        reponse = handle(amphi_id, commande, auteur=auteur, maintenant=maintenant, cle=cle)
        if reponse.refusee:
            transaction.set_rollback(True)
        elif constats:
            record_acte(amphi, "demarrer", auteur=auteur, maintenant=maintenant, details=_told(constats))
        return reponse


def _check_startable(
    amphi: Amphi, prevol: Prevol | None, confirmes: frozenset[str], maintenant: int
) -> tuple[Constat, ...]:
    """The findings that were acknowledged; raises Refus."""
    if amphi.etat == EtatAmphi.BROUILLON:
        raise Refus(Motif.ETAT_INCOMPATIBLE, "L’amphi n’est pas validé. Validez-le, puis démarrez.")
    if prevol is None:
        return ()
    rapport = prevol(amphi.pk)
    if not rapport.peut_demarrer:
        raise Refus(Motif.PREVOL_BLOQUE, **_told(rapport.bloquants))
    acquis = read_confirmations(amphi.pk)
    a_confirmer = (*_check_hour(amphi, maintenant), *rapport.a_confirmer)
    attendus = [c for c in a_confirmer if str(c.code) not in confirmes and c.cle not in acquis]
    if attendus:
        message = attendus[0].message if attendus[0].code is CodeConstat.EN_AVANCE else None
        raise Refus(Motif.PREVOL_A_CONFIRMER, message, **_told(a_confirmer))
    return a_confirmer


def _check_hour(amphi: Amphi, maintenant: int) -> tuple[Constat, ...]:
    """No finding of the pre-flight, which has no hour: acknowledged by the start alone, never ahead of it."""
    if amphi.debut is None or not is_early(amphi, instant(maintenant)):
        return ()
    annonce = say_moment(amphi.debut, amphi.subdivision.fuseau)
    return (
        Constat(
            code=CodeConstat.EN_AVANCE,
            gravite=Gravite.A_CONFIRMER,
            qui=(),
            message=f"Cet amphi est annoncé {annonce}. Attendez cette heure, reportez-le, "
            "ou confirmez de le commencer dès maintenant (en_avance).",
            lien=f"/gestion/amphis/{amphi.pk}/reporter/",
        ),
    )


def _told(constats: tuple[Constat, ...]) -> dict[str, Any]:
    return {
        "constats": [constat.message for constat in constats],
        "codes": sorted({str(constat.code) for constat in constats}),
    }


def number_places(amphi: Amphi) -> None:
    """1…n by rank; whoever has no rank blocks the start."""
    places = list(Place.objects.filter(amphi=amphi).order_by("rang").values_list("pk", "rang"))
    if any(rang is None for _, rang in places):
        raise Refus(Motif.LISTE_INVALIDE, "Des rangs manquent dans la liste d’appel. Complétez-les.")
    sql.number_places([(numero, pk) for numero, (pk, _) in enumerate(places, start=1)])
