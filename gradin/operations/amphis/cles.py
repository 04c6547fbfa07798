"""Idempotency keys: the same key of the same account gets the same answer, kept 30 days."""

import hashlib
from dataclasses import dataclass, fields

from gradin.domain.amphi.codec import to_json
from gradin.domain.amphi.commands import Commande
from gradin.domain.amphi.empreintes import canonical
from gradin.operations.amphis import sql
from gradin.operations.amphis.reponse import DEJA, Reponse, cle_reutilisee

# Two clicks of one page may have seen different lines: what they ask for is the same.
NOT_ASKED = frozenset({"auteur", "vu"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cle:
    """`compte` and `cle` name it, `empreinte` says what was asked with it."""

    compte: int
    cle: str
    empreinte: str


def cle_of(amphi_id: int, commande: Commande, compte: int | None, cle: str | None) -> Cle | None:
    if compte is None or not cle:
        return None
    asked = {c.name: to_json(getattr(commande, c.name)) for c in fields(commande) if c.name not in NOT_ASKED}
    corps = canonical({"amphi": amphi_id, "commande": type(commande).__name__, "asked": asked})
    return Cle(compte=compte, cle=cle, empreinte=hashlib.sha256(corps).hexdigest())


def known_answer(cle: Cle | None) -> Reponse | None:
    """The answer already given to this key; a refusal when something else is asked with it."""
    if cle is None:
        return None
    row = sql.read_cle(cle.compte, cle.cle)
    if row is None:
        return None
    empreinte, corps = row
    if empreinte != cle.empreinte:
        return cle_reutilisee(corps["seq"])
    return Reponse(seq=corps["seq"], statut=DEJA, corps=corps["corps"], deja=True)


def keep_answer(cle: Cle, reponse: Reponse, maintenant: int) -> None:
    """In the transaction of the command; accepted commands only."""
    sql.insert_cle(
        compte=cle.compte,
        cle=cle.cle,
        empreinte=cle.empreinte,
        statut=reponse.statut,
        corps={"seq": reponse.seq, "corps": dict(reponse.corps)},
        maintenant=maintenant,
    )
