"""Choices made against the hours foreseen, pauses, and when the amphi should end."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gradin.data.amphis.models import Fait
from gradin.domain.amphi.appel import foreseen_order
from gradin.domain.amphi.state import Etat

Ligne = tuple[int, str, dict]
CADENCE_RECENTE = 12
RYTHME_HABITUEL = 60_000
JALONS = 10
SUIVIS = (
    "AmphiDemarre",
    "SessionOuverte",
    "ChoixConfirme",
    "ChoixAnnule",
    "PauseDebutee",
    "PauseTerminee",
    "PanneConstatee",
    "AmphiClos",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Avancement:
    """`points` and `prevu` (the hours of the sessions): (ms UTC, choices made). `pauses`: (from, to)."""

    debut: int
    fin: int
    total: int
    points: tuple[tuple[int, int], ...]
    prevu: tuple[tuple[int, int], ...]
    pauses: tuple[tuple[int, int], ...]
    faits: int
    maintenant: int
    fin_estimee: int | None

    @property
    def jalons(self) -> tuple[tuple[int, int], ...]:
        """The curve as a short table: the last choice of each of ten equal parts."""
        depart, dernier = self.points[0][0], self.points[-1][0]
        pas = max(1, (dernier - depart) // JALONS)
        parts = {min(JALONS - 1, (a - depart) // pas): (a, choix) for a, choix in self.points}
        return tuple(parts[part] for part in sorted(parts))


def read_avancement(amphi: int, etat: Etat, maintenant: int) -> Avancement:
    rows = Fait.objects.filter(amphi=amphi, fait__in=SUIVIS).order_by("n").values_list("a", "fait", "p")
    faits = [*_until_closed(rows)]
    depart = faits[0][0] if faits else maintenant
    points = _points(depart, faits)
    fin_estimee = _estimate(etat, points, maintenant)
    prevu = _foreseen(etat)
    instants = [a for a, _ in prevu] + [fin_estimee or points[-1][0], points[-1][0]]
    return Avancement(
        debut=min(depart, *(a for a, _ in prevu)) if prevu else depart,
        fin=max(depart + 60_000, *instants),
        total=max(len(etat.lignes), 1),
        points=points,
        prevu=prevu,
        pauses=_pauses(faits, maintenant),
        faits=points[-1][1],
        maintenant=maintenant,
        fin_estimee=fin_estimee,
    )


def _until_closed(rows: Iterable[Ligne]) -> Iterator[Ligne]:
    """A choice corrected weeks later belongs to the journal, not to the course of the day."""
    for ligne in rows:
        yield ligne
        if ligne[1] == "AmphiClos":
            return


def _points(depart: int, faits: Sequence[tuple[int, str, dict]]) -> tuple[tuple[int, int], ...]:
    compte, points = 0, [(depart, 0)]
    for a, fait, _ in faits:
        if fait in ("ChoixConfirme", "ChoixAnnule"):
            compte += 1 if fait == "ChoixConfirme" else -1
            points.append((a, compte))
    return tuple(points)


def _pauses(faits: Sequence[tuple[int, str, dict]], maintenant: int) -> tuple[tuple[int, int], ...]:
    pauses, ouverte = [], None
    for a, fait, p in faits:
        if fait == "PauseDebutee":
            ouverte = a
        elif fait == "PauseTerminee" and ouverte is not None:
            pauses.append((ouverte, a))
            ouverte = None
        elif fait == "PanneConstatee":
            pauses.append((p["de"], p["a"]))
    if ouverte is not None:
        pauses.append((ouverte, maintenant))
    return tuple(pauses)


def _foreseen(etat: Etat) -> tuple[tuple[int, int], ...]:
    points: list[tuple[int, int]] = []
    for session in etat.sessions:
        points += [(session.debut, session.rang_de - 1), (session.fin, session.rang_a)]
    return tuple(points)


def _estimate(etat: Etat, points: Sequence[tuple[int, int]], maintenant: int) -> int | None:
    """At the pace of the last choices; None when nobody has a tour to come."""
    restent = len(foreseen_order(etat))
    if not restent:
        return None
    recents = points[-CADENCE_RECENTE - 1 :]
    rythme = RYTHME_HABITUEL
    if len(recents) > 3:
        rythme = (recents[-1][0] - recents[0][0]) // (len(recents) - 1)
    return maintenant + restent * max(rythme, 1_000)
