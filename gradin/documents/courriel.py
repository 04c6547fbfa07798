"""A mail from its wording: fields filled in, as text and as simple HTML in which nothing typed is markup."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

CHAMP = re.compile(r"\{([^{}\n]*)\}")
PARAGRAPHE = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
AUTOMATIQUE = "Ce courriel est automatique, merci de ne pas y répondre."


@dataclass(frozen=True, slots=True, kw_only=True)
class Lien:
    """An address, and the words that HTML shows when it stands alone in its paragraph."""

    mots: str
    adresse: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tableau:
    """(label, value) lines."""

    lignes: tuple[tuple[str, str], ...]


Valeur = str | Lien | Tableau
Valeurs = Mapping[str, Valeur]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gabarit:
    """Subject and body as somebody writes them: paragraphs between blank lines, fields as `{nom}`."""

    sujet: str
    texte: str

    @property
    def champs(self) -> frozenset[str]:
        return frozenset(CHAMP.findall(f"{self.sujet}\n{self.texte}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Courrier:
    sujet: str
    texte: str
    html: str = ""


def render(gabarit: Gabarit, valeurs: Valeurs, pied: tuple[str, ...]) -> Courrier:
    """`pied`: the lines under « Cordialement ». Raises KeyError for a field without a value."""
    paragraphes = [
        part for part in PARAGRAPHE.split(gabarit.texte.strip()) if _as_text(part, valeurs).strip()
    ]
    sujet = one_line(_as_text(gabarit.sujet, valeurs))[:200]
    return Courrier(
        sujet=sujet,
        texte=_whole_text([_as_text(part, valeurs) for part in paragraphes], pied),
        html=_whole_html(sujet, [_as_html(part, valeurs) for part in paragraphes], pied),
    )


def one_line(texte: str) -> str:
    """No-break spaces stay: they are typography."""
    return re.sub(r"[ \t\r\n]+", " ", texte).strip()


def _whole_text(paragraphes: list[str], pied: tuple[str, ...]) -> str:
    return "\n\n".join([*paragraphes, "Cordialement,", "\n".join(pied), AUTOMATIQUE]) + "\n"


def _whole_html(sujet: str, paragraphes: list[str], pied: tuple[str, ...]) -> str:
    fin = "<br>".join(escape(ligne) for ligne in pied)
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8">'
        f"<title>{escape(sujet)}</title></head><body>{''.join(paragraphes)}"
        f"<p>Cordialement,</p><p>{fin}</p><p>{AUTOMATIQUE}</p></body></html>"
    )


def _as_text(paragraphe: str, valeurs: Valeurs) -> str:
    return CHAMP.sub(lambda trouve: _text_of(valeurs[trouve[1]]), paragraphe)


def _text_of(valeur: Valeur) -> str:
    match valeur:
        case str():
            return valeur
        case Lien():
            return valeur.adresse
        case Tableau():
            return "\n".join(f"{nom} : {dit}".rstrip() for nom, dit in valeur.lignes)


def _as_html(paragraphe: str, valeurs: Valeurs) -> str:
    """A field alone in its paragraph takes its own form; inside a sentence it is words."""
    seul = CHAMP.fullmatch(paragraphe.strip())
    if seul and not isinstance(valeurs[seul[1]], str):
        return _block_of(valeurs[seul[1]])
    return f"<p>{_filled(paragraphe, valeurs)}</p>"


def _filled(paragraphe: str, valeurs: Valeurs) -> str:
    """One pass: what a value contains is never read as a field."""
    parts = CHAMP.split(paragraphe)
    forme: tuple[Callable[[str], str], ...] = (_words, lambda nom: _inline_of(valeurs[nom]))
    return "".join(forme[rang % 2](part) for rang, part in enumerate(parts))


def _inline_of(valeur: Valeur) -> str:
    if isinstance(valeur, Lien):
        return f'<a href="{escape(valeur.adresse)}">{escape(valeur.adresse)}</a>'
    return _words(_text_of(valeur))


def _block_of(valeur: Valeur) -> str:
    match valeur:
        case str():
            return _words(valeur)
        case Lien():
            adresse = escape(valeur.adresse)
            return f'<p><a href="{adresse}">{escape(valeur.mots)}</a><br>{adresse}</p>'
        case Tableau():
            return f"<table>{''.join(_ligne(*ligne) for ligne in valeur.lignes)}</table>"


def _ligne(nom: str, dit: str) -> str:
    return f'<tr><th align="left">{escape(nom)}</th><td>{escape(dit)}</td></tr>'


def _words(texte: str) -> str:
    return escape(texte).replace("\n", "<br>")
