"""Readers by radio: late and lossy packets, links cut, connections forgotten or reset on their way."""

import random
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

from assurance.essai import Essai
from assurance.foule import Foule, figures, head_of, wrongs
from assurance.monde import Salle, choose, open_salle
from assurance.ondes import DEVANT, SERVEUR, Ondes, radio
from assurance.resultat import Resultat, Verdict, held
from assurance.silences import Silences
from tests.serveur import running

INVARIANTS = "I31, NET"
INJECTE = (
    "150 ms each way and up to 50 more, loss, links cut for 2 to 8 s without a word, each connection "
    "forgotten (the server is never told) or reset on its way after 3 to 20 s"
)
PERTES = (0.0, 0.05, 0.20)
LECTEURS, TEMOINS = 100, 20
LIEN = {"delai_s": 0.15, "gigue_s": 0.05, "flux_s": 12.0}
INTERNES, CADENCE_S, MINIMUM_S = 3_000, 0.25, 75.0
# Whoever lost a connection sees it by its silence.
REPOS_S = 6.0


@dataclass(slots=True)
class Coupures:
    """Each link by itself: passes 6 to 18 s, is cut 2 to 8 s."""

    ondes: Ondes
    adresses: list[str]
    hasard: random.Random
    faites: int = 0
    coupees: set[str] = field(default_factory=set)
    prochaines: dict[str, float] = field(default_factory=dict)

    def look(self) -> None:
        instant = time.monotonic()
        for adresse in self.adresses:
            if instant < self.prochaines.setdefault(adresse, instant + self.hasard.uniform(2, 12)):
                continue
            coupe = adresse not in self.coupees
            self.coupees ^= {adresse}
            self.faites += coupe
            self.ondes.cut([adresse], coupe=coupe)
            self.prochaines[adresse] = instant + self.hasard.uniform(*((2, 8) if coupe else (6, 18)))

    def end(self) -> None:
        """No more faults, but the loss; connections that were to die still do."""
        for adresse in self.adresses:
            self.ondes.change(adresse, aller=True, retour=True, flux_s=0.0)


def run(essai: Essai) -> Iterator[Resultat]:
    salle = open_salle(INTERNES)
    with ExitStack() as pile:
        ondes = pile.enter_context(radio(essai.graine))
        serveur = pile.enter_context(running(adresse="0.0.0.0", settings="gradin.config.settings_test"))
        adresses = [ondes.address(perte=perte, **LIEN) for perte in (*PERTES, PERTES[1])]
        # A fact may fall between two starts; all are to read the same.
        depuis = head_of(salle)
        calme = Foule(salle, serveur.port, nombre=1, coupures=0, graine=0, depuis=depuis)
        foules = [
            crowd(salle, serveur.port, adresse, essai.graine + n, depuis, temoin=adresse == adresses[-1])
            for n, adresse in enumerate(adresses)
        ]
        for foule in (calme, *foules):
            pile.callback(foule.close)
        silence = pile.enter_context(Silences(ondes, salle, serveur.port))
        coupures = Coupures(ondes, adresses, random.Random(essai.graine))
        play(essai, salle, serveur.port, coupures, silence)
        entier = calme.judge()
        *dits, temoin = [foule.judge() for foule in foules]
        porte = ondes.tell()
    fautes = salle.judge()
    for perte, adresse, dit in zip(PERTES, adresses, dits, strict=False):
        autres = [] if dit["empreintes"] == entier["empreintes"] else [f"{perte:.0%}: another content"]
        yield told(essai, perte, dit, porte, adresse, coupures, temoin, fautes + autres)
    yield silence.told(essai)


def crowd(salle: Salle, port: int, adresse: str, graine: int, depuis: int, *, temoin: bool) -> Foule:
    """The control reads without saying where it was."""
    return Foule(
        salle,
        port,
        nombre=TEMOINS if temoin else LECTEURS,
        coupures=0,
        graine=graine,
        hote=SERVEUR,
        devant=DEVANT,
        depuis=depuis,
        adresse=adresse,
        reprise=not temoin,
        attente_s=10.0 if temoin else 120.0,
    )


def play(essai: Essai, salle: Salle, port: int, coupures: Coupures, silence: Silences) -> None:
    """Choices go on, by the machine's own link, until the time is spent and silent readers are gone."""
    debut, tour = time.monotonic(), 0
    while tour < INTERNES - 1:
        duree = time.monotonic() - debut
        if duree > MINIMUM_S and not essai.goes_on(0.8) and (silence.over or duree > 2 * MINIMUM_S):
            break
        tour += 1
        assert choose(port, salle, tour)[0] == 201
        coupures.look()
        silence.look()
        time.sleep(CADENCE_S)
    coupures.end()
    time.sleep(REPOS_S)
    tour += 1
    assert choose(port, salle, tour)[0] == 201


def told(
    essai: Essai,
    perte: float,
    dit: dict[str, int],
    porte: dict[str, dict[str, list[int]]],
    adresse: str,
    coupures: Coupures,
    temoin: dict[str, int],
    fautes: list[str],
) -> Resultat:
    perdus, paquets = porte["pertes"][adresse]
    verdict = held(wrongs(dit) or fautes)
    return Resultat(
        nom=f"Readers by radio, {perte:.0%} lost each way",
        invariants=INVARIANTS,
        injecte=INJECTE,
        n=dit["connexions"] - dit["lecteurs"],
        unite="connections lost and resumed",
        verdict=verdict if temoin["perdus"] or verdict is Verdict.ROMPU else Verdict.TEMOIN,
        chiffres={
            **{nom: valeur for nom, valeur in figures(dit).items() if nom != "cuts"},
            "what they read": "octet for octet as a reader on the machine itself"
            if not fautes
            else "see verdict",
            "packets lost, cuts included": f"{perdus} of {paquets}",
            "links cut, of four": str(coupures.faites),
            "forgotten, reset, on all links": f"{porte['sorts']['silent']}, {porte['sorts']['reset']}",
            "late in our relay, p99 and worst": f"{porte['p99_ms']:.0f} and {porte['pire_ms']:.0f} ms",
        },
        temoin=f"without Last-Event-ID {temoin['lecteurs']} readers lose {temoin['perdus']} facts (5 %)",
        remarque="; ".join(fautes[:3]),
        **essai.commun,
    )
