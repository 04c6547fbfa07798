"""The call list before the start: provisional, computed again; published, corrected by two agents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from gradin.data.amphis.models import Amphi, ListeAppel, Proposition
from gradin.domain.amphi.empreintes import canonical
from gradin.domain.kernel import Motif, Refus
from gradin.domain.rang.ecarts import Ecart, compare_versions
from gradin.operations.amphis.actes_avant import publish_liste, record_acte
from gradin.operations.amphis.annonces_liste import announce_liste, ask_second
from gradin.operations.amphis.handling import lock_amphi
from gradin.operations.amphis.reponse import CREEE, DEJA, Reponse, refusal
from gradin.operations.preparation.horaires import set_sessions
from gradin.operations.preparation.listes import (
    Calcul,
    calculate,
    compute_liste,
    list_membres,
    set_places,
)

ACTE = "corriger_liste"
PROPOSEE = 202
VALIDITE = 24 * 3600 * 1000
MOTIF_MAX = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What computing again would change. `ecarts`: whom it touches, from the version in force."""

    publiee: bool
    version: int
    avant: str
    apres: str
    ecarts: tuple[Ecart, ...]
    ex_aequo: int


def preview_correction(amphi_id: int) -> Correction | None:
    """Nothing is written; None before any list."""
    amphi = Amphi.objects.select_related("semestre", "subdivision", "groupe").get(pk=amphi_id)
    en_vigueur = find_version(amphi)
    if en_vigueur is None:
        return None
    return compare(en_vigueur, calculate(amphi, en_vigueur.graine, list_membres(amphi)))


def compare(liste: ListeAppel, calcul: Calcul) -> Correction:
    return Correction(
        publiee=liste.published_at is not None,
        version=liste.version,
        avant=_digest(liste.figures),
        apres=_digest(calcul.figures),
        ecarts=compare_versions(liste.figures, calcul.figures),
        ex_aequo=0
        if calcul.ex_aequo == liste.a_confirmer and liste.ties_confirmed_at
        else len(calcul.ex_aequo),
    )


def correct_liste(amphi_id: int, *, motif: str, auteur: int, maintenant: int) -> Reponse:
    """201 for a provisional list, computed again; 202 for a published one: another agent approves.

    200 when the data give the same list. Raises Refus on a missing motive.
    """
    with transaction.atomic():
        amphi = lock_amphi(amphi_id)
        try:
            en_vigueur = _correctable(amphi)
        except Refus as refus:
            return refusal(amphi.seq, refus)
        correction = compare(en_vigueur, calculate(amphi, en_vigueur.graine, list_membres(amphi)))
        if not correction.ecarts:
            return _done(DEJA, deja=True)
        if not correction.publiee:
            return _recompute(amphi, correction, auteur, maintenant)
        return _propose(amphi, correction, motif, auteur, maintenant)


def approve_liste(proposition: Proposition, *, second: int, maintenant: int) -> Reponse:
    """Computes and publishes the corrected version, in both names; refused when anything has changed."""
    with transaction.atomic():
        amphi = lock_amphi(proposition.amphi_id)
        proposition.refresh_from_db()
        if proposition.approved_at is not None and proposition.approved_by_id == second:
            return _done(DEJA, deja=True)
        try:
            correction = _approvable(amphi, proposition, second, maintenant)
        except Refus as refus:
            return refusal(amphi.seq, refus)
        liste = _publish_corrected(amphi, str(proposition.acte["motif"]), maintenant)
        proposition.approved_at, proposition.approved_by_id = maintenant, second
        proposition.save(update_fields=["approved_at", "approved_by"])
        announce_liste(liste, maintenant, [ecart.ine for ecart in correction.ecarts])
        record_acte(
            amphi,
            ACTE,
            auteur=proposition.auteur_id,
            maintenant=maintenant,
            details={
                "version": liste.version,
                "motif": liste.motif,
                "second": second,
                "touches": len(correction.ecarts),
                "empreinte": liste.empreinte,
            },
        )
        return _done(CREEE, version=liste.version)


def find_version(amphi: Amphi) -> ListeAppel | None:
    """The version in force: the last published, else the last computed."""
    versions = amphi.listes.order_by("-version")
    return versions.filter(published_at__isnull=False).first() or versions.first()


def is_of_liste_avant(acte: dict[str, Any]) -> bool:
    """A correction proposed before the start names no rank: the data do."""
    return acte.get("type") == ACTE and "liste" not in acte


def _correctable(amphi: Amphi) -> ListeAppel:
    if amphi.seq:
        raise Refus(Motif.ETAT_INCOMPATIBLE, "L’amphi a démarré\u00a0: corrigez les rangs depuis la régie.")
    en_vigueur = find_version(amphi)
    if en_vigueur is None:
        raise Refus(Motif.LISTE_INVALIDE, "La liste d’appel n’est pas calculée. Préparez l’amphi d’abord.")
    return en_vigueur


def _recompute(amphi: Amphi, correction: Correction, auteur: int, maintenant: int) -> Reponse:
    _compute(amphi, "", maintenant)
    details = {"version": correction.version, "touches": len(correction.ecarts)}
    record_acte(amphi, "calculer_liste", auteur=auteur, maintenant=maintenant, details=details)
    return _done(CREEE, version=correction.version)


def _propose(amphi: Amphi, correction: Correction, motif: str, auteur: int, maintenant: int) -> Reponse:
    """The same correction again by the same agent is the same proposition."""
    motif = motif.strip()[:MOTIF_MAX]
    if not motif:
        raise Refus(Motif.MOTIF_REQUIS, champ="motif")
    empreinte = _digest({"avant": correction.avant, "apres": correction.apres, "motif": motif})
    attend = Proposition.objects.filter(
        amphi=amphi,
        auteur=auteur,
        empreinte=empreinte,
        approved_at=None,
        created_at__gt=maintenant - VALIDITE,
    ).first()
    proposition = attend or Proposition.objects.create(
        amphi=amphi,
        acte={"type": ACTE, "motif": motif},
        auteur_id=auteur,
        empreinte=empreinte,
        created_at=maintenant,
    )
    ask_second(proposition, amphi, maintenant)
    corps = {
        "proposition": proposition.pk,
        "apercu": {"avant": correction.avant, "apres": correction.apres, "touches": len(correction.ecarts)},
        "message": "Un second agent doit approuver cette correction dans les 24 heures.",
    }
    return Reponse(seq=0, statut=PROPOSEE, corps=corps)


def _approvable(amphi: Amphi, proposition: Proposition, second: int, maintenant: int) -> Correction:
    if proposition.auteur_id == second:
        raise Refus(Motif.SECOND_AGENT_REQUIS, "L’auteur d’une proposition ne peut pas l’approuver.")
    expired = maintenant - proposition.created_at >= VALIDITE
    if proposition.approved_at is not None or expired or amphi.seq:
        raise Refus(Motif.PROPOSITION_PERIMEE)
    en_vigueur = _correctable(amphi)
    correction = compare(en_vigueur, calculate(amphi, en_vigueur.graine, list_membres(amphi)))
    motif = proposition.acte.get("motif")
    if proposition.empreinte != _digest(
        {"avant": correction.avant, "apres": correction.apres, "motif": motif}
    ):
        raise Refus(Motif.PROPOSITION_PERIMEE)
    return correction


def _publish_corrected(amphi: Amphi, motif: str, maintenant: int) -> ListeAppel:
    liste = _compute(amphi, motif, maintenant)
    publish_liste(liste, maintenant)
    return liste


def _compute(amphi: Amphi, motif: str, maintenant: int) -> ListeAppel:
    """Sessions are cut again only when there are more or fewer internes than before."""
    avant = amphi.places.count()
    set_places(amphi, list_membres(amphi))
    liste = compute_liste(amphi, maintenant=_moment(maintenant), graine="", motif=motif)
    if len(liste.figures) != avant:
        set_sessions(amphi, liste, None, maintenant=_moment(maintenant))
    return liste


def _done(statut: int, *, deja: bool = False, **corps: Any) -> Reponse:
    return Reponse(seq=0, statut=statut, corps={"deja": True, **corps} if deja else corps, deja=deja)


def _moment(maintenant: int) -> datetime:
    return datetime.fromtimestamp(maintenant / 1000, UTC)


def _digest(contenu: object) -> str:
    return sha256(canonical(contenu)).hexdigest()
