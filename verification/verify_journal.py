#!/usr/bin/env python3
"""Verifies the journal of an amphi, offline and alone: Python 3.11, standard library, this one file.

    python verify_journal.py amphi.jsonl [--tete HASH] [--recu FICHIER] [--niveau public|complet]

Exit 0 and a summary, or 1 and the first line that is wrong. Written apart from the engine, from
docs/verification.md: it repeats the rules on purpose. One file on purpose too, longer than any other
here: whoever doubts the platform takes this and nothing else. Messages are French, as the journal is.

Sections: 1 reading · 2 the amphi as anybody knows it · 3 order of tours · 4 public rules, one function
a fact · 5 the private parts and their rules (complete level) · 6 the verdict.
"""

import argparse
import gc
import hashlib
import heapq
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

# --- 1. Reading -----------------------------------------------------------------------------------

GENESE = "0" * 64
HEX64 = re.compile(r"[0-9a-f]{64}")
SEL = re.compile(r"[0-9a-f]{32}")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECONDE = timedelta(milliseconds=1)
PUBLIQUE = ["n", "a", "fait", "p", "c", "h"]
COMPLETE = [*PUBLIQUE, "sel", "prive"]


class Erreur(Exception):
    """Why a line is wrong, in French; `n` is the line of the file, 0 for the whole."""

    def __init__(self, message: str, n: int = 0) -> None:
        super().__init__(message)
        self.n = n


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """One fact. `a` in ms UTC; `prive` is None at the public level and for a fact without private part."""

    n: int
    a: int
    fait: str
    p: dict[str, Any]
    c: str | None
    h: str
    sel: str | None
    prive: dict[str, Any] | None


def exige(condition: object, message: str) -> None:
    if not condition:
        raise Erreur(message)


def canonical(value: object) -> bytes:
    """JSON, keys sorted, no spaces, UTF-8 unescaped, NFC."""
    return unicodedata.normalize("NFC", CANONICAL.encode(value)).encode()


def hash_of(debut: str, value: object) -> str:
    return hashlib.sha256(debut.encode() + b"\n" + canonical(value)).hexdigest()


def _refuse_number(text: str) -> Any:
    raise Erreur(f"nombre non entier : {text}")


CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
COMPACT = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False)
DECODER = json.JSONDecoder(parse_float=_refuse_number, parse_constant=_refuse_number)


def parse_line(brut: bytes, precedente: Ligne | None) -> Ligne:
    """The line, its form, its number, its time and its hashes proven; raises Erreur."""
    data = _decode(brut)
    n = precedente.n + 1 if precedente else 1
    exige(type(data["n"]) is int and data["n"] == n, f"le fait devrait porter le numéro {n}")
    exige(type(data["fait"]) is str and type(data["p"]) is dict, "« fait » ou « p » n’a pas la bonne forme")
    exige(data["c"] is None or _matches(HEX64, data["c"]), "« c » n’est pas une empreinte")
    a = _instant(data["a"])
    exige(precedente is None or a >= precedente.a, "l’heure recule")
    corps = {key: data[key] for key in ("a", "c", "fait", "n", "p")}
    h = hash_of(precedente.h if precedente else GENESE, corps)
    exige(data["h"] == h, "l’empreinte « h » ne suit pas de la ligne précédente et de celle-ci")
    sel, prive = data.get("sel"), data.get("prive")
    return Ligne(n=n, a=a, fait=data["fait"], p=data["p"], c=data["c"], h=h, sel=sel, prive=prive)


def _decode(brut: bytes) -> dict[str, Any]:
    exige(brut.endswith(b"\n"), "la ligne est incomplète (pas de fin de ligne)")
    try:
        text = brut[:-1].decode("utf-8")
        data = DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise Erreur(f"ce n’est pas une ligne JSON en UTF-8 ({error})") from error
    exige(
        isinstance(data, dict) and list(data) in (PUBLIQUE, COMPLETE),
        f"clés attendues : {', '.join(COMPLETE)}",
    )
    # One way to write each line: nothing can change without a trace, not even a space.
    exige(COMPACT.encode(data) == text, "la ligne n’est pas écrite sous sa forme compacte")
    return dict(data)


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _instant(text: object) -> int:
    exige(_matches(INSTANT, text), "l’heure n’a pas la forme 2027-04-05T07:00:12.345Z")
    try:
        return (datetime.fromisoformat(str(text)) - EPOCH) // MILLISECONDE
    except ValueError as error:
        raise Erreur("l’heure n’existe pas") from error


def check_opening(ligne: Ligne) -> None:
    """The commitment of a line and its opening stand or fall together."""
    if ligne.c is None:
        exige(ligne.prive is None and ligne.sel is None, "partie privée sans engagement « c »")
        return
    exige(ligne.prive is not None, "la partie privée manque alors que le journal est complet")
    exige(
        _matches(SEL, ligne.sel) and isinstance(ligne.prive, dict),
        "« sel » ou « prive » n’a pas la bonne forme",
    )
    exige(
        hash_of(str(ligne.sel), ligne.prive) == ligne.c,
        "« sel » et « prive » n’ouvrent pas l’engagement « c »",
    )


# --- 2. The amphi as anybody knows it -------------------------------------------------------------

A_VENIR, EN_COURS, A_CHOISI, PASSE, HORS_CHOIX = "à venir", "en cours", "a choisi", "passé", "hors choix"


@dataclass(slots=True, kw_only=True)
class Interne:
    numero: int
    rang: int
    des: str
    statut: str = A_VENIR
    choix: int | None = None


@dataclass(slots=True, kw_only=True)
class Poste:
    """`tenu`: held before the amphi began. `occupants`: internes whose choice stands."""

    poste: str
    service: str
    reserve: tuple[str, ...]
    tenu: bool = False
    retire: bool = False
    occupants: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choix:
    n: int
    interne: int
    poste: str
    tour: int


@dataclass(slots=True, kw_only=True)
class Amphi:
    """What the public journal says so far."""

    nom: str
    parametres: dict[str, Any]
    sessions: list[dict[str, Any]]
    tenus: frozenset[str]
    internes: dict[int, Interne] = field(default_factory=dict)
    postes: dict[str, Poste] = field(default_factory=dict)
    # Per service: postes offered, holders, holders that a reserved act may have excused.
    offerts: Counter[str] = field(default_factory=Counter)
    occupants: Counter[str] = field(default_factory=Counter)
    excuses: Counter[str] = field(default_factory=Counter)
    couples: list[tuple[int, int]] = field(default_factory=list)
    choix: dict[int, Choix] = field(default_factory=dict)
    ouvertes: int = 0
    session: bool = False
    pause: bool = False
    clos: bool = False
    tour: tuple[int, int] | None = None
    dernier_tour: int = 0
    suite: int | None = None
    retours: set[int] = field(default_factory=set)
    file: list[tuple[int, int]] = field(default_factory=list)
    # The choice annulled by the line before: (a, interne, tour).
    correction: tuple[int, int, int] | None = None
    rang_servi: int = 0
    precedente: Ligne | None = None
    # What only the complete journal can settle.
    incertains: set[int] = field(default_factory=set)
    hors_des: set[int] = field(default_factory=set)
    depassements: int = 0
    oublies: int = 0

    def interne(self, numero: int) -> Interne:
        exige(numero in self.internes, f"l’interne {numero} n’est pas dans la liste")
        return self.internes[numero]

    def poste(self, numero: str) -> Poste:
        exige(numero in self.postes, f"le poste {numero} n’est pas dans l’offre")
        return self.postes[numero]

    def attend(self, interne: Interne) -> None:
        """Among those to come, at his rank."""
        interne.statut = A_VENIR
        heapq.heappush(self.file, (interne.rang, interne.numero))

    def prochaine(self) -> dict[str, Any] | None:
        return self.sessions[self.ouvertes] if self.ouvertes < len(self.sessions) else None


# --- 3. Order of tours ----------------------------------------------------------------------------


def next_interne(amphi: Amphi) -> int | None:
    """Who must be called: the second of a couple, the best rank placed back, the first to come."""
    prochaine = amphi.prochaine()
    if prochaine is not None and not amphi.session:
        return None
    if amphi.suite is not None:
        return amphi.suite
    if amphi.retours:
        return min(amphi.retours, key=lambda numero: amphi.internes[numero].rang)
    limite = prochaine["rang_de"] if prochaine else None
    return _first_of_queue(amphi, limite)


def _first_of_queue(amphi: Amphi, limite: int | None) -> int | None:
    """In rank order, before the ranks of the next session. Entries out of date leave the queue here;
    the better ranked of a couple too: he comes back to it when the couple is over."""
    attendent = {better for better, _ in amphi.couples}
    while amphi.file:
        rang, numero = amphi.file[0]
        interne = amphi.internes[numero]
        if interne.statut != A_VENIR or interne.rang != rang or numero in attendent:
            heapq.heappop(amphi.file)
            continue
        return numero if limite is None or rang < limite else None
    return None


def close_tour(amphi: Amphi, interne: Interne, statut: str) -> None:
    """He leaves the calls; if his tour was open, the better ranked of his couple comes next."""
    interne.statut = statut
    amphi.retours.discard(interne.numero)
    if amphi.tour is None or amphi.tour[1] != interne.numero:
        return
    amphi.tour = None
    for better, other in end_couple(amphi, interne.numero):
        if other == interne.numero and amphi.internes[better].statut == A_VENIR:
            amphi.suite = better


def end_couple(amphi: Amphi, numero: int) -> list[tuple[int, int]]:
    """Both are again called each at his rank; returns the couple ended, if any."""
    ended = [couple for couple in amphi.couples if numero in couple]
    amphi.couples = [couple for couple in amphi.couples if numero not in couple]
    for better, _ in ended:
        heapq.heappush(amphi.file, (amphi.internes[better].rang, better))
    return ended


def end_session(amphi: Amphi) -> None:
    """A session is over as soon as no tour is open and nobody can be called."""
    if amphi.session and amphi.tour is None and next_interne(amphi) is None:
        amphi.session = False


def check_nobody_forgotten(amphi: Amphi, ligne: Ligne) -> None:
    """Time passed since the line before: a tour that had to open has opened."""
    precedente = amphi.precedente
    if precedente is None or precedente.a == ligne.a or amphi.pause or amphi.clos:
        return
    if amphi.tour is not None or amphi.parametres["par_voeux"]:
        return
    numero = _certain(amphi)
    exige(numero is None, f"le tour de l’interne {numero} aurait dû s’ouvrir à la ligne précédente")


def _certain(amphi: Amphi, appele: int | None = None) -> int | None:
    """The next interne. At the public level whoever was added to the list may be absent: he counts
    as such once somebody else is called in his place."""
    while (numero := next_interne(amphi)) in amphi.incertains and numero is not None and numero != appele:
        amphi.internes[numero].statut = HORS_CHOIX
    return numero


# --- 4. Public rules, one function a fact ---------------------------------------------------------

Genre = Callable[[object], bool]
Champs = tuple[tuple[str, Genre], ...]


def _each(genre: Genre) -> Genre:
    return lambda value: isinstance(value, list) and all(map(genre, value))


def _is(kind: type) -> Genre:
    """Exactly: true is no integer."""
    return lambda value: type(value) is kind


GENRES: dict[str, Genre] = {
    "entier": _is(int),
    "entier?": lambda value: value is None or type(value) is int,
    "texte": _is(str),
    "texte?": lambda value: value is None or type(value) is str,
    "booleen": _is(bool),
    "objet": _is(dict),
    "entiers": _each(_is(int)),
    "textes": _each(_is(str)),
    "objets": _each(_is(dict)),
    "couple": lambda value: _each(_is(int))(value) and len(value) == 2,  # type: ignore[arg-type]
    "couples": _each(lambda value: GENRES["couple"](value)),
    "liste": _is(list),
}


def fields(texte: str) -> Champs:
    """The fields that an object must have, written « nom:genre »."""
    return tuple((nom, GENRES[genre]) for nom, genre in (champ.split(":") for champ in texte.split()))


def check_fields(data: dict[str, Any], champs: Champs) -> None:
    """Every field named is there with its genre; others are left alone (the chain holds them)."""
    for nom, genre in champs:
        if nom not in data or not genre(data[nom]):
            raise Erreur(f"le champ « {nom} » manque ou n’a pas la bonne forme")


PARAMETRES = fields(
    "duree_tour_ms:entier grace_ms:entier delai_absence_ms:entier reprise_auto_ms:entier "
    "reste_minimal_ms:entier indulgence_ms:entier mode:texte par_voeux:booleen liste_armee:booleen "
    "demarrage_auto:booleen surnombre:texte surnombres_max_par_service:entier? "
    "deja_valide:texte maquette:texte"
)
CHAMPS: dict[str, Champs] = {
    "AmphiDemarre": fields(
        "amphi:texte format:entier parametres:objet empreinte_liste:texte liste:objets hors_choix:entiers "
        "offre:objets tenus:textes couples:couples sessions:objets"
    ),
    "ListeCorrigee": fields("liste:objets"),
    "SessionOuverte": fields("session:entier"),
    "PauseDebutee": fields("label:texte"),
    "PauseTerminee": (),
    "PanneConstatee": fields("de:entier a:entier"),
    "TourOuvert": fields("tour:entier interne:entier duree_ms:entier"),
    "TourProlonge": fields("tour:entier ms:entier"),
    "TourPasse": fields("tour:entier interne:entier"),
    "RetourPlace": fields("interne:entier"),
    "ChoixConfirme": fields("tour:entier interne:entier poste:texte"),
    "ChoixAnnule": fields("n:entier"),
    "PosteAjoute": fields("poste:texte service:texte des:texte reserve:textes"),
    "PosteRetire": fields("poste:texte"),
    "ReserveLevee": fields("poste:texte"),
    "CoupleForme": fields("internes:couple"),
    "CoupleDefait": fields("internes:couple"),
    "HorsChoixConstate": fields("interne:entier"),
    "RattrapageOuvert": fields("internes:entiers"),
    "AmphiClos": fields("internes:entiers"),
    "MessageDiffuse": (),
    "ActeReserve": (),
}
SESSION = fields("session:entier debut:entier fin:entier rang_de:entier rang_a:entier")
LIGNE = fields("interne:entier rang:entier des:texte c:texte")


def start(ligne: Ligne) -> Amphi:
    """Line 1: parameters, list, offer, couples, postes already held, sessions."""
    exige(ligne.fait == "AmphiDemarre", "un journal commence par AmphiDemarre")
    p = ligne.p
    check_fields(p, CHAMPS["AmphiDemarre"])
    exige(p["format"] == 1, f"format {p['format']} inconnu de ce vérificateur")
    check_fields(p["parametres"], PARAMETRES)
    for session in p["sessions"]:
        check_fields(session, SESSION)
    numeros = [session["session"] for session in p["sessions"]]
    exige(numeros == list(range(1, len(numeros) + 1)), "les sessions ne sont pas numérotées 1, 2, 3…")
    tenus = frozenset(p["tenus"])
    amphi = Amphi(nom=p["amphi"], parametres=p["parametres"], sessions=p["sessions"], tenus=tenus)
    _add_list(amphi, p["liste"])
    for poste in p["offre"]:
        add_poste(amphi, poste)
    for numero in p["hors_choix"]:
        amphi.interne(numero).statut = HORS_CHOIX
    for couple in p["couples"]:
        _couple(amphi, couple)
    return amphi


def _add_list(amphi: Amphi, liste: list[dict[str, Any]]) -> None:
    """New lines and changed ones; numbers 1…n and ranks without doubles afterwards."""
    for ligne in liste:
        check_fields(ligne, LIGNE)
        numero, rang, des = ligne["interne"], ligne["rang"], ligne["des"]
        if numero in amphi.internes:
            interne = amphi.internes[numero]
            interne.rang, interne.des = rang, des
            if interne.statut == A_VENIR:
                amphi.attend(interne)
        else:
            amphi.internes[numero] = Interne(numero=numero, rang=rang, des=des)
            amphi.attend(amphi.internes[numero])
    total = len(amphi.internes)
    exige(set(amphi.internes) == set(range(1, total + 1)), "les internes ne sont pas numérotés 1, 2, 3…")
    exige(
        len({interne.rang for interne in amphi.internes.values()}) == total, "deux internes ont le même rang"
    )


def _couple(amphi: Amphi, couple: list[int]) -> None:
    better, other = (amphi.interne(numero) for numero in couple)
    exige(better.rang < other.rang, "le mieux classé d’un couple vient en premier")
    libres = not any({better.numero, other.numero} & set(autre) for autre in amphi.couples)
    exige(libres and better.statut == other.statut == A_VENIR, "ce couple ne peut pas être formé")
    amphi.incertains -= {better.numero, other.numero}
    amphi.couples.append((better.numero, other.numero))


def add_poste(amphi: Amphi, p: dict[str, Any]) -> None:
    check_fields(p, CHAMPS["PosteAjoute"])
    ancien = amphi.postes.get(p["poste"])
    exige(ancien is None or ancien.retire, f"le poste {p['poste']} est déjà offert")
    numero, service, tenu = p["poste"], p["service"], p["poste"] in amphi.tenus
    amphi.postes[numero] = Poste(poste=numero, service=service, reserve=tuple(p["reserve"]), tenu=tenu)
    amphi.offerts[service] += 1
    amphi.occupants[service] += tenu


def liste_corrigee(amphi: Amphi, ligne: Ligne) -> None:
    connus = set(amphi.internes)
    _add_list(amphi, ligne.p["liste"])
    amphi.incertains |= set(amphi.internes) - connus
    rangs = {numero: interne.rang for numero, interne in amphi.internes.items()}
    amphi.couples = [(a, b) if rangs[a] < rangs[b] else (b, a) for a, b in amphi.couples]
    for _, other in amphi.couples:
        heapq.heappush(amphi.file, (rangs[other], other))


def session_ouverte(amphi: Amphi, ligne: Ligne) -> None:
    prochaine = amphi.prochaine()
    exige(
        prochaine is not None and prochaine["session"] == ligne.p["session"],
        "ce n’est pas la session suivante",
    )
    assert prochaine is not None
    exige(amphi.tour is None and _certain(amphi) is None, "la session précédente n’est pas finie")
    exige(ligne.a >= prochaine["debut"], "la session commence avant son heure")
    exige(not amphi.pause, "l’amphi est en pause")
    amphi.ouvertes += 1
    amphi.session = True


def pause_debutee(amphi: Amphi, ligne: Ligne) -> None:
    exige(not amphi.pause, "l’amphi est déjà en pause")
    amphi.pause = True


def pause_terminee(amphi: Amphi, ligne: Ligne) -> None:
    exige(amphi.pause, "l’amphi n’est pas en pause")
    amphi.pause = False


def panne_constatee(amphi: Amphi, ligne: Ligne) -> None:
    exige(ligne.p["a"] == ligne.a, "la fin de la panne n’est pas l’heure du fait")
    exige(amphi.precedente is None or ligne.p["de"] >= amphi.precedente.a, "la panne recouvre un fait")
    exige(not amphi.pause, "une panne ne compte pas pendant une pause")


def tour_ouvert(amphi: Amphi, ligne: Ligne) -> None:
    p = ligne.p
    interne = amphi.interne(p["interne"])
    exige(not amphi.pause, "un tour s’ouvre pendant une pause")
    exige(amphi.tour is None, "un autre tour est encore ouvert")
    exige(p["tour"] == amphi.dernier_tour + 1, f"ce devrait être le tour {amphi.dernier_tour + 1}")
    exige(p["duree_ms"] == amphi.parametres["duree_tour_ms"], "la durée n’est pas celle de l’amphi")
    attendu = _certain(amphi, interne.numero)
    exige(attendu == interne.numero, _wrong_order(attendu, interne.numero))
    if amphi.suite == interne.numero:
        amphi.suite = None
    amphi.retours.discard(interne.numero)
    amphi.incertains.discard(interne.numero)
    interne.statut = EN_COURS
    amphi.tour = (p["tour"], interne.numero)
    amphi.dernier_tour = p["tour"]


def _wrong_order(attendu: int | None, appele: int) -> str:
    if attendu is None:
        return f"personne ne devait être appelé, l’interne {appele} l’est"
    return f"c’est le tour de l’interne {attendu}, non de l’interne {appele}"


def tour_prolonge(amphi: Amphi, ligne: Ligne) -> None:
    exige(amphi.tour is not None and amphi.tour[0] == ligne.p["tour"], "ce tour n’est pas ouvert")
    exige(ligne.p["ms"] > 0, "un tour ne se raccourcit pas")


def tour_passe(amphi: Amphi, ligne: Ligne) -> None:
    check_his_tour(amphi, ligne.p)
    close_tour(amphi, amphi.interne(ligne.p["interne"]), PASSE)


def check_his_tour(amphi: Amphi, p: dict[str, Any]) -> None:
    """The open tour is the one named and his; par_voeux, his place in the call list."""
    interne = amphi.interne(p["interne"])
    if not amphi.parametres["par_voeux"]:
        ouvert = amphi.tour == (p["tour"], p["interne"])
        exige(ouvert, f"le tour {p['tour']} de l’interne {p['interne']} n’est pas ouvert")
        return
    exige(p["tour"] == 0 and interne.statut == A_VENIR, "cet interne ne participe pas aux vœux")
    exige(interne.rang > amphi.rang_servi, "les vœux ne suivent pas la liste d’appel")
    amphi.rang_servi = interne.rang


def retour_place(amphi: Amphi, ligne: Ligne) -> None:
    """A hors choix takes his rank again; anybody else comes right after the one choosing."""
    interne = amphi.interne(ligne.p["interne"])
    avant = amphi.precedente
    decouple = avant is not None and avant.fait == "CoupleDefait" and interne.numero in avant.p["internes"]
    revient = interne.statut in (PASSE, HORS_CHOIX) or interne.numero in amphi.incertains
    exige(
        revient or (decouple and interne.statut == A_VENIR),
        f"l’interne n’a pas à être replacé ({interne.statut})",
    )
    if interne.statut != HORS_CHOIX and interne.numero not in amphi.incertains:
        amphi.retours.add(interne.numero)
    amphi.incertains.discard(interne.numero)
    amphi.attend(interne)


def choix_confirme(amphi: Amphi, ligne: Ligne) -> None:
    p = ligne.p
    interne, poste = amphi.interne(p["interne"]), amphi.poste(p["poste"])
    if not corrects(amphi, ligne):
        exige(not amphi.clos, "l’amphi est clos")
        exige(not amphi.pause, "un choix pendant une pause")
        check_his_tour(amphi, p)
    else:
        exige(
            amphi.correction == (ligne.a, interne.numero, p["tour"]),
            "ce choix ne corrige pas le choix annulé",
        )
    exige(interne.choix is None, f"l’interne {interne.numero} a déjà choisi à la ligne {interne.choix}")
    exige(not poste.retire, f"le poste {poste.poste} est retiré de l’offre")
    if poste.reserve and interne.des not in poste.reserve:
        amphi.hors_des.add(ligne.n)
    _seat(amphi, ligne, poste)
    amphi.choix[ligne.n] = Choix(n=ligne.n, interne=interne.numero, poste=poste.poste, tour=p["tour"])
    interne.choix = ligne.n
    close_tour(amphi, interne, A_CHOISI)


def corrects(amphi: Amphi, ligne: Ligne) -> bool:
    """The choice stands in place of the one of the same interne that the line before annulled."""
    return amphi.correction is not None and amphi.correction[1] == ligne.p.get("interne")


def _seat(amphi: Amphi, ligne: Ligne, poste: Poste) -> None:
    """Without surnombre one holder a poste; with N of them offered + N holders a service."""
    libre = not poste.occupants and not poste.tenu
    exige(libre or amphi.parametres["surnombre"] != "interdit", f"le poste {poste.poste} est déjà pourvu")
    poste.occupants.add(ligne.p["interne"])
    amphi.occupants[poste.service] += 1
    maximum = amphi.parametres["surnombres_max_par_service"]
    if maximum is None:
        return
    avant = amphi.precedente
    if avant is not None and avant.fait == "ActeReserve" and avant.a == ligne.a:
        amphi.excuses[poste.service] += 1
    de_trop = amphi.occupants[poste.service] - amphi.offerts[poste.service] - maximum
    exige(de_trop <= amphi.excuses[poste.service], f"trop de surnombres dans le service {poste.service}")
    amphi.depassements += de_trop > 0


def choix_annule(amphi: Amphi, ligne: Ligne) -> None:
    choix = amphi.choix.get(ligne.p["n"])
    exige(choix is not None, f"la ligne {ligne.p['n']} n’est pas un choix qui tient")
    assert choix is not None
    del amphi.choix[choix.n]
    interne, poste = amphi.internes[choix.interne], amphi.postes[choix.poste]
    interne.choix, interne.statut = None, PASSE
    poste.occupants.discard(interne.numero)
    amphi.occupants[poste.service] -= 1
    amphi.hors_des.discard(choix.n)
    amphi.correction = (ligne.a, interne.numero, choix.tour)


def poste_ajoute(amphi: Amphi, ligne: Ligne) -> None:
    exige(amphi.pause, "un poste ne s’ajoute qu’en pause")
    add_poste(amphi, ligne.p)


def poste_retire(amphi: Amphi, ligne: Ligne) -> None:
    poste = amphi.poste(ligne.p["poste"])
    exige(amphi.pause, "un poste ne se retire qu’en pause")
    exige(not poste.retire, "ce poste est déjà retiré")
    exige(not poste.occupants and not poste.tenu, "un poste pourvu est retiré")
    poste.retire = True
    amphi.offerts[poste.service] -= 1


def reserve_levee(amphi: Amphi, ligne: Ligne) -> None:
    poste = amphi.poste(ligne.p["poste"])
    exige(poste.reserve, "ce poste n’est pas réservé")
    poste.reserve = ()


def couple_forme(amphi: Amphi, ligne: Ligne) -> None:
    _couple(amphi, ligne.p["internes"])
    deja = (amphi.retours | {amphi.suite}) & set(ligne.p["internes"])
    exige(not deja, "ce couple ne peut pas être formé")


def couple_defait(amphi: Amphi, ligne: Ligne) -> None:
    exige(tuple(ligne.p["internes"]) in amphi.couples, "ce couple n’existe pas")
    end_couple(amphi, ligne.p["internes"][0])


def hors_choix_constate(amphi: Amphi, ligne: Ligne) -> None:
    interne = amphi.interne(ligne.p["interne"])
    exige(interne.statut != A_CHOISI, "cet interne a choisi")
    amphi.incertains.discard(interne.numero)
    if amphi.suite == interne.numero:
        amphi.suite = None
    close_tour(amphi, interne, HORS_CHOIX)
    end_couple(amphi, interne.numero)


def rattrapage_ouvert(amphi: Amphi, ligne: Ligne) -> None:
    repris = [amphi.interne(numero) for numero in ligne.p["internes"]]
    exige(amphi.tour is None and amphi.prochaine() is None, "le rattrapage vient après les sessions")
    exige(_certain(amphi) is None, "le rattrapage attend ceux qui sont à venir")
    exige(
        repris and all(interne.statut == PASSE for interne in repris),
        "le rattrapage appelle les internes passés",
    )
    rangs = [interne.rang for interne in repris]
    exige(rangs == sorted(rangs), "le rattrapage suit la liste d’appel")
    amphi.oublies += sum(interne.statut == PASSE for interne in amphi.internes.values()) - len(repris)
    amphi.session = True
    for interne in repris:
        amphi.attend(interne)


def amphi_clos(amphi: Amphi, ligne: Ligne) -> None:
    exige(amphi.tour is None, "un tour est encore ouvert")
    restants = {numero for numero, interne in amphi.internes.items() if interne.statut == A_VENIR}
    manquants = restants - set(ligne.p["internes"]) - amphi.incertains
    exige(not manquants, f"la clôture tait les internes à venir {sorted(manquants)}")
    exige(set(ligne.p["internes"]) <= restants, "la clôture nomme des internes qui ne sont plus à venir")
    amphi.clos, amphi.session, amphi.pause = True, False, False


def nothing_public(amphi: Amphi, ligne: Ligne) -> None:
    """A message, a reserved act: its public part is empty."""


REGLES: dict[str, Callable[[Amphi, Ligne], None]] = {
    "ListeCorrigee": liste_corrigee,
    "SessionOuverte": session_ouverte,
    "PauseDebutee": pause_debutee,
    "PauseTerminee": pause_terminee,
    "PanneConstatee": panne_constatee,
    "TourOuvert": tour_ouvert,
    "TourProlonge": tour_prolonge,
    "TourPasse": tour_passe,
    "RetourPlace": retour_place,
    "ChoixConfirme": choix_confirme,
    "ChoixAnnule": choix_annule,
    "PosteAjoute": poste_ajoute,
    "PosteRetire": poste_retire,
    "ReserveLevee": reserve_levee,
    "CoupleForme": couple_forme,
    "CoupleDefait": couple_defait,
    "HorsChoixConstate": hors_choix_constate,
    "RattrapageOuvert": rattrapage_ouvert,
    "AmphiClos": amphi_clos,
    "MessageDiffuse": nothing_public,
    "ActeReserve": nothing_public,
}
AFTER_CLOSING = {"ChoixAnnule", "ChoixConfirme"}


def follow(amphi: Amphi, ligne: Ligne) -> None:
    """Judges one line by the public rules, then takes it as done."""
    exige(ligne.fait in REGLES, f"fait inconnu : {ligne.fait}")
    check_fields(ligne.p, CHAMPS[ligne.fait])
    exige(not amphi.clos or ligne.fait in AFTER_CLOSING, "l’amphi est clos")
    check_nobody_forgotten(amphi, ligne)
    check_outage_pauses(amphi, ligne)
    annulation = amphi.correction
    REGLES[ligne.fait](amphi, ligne)
    if amphi.correction is annulation:
        amphi.correction = None


def check_outage_pauses(amphi: Amphi, ligne: Ligne) -> None:
    """A long outage is followed at once by a technical pause."""
    avant = amphi.precedente
    if avant is None or avant.fait != "PanneConstatee":
        return
    if abs(avant.p["a"] - avant.p["de"]) > amphi.parametres["reprise_auto_ms"]:
        technique = ligne.fait == "PauseDebutee" and ligne.p["label"] == "technique" and ligne.a == avant.a
        exige(technique, "la panne à la ligne précédente devait mettre l’amphi en pause")


# --- 5. The private parts and their rules (complete level) ----------------------------------------

ACTE = fields("auteur:texte motif:texte")
A_DEUX = (*ACTE, *fields("second:texte?"))
PRIVES: dict[str, Champs] = {
    "AmphiDemarre": (*ACTE, *fields("liste:objets")),
    "ListeCorrigee": (*A_DEUX, *fields("liste:objets")),
    "PauseDebutee": fields("auteur:texte texte:texte reste_ms:entier? reste_absence_ms:entier?"),
    "PanneConstatee": (),
    "TourOuvert": fields("duree_ms:entier present:booleen mandataire:booleen"),
    "TourPasse": (*ACTE, *fields("cause:texte")),
    "RetourPlace": (*ACTE, *fields("retour:texte")),
    "ChoixConfirme": (*ACTE, *fields("type_choix:texte voie:texte vu:entier?")),
    "ChoixAnnule": A_DEUX,
    "AmphiClos": A_DEUX,
    "MessageDiffuse": fields("auteur:texte texte:texte"),
    "ActeReserve": (*ACTE, *fields("acte:texte interne:entier")),
}
OUVERTURE = fields("interne:entier sel:texte prive:objet")
PERSONNE = fields(
    "type_choix:texte multiplicateur:texte absence_prevue:booleen codes:textes valides:textes "
    "hors_maquette:textes derogation:booleen figures:liste"
)
ACTES: dict[str, Champs] = {
    "type_choix": fields("type_choix:texte"),
    "multiplicateur": fields("multiplicateur:texte"),
    "mandataire": fields("mandataire:texte? acceptee:booleen"),
    "presence": fields("tour:entier"),
    "regle_depassee": fields("poste:texte regle:texte"),
}
CLASSIQUE, VALIDANT, NON_VALIDANT = "classique", "surnombre_validant", "surnombre_non_validant"
TYPES = (CLASSIQUE, VALIDANT, NON_VALIDANT)
SYSTEME = "systeme"


@dataclass(slots=True, kw_only=True)
class Personne:
    """What only the ARS and himself may read of an interne."""

    type_choix: str
    multiplicateur: Fraction
    codes: frozenset[str]
    valides: frozenset[str]
    hors_maquette: frozenset[str]
    mandataire: str | None = None
    acceptee: bool = False
    cause: str = ""
    revenu: bool = False


@dataclass(slots=True, kw_only=True)
class Chrono:
    """The clock of the open tour, ms UTC. `juge`: when absence is judged, None once seen.
    `suspendu`: the instant of the pause that stopped it."""

    interne: int
    fin: int
    juge: int | None
    suspendu: int | None = None

    def shift(self, ms: int) -> None:
        self.fin += ms
        self.juge = None if self.juge is None else self.juge + ms


@dataclass(slots=True, kw_only=True)
class Complet:
    """The private side of the amphi, followed line by line beside the public one."""

    amphi: Amphi
    personnes: dict[int, Personne] = field(default_factory=dict)
    classiques: dict[str, int] = field(default_factory=dict)
    surnombres: Counter[str] = field(default_factory=Counter)
    # By line of the choice: its interne, its poste, its type de choix.
    choix: dict[int, tuple[int, Poste, str]] = field(default_factory=dict)
    chrono: Chrono | None = None
    indulgence: int = 0
    technique: bool = False
    correction: bool = False
    depasse: tuple[int, str] | None = None

    def en_ligne(self) -> bool:
        return bool(self.amphi.parametres["mode"] == "en_ligne")

    def grace(self) -> int:
        return int(self.amphi.parametres["grace_ms"])


def follow_private(complet: Complet, ligne: Ligne) -> None:
    """Judges the private part of one line that the public rules have accepted."""
    exige((ligne.prive is None) == (ligne.fait == "PanneConstatee"), "partie privée absente ou de trop")
    prive = ligne.prive or {}
    check_fields(prive, PRIVES.get(ligne.fait, ACTE))
    excuse, complet.depasse = complet.depasse, None
    if ligne.fait == "ChoixConfirme":
        choix_prive(complet, ligne, prive, excuse)
    elif ligne.fait in PRIVEES:
        PRIVEES[ligne.fait](complet, ligne, prive)


def open_list(complet: Complet, ligne: Ligne, prive: dict[str, Any]) -> None:
    """Each line of the list has its own commitment; added internes foreseen absent do not choose."""
    publiques, ouvertures = ligne.p["liste"], prive["liste"]
    exige(len(publiques) == len(ouvertures), "la liste et ses ouvertures n’ont pas la même longueur")
    for publique, ouverture in zip(publiques, ouvertures, strict=True):
        check_fields(publique, LIGNE)
        check_fields(ouverture, OUVERTURE)
        numero, secret = publique["interne"], ouverture["prive"]
        exige(ouverture["interne"] == numero, f"l’ouverture de l’interne {numero} n’est pas à sa place")
        ouvre = hash_of(ouverture["sel"], secret) == publique["c"]
        exige(ouvre, f"l’engagement de l’interne {numero} n’est pas ouvert par sa partie privée")
        _add_person(complet, publique, secret)
        _check_foreseen_absence(complet, ligne, numero, secret["absence_prevue"])


def _check_foreseen_absence(complet: Complet, ligne: Ligne, numero: int, absent: bool) -> None:
    if ligne.fait == "AmphiDemarre":
        exige(
            not absent or numero in ligne.p["hors_choix"],
            f"l’interne {numero}, absent prévu, n’est pas hors choix",
        )
        return
    if numero in complet.amphi.incertains:
        complet.amphi.incertains.discard(numero)
        complet.amphi.internes[numero].statut = HORS_CHOIX if absent else A_VENIR


def _add_person(complet: Complet, publique: dict[str, Any], secret: dict[str, Any]) -> None:
    check_fields(secret, PERSONNE)
    numero = publique["interne"]
    connue = complet.personnes.get(numero)
    exige(secret["type_choix"] in TYPES, f"type de choix inconnu : {secret['type_choix']}")
    complet.personnes[numero] = Personne(
        type_choix=secret["type_choix"],
        multiplicateur=_fraction(secret["multiplicateur"]),
        codes=frozenset((publique["des"], *secret["codes"])),
        valides=frozenset(secret["valides"]),
        hors_maquette=frozenset() if secret["derogation"] else frozenset(secret["hors_maquette"]),
        mandataire=connue.mandataire if connue else secret.get("mandataire"),
        acceptee=connue.acceptee if connue else secret.get("procuration_acceptee") is True,
        cause=connue.cause if connue else "",
        revenu=connue.revenu if connue else False,
    )


def _fraction(text: str) -> Fraction:
    exige(re.fullmatch(r"[1-9]\d{0,5}/[1-9]\d{0,5}", text), f"« {text} » n’est pas une fraction")
    return Fraction(text)


def check_two_agents(prive: dict[str, Any]) -> None:
    exige(prive["second"] and prive["second"] != prive["auteur"], "il y faut deux agents différents")


def liste_privee(complet: Complet, ligne: Ligne, prive: dict[str, Any]) -> None:
    check_two_agents(prive)
    open_list(complet, ligne, prive)


def tour_prive(complet: Complet, ligne: Ligne, prive: dict[str, Any]) -> None:
    personne = complet.personnes[ligne.p["interne"]]
    sien = int(ligne.p["duree_ms"] * personne.multiplicateur)
    exige(prive["duree_ms"] == sien, f"sa durée devrait être de {sien} ms")
    exige(
        prive["mandataire"] == (personne.mandataire is not None),
        "la procuration n’est pas celle qui est connue",
    )
    juge = None
    if not prive["present"] and complet.en_ligne():
        juge = max(ligne.a + complet.amphi.parametres["delai_absence_ms"], complet.indulgence)
    complet.chrono = Chrono(interne=ligne.p["interne"], fin=ligne.a + sien, juge=juge)


def prolongation_privee(complet: Complet, ligne: Ligne, prive: dict[str, Any]) -> None:
    if complet.chrono is not None:
        complet.chrono.fin += ligne.p["ms"]


def passe_prive(complet: Complet, ligne: Ligne, prive: dict[str, Any]) -> None:
    """Each cause has its instant, and only an agent passes somebody before it."""
    cause, chrono = prive["cause"], complet.chrono
    exige(cause in ("absent", "temps_ecoule", "agent"), f"cause inconnue : {cause}")
    complet.personnes[ligne.p["interne"]].cause = cause
    if complet.amphi.parametres["par_voeux"] or chrono is None:
        return
    if cause == "temps_ecoule":
        exige(_expired(complet, ligne), "son temps n’était pas écoulé")
    elif prive["auteur"] == SYSTEME:
        exige(cause == "absent" and _judged(complet, ligne), "personne ne pouvait encore le dire absent")
    complet.chrono = None


def _expired(complet: Complet, ligne: Ligne) -> bool:
    chrono = complet.chrono
    if chrono is None or chrono.suspendu is not None or not complet.en_ligne():
        return False
    return ligne.a > chrono.fin + complet.grace()


def _judged(complet: Complet, ligne: Ligne) -> bool:
    """Nobody has seen him, and the delay is over, or his whole time before it."""
    chrono = complet.chrono
    if chrono is None or chrono.suspendu is not None or chrono.juge is None or not complet.en_ligne():
        return False
    return ligne.a > min(chrono.juge, chrono.fin + complet.grace())


def pause_privee(complet: Complet, ligne: Ligne, prive: dict[str, Any]) -> None:
    chrono = complet.chrono
    reste = None if chrono is None else chrono.fin + complet.grace() - ligne.a
    exige(prive["reste_ms"] == reste, f"le reste du tour devrait être {reste} ms")
    absence = None if chrono is None or chrono.juge is None else chrono.juge - ligne.a
    exige(prive["reste_absence_ms"] == absence, f"le reste du délai d’absence devrait être {absence} ms")
    complet.technique = ligne.p["label"] == "technique"
    exige(not complet.technique or prive["auteur"] == SYSTEME, "seule la plateforme dit une pause technique")
    if chrono is not None:
        chrono.suspendu = ligne.a


def reprise_privee(complet: Complet, ligne: Ligne, prive: dict[str, Any]) -> None:
    """Exactly what was left; after a technical pause at least the minimum, and time to reconnect."""
    chrono = complet.chrono
    if chrono is not None and chrono.suspendu is not None:
        chrono.shift(ligne.a - chrono.suspendu)
        chrono.suspendu = None
    if complet.technique:
        if chrono is not None:
            chrono.fin = max(chrono.fin, ligne.a + complet.amphi.parametres["reste_minimal_ms"])
        _be_indulgent(complet, ligne.a)


def panne_privee(complet: Complet, ligne: Ligne, prive: dict[str, Any]) -> None:
    if complet.chrono is not None:
        complet.chrono.shift(ligne.a - ligne.p["de"])
    _be_indulgent(complet, ligne.a)


def _be_indulgent(complet: Complet, a: int) -> None:
    complet.indulgence = a + complet.amphi.parametres["indulgence_ms"]
    if complet.chrono is not None and complet.chrono.juge is not None:
        complet.chrono.juge = max(complet.chrono.juge, complet.indulgence)


def retour_prive(complet: Complet, ligne: Ligne, prive: dict[str, Any]) -> None:
    """By himself once in all, and by connecting only whoever passed absent; else an agent."""
    personne, retour = complet.personnes[ligne.p["interne"]], prive["retour"]
    exige(retour in ("connexion", "demande", "agent", "couple"), f"retour inconnu : {retour}")
    if retour in ("connexion", "demande"):
        exige(not personne.revenu, "il est déjà revenu une fois de lui-même")
        exige(personne.cause, "il n’était pas passé")
        exige(retour == "demande" or personne.cause == "absent", "il n’était pas passé pour absence")
        personne.revenu = True
    else:
        exige(prive["auteur"] != SYSTEME, "un agent seul peut le replacer ainsi")
    personne.cause = ""


def hors_choix_prive(complet: Complet, ligne: Ligne, prive: dict[str, Any]) -> None:
    complet.personnes[ligne.p["interne"]].cause = ""
    if complet.chrono is not None and complet.chrono.interne == ligne.p["interne"]:
        complet.chrono = None


def rattrapage_prive(complet: Complet, ligne: Ligne, prive: dict[str, Any]) -> None:
    for numero in ligne.p["internes"]:
        complet.personnes[numero].cause = ""


def annulation_privee(complet: Complet, ligne: Ligne, prive: dict[str, Any]) -> None:
    check_two_agents(prive)
    numero, poste, type_choix = complet.choix.pop(ligne.p["n"])
    if type_choix == CLASSIQUE:
        del complet.classiques[poste.poste]
    else:
        complet.surnombres[poste.service] -= 1
    complet.personnes[numero].cause = "agent"


def cloture_privee(complet: Complet, ligne: Ligne, prive: dict[str, Any]) -> None:
    if ligne.p["internes"]:
        check_two_agents(prive)


def acte_reserve(complet: Complet, ligne: Ligne, prive: dict[str, Any]) -> None:
    acte = prive["acte"]
    exige(acte in ACTES, f"acte inconnu : {acte}")
    check_fields(prive, ACTES[acte])
    exige(prive["interne"] in complet.personnes, "l’acte nomme un interne inconnu")
    personne = complet.personnes[prive["interne"]]
    if acte == "type_choix":
        exige(prive["type_choix"] in TYPES, "type de choix inconnu")
        personne.type_choix = prive["type_choix"]
    elif acte == "multiplicateur":
        personne.multiplicateur = _fraction(prive["multiplicateur"])
    elif acte == "mandataire":
        personne.mandataire, personne.acceptee = prive["mandataire"], prive["acceptee"]
    elif acte == "presence":
        exige(complet.amphi.tour == (prive["tour"], prive["interne"]), "ce tour n’est pas ouvert")
        if complet.chrono is not None:
            complet.chrono.juge = None
    else:
        complet.depasse = (prive["interne"], prive["poste"])


def choix_prive(
    complet: Complet, ligne: Ligne, prive: dict[str, Any], excuse: tuple[int, str] | None
) -> None:
    """Who spoke, in time, and a poste lawful at this very line for his type de choix."""
    p, amphi = ligne.p, complet.amphi
    personne, poste = complet.personnes[p["interne"]], amphi.postes[p["poste"]]
    type_choix = prive["type_choix"]
    exige(type_choix == personne.type_choix, "son type de choix n’est pas celui qui est connu")
    exige(prive["vu"] is None or prive["vu"] < ligne.n, "« vu » est une ligne à venir")
    _check_voice(complet, ligne, prive, personne)
    exige(
        not poste.reserve or personne.codes & set(poste.reserve),
        f"le poste {poste.poste} ne lui est pas ouvert (réservé)",
    )
    _check_occupancy(complet, amphi.internes[p["interne"]].rang, type_choix, poste)
    if type_choix == CLASSIQUE:
        complet.classiques[poste.poste] = p["interne"]
    else:
        _check_number(complet, ligne, prive, poste, excuse)
        complet.surnombres[poste.service] += 1
    parametres = amphi.parametres
    valide = parametres["deja_valide"] == "refuse" and poste.service in personne.valides
    exige(not valide, f"il a déjà validé le service {poste.service}")
    hors = parametres["maquette"] == "refuse" and poste.poste in personne.hors_maquette
    exige(not hors, f"le poste {poste.poste} est hors de sa maquette")
    complet.choix[ligne.n] = p["interne"], poste, type_choix
    personne.cause = ""


def _check_voice(complet: Complet, ligne: Ligne, prive: dict[str, Any], personne: Personne) -> None:
    voie, auteur = prive["voie"], prive["auteur"]
    if voie == "ars":
        exige(
            auteur != SYSTEME and prive["motif"].strip(), "un choix saisi par l’ARS a un auteur et un motif"
        )
    elif voie == "interne":
        exige(personne.mandataire is None, "sous procuration, seul le mandataire choisit")
    elif voie == "mandataire":
        exige(personne.acceptee and personne.mandataire == auteur, "cette procuration n’est pas active")
    elif voie == "voeux":
        exige(complet.amphi.parametres["par_voeux"], "cet amphi se choisit par tours")
    else:
        exige(voie == "liste_armee" and complet.amphi.parametres["liste_armee"], f"voie impossible : {voie}")
    if complet.correction or complet.amphi.parametres["par_voeux"]:
        exige(voie in ("ars", "voeux"), "ce choix ne peut être qu’une correction de l’ARS ou un vœu")
        return
    if voie == "liste_armee":
        due = auteur != SYSTEME or _expired(complet, ligne) or _judged(complet, ligne)
        exige(due, "la liste armée a parlé avant l’heure")
    else:
        exige(not _expired(complet, ligne), "le choix est arrivé après la fin du tour")
    complet.chrono = None


def _check_occupancy(complet: Complet, rang: int, type_choix: str, poste: Poste) -> None:
    """Rule 4 of the choice, as the policy of the amphi says."""
    politique = complet.amphi.parametres["surnombre"]
    exige(politique in ("idf", "cvl", "interdit"), f"politique inconnue : {politique}")
    exige(type_choix == CLASSIQUE or politique != "interdit", "cet amphi n’admet pas de surnombre")
    if type_choix == NON_VALIDANT:
        return
    holder = complet.classiques.get(poste.poste)
    libre = not poste.tenu and holder is None
    if type_choix == VALIDANT and politique == "idf" and holder is not None and not poste.tenu:
        libre = complet.amphi.internes[holder].rang > rang
    exige(libre, f"le poste {poste.poste} était déjà pourvu pour lui")


def _check_number(
    complet: Complet, ligne: Ligne, prive: dict[str, Any], poste: Poste, excuse: tuple[int, str] | None
) -> None:
    """Rule 5: at most N surnombres in a service, unless the ARS said so just before, with a motive."""
    maximum = complet.amphi.parametres["surnombres_max_par_service"]
    if maximum is None or complet.surnombres[poste.service] < maximum:
        return
    excused = excuse == (ligne.p["interne"], poste.poste) and prive["voie"] == "ars"
    exige(excused, f"trop de surnombres dans le service {poste.service}")


PRIVEES: dict[str, Callable[[Complet, Ligne, dict[str, Any]], None]] = {
    "AmphiDemarre": open_list,
    "ListeCorrigee": liste_privee,
    "PauseDebutee": pause_privee,
    "PauseTerminee": reprise_privee,
    "PanneConstatee": panne_privee,
    "TourOuvert": tour_prive,
    "TourProlonge": prolongation_privee,
    "TourPasse": passe_prive,
    "RetourPlace": retour_prive,
    "ChoixAnnule": annulation_privee,
    "HorsChoixConstate": hors_choix_prive,
    "RattrapageOuvert": rattrapage_prive,
    "AmphiClos": cloture_privee,
    "ActeReserve": acte_reserve,
}


# --- 6. The verdict -------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class Verification:
    """A whole journal read: the amphi at its end, every head it had, the level reached."""

    amphi: Amphi
    complet: Complet | None
    lignes: list[Ligne]


def verify(brutes: Iterator[bytes], niveau: str | None = None) -> Verification:
    """Reads and judges every line; raises Erreur with the number of the first that is wrong."""
    verification: Verification | None = None
    precedente: Ligne | None = None
    n = 0
    try:
        for n, brut in enumerate(brutes, start=1):  # noqa: B007 (said when a line is wrong)
            ligne = parse_line(brut, precedente)
            if verification is None:
                verification = _first(ligne, niveau)
            else:
                _next(verification, ligne)
            verification.lignes.append(ligne)
            precedente = ligne
        exige(verification is not None, "le journal est vide")
    except Erreur as erreur:
        raise Erreur(str(erreur), n) from erreur
    assert verification is not None
    return verification


def _first(ligne: Ligne, niveau: str | None) -> Verification:
    """The level follows the first line: with its opening, complete, and then all lines must have theirs."""
    complete = ligne.prive is not None and niveau != "public"
    exige(complete or niveau != "complet", "ce journal n’a pas les parties privées du niveau complet")
    amphi = start(ligne)
    amphi.precedente = ligne
    complet = Complet(amphi=amphi) if complete else None
    if complet is not None:
        check_opening(ligne)
        follow_private(complet, ligne)
    return Verification(amphi=amphi, complet=complet, lignes=[])


def _next(verification: Verification, ligne: Ligne) -> None:
    amphi, complet = verification.amphi, verification.complet
    correction = ligne.fait == "ChoixConfirme" and corrects(amphi, ligne)
    follow(amphi, ligne)
    if complet is not None:
        check_opening(ligne)
        complet.correction = correction
        follow_private(complet, ligne)
    end_session(amphi)
    amphi.precedente = ligne


def check_head(verification: Verification, tete: str) -> int:
    """The line that a published head names. A journal cut before it, or rewritten, does not have it."""
    for ligne in verification.lignes:
        if ligne.h == tete.lower():
            return ligne.n
    message = "la tête publiée ne se trouve pas : le journal est tronqué après cette ligne, ou réécrit"
    raise Erreur(message, len(verification.lignes))


def check_receipt(verification: Verification, texte: str) -> int:
    """The line of a receipt {n, h, interne, poste, sel, prive}; what it does not say is not asked."""
    try:
        recu = DECODER.decode(texte)
    except ValueError as error:
        raise Erreur(f"le reçu n’est pas du JSON ({error})") from error
    recu = recu.get("recu", recu) if isinstance(recu, dict) else {}
    exige(type(recu.get("n")) is int and isinstance(recu.get("h"), str), "le reçu n’a pas « n » et « h »")
    n = int(recu["n"])
    if not 1 <= n <= len(verification.lignes):
        raise Erreur(f"le choix du reçu (ligne {n}) n’est pas dans ce journal", len(verification.lignes))
    ligne = verification.lignes[n - 1]
    faux = [nom for nom, vrai in _receipt_checks(ligne, recu).items() if not vrai]
    if faux:
        raise Erreur(f"cette ligne n’est pas celle du reçu ({', '.join(faux)})", n)
    return n


def _receipt_checks(ligne: Ligne, recu: dict[str, Any]) -> dict[str, bool]:
    checks = {"h": recu["h"] == ligne.h, "fait": ligne.fait == "ChoixConfirme"}
    for nom in ("interne", "poste"):
        checks[nom] = nom not in recu or recu[nom] == ligne.p.get(nom)
    if "prive" in recu:
        checks["sel et prive"] = hash_of(str(recu.get("sel")), recu["prive"]) == ligne.c
    return checks


def summary(verification: Verification) -> Iterator[str]:
    amphi, lignes = verification.amphi, verification.lignes
    niveau = "public" if verification.complet is None else "complet"
    yield f"Journal conforme, niveau {niveau}."
    yield f"Amphi : {amphi.nom} ({_etat(amphi)})"
    yield f"Faits : {len(lignes)}"
    yield f"Choix : {len(amphi.choix)}, internes : {len(amphi.internes)}, postes : {len(amphi.postes)}"
    yield f"Tête : {lignes[-1].h}"
    if verification.complet is None:
        yield from _unknown(amphi)
    if amphi.oublies:
        yield f"À savoir : {_count(amphi.oublies, 'interne passé', 'internes passés')} hors du rattrapage."


def _etat(amphi: Amphi) -> str:
    return "clos" if amphi.clos else "en pause" if amphi.pause else "en cours"


def _unknown(amphi: Amphi) -> Iterator[str]:
    """What the public journal cannot settle, named and counted."""
    suite = "légalité vérifiable avec le journal complet."
    plusieurs = sum(len(poste.occupants) + poste.tenu > 1 for poste in amphi.postes.values())
    if plusieurs:
        yield f"{_count(plusieurs, 'poste a', 'postes ont')} plusieurs occupants : {suite}"
    if amphi.hors_des:
        yield f"{_count(len(amphi.hors_des), 'choix', 'choix')} d’un poste réservé par un autre DES : {suite}"
    if amphi.depassements:
        yield f"{_count(amphi.depassements, 'choix', 'choix')} au-delà du nombre de surnombres : {suite}"


def _count(nombre: int, un: str, plusieurs: str) -> str:
    return f"{nombre} {un if nombre == 1 else plusieurs}"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="verify-journal", description="Vérifie le journal d’un amphi, hors ligne."
    )
    parser.add_argument("journal", help="fichier .jsonl exporté, ou - pour l’entrée standard")
    parser.add_argument(
        "--tete", metavar="HASH", help="empreinte publiée qui doit se trouver dans le journal"
    )
    parser.add_argument(
        "--recu", metavar="FICHIER", help="reçu d’un choix, qui doit se trouver dans le journal"
    )
    parser.add_argument(
        "--niveau", choices=("public", "complet"), help="par défaut, ce que le journal permet"
    )
    options = parser.parse_args(arguments)
    # A journal makes no cycles: looking for some would cost a third of the time.
    gc.disable()
    try:
        phrases = list(report(options))
    except Erreur as erreur:
        print(f"Ligne {erreur.n} : {erreur}" if erreur.n else f"Refusé : {erreur}")
        return 1
    except OSError as error:
        print(f"Refusé : le fichier « {error.filename} » ne se lit pas. Vérifiez son nom et vos droits.")
        return 1
    print("\n".join(phrases))
    return 0


def report(options: argparse.Namespace) -> Iterator[str]:
    """The phrases of a journal that holds; raises Erreur at its first fault."""
    if options.journal == "-":
        verification = verify(iter(sys.stdin.buffer), options.niveau)
    else:
        with Path(options.journal).open("rb") as fichier:
            verification = verify(iter(fichier), options.niveau)
    suite = []
    if options.tete:
        suite.append(f"La tête publiée est celle de la ligne {check_head(verification, options.tete)}.")
    if options.recu:
        n = check_receipt(verification, Path(options.recu).read_text(encoding="utf-8"))
        suite.append(f"Le reçu est celui de la ligne {n}.")
    yield from summary(verification)
    yield from suite


if __name__ == "__main__":
    sys.exit(main())
