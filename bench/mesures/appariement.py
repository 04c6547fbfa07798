"""The matching beside PyPI's `matching` and `algmatch`, same wishes, same run, whose results must be ours.

Plain Python on our side, milliseconds of CPU: a shared machine tells nothing by the clock. The references
are given what they solve: one order each side, no first seat.
"""

import json
import subprocess
from collections.abc import Iterator
from time import thread_time

from bench import tailles
from bench.references.instances import VOEUX, Instance, make_instance
from bench.references.paquets import Absente, python
from bench.tableau import Ligne, Tableau
from gradin.domain.appariement.acceptation import SANS_PLACE, defer
from gradin.domain.appariement.campagne import DocteurJunior, ReglesAppariement, Site, TourAppariement
from gradin.domain.appariement.resultat import pair

TAILLES = (1_000, 10_000, 100_000)
# A region has hundreds of docteurs juniors: the whole round is not measured beyond.
ENTIER_JUSQU_A = 10_000
REFERENCES = ("matching", "algmatch")
BUTS_MS = {100_000: 500}


def tables() -> Iterator[Tableau]:
    for effectif in TAILLES:
        yield _compare(effectif)


def _compare(effectif: int) -> Tableau:
    """Ours is the best of three: a shared machine only ever adds."""
    instance = make_instance(effectif)
    duree, obtenus = min((run_ours(instance) for _ in range(3)), key=lambda essai: essai[0])
    lignes = [Ligne(nom="Gradin", valeur=duree, reference=duree, au_plus=BUTS_MS.get(effectif))]
    if effectif <= ENTIER_JUSQU_A:
        lignes.append(
            Ligne(nom="Gradin, whole round, checked again", valeur=run_whole(instance), reference=duree)
        )
    notes = []
    for nom in REFERENCES if effectif <= tailles.APPARIEMENT else ():
        try:
            siens = _ask(nom, effectif, obtenus)
            lignes.append(Ligne(nom=f"PyPI `{nom}`", valeur=siens, reference=duree))
        except Absente as raison:
            notes.append(f"{nom}: not measured, {raison}.")
    return Tableau(
        titre=f"matching, {effectif} candidates × {VOEUX} wishes, CPU",
        reference="Gradin",
        lignes=tuple(lignes),
        notes=tuple(notes),
    )


def run_ours(instance: Instance) -> tuple[float, dict[int, int]]:
    """Deferred acceptance on strict orders; milliseconds."""
    rangs = [{candidat: rang for rang, candidat in enumerate(ordre)} for ordre in instance.ordres]
    guichets = [[(site, rangs[site][c]) for site in siens] for c, siens in enumerate(instance.voeux)]
    debut = thread_time()
    obtenus = defer(guichets, instance.places)
    duree = thread_time() - debut
    return 1000 * duree, {c: site for c, site in enumerate(obtenus) if site != SANS_PLACE}


def run_whole(instance: Instance) -> float:
    """A whole round: orders from notes, ranks and seed, the matching, its stability checked again."""
    tour = TourAppariement(
        candidats=tuple(
            DocteurJunior(
                code=str(c), subdivision="", notes={str(s): 5 - rang // 4 for rang, s in enumerate(siens)}
            )
            for c, siens in enumerate(instance.voeux)
        ),
        sites=tuple(
            Site(
                code=str(s),
                subdivision="",
                places=instance.places[s],
                classements={str(c): rang for rang, c in enumerate(ordre, start=1)},
            )
            for s, ordre in enumerate(instance.ordres)
        ),
        graine="bench",
        regles=ReglesAppariement(priorite_locale=False),
    )
    debut = thread_time()
    pair(tour)
    return 1000 * (thread_time() - debut)


def _ask(nom: str, effectif: int, obtenus: dict[int, int]) -> float:
    """Raises Absente."""
    commande = [str(python()), "-W", "ignore", "-m", "bench.references.appariement", nom, str(effectif)]
    fini = subprocess.run(commande, capture_output=True, text=True, check=True)
    duree, couples = json.loads(fini.stdout)
    assert dict(couples) == obtenus, f"{nom} gives another result than ours"
    return float(1000 * duree)
