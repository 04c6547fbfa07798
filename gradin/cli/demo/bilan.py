"""What a rehearsal has seen of one amphi: counted while it runs, judged against its journal afterwards."""

import time
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from gradin.queries.robots import Deroulement

# A person who clicks waits that long without a doubt.
LENT_S = 2.0


@dataclass(slots=True)
class Bilan:
    """`recus`: line of the journal → its hash, as answered. Instants and durations in seconds.

    `attend`: it may not start before another one has closed. `empechement`: it could not be played.
    `laisses`, `absents`, `revenus`: numbers of the internes that no robot played, of those drawn absent, of
    those who came late. `coupures`: streams that we cut; `perdus`: those that did not come back; `trous`:
    facts that one missed. `clics`: line → when its choice was sent; `vus`: line → when each stream read it,
    and since when that one was open.
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
    clics: dict[int, float] = field(default_factory=dict)
    vus: dict[int, list[tuple[float, float]]] = field(default_factory=dict)
    # Answers that nobody should have had: words → how often.
    pannes: Counter[str] = field(default_factory=Counter)
    # Requests sent again because nothing, or an error, came back; and the longest that one waited so.
    renvois: Counter[str] = field(default_factory=Counter)
    attente_max: float = 0.0
    sans_reponse: int = 0
    pris_entre_temps: int = 0
    laisses: set[int] = field(default_factory=set)
    absents: set[int] = field(default_factory=set)
    revenus: set[int] = field(default_factory=set)
    coupures: int = 0
    perdus: int = 0
    trous: int = 0

    def answered(self, duree_s: float, statut: int, motif: str, *, renvoye: bool = False) -> None:
        """What waited for a service that was away says nothing of its speed."""
        if renvoye:
            self.attente_max = max(self.attente_max, duree_s)
        else:
            self.durees.append(duree_s)
        if motif.startswith(("poste_", "surnombre_")):
            self.pris_entre_temps += 1
        elif statut >= 400 and motif != "amphi_en_pause":
            self.pannes[f"choix refusé à qui avait son tour : {motif or statut}"] += 1

    def seen(self, ligne: int, ouvert: float) -> None:
        if ligne:
            self.vus.setdefault(ligne, []).append((time.monotonic(), ouvert))

    def evenements(self) -> list[float]:
        """From each click to each stream that was there: who was cut and reads on later is not counted."""
        return [
            vu - clic
            for ligne, clic in self.clics.items()
            for vu, ouvert in self.vus.get(ligne, ())
            if ouvert < clic
        ]

    def wrongs(self, lu: Deroulement) -> Iterator[str]:
        """In words, the worst first; nothing when all went well."""
        perdus = [n for n, h in self.recus.items() if lu.lignes.get(n) != h]
        surpris = lu.passes - self.laisses
        restes = lu.a_venir - self.laisses
        lents = [duree for duree in self.durees if duree > LENT_S]
        for nombre, mots in (
            (len(perdus), f"choix confirmé(s) que le journal ne contient pas : ligne {few(perdus)}"),
            (self.sans_reponse, "choix resté(s) sans réponse"),
            (len(surpris), f"robot(s) passé(s) alors qu’ils étaient là : n° {few(surpris)}"),
            (len(restes), f"robot(s) jamais appelé(s) : n° {few(restes)}"),
            (self.trous, "fait(s) perdu(s) par un flux qui a repris"),
            (self.perdus, "flux coupé(s) et jamais repris"),
            (
                len(lents),
                f"réponse(s) à un choix en plus de {LENT_S:.0f} s, {seconds(max(lents, default=0))} au pire",
            ),
            *((nombre, mots) for mots, nombre in self.pannes.most_common()),
        ):
            if nombre > 0:
                yield f"{nombre} {mots}"
        yield from (f"lecture fausse : {ecart}" for ecart in lu.ecarts[:3])
        if self.empechement:
            yield self.empechement
        elif lu.etat != "clos":
            yield f"l’amphithéâtre n’est pas clos : {lu.etat}"

    def arrets(self, lu: Deroulement) -> Iterator[str]:
        """What a stop of the service did here: wrong, unless it was announced."""
        for de, a in lu.pannes:
            yield f"le service n’écrivait plus pendant {seconds((a - de) / 1000)} (rendues)"
        for mots, nombre in self.renvois.most_common():
            yield f"{nombre} demande(s) renvoyée(s) : {mots}"


def seconds(duree_s: float) -> str:
    return f"{duree_s * 1000:.0f} ms" if duree_s < 1 else f"{duree_s:.1f} s".replace(".", ",")


def few(numeros: Collection[int]) -> str:
    return ", ".join(map(str, sorted(numeros)[:8])) + ("…" if len(numeros) > 8 else "")
