"""Reads the manual once: pages of Markdown, cut into headings that each have an address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gradin.documents.markdown import render_markdown
from gradin.domain.texte import fold

TEXTES = Path(__file__).parent / "textes"
# In the order of the summary.
PAGES = ("interne", "mandataire", "ars", "representant", "etablissement", "faculte", "questions")
TITRE = re.compile(r"^(#{2,3}) (.+?) \{#([a-z0-9-]+)\}$", re.MULTILINE)
INSECABLE, FINE = "\u00a0", "\u202f"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubrique:
    """One heading and its text. `groupe`: the heading above, for a question."""

    page: str
    titre_page: str
    ancre: str
    titre: str
    groupe: str
    texte: str
    html: str

    @property
    def href(self) -> str:
        return f"/aide/{self.page}/#{self.ancre}"

    @property
    def recherche(self) -> str:
        return fold(f"{self.titre} {self.groupe} {self.texte}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    nom: str
    titre: str
    chapeau: str
    rubriques: tuple[Rubrique, ...]


@cache
def read_manuel() -> tuple[Page, ...]:
    return tuple(read_page(nom, (TEXTES / f"{nom}.md").read_text("utf-8")) for nom in PAGES)


def find_page(nom: str) -> Page | None:
    return next((page for page in read_manuel() if page.nom == nom), None)


def read_page(nom: str, source: str) -> Page:
    texte = set_in_french(source)
    premier = TITRE.search(texte)
    tete = texte[: premier.start()] if premier else texte
    titre, _, chapeau = tete.removeprefix("# ").partition("\n")
    return Page(
        nom=nom,
        titre=titre.strip(),
        chapeau=chapeau.strip(),
        rubriques=tuple(_rubriques(nom, titre.strip(), texte)),
    )


def set_in_french(texte: str) -> str:
    """The sources are typed with plain spaces: those before : ; ? ! » and after « must not break."""
    texte = re.sub(r" ([;?!])", rf"{FINE}\1", texte)
    texte = re.sub(r"(?<=\S) :(?=\s)", f"{INSECABLE}:", texte)
    texte = re.sub(r"[ ]»", f"{INSECABLE}»", re.sub(r"«[ ]", f"«{INSECABLE}", texte))
    return re.sub(r"(?<=\d) (?=(?:heures|secondes|jours)\b)|(?<=n°) ", INSECABLE, texte)


def _rubriques(page: str, titre_page: str, texte: str) -> Iterator[Rubrique]:
    titres = [*TITRE.finditer(texte)]
    groupe = ""
    for titre, suivant in zip(titres, [*titres[1:], None], strict=True):
        corps = texte[titre.end() : suivant.start() if suivant else None].strip()
        question = titre[1] == "###"
        groupe = groupe if question else titre[2]
        yield Rubrique(
            page=page,
            titre_page=titre_page,
            ancre=titre[3],
            titre=titre[2],
            groupe=groupe if question else "",
            texte=corps,
            html=render_markdown(corps, niveau=4),
        )
