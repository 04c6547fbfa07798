"""The journal as lines: read from any point, projected for an audience, exported."""

import json
from collections.abc import Iterator
from typing import Any

from gradin.data.amphis.models import Amphi, Fait
from gradin.domain.amphi.empreintes import iso
from gradin.domain.amphi.journal import LigneJournal
from gradin.domain.amphi.projection import Audience, project

Json = dict[str, Any]


def lire_lignes(amphi_id: int, depuis: int = 0, limite: int | None = None) -> Iterator[LigneJournal]:
    """The lines after `depuis`, with their openings where the retention job has left them."""
    rows = Fait.objects.filter(amphi=amphi_id, n__gt=depuis).order_by("n")
    columns = ("n", "a", "fait", "p", "c", "h", "ouverture__sel", "ouverture__prive")
    if limite is not None:
        rows = rows[:limite]
    for n, a, fait, p, c, h, sel, prive in rows.values_list(*columns).iterator(chunk_size=500):
        yield LigneJournal(n=n, a=a, fait=fait, p=p, c=c, h=h, sel=sel, prive=prive)


def lire_faits(
    amphi_id: int, depuis: int, audience: Audience, interne: int | None = None, limite: int = 1024
) -> Iterator[Json]:
    """`{n, a, fait, p}` of each line, and `prive` where this audience (or this interne) may read it."""
    for ligne in lire_lignes(amphi_id, depuis, limite):
        corps: Json = {"n": ligne.n, "a": iso(ligne.a), "fait": ligne.fait, "p": ligne.p}
        prive = _readable(ligne, audience, interne)
        yield {**corps, "prive": prive} if prive else corps


def _readable(ligne: LigneJournal, audience: Audience, interne: int | None) -> Json:
    """Nothing of what the retention job has erased."""
    if ligne.c is not None and ligne.prive is None:
        return {}
    return dict(project(ligne.to_fait(), audience, interne).prive)


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
