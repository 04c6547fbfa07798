"""Postpone amphis in one act: sessions recut, everything else kept, everybody told (rules.md §5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.db import transaction

from gradin.data.amphis.models import Amphi, SessionChoix
from gradin.domain.sessions import is_within, is_working, say_heure, say_plages
from gradin.operations.amphis.actes_avant import record_acte
from gradin.operations.amphis.handling import lock_amphi
from gradin.operations.calendrier import note_moves
from gradin.operations.preparation.annonces import announce_report, tell_reports
from gradin.operations.preparation.horaires import favoris_of, store_sessions, to_local, to_utc
from gradin.operations.preparation.limites import sessions_from
from gradin.operations.preparation.listes import check_not_started
from gradin.operations.preparation.refus import PreparationRefusee
from gradin.queries.reglages import read_parametres_sessions

ACTE = "reporter"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandeReport:
    """`amphis` move together, the first of them to `debut` (local); `texte` is added to the announcement."""

    amphis: tuple[int, ...]
    debut: datetime
    texte: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmphiReporte:
    """One amphi that moves. `suit`: only because it shares the postes of one that does.

    `ecart`: why it does not begin at the hour that was asked, in words; empty when it does.
    """

    row: Amphi
    sessions: tuple[SessionChoix, ...]
    favoris: datetime
    suit: bool
    ecart: str = ""

    @property
    def debut(self) -> datetime:
        return self.sessions[0].debut

    @property
    def fin(self) -> datetime:
        return self.sessions[-1].fin

    @property
    def moves(self) -> bool:
        """Whether anything would be otherwise than it is announced now."""
        ici = [(s.debut, s.fin, s.rang_a) for s in self.row.sessions.order_by("numero")]
        return ici != [(s.debut, s.fin, s.rang_a) for s in self.sessions]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReport:
    """What the act will do, the earliest first."""

    amphis: tuple[AmphiReporte, ...]

    @property
    def moves(self) -> bool:
        return any(amphi.moves for amphi in self.amphis)

    @property
    def empreinte(self) -> str:
        """Changes when the preview that somebody has read would no longer be what is done."""
        lu = [(a.row.pk, a.favoris, [(s.debut, s.rang_a) for s in a.sessions]) for a in self.amphis]
        return sha256(repr(lu).encode()).hexdigest()[:32]


def plan_report(demande: DemandeReport, *, maintenant: datetime) -> PlanReport:
    """Nothing is written. Raises PreparationRefusee, with what to do."""
    rows = [*Amphi.objects.filter(pk__in=demande.amphis).select_related("subdivision", "groupe", "precedent")]
    rows = sorted(rows, key=lambda row: (row.debut is None, row.debut or maintenant, row.pk))
    if not rows:
        raise PreparationRefusee("Aucun amphi à reporter ici : ils ont tous commencé, ou rien n’est préparé.")
    if to_utc(rows[0], demande.debut) <= maintenant:
        raise PreparationRefusee("Cette heure est passée. Choisissez une heure à venir.")
    ecart = demande.debut - (to_local(rows[0], rows[0].debut) if rows[0].debut else demande.debut)
    plans: dict[int, AmphiReporte] = {}
    for row in with_followers(rows):
        premier = row.pk == rows[0].pk
        debut = demande.debut if premier else shift(row, ecart, demande.debut)
        plans[row.pk] = plan_one(row, debut, plans, maintenant, suit=row.pk not in demande.amphis)
    return PlanReport(amphis=tuple(sorted(plans.values(), key=lambda plan: (plan.debut, plan.row.pk))))


def with_followers(rows: Sequence[Amphi]) -> tuple[Amphi, ...]:
    """Each after the one whose postes it shares, those of the chain that were not named included."""
    voulus = {row.pk: row for row in rows}
    ordre: dict[int, Amphi] = {}
    for row in rows:
        _add_chain(row, voulus, ordre)
    return tuple(ordre.values())


def shift(row: Amphi, ecart: timedelta, sinon: datetime) -> datetime:
    """As much later on the wall clock, on the next working day."""
    debut = to_local(row, row.debut) + ecart if row.debut else sinon
    parametres = read_parametres_sessions(row.parametres)
    while not is_working(debut.date(), parametres):
        debut += timedelta(days=1)
    return debut


def plan_one(
    row: Amphi, debut: datetime, plans: dict[int, AmphiReporte], maintenant: datetime, *, suit: bool
) -> AmphiReporte:
    check_not_started(row)
    liste = row.listes.order_by("-version").first()
    if liste is None or not liste.figures:
        raise PreparationRefusee(f"« {row.intitule} » n’a pas de liste d’appel. Préparez les amphis d’abord.")
    libre = _end_of_previous(row, debut, plans)
    sessions = sessions_from(row, liste, max(debut, libre))
    favoris = favoris_of(row, sessions[0].debut, maintenant)
    # Whoever follows in the chain begins when the one before ends: nobody asked for another hour.
    ecart = "" if row.precedent_id in plans else _tell_ecart(row, debut, libre, sessions[0])
    return AmphiReporte(row=row, sessions=sessions, favoris=favoris, suit=suit, ecart=ecart)


def _tell_ecart(row: Amphi, voulu: datetime, libre: datetime, premiere: SessionChoix) -> str:
    """Why the first session does not begin at the local hour `voulu`; nothing when it does."""
    debut = to_local(row, premiere.debut)
    if debut == voulu:
        return ""
    if libre > voulu:
        return "l’amphi dont il partage les postes n’est pas fini à l’heure demandée"
    parametres = read_parametres_sessions(row.parametres)
    plages = say_plages(parametres)
    if not is_within(voulu, parametres):
        return f"{say_heure(voulu.hour * 60 + voulu.minute)} est hors des heures de choix ({plages})"
    return f"la première session ne tient pas dans ce qui reste des heures de choix ({plages})"


@transaction.atomic
def report(demande: DemandeReport, empreinte: str, *, auteur: int | None, maintenant: int) -> PlanReport:
    """Does what was previewed. Raises PreparationRefusee when it would be something else by now."""
    instant = datetime.fromtimestamp(maintenant / 1000, tz=UTC)
    plan = _locked_plan(demande, instant)
    if not plan.moves:
        raise PreparationRefusee("Rien ne change\u00a0: l’amphi commence déjà à cette heure.")
    if plan.empreinte != empreinte:
        raise PreparationRefusee("Les données ont changé depuis votre lecture. Relisez le nouvel horaire.")
    actes = {}
    for un in plan.amphis:
        row, avant = un.row, un.row.debut
        store_sessions(row, un.sessions, instant)
        details = {
            "de": avant and avant.isoformat(),
            "a": un.debut.isoformat(),
            "lot": [autre.row.pk for autre in plan.amphis],
        }
        actes[row.pk] = record_acte(row, ACTE, auteur=auteur, maintenant=maintenant, details=details)
    announce_report([un.row for un in plan.amphis], demande.texte, maintenant)
    tell_reports([un.row for un in plan.amphis], actes, maintenant)
    note_moves(maintenant)
    return plan


def _locked_plan(demande: DemandeReport, maintenant: datetime) -> PlanReport:
    """Locks the amphis by their number, as everybody who locks several must, then reads them again."""
    for pk in sorted(un.row.pk for un in plan_report(demande, maintenant=maintenant).amphis):
        lock_amphi(pk)
    return plan_report(demande, maintenant=maintenant)


def _add_chain(row: Amphi, voulus: dict[int, Amphi], ordre: dict[int, Amphi]) -> None:
    avant = voulus.get(row.precedent_id) if row.precedent_id else None
    if avant is not None and avant.pk not in ordre:
        _add_chain(avant, voulus, ordre)
    if row.pk in ordre:
        return
    ordre[row.pk] = row
    for suivant in _followers(row):
        _add_chain(voulus.get(suivant.pk, suivant), voulus, ordre)


def _followers(row: Amphi) -> Iterable[Amphi]:
    return row.suivants.select_related("subdivision", "groupe", "precedent").filter(seq=0)


def _end_of_previous(row: Amphi, sinon: datetime, plans: dict[int, AmphiReporte]) -> datetime:
    """When the amphi before in the chain is over, local: nobody may begin earlier."""
    if row.precedent is None:
        return sinon
    plan = plans.get(row.precedent.pk)
    fin = plan.fin if plan else row.precedent.fin
    return to_local(row, fin) if fin else sinon
