"""Reads the journal for the hub, outside its loop: encodes each line once per audience."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from gradin.data.amphis.models import Amphi
from gradin.data.amphis.models import Fait as LigneFait
from gradin.domain.amphi.empreintes import iso
from gradin.domain.amphi.facts import ActeReserve, AmphiDemarre, CausePasse, MandataireChange
from gradin.domain.amphi.journal import decode
from gradin.domain.amphi.lecture import etat_poste
from gradin.domain.amphi.projection import Audience, project
from gradin.domain.amphi.state import Etat, Tour
from gradin.domain.kernel import Fait
from gradin.live.canal import AUDIENCES, TAILLE_ANNEAU, Tranche
from gradin.live.hub import DERNIERES, RETARD_MAXIMAL
from gradin.live.sse import encode_fait, encode_signal
from gradin.queries.etats import lire_etat


class AmphiInconnu(LookupError):
    """No amphi has this number."""


def read_tranche(amphi: int, depuis: int) -> Tranche:
    """The journal after line `depuis`: what is committed now, RETARD_MAXIMAL lines at most."""
    try:
        seq, etat = lire_etat(amphi)
    except Amphi.DoesNotExist:
        raise AmphiInconnu(amphi) from None
    depuis = max(0, seq - TAILLE_ANNEAU) if depuis == DERNIERES else depuis
    dernier = min(seq, depuis + RETARD_MAXIMAL)
    lignes = tuple(_lines(amphi, depuis, dernier))
    faits = [fait for _, _, fait in lignes if fait is not None]
    tour = own_tour(etat.tour)
    return Tranche(
        seq=dernier,
        blocs={
            a: tuple(_encode(n, ligne, fait, Audience(a), etat) for n, ligne, fait in lignes)
            for a in AUDIENCES
        },
        moi=_own_events(lignes, etat) if depuis else {},
        tour=tour,
        interne=etat.tour.interne if etat.tour else None,
        a_rappeler=awaited(etat),
        demarre=any(isinstance(fait, AmphiDemarre) for fait in faits),
        sous_procuration=frozenset(etat.procurations),
        mandataire_change=frozenset(_remandated(faits)) if depuis else frozenset(),
    )


def _remandated(faits: Iterable[Fait]) -> Iterable[int]:
    for fait in faits:
        if isinstance(fait, ActeReserve) and isinstance(fait.prive, MandataireChange):
            yield fait.prive.interne


Ligne = tuple[int, str, Mapping[str, Any]]
Lignes = Iterable[tuple[int, Ligne, Fait | None]]


def _lines(amphi: int, depuis: int, dernier: int) -> Lignes:
    rows = LigneFait.objects.filter(amphi=amphi, n__gt=depuis, n__lte=dernier).order_by("n")
    for n, a, nom, p, c, prive in rows.values_list("n", "a", "fait", "p", "c", "ouverture__prive"):
        erased = c is not None and prive is None
        yield n, (a, nom, p), None if erased else decode(nom, a, p, prive)


def _encode(n: int, ligne: Ligne, fait: Fait | None, audience: Audience, etat: Etat) -> bytes:
    """What the retention job has erased is public for everybody.

    A choice says what its poste has become (public, rules.md §9): a surnombre leaves it free for the others.
    """
    a, nom, p = ligne
    prive = project(fait, audience).prive if fait is not None and audience is not Audience.PUBLIC else {}
    devenu = {"etat": etat_poste(etat, p["poste"])} if nom == "ChoixConfirme" else {}
    return encode_fait(n, iso(a), nom, p, prive, devenu)


def own_tour(tour: Tour | None) -> Mapping[str, Any] | None:
    if tour is None:
        return None
    return {"tour": tour.tour, "debut": tour.debut, "fin": tour.fin, "suspendu": tour.suspendu}


def _own_events(lignes: Lignes, etat: Etat) -> Mapping[int, bytes]:
    """One event for each interne whose tour or private part these lines touch."""
    prives: defaultdict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for n, (_, nom, _), fait in lignes:
        interne = _concerned(fait)
        if fait is not None and interne is not None:
            prive = project(fait, Audience.PUBLIC, interne).prive
            prives[interne] += [{"n": n, "fait": nom, "prive": prive}] if prive else []
    touched = set(prives) | ({etat.tour.interne} if etat.tour else set())
    return {interne: _own_event(interne, etat, prives.get(interne, [])) for interne in touched}


def _concerned(fait: Fait | None) -> int | None:
    return fait.prive.interne if isinstance(fait, ActeReserve) else getattr(fait, "interne", None)


def _own_event(interne: int, etat: Etat, faits: list[Mapping[str, Any]]) -> bytes:
    tour = own_tour(etat.tour) if etat.tour and etat.tour.interne == interne else None
    return encode_signal("moi", {"seq": etat.seq, "interne": interne, "tour": tour, "faits": faits})


def awaited(etat: Etat) -> frozenset[int]:
    """Who comes back by connecting, and who is about to be judged absent."""
    absents = {n for n, cause in etat.causes.items() if cause is CausePasse.ABSENT and n not in etat.revenus}
    if etat.tour is not None and etat.tour.juge is not None:
        absents.add(etat.tour.interne)
    return frozenset(absents)


def read_heads() -> dict[int, int]:
    """Every started amphi and its last line: what the safety poll compares."""
    return dict(Amphi.objects.filter(seq__gt=0).values_list("pk", "seq"))


def running() -> tuple[int, ...]:
    """Those whose rings are filled at the start."""
    return tuple(Amphi.objects.filter(seq__gt=0, etat__in=("en_cours", "pause")).values_list("pk", flat=True))
