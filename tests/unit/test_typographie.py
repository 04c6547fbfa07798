"""French signs keep their no-break space in pages and in what Python says."""

import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

RACINE = Path(__file__).parents[2] / "gradin"
GABARITS = sorted((RACINE / "web/templates").rglob("*.html"))
# What a template does not show, or shows as it is.
TU = re.compile(r"{#.*?#}|<script\b.*?</script>|<svg\b.*?</svg>", re.S)
ORDINAIRE = re.compile(r"(?<=[\w»)\]}%°>’”]) [:;?!](?=[\s\"<&{]|$)|« | »")
DANS_PYTHON = re.compile(r"(?<=[\w»)\]}%°’”]) [:;?!](?=[\s\"'<{]|$)|« | »")
TEXTES = sorted(
    chemin for dossier in ("web", "operations/courriers") for chemin in (RACINE / dossier).rglob("*.py")
)


def plain_spaces(texte: str) -> list[str]:
    vu = TU.sub(lambda tu: "\n" * tu[0].count("\n"), texte)
    return [
        f"{numero}: …{ligne[max(0, trouve.start() - 20) : trouve.end() + 5]}…"
        for numero, ligne in enumerate(vu.split("\n"), start=1)
        for trouve in ORDINAIRE.finditer(ligne)
    ]


def said(source: str) -> Iterator[tuple[int, str]]:
    """The strings of a module but its docstrings, which are English."""
    for jeton in tokenize.generate_tokens(io.StringIO(source).readline):
        if jeton.type == tokenize.STRING and not jeton.string.lstrip("rbfRBF").startswith('"""'):
            yield jeton.start[0], jeton.string


@pytest.mark.parametrize("texte", ["Prénom : vide", "{{ nom }} : vide", "« Oui »", "Qui ?", "</b> ; puis"])
def test_a_plain_space_before_a_sign_is_found(texte: str) -> None:
    assert plain_spaces(texte)


@pytest.mark.parametrize(
    "texte", ["Prénom\u00a0: vide", "{# a : b #}", "Qui\u202f?", "a:b", "{% if a != b %}"]
)
def test_what_is_well_spaced_or_not_shown_is_left(texte: str) -> None:
    assert not plain_spaces(texte)


def test_every_page_keeps_its_signs_with_their_words() -> None:
    fautes = {str(chemin.relative_to(RACINE)): plain_spaces(chemin.read_text("utf-8")) for chemin in GABARITS}
    assert {nom: vues for nom, vues in fautes.items() if vues} == {}


def test_every_text_of_pages_and_mails_keeps_its_signs_with_their_words() -> None:
    fautes = [
        f"{chemin.relative_to(RACINE)}:{ligne}: {texte[:80]}"
        for chemin in TEXTES
        for ligne, texte in said(chemin.read_text("utf-8"))
        if DANS_PYTHON.search(texte)
    ]
    assert fautes == []
