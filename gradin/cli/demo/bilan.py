"""What a rehearsal has seen: counted while it runs, judged against the journal when it is over."""

import time
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from gradin.queries.robots import Deroulement

# A person who clicks waits that long without a doubt.
LENT_S = 2.0


@dataclass(slots=True)
class Bilan:
    """Of one amphi. `recus`: line of the journal → its hash, as answered.

    `attend`: it may not start before another one has closed. `empechement`: it could not be played.
    `laisses`, `revenus`: numbers of the internes that no robot played, and of those who came late.
    `coupures`: streams that we cut; `perdus`: those that did not come back; `trous`: facts that one missed.
    """

    amphi: int
    depuis: int
    debut: float = field(default_factory=time.monotonic)
    fin: float = field(default_factory=time.monotonic)
    internes: int = 0
    attend: bool = False
    empechement: str = ""
    recus: dict[int, str] = field(default_factory=dict)
    durees: list[float] = field(default_factory=list)
    # Answers that nobody should have had, requests that were not answered: words → how often.
    pannes: Counter[str] = field(default_factory=Counter)
    pris_entre_temps: int = 0
    laisses: set[int] = field(default_factory=set)
    revenus: set[int] = field(default_factory=set)
    coupures: int = 0
    perdus: int = 0
    trous: int = 0

    def answered(self, duree_s: float, statut: int, motif: str) -> None:
        self.durees.append(duree_s)
        if motif.startswith(("poste_", "surnombre_")):
            self.pris_entre_temps += 1
        elif statut >= 400 and motif != "amphi_en_pause":
            self.pannes[f"choix refusé à qui avait son tour : {motif or statut}"] += 1

    def wrongs(self, lu: Deroulement) -> Iterator[str]:
        """In words, the worst first; nothing when all went well."""
        perdus = [n for n, h in self.recus.items() if lu.lignes.get(n) != h]
        surpris = lu.passes - self.laisses
        restes = lu.a_venir - self.laisses
        lents = [duree for duree in self.durees if duree > LENT_S]
        for nombre, mots in (
            (len(perdus), f"choix confirmé(s) que le journal ne contient pas : ligne {_few(perdus)}"),
            (len(surpris), f"robot(s) passé(s) alors qu’ils étaient là : n° {_few(surpris)}"),
            (len(restes), f"robot(s) jamais appelé(s) : n° {_few(restes)}"),
            (self.trous, "fait(s) perdu(s) par un flux qui a repris"),
            (self.perdus, "flux coupé(s) et jamais repris"),
            (
                len(lents),
                f"réponse(s) à un choix en plus de {LENT_S:.0f} s, {_seconds(max(lents, default=0))} au pire",
            ),
            *((nombre, mots) for mots, nombre in self.pannes.most_common()),
        ):
            if nombre > 0:
                yield f"{nombre} {mots}"
        yield from (f"lecture fausse : {ecart}" for ecart in lu.ecarts[:3])
        yield from (
            f"le service n’écrivait plus pendant {_seconds(ms / 1000)} (rendues)" for ms in lu.pannes_ms
        )
        if self.empechement:
            yield self.empechement
        elif lu.etat != "clos":
            yield f"l’amphithéâtre n’est pas clos : {lu.etat}"


def tell(bilans: Collection[Bilan], lus: dict[int, Deroulement]) -> tuple[list[str], bool]:
    """The lines of the report; whether all went well."""
    duree = _minutes(max(un.fin for un in bilans) - min(un.debut for un in bilans))
    internes = sum(un.internes for un in bilans)
    lignes = ["", f"Répétition : {len(bilans)} amphithéâtre(s), {internes} internes, {duree}."]
    fautes = 0
    for un in sorted(bilans, key=lambda un: un.amphi):
        siennes = [*un.wrongs(lus[un.amphi])]
        lignes += [_line(un, lus[un.amphi]), *(f"    ! {faute}" for faute in siennes)]
        fautes += len(siennes)
    durees = sorted(duree for un in bilans for duree in un.durees)
    if durees:
        moitie, presque, pire = (_seconds(_at(durees, part)) for part in (0.5, 0.99, 1))
        lignes.append(f"Réponse à un choix : la moitié en {moitie}, 99 % en {presque}, {pire} au pire.")
    lignes.append(f"Ce qui a mal tourné : {fautes or 'rien'}.")
    return lignes, not fautes


def _line(un: Bilan, lu: Deroulement) -> str:
    return (
        f"  {un.amphi} · {lu.nom} : {len(un.recus)} choix, {len(lu.passes)} passés, "
        f"{len(un.revenus)} revenus en retard, {un.pris_entre_temps} postes pris entre-temps, "
        f"{un.coupures} coupures, {_minutes(un.fin - un.debut)}"
    )


def _at(durees: list[float], part: float) -> float:
    return durees[min(len(durees) - 1, int(len(durees) * part))]


def _seconds(duree_s: float) -> str:
    return f"{duree_s * 1000:.0f} ms" if duree_s < 1 else f"{duree_s:.1f} s".replace(".", ",")


def _minutes(duree_s: float) -> str:
    return f"{duree_s:.0f} s" if duree_s < 100 else f"{duree_s / 60:.0f} min"


def _few(numeros: Collection[int]) -> str:
    return ", ".join(map(str, sorted(numeros)[:8])) + ("…" if len(numeros) > 8 else "")
