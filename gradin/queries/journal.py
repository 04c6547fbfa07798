"""The journal as lines: read from any point, exported. The hub projects them (live/lecture.py)."""

import json
from collections.abc import Iterator

from gradin.data.amphis.models import Amphi, Fait
from gradin.domain.amphi.empreintes import GENESE, commitment, line_hash
from gradin.domain.amphi.journal import LigneJournal


def lire_lignes(amphi_id: int, depuis: int = 0, limite: int | None = None) -> Iterator[LigneJournal]:
    """The lines after `depuis`, with their openings where the retention job has left them."""
    rows = Fait.objects.filter(amphi=amphi_id, n__gt=depuis).order_by("n")
    columns = ("n", "a", "fait", "p", "c", "h", "ouverture__sel", "ouverture__prive")
    if limite is not None:
        rows = rows[:limite]
    for n, a, fait, p, c, h, sel, prive in rows.values_list(*columns).iterator(chunk_size=500):
        yield LigneJournal(n=n, a=a, fait=fait, p=p, c=c, h=h, sel=sel, prive=prive)


def export_jsonl(amphi_id: int, *, complet: bool = False) -> Iterator[str]:
    """One JSON text per line of the journal, public form; `complet` adds `sel` and `prive`."""
    for ligne in lire_lignes(amphi_id):
        opened = complet and ligne.prive is not None
        corps = ligne.complete() if opened else ligne.publique()
        yield json.dumps(corps, ensure_ascii=False, separators=(",", ":"))


def tete(amphi_id: int) -> tuple[int, str]:
    """(seq, hash) of the last line: what a receipt or a procès-verbal quotes."""
    seq, empreinte = Amphi.objects.values_list("seq", "empreinte").get(pk=amphi_id)
    return seq, empreinte


def last_sound(amphi_id: int) -> tuple[int, str]:
    """(n, hash) of the last line that follows from all those before it: the head, when nothing was touched.

    An opening that is not the one committed to breaks the line too; one that was erased does not.
    """
    n, h = 0, GENESE
    for ligne in lire_lignes(amphi_id):
        publique = ligne.publique()
        attendu = line_hash(h, **{nom: publique[nom] for nom in ("a", "c", "fait", "n", "p")})
        if ligne.n != n + 1 or attendu != ligne.h or not _opens(ligne):
            break
        n, h = ligne.n, attendu
    return n, h


def _opens(ligne: LigneJournal) -> bool:
    if ligne.sel is None or ligne.prive is None:
        return True
    return commitment(ligne.sel, ligne.prive) == ligne.c
