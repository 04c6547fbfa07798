"""A round as a file that anybody can compute again: pseudonymised input, seed, rules and result."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from gradin.domain.appariement.campagne import DocteurJunior, ReglesAppariement, Site, TourAppariement
from gradin.domain.appariement.ordres import draw
from gradin.domain.appariement.resultat import Appariement, pair

FORMAT = 1


class PublicationInvalide(ValueError):
    """The file is not a round, or its result is not what its input gives. The message is French."""


def pseudonymise(tour: TourAppariement, sel: str) -> TourAppariement:
    """Candidates under codes that only the holder of `sel` links to somebody.

    Lots are drawn from these codes: the round that counts is the one computed on them.
    """
    codes = {candidat.code: draw(sel, candidat.code)[:16] for candidat in tour.candidats}
    candidats = tuple(
        DocteurJunior(code=codes[c.code], subdivision=c.subdivision, notes=c.notes) for c in tour.candidats
    )
    sites = tuple(
        Site(
            code=s.code,
            subdivision=s.subdivision,
            places=s.places,
            classements={codes[code]: rang for code, rang in s.classements.items()},
        )
        for s in tour.sites
    )
    in_order = tuple(sorted(candidats, key=lambda candidat: candidat.code))
    return TourAppariement(candidats=in_order, sites=sites, graine=tour.graine, regles=tour.regles)


def write_publication(tour: TourAppariement, result: Appariement) -> str:
    """The file: one JSON object, keys sorted, so that equal rounds are equal byte for byte."""
    regles = tour.regles
    document = {
        "format": FORMAT,
        "graine": tour.graine,
        "regles": {
            "notes_au_moins": regles.notes_au_moins,
            "part_notee": regles.part_notee,
            "part_classee": regles.part_classee,
            "priorite_locale": regles.priorite_locale,
        },
        "candidats": {c.code: {"subdivision": c.subdivision, "notes": dict(c.notes)} for c in tour.candidats},
        "sites": {
            s.code: {"subdivision": s.subdivision, "places": s.places, "classements": dict(s.classements)}
            for s in tour.sites
        },
        "resultat": {"sites": dict(result.sites), "locaux": sorted(result.locaux)},
    }
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_publication(texte: str) -> tuple[TourAppariement, Appariement]:
    """The round and the result that the file states; nothing is computed."""
    try:
        document = json.loads(texte)
        if document["format"] != FORMAT:
            raise PublicationInvalide(f"Format {document['format']} inconnu : attendu {FORMAT}.")
        return read_tour(document), read_result(document["resultat"])
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise PublicationInvalide(f"Ce fichier n’est pas un tour d’appariement : {error!r}.") from error


def read_tour(document: Mapping[str, Any]) -> TourAppariement:
    return TourAppariement(
        candidats=tuple(
            DocteurJunior(code=code, subdivision=c["subdivision"], notes=c["notes"])
            for code, c in document["candidats"].items()
        ),
        sites=tuple(
            Site(code=code, subdivision=s["subdivision"], places=s["places"], classements=s["classements"])
            for code, s in document["sites"].items()
        ),
        graine=document["graine"],
        regles=ReglesAppariement(**document["regles"]),
    )


def read_result(resultat: Mapping[str, Any]) -> Appariement:
    return Appariement(sites=resultat["sites"], locaux=frozenset(resultat["locaux"]))


def verify_publication(texte: str) -> TourAppariement:
    """Compute the round again and compare; raise with the first candidate whose site differs."""
    tour, stated = read_publication(texte)
    try:
        computed = pair(tour)
    except ValueError as error:
        raise PublicationInvalide(str(error)) from error
    for candidat in sorted(computed.sites.keys() | stated.sites.keys()):
        theirs, ours = stated.sites.get(candidat), computed.sites.get(candidat)
        if theirs != ours:
            raise PublicationInvalide(
                f"Le candidat {candidat} : le fichier dit {theirs or 'aucun site'}, "
                f"le calcul donne {ours or 'aucun site'}."
            )
    if computed.locaux != stated.locaux:
        raise PublicationInvalide("Les places attribuées par priorité locale ne sont pas celles du calcul.")
    return tour
