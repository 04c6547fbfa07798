"""Writes what a command decided: lines of the journal, read rows, mails, the amphi's row."""

import secrets
from collections.abc import Iterator

from gradin.data.amphis.models import Place
from gradin.data.demandes.models import DemandeCouple, EtatCouple
from gradin.domain import kernel
from gradin.domain.amphi.engine import echeance
from gradin.domain.amphi.facts import ChoixAnnule, ChoixConfirme, CoupleDefait
from gradin.domain.amphi.journal import LigneJournal, write
from gradin.domain.amphi.state import Etat
from gradin.operations.amphis import sql
from gradin.operations.amphis.lectures import write_rows
from gradin.operations.amphis.sql import AmphiVerrouille
from gradin.operations.courriers.enqueue import enqueue_annulation, enqueue_choix
from gradin.queries.etats import Vue

CANAL = "gradin_amphi"


def write_decision(
    amphi: AmphiVerrouille, avant: Vue, faits: tuple[kernel.Fait, ...], etat: Etat, maintenant: int
) -> tuple[Vue, tuple[LigneJournal, ...]]:
    """All in the caller's transaction. `etat`: where `faits` lead. Gives back the new head and its lines."""
    lignes = write(avant.seq, avant.empreinte, faits, _sels())
    vue = Vue(seq=lignes[-1].n, empreinte=lignes[-1].h, etat=etat)
    sql.insert_lignes(amphi.pk, lignes)
    write_rows(amphi, avant.etat, etat, lignes)
    _write_mails(amphi.pk, avant.seq, faits, maintenant)
    _end_couples(amphi.pk, faits, maintenant)
    _write_amphi(amphi.pk, vue)
    return vue, lignes


def _sels() -> Iterator[str]:
    while True:
        yield secrets.token_hex(16)


def _write_mails(amphi_id: int, seq: int, faits: tuple[kernel.Fait, ...], maintenant: int) -> None:
    for n, fait in enumerate(faits, start=seq + 1):
        if isinstance(fait, ChoixConfirme):
            enqueue_choix(amphi_id, n, maintenant)
        elif isinstance(fait, ChoixAnnule):
            enqueue_annulation(amphi_id, fait.n, maintenant)


def _end_couples(amphi_id: int, faits: tuple[kernel.Fait, ...], maintenant: int) -> None:
    """Whoever undoes a couple, its demand ends with it: else neither could ask again."""
    for fait in faits:
        if isinstance(fait, CoupleDefait):
            paire = Place.objects.filter(amphi=amphi_id, numero__in=fait.internes).values("inscription")
            DemandeCouple.objects.filter(
                amphi=amphi_id,
                etat=EtatCouple.ACCORDE,
                ended_at=None,
                demandeur__in=paire,
                invite__in=paire,
            ).update(etat=EtatCouple.RETIRE, ended_at=maintenant)


def _write_amphi(amphi_id: int, vue: Vue) -> None:
    sql.update_amphi(
        amphi_id,
        seq=vue.seq,
        empreinte=vue.empreinte,
        etat=str(vue.etat.etat),
        echeance=echeance(vue.etat),
    )
    sql.notify(CANAL, f"{amphi_id} {vue.seq}")
