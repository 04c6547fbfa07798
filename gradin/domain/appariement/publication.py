"""A round as a file that whoever holds it computes again: pseudonymised input, seed, rules and result."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from gradin.domain.appariement.campagne import (
    NOTE_MAXIMALE,
    DocteurJunior,
    ReglesAppariement,
    Site,
    TourAppariement,
)
from gradin.domain.appariement.ordres import draw
from gradin.domain.appariement.resultat import Appariement, pair

FORMAT = 1
V = TypeVar("V")


class PublicationInvalide(ValueError):
    """The file is not a round, or its result is not what its input gives. The message is French."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pseudonymes:
    """Real code → published code, for each side."""

    candidats: Mapping[str, str]
    sites: Mapping[str, str]

    def restore(self, result: Appariement) -> Appariement:
        """A result computed on published codes, in real ones."""
        candidats = {public: reel for reel, public in self.candidats.items()}
        sites = {public: reel for reel, public in self.sites.items()}
        return Appariement(
            sites={candidats[candidat]: sites[site] for candidat, site in result.sites.items()},
            locaux=frozenset(candidats[candidat] for candidat in result.locaux),
        )


def make_pseudonymes(tour: TourAppariement, sel: str) -> Pseudonymes:
    """Codes that only the holder of `sel` links to somebody or to a place."""
    return Pseudonymes(
        candidats={c.code: pseudonym(sel, "candidat", c.code) for c in tour.candidats},
        sites={s.code: pseudonym(sel, "site", s.code) for s in tour.sites},
    )


def pseudonym(sel: str, cote: str, code: str) -> str:
    """`cote`: candidat or site."""
    return draw(sel, cote, code)[:16]


def pseudonymise(tour: TourAppariement, pseudonymes: Pseudonymes) -> TourAppariement:
    """The same round under published codes, on both sides: a responsable who knew which site is his would
    read in his own ranks who is who, and so the notes. It hides few sites badly: only the ARS has the file.

    Lots are drawn from these codes: the round that counts is the one computed on them.
    """
    codes, lieux = pseudonymes.candidats, pseudonymes.sites
    candidats = tuple(
        DocteurJunior(
            code=codes[c.code],
            subdivision=c.subdivision,
            notes={lieux[site]: note for site, note in c.notes.items()},
        )
        for c in tour.candidats
    )
    sites = tuple(
        Site(
            code=lieux[s.code],
            subdivision=s.subdivision,
            places=s.places,
            classements={codes[code]: rang for code, rang in s.classements.items()},
        )
        for s in tour.sites
    )
    return TourAppariement(
        candidats=tuple(sorted(candidats, key=lambda candidat: candidat.code)),
        sites=tuple(sorted(sites, key=lambda site: site.code)),
        graine=tour.graine,
        regles=tour.regles,
    )


def keep_mutual(tour: TourAppariement) -> TourAppariement:
    """Only what decides: pairs that neither side refuses, in ranks without holes.

    The result is the same; who was refused, and how many were ranked, is not in the file.
    """
    ranks = {s.code: s.classements for s in tour.sites}
    candidats = tuple(
        replace(c, notes=_dense_notes({s: n for s, n in c.notes.items() if n > 0 and ranks[s].get(c.code)}))
        for c in tour.candidats
    )
    voulus = {c.code: c.notes for c in candidats}
    sites = tuple(
        replace(s, classements=_dense({c: r for c, r in s.classements.items() if r and s.code in voulus[c]}))
        for s in tour.sites
    )
    return replace(tour, candidats=candidats, sites=sites)


def _dense(rangs: Mapping[str, int]) -> Mapping[str, int]:
    """1, 2, 3… in the same order, equal ones equal."""
    places = {rang: place for place, rang in enumerate(sorted({*rangs.values()}), start=1)}
    return {code: places[rang] for code, rang in rangs.items()}


def _dense_notes(notes: Mapping[str, int]) -> Mapping[str, int]:
    """5, 4, 3… in the same order, equal ones equal."""
    places = {
        note: NOTE_MAXIMALE - place for place, note in enumerate(sorted({*notes.values()}, reverse=True))
    }
    return {code: places[note] for code, note in notes.items()}


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
    document = load_object(texte, "un tour d’appariement")
    if document.get("format") != FORMAT:
        raise PublicationInvalide(f"Format {document.get('format')} inconnu : attendu {FORMAT}.")
    try:
        return read_tour(document), read_result(document["resultat"])
    except (KeyError, TypeError, AttributeError) as error:
        raise PublicationInvalide(f"Ce fichier n’est pas un tour d’appariement : {error!r}.") from error


def load_object(texte: str, quoi: str) -> dict[str, Any]:
    """A JSON object, whatever was brought. `quoi`: what it should be. Raises PublicationInvalide."""
    try:
        document = json.loads(texte)
        # A lone surrogate could be neither hashed nor shown.
        json.dumps(document, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise PublicationInvalide(f"Ce fichier n’est pas {quoi} : ce n’est pas du JSON lisible.") from error
    if not isinstance(document, dict):
        raise PublicationInvalide(f"Ce fichier n’est pas {quoi}.")
    return document


def read_tour(document: Mapping[str, Any]) -> TourAppariement:
    regles: dict[str, Any] = values_of(int, document["regles"])
    return TourAppariement(
        candidats=tuple(
            DocteurJunior(
                code=code,
                subdivision=_as(str, c["subdivision"]),
                notes=values_of(int, c["notes"]),
            )
            for code, c in document["candidats"].items()
        ),
        sites=tuple(
            Site(
                code=code,
                subdivision=_as(str, s["subdivision"]),
                places=_as(int, s["places"]),
                classements=values_of(int, s["classements"]),
            )
            for code, s in document["sites"].items()
        ),
        graine=_as(str, document["graine"]),
        regles=ReglesAppariement(**regles),
    )


def read_result(resultat: Mapping[str, Any]) -> Appariement:
    return Appariement(
        sites=values_of(str, resultat["sites"]), locaux=frozenset(_as(list, resultat["locaux"]))
    )


def values_of(kind: type[V], lu: Any) -> dict[str, V]:
    """An object of such values. Raises TypeError."""
    return {cle: _as(kind, valeur) for cle, valeur in _as(dict, lu).items()}


def _as(kind: type[V], lu: Any) -> V:
    if not isinstance(lu, kind):
        raise TypeError(f"{kind.__name__} attendu")
    return lu


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
