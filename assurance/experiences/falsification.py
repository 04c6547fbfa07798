"""Journals altered anywhere, read by the independent verifier."""

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

from assurance.essai import Essai
from assurance.resultat import Resultat, held
from gradin.domain.amphi.facts import CausePasse, ChoixConfirme, PassePrive, TourPasse
from gradin.domain.amphi.journal import LigneJournal
from gradin.domain.kernel import Fait
from tests.unit.verification import test_alterations as t
from tests.unit.verification.simulation import Hasard, as_bytes, journal
from tests.unit.verification.verdict import verdict
from verification.verify_journal import Erreur, check_head, check_receipt, verify

INVARIANTS = "I46, I47, G20"
INJECTE = (
    "one octet changed, added or removed; a line removed, repeated, moved; each field given another value; "
    "cut anywhere against a published head; a choice dropped, all chained anew, against its receipt"
)
MINIMUM = 200
# Cuts, and choices dropped, of one journal.
PAR_JOURNAL = 5
ALTERATIONS = (
    t._replace_byte,
    t._delete_byte,
    t._insert_byte,
    t._delete_line,
    t._repeat_line,
    t._swap_lines,
)


def run(essai: Essai) -> Iterator[Resultat]:
    hasard = random.Random(essai.graine)
    manques: list[str] = []
    champs = octets = coupes = recus = 0
    while octets < MINIMUM or essai.goes_on():
        complet = hasard.random() < 0.5
        faits = Hasard(hasard.randrange(10**6)).play(60)
        lignes = as_bytes(journal(faits), complet=complet)
        assert verdict(lignes) is None, "an untouched journal is refused"
        for k, alteree in fields_changed(lignes, hasard):
            champs += 1
            manques += [] if verdict(alteree) else [f"a field of line {k + 1}"]
        for _ in range(20):
            octets += 1
            alteration = hasard.choice(ALTERATIONS)
            # The last line has nothing after it: only a published head finds that it is missing.
            k = hasard.randrange(len(lignes) - 1)
            alteree = alteration(hasard, lignes, k)
            if alteree != lignes and not verdict(alteree):
                manques.append(f"{alteration.__name__} at line {k + 1}")
        dernieres = (t._replace_byte, t._delete_line)
        octets += len(dernieres)
        manques += [
            f"{un.__name__} at the last line, under a head"
            for un in dernieres
            if not is_found(lignes, un(hasard, lignes, len(lignes) - 1))
        ]
        gardees = hasard.sample(range(1, len(lignes)), min(PAR_JOURNAL, len(lignes) - 1))
        coupes += len(gardees)
        manques += [f"cut after line {n}, under a head" for n in gardees if not is_found(lignes, lignes[:n])]
        choix = [n for n, fait in enumerate(faits) if isinstance(fait, ChoixConfirme)]
        for n in hasard.sample(choix, min(PAR_JOURNAL, len(choix))):
            recus += 1
            manques += [] if is_drop_found(faits, n, hasard) else [f"choice of line {n + 1}, under a receipt"]
    yield Resultat(
        nom="Tampering with a journal",
        invariants=INVARIANTS,
        injecte=INJECTE,
        n=champs + octets + coupes + recus,
        unite="alterations",
        verdict=held(manques),
        chiffres={
            "fields": str(champs),
            "octets and lines": str(octets),
            "cut, a later head being published": str(coupes),
            "choices dropped, a receipt being held": str(recus),
            "not found": str(len(manques)),
        },
        temoin="each journal, head and receipt passes before; cut or rewritten, nothing else would tell",
        remarque="; ".join(manques[:3]),
        **essai.commun,
    )


def is_found(lignes: list[bytes], autre: list[bytes]) -> bool:
    """Nothing follows a last line, and a journal cut is a good one: the head that was published tells."""
    tete = verify(iter(lignes)).lignes[-1].h
    assert check_head(verify(iter(lignes)), tete) == len(lignes), "the published head is refused"
    return is_refused(lambda: check_head(verify(iter(autre)), tete))


def is_drop_found(faits: list[Fait], n: int, hasard: random.Random) -> bool:
    """A dishonest server lets the chooser be passed instead, or ends before, and chains all anew."""
    entier = journal(faits)
    recu = json.dumps(receipt_of(entier[n]))
    assert check_receipt(verify(iter(as_bytes(entier, complet=True))), recu) == n + 1, (
        "the receipt is refused"
    )
    choix = faits[n]
    assert isinstance(choix, ChoixConfirme)
    passe = TourPasse(
        a=choix.a,
        tour=choix.tour,
        interne=choix.interne,
        prive=PassePrive(auteur="agent:1", motif="décidé", cause=CausePasse.AGENT),
    )
    recrits = hasard.choice(([*faits[:n], passe], faits[:n]))
    autre = as_bytes(journal(recrits), complet=hasard.random() < 0.5)
    return is_refused(lambda: check_receipt(verify(iter(autre)), recu))


def receipt_of(ligne: LigneJournal) -> dict[str, Any]:
    """As the chooser has it."""
    dite = ligne.complete()
    return {
        "n": dite["n"],
        "h": dite["h"],
        "a": dite["a"],
        **dite["p"],
        "sel": dite["sel"],
        "prive": dite["prive"],
    }


def is_refused(look: Callable[[], object]) -> bool:
    try:
        look()
    except Erreur:
        return True
    return False


def fields_changed(lignes: list[bytes], hasard: random.Random) -> Iterator[tuple[int, list[bytes]]]:
    """Each field of one line in turn, given a value of its kind that it had not, well written."""
    k = hasard.randrange(len(lignes) - 1)
    objet = json.loads(lignes[k])
    for chemin in paths(objet):
        autre = json.loads(lignes[k])
        lieu: Any = autre
        for cle in chemin[:-1]:
            lieu = lieu[cle]
        lieu[chemin[-1]] = other(lieu[chemin[-1]])
        ecrite = json.dumps(autre, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        yield k, [*lignes[:k], ecrite, *lignes[k + 1 :]]


def paths(objet: Any, avant: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(objet, dict):
        for cle, valeur in objet.items():
            yield from paths(valeur, (*avant, cle))
    elif isinstance(objet, list):
        for i, valeur in enumerate(objet):
            yield from paths(valeur, (*avant, i))
    else:
        yield avant


def other(valeur: Any) -> Any:
    match valeur:
        case bool():
            return not valeur
        case int():
            return valeur + 1
        case str():
            return ("1" if valeur[:1] != "1" else "2") + valeur[1:]
        case _:
            return 1
