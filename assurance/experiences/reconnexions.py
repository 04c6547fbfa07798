"""Readers cut twenty times each while facts are published: every fact once, in order, word for word."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assurance.essai import Essai
from assurance.foule import Foule, figures, together, wrongs
from assurance.monde import Salle, choose, open_salle
from assurance.resultat import Resultat, held
from gradin.domain.amphi.empreintes import iso
from tests.serveur import running

INVARIANTS = "I31, G09"
INJECTE = "each reader drops its connection 20 times at random and resumes by Last-Event-ID; choices go on"
COUPURES = 20
LECTEURS, LECTEURS_MAX = 300, 2_000
FOULES = 2
# Two facts each; then only so many that the last cuts lose something.
CHOIX, CHOIX_MAX = 250, 1_500
CADENCE_S, LENTE_S = 0.1, 0.5


def run(essai: Essai) -> Iterator[Resultat]:
    salle = open_salle(CHOIX_MAX + 1)
    nombre = max(LECTEURS, min(LECTEURS_MAX, round(essai.secondes * 3)))
    with running() as serveur:
        foules = [
            Foule(
                salle,
                serveur.port,
                nombre=nombre // FOULES,
                coupures=COUPURES,
                graine=essai.graine + une,
                textes=True,
            )
            for une in range(FOULES)
        ]
        tour = 0
        while tour < CHOIX_MAX:
            coupes = [foule.all_cut() for foule in foules]
            if tour >= CHOIX and all(coupes):
                break
            tour += 1
            assert choose(serveur.port, salle, tour)[0] == 201
            time.sleep(CADENCE_S if tour < CHOIX else LENTE_S)
        dits = [foule.judge() for foule in foules]
    lus = together(dits)
    autres = other_than_written(salle, [dit["textes"] for dit in dits])
    fautes = autres + salle.judge()
    if lus["moins_coupe"] < COUPURES:
        fautes.append(f"somebody was cut {lus['moins_coupe']} times only")
    yield Resultat(
        nom="Readers cut and back",
        invariants=INVARIANTS,
        injecte=INJECTE,
        n=lus["coupures"],
        unite="cuts",
        verdict=held(wrongs(lus) or fautes),
        chiffres={
            **figures(lus),
            "cuts of each reader, at least": str(lus["moins_coupe"]),
            "facts told otherwise than written": str(len(autres)),
        },
        remarque="; ".join(fautes[:3]),
        **essai.commun,
    )


def other_than_written(salle: Salle, textes: Sequence[Mapping[str, Sequence[str]]]) -> list[str]:
    """Each form in which anybody was told a fact, against its line of the journal in the public form."""
    lignes, fautes = salle.lines(), []
    for crowd in textes:
        for n, formes in crowd.items():
            ligne = lignes[int(n)]
            ecrit = {"n": ligne.n, "a": iso(ligne.a), "fait": ligne.fait, "p": ligne.p}
            if len(formes) != 1 or said(formes[0]) != (ligne.fait, ecrit):
                fautes.append(f"line {n} told as {formes[0]}")
    return fautes


def said(forme: str) -> tuple[str, dict[str, Any]]:
    """The name of the event, and the fact; what its poste has become is no part of the journal."""
    nom, data = forme.splitlines()
    fait: dict[str, Any] = json.loads(data.removeprefix("data: "))
    if fait["fait"] == "ChoixConfirme":
        assert fait.pop("etat") == "pourvu"
    return nom.removeprefix("event: "), fait
