"""The press: a template and its data become a PDF, in child processes that keep their typst compilers."""

import json
import os
import re
import signal
import threading
import unicodedata
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Any, ParamSpec

import typst

GABARITS = Path(__file__).parent / "gabarits"
# Scripts that the bundled serif draws: PDF/A refuses a page with a glyph that is missing.
DESSINES = (
    (0x20, 0x24F),
    (0x391, 0x3A1),
    (0x3A3, 0x3FF),
    (0x400, 0x45F),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2027),
    (0x202F, 0x203A),
)
SEULS = "€№™\u2009"
# One search a text: judging sign by sign took a third of a page's time.
NON_DESSINE = re.compile(f"[^{''.join(f'{chr(a)}-{chr(b)}' for a, b in DESSINES)}{SEULS}]|[\x7f-\x9f]")
P = ParamSpec("P")
# Five thousand within a minute take two; niced, they leave the cores to the choices.
ENFANTS = min(2, os.cpu_count() or 1)


class Imprimerie:
    """Starts a child at the first document, one more for two at a time, and others if they die."""

    def __init__(self) -> None:
        self._verrou = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._sur_place = False

    def stay_here(self) -> None:
        """This process is nobody's way already: it needs no child of its own."""
        self._sur_place = True

    def run(self, composer: Callable[P, bytes], *args: P.args, **kwargs: P.kwargs) -> bytes:
        """Waits for its turn: `ENFANTS` documents at a time, whoever asks."""
        if self._sur_place:
            return composer(*args, **kwargs)
        pool = self._started()
        try:
            return pool.submit(composer, *args, **kwargs).result()
        except BrokenProcessPool:
            self._forget(pool)
        return self._started().submit(composer, *args, **kwargs).result()

    def close(self) -> None:
        with self._verrou:
            if self._pool is not None:
                self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def _started(self) -> ProcessPoolExecutor:
        with self._verrou:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(
                    ENFANTS, mp_context=get_context("spawn"), initializer=_settle
                )
            return self._pool

    def _forget(self, pool: ProcessPoolExecutor) -> None:
        with self._verrou:
            if self._pool is pool:
                self._pool = None


IMPRIMERIE = Imprimerie()


def compose(gabarit: str, donnees: Mapping[str, Any]) -> bytes:
    """In the child. The same data give the same bytes: the only date is that of the data."""
    texte = json.dumps(drawable(donnees), ensure_ascii=False)
    pdf = _compiler(gabarit).compile(
        format="pdf", sys_inputs={"donnees": texte}, pdf_standards=["a-2a", "ua-1"], timestamp=0
    )
    assert isinstance(pdf, bytes)
    return pdf


def drawable(valeur: Any) -> Any:
    """The same data with every character drawn on paper, or « ? »; none that turns a line around."""
    if isinstance(valeur, str):
        return NON_DESSINE.sub(_replaced, unicodedata.normalize("NFC", valeur))
    if isinstance(valeur, Mapping):
        return {cle: drawable(un) for cle, un in valeur.items()}
    if isinstance(valeur, list | tuple):
        return [drawable(un) for un in valeur]
    return valeur


def _replaced(trouve: re.Match[str]) -> str:
    return " " if unicodedata.category(trouve[0]) == "Cc" else "?"


@cache
def _compiler(gabarit: str) -> typst.Compiler:
    """Bundled fonts only: a page is the same on every machine."""
    return typst.Compiler(
        input=str(GABARITS / f"{gabarit}.typ"), root=str(GABARITS), ignore_system_fonts=True
    )


def _settle() -> None:
    """The choices come first; a child whose parent was killed ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(10)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(0)
