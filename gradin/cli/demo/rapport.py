"""The report of a rehearsal: what each amphi saw, what the service went through, what went wrong."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from gradin.cli.demo.bilan import Bilan, seconds
from gradin.queries.robots import Deroulement

# Two amphis do not see the same stop at the same millisecond.
MEME_ARRET_MS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Constat:
    """One amphi: what its robots saw, what its journal tells, what the verifier finds wrong in it."""

    bilan: Bilan
    lu: Deroulement
    refus: str = ""

    def wrongs(self) -> Iterator[str]:
        if self.refus:
            yield f"journal refusé par le vérificateur : {self.refus}"
        yield from self.bilan.wrongs(self.lu)


def tell(constats: Collection[Constat], arrets: int = 0) -> tuple[list[str], bool]:
    """The lines of the report; whether all went well. `arrets`: stops of the service that were announced."""
    bilans = [un.bilan for un in constats]
    subis = count_stops([panne for un in constats for panne in un.lu.pannes])
    annonces = subis <= arrets and arrets > 0
    duree = _minutes(max(un.fin for un in bilans) - min(un.debut for un in bilans))
    internes = sum(un.internes for un in bilans)
    lignes = ["", f"Répétition : {len(bilans)} amphithéâtre(s), {internes} internes, {duree}."]
    fautes = 0
    for un in sorted(constats, key=lambda un: un.bilan.amphi):
        encaisses = [*un.bilan.arrets(un.lu)]
        siennes = [*un.wrongs(), *(() if annonces else encaisses)]
        lignes += [*_amphi(un), *(f"    · {arret}" for arret in encaisses if annonces)]
        lignes += [f"    ! {faute}" for faute in siennes]
        fautes += len(siennes)
    lignes += _together(bilans)
    lignes.append(f"Arrêts du service : {subis or 'aucun'} (annoncés : {arrets or 'aucun'}).")
    lignes.append(f"Ce qui a mal tourné : {fautes or 'rien'}.")
    return lignes, not fautes


def count_stops(pannes: Sequence[tuple[int, int]]) -> int:
    """How many times the service stopped: the amphis that ran then each tell it."""
    nombre, jusque = 0, -MEME_ARRET_MS
    for de, a in sorted(pannes):
        nombre += de > jusque + MEME_ARRET_MS
        jusque = max(jusque, a)
    return nombre


def progress(bilans: Collection[Bilan], ecoule_s: float, en_cours: int) -> str:
    """One line while it runs."""
    choix, revenus = sum(len(un.recus) for un in bilans), sum(len(un.revenus) for un in bilans)
    minutes, secondes = divmod(int(ecoule_s), 60)
    durees = [duree for un in bilans for duree in un.durees]
    vite = f", réponse à un choix {_shares(durees)}" if durees else ""
    renvois = sum(un.renvois.total() for un in bilans)
    return (
        f"{minutes:02}:{secondes:02} · {en_cours} amphithéâtre(s) en cours · "
        f"{choix} choix sur {sum(un.internes for un in bilans)} internes, {revenus} revenus en retard{vite}, "
        f"{renvois} demande(s) renvoyée(s)"
    )


def _amphi(constat: Constat) -> Iterator[str]:
    un, lu = constat.bilan, constat.lu
    if not un.internes:
        yield f"  {un.amphi} · {lu.nom} : n’a pas été joué"
        return
    yield (
        f"  {un.amphi} · {lu.nom} : {un.internes} internes ({lu.hors_choix} hors choix), "
        f"{len(un.recus)} choix, {len(lu.passes)} passés, {len(un.absents)} absents dont "
        f"{len(un.revenus)} revenus en retard, {un.coupures} coupures, {_minutes(un.fin - un.debut)}"
    )
    if not un.durees:
        return
    verdict = "refusé" if constat.refus else "vérifié"
    yield (
        f"      réponse à un choix {_shares(un.durees)} · événement {_shares(un.evenements())} · "
        f"{sum(un.pannes.values())} erreurs, {un.renvois.total()} renvois, {un.sans_reponse} sans réponse, "
        f"{un.pris_entre_temps} postes pris entre-temps · journal {verdict} ({len(lu.lignes)} lignes)"
    )


def _together(bilans: Collection[Bilan]) -> Iterator[str]:
    durees = [duree for un in bilans for duree in un.durees]
    evenements = [duree for un in bilans for duree in un.evenements()]
    if durees:
        yield f"Du clic à la réponse : {_shares(durees)}, {seconds(max(durees))} au pire."
    if evenements:
        yield (
            f"Du clic à l’événement chez chacun : {_shares(evenements)}, {seconds(max(evenements))} au pire."
        )
    if attente := max((un.attente_max for un in bilans), default=0.0):
        yield f"La plus longue attente d’une réponse pendant un arrêt : {seconds(attente)}."


def _shares(durees: Sequence[float]) -> str:
    if not durees:
        return "non mesuré"
    moitie, presque = (seconds(_at(sorted(durees), part)) for part in (0.5, 0.99))
    return f"50 % en {moitie}, 99 % en {presque}"


def _at(durees: Sequence[float], part: float) -> float:
    return durees[min(len(durees) - 1, int(len(durees) * part))]


def _minutes(duree_s: float) -> str:
    minutes, secondes = divmod(round(duree_s), 60)
    return f"{minutes} min {secondes:02} s" if minutes else f"{secondes} s"
