"""Acts that two agents take: the first proposes what he was shown, the second carries it out within 24 h."""

from collections.abc import Mapping
from dataclasses import fields, replace
from hashlib import sha256
from typing import Any

from django.db import transaction

from gradin.data.amphis.models import Proposition
from gradin.domain.amphi.codec import to_json
from gradin.domain.amphi.commands import ActeAgent, Clore, CorrigerChoix, CorrigerListe
from gradin.domain.amphi.deroulement import still_to_choose
from gradin.domain.amphi.empreintes import canonical
from gradin.domain.amphi.state import Etat
from gradin.domain.kernel import Motif, Refus
from gradin.operations.amphis.actes import act
from gradin.operations.amphis.cles import Cle, cle_of, known_answer
from gradin.operations.amphis.handling import lock_amphi
from gradin.operations.amphis.reponse import DEJA, Reponse, refusal
from gradin.queries.etats import lire_etat

PROPOSEE = 202
VALIDITE = 24 * 3600 * 1000


def propose(
    amphi_id: int, acte: Mapping[str, Any], commande: ActeAgent, auteur: int, maintenant: int
) -> Reponse:
    """202 and `{proposition, apercu}`; the same act again by the same agent is the same proposition."""
    seq, etat = lire_etat(amphi_id)
    apercu = preview(etat, commande)
    empreinte = digest(apercu)
    waiting = Proposition.objects.filter(
        amphi=amphi_id,
        auteur=auteur,
        empreinte=empreinte,
        approved_at=None,
        created_at__gt=maintenant - VALIDITE,
    ).first()
    proposition = waiting or Proposition.objects.create(
        amphi_id=amphi_id,
        acte=_kept(acte, commande),
        auteur_id=auteur,
        empreinte=empreinte,
        created_at=maintenant,
    )
    corps = {
        "proposition": proposition.pk,
        "apercu": apercu,
        "message": "Un second agent doit approuver cet acte dans les 24 heures.",
    }
    return Reponse(seq=seq, statut=PROPOSEE, corps=corps)


def _kept(acte: Mapping[str, Any], commande: ActeAgent) -> dict[str, Any]:
    """The fields that were read: whatever else came with them is nobody's to store."""
    lus = {"type", *(champ.name for champ in fields(commande))}
    return {nom: value for nom, value in acte.items() if nom in lus}


def preview(etat: Etat, commande: ActeAgent) -> dict[str, Any]:
    """What the act would change, in numbers: it is void as soon as this differs."""
    acte: dict[str, Any] = {"acte": type(commande).__name__, "motif": commande.motif}
    match commande:
        case Clore():
            return {**acte, "internes": list(still_to_choose(etat))}
        case CorrigerChoix():
            choix = etat.choix.get(commande.interne)
            avant = None if choix is None else {"n": choix.n, "poste": choix.poste}
            return {**acte, "interne": commande.interne, "avant": avant, "apres": commande.poste}
        case CorrigerListe():
            avant_liste = [etat.lignes.get(ligne.interne) for ligne in commande.liste]
            rangs = [None if ligne is None else ligne.rang for ligne in avant_liste]
            return {**acte, "avant": rangs, "apres": to_json(commande.liste)}
        case _:
            return {**acte, "seq": etat.seq}


def digest(apercu: Mapping[str, Any]) -> str:
    return sha256(canonical(apercu)).hexdigest()


def approve(
    proposition: Proposition, commande: ActeAgent, *, second: int, maintenant: int, cle: str | None
) -> Reponse:
    """Carries it out as one act of both agents. Refused when it has changed, is too old, or is one's own."""
    commande = replace(commande, auteur=f"compte:{proposition.auteur_id}", second=f"compte:{second}")
    with transaction.atomic():
        lock_amphi(proposition.amphi_id)
        proposition.refresh_from_db()
        seq, etat = lire_etat(proposition.amphi_id)
        if proposition.approved_at is not None and proposition.approved_by_id == second:
            return _already(seq, cle_of(proposition.amphi_id, commande, second, cle))
        try:
            _check_approvable(proposition, commande, etat, second, maintenant)
        except Refus as refus:
            return refusal(seq, refus)
        reponse = act(
            proposition.amphi_id,
            commande,
            proposition.acte,
            auteur=None,
            maintenant=maintenant,
            cle=cle,
            cle_de=second,
        )
        if not reponse.refusee:
            proposition.approved_at = maintenant
            proposition.approved_by_id = second
            proposition.save(update_fields=["approved_at", "approved_by"])
        return reponse


def _already(seq: int, cle: Cle | None) -> Reponse:
    """Approved already by the same agent: his key answers, or there is nothing left to do."""
    deja = Reponse(seq=seq, statut=DEJA, corps={"deja": True, "seq": seq}, deja=True)
    return known_answer(cle) or deja


def _check_approvable(
    proposition: Proposition, commande: ActeAgent, etat: Etat, second: int, maintenant: int
) -> None:
    if proposition.auteur_id == second:
        raise Refus(Motif.SECOND_AGENT_REQUIS, "L’auteur d’une proposition ne peut pas l’approuver.")
    expired = maintenant - proposition.created_at >= VALIDITE
    if proposition.approved_at is not None or expired:
        raise Refus(Motif.PROPOSITION_PERIMEE)
    if digest(preview(etat, commande)) != proposition.empreinte:
        raise Refus(Motif.PROPOSITION_PERIMEE)
