"""Markdown into HTML that is safe to show: no HTML of the author's passes, what comes out is sanitised."""

from functools import cache

import nh3
from markdown_it import MarkdownIt

# No image: nothing is loaded from another host (CSP), and a picture cannot be read aloud.
BALISES = frozenset(
    [
        "p",
        "br",
        "hr",
        "strong",
        "em",
        "del",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "a",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ]
)
ADRESSES = frozenset(("https", "http", "mailto", "tel"))
# A wide table scrolls in its frame, by keyboard too. An author's own « <table> » is text, escaped.
CADRE = '<div class="table-cadre" tabindex="0" role="region" aria-label="Tableau"><table>'
NIVEAUX = ("h1", "h2", "h3", "h4", "h5", "h6")


def render_markdown(texte: str, *, niveau: int = 3) -> str:
    """HTML whose highest title is at `niveau`, under the page's own. Addresses of this site are kept."""
    jetons = _parser().parse(texte.replace("\x00", ""))
    haut = min((NIVEAUX.index(jeton.tag) for jeton in jetons if jeton.tag in NIVEAUX), default=0)
    for jeton in jetons:
        if jeton.tag in NIVEAUX:
            rang = NIVEAUX.index(jeton.tag) - haut + niveau
            jeton.tag = NIVEAUX[min(len(NIVEAUX), rang) - 1]
    html = _parser().renderer.render(jetons, _parser().options, {})
    propre = nh3.clean(
        html,
        tags=set(BALISES),
        attributes={"a": {"href"}, "th": {"scope"}, "ol": {"start"}},
        url_schemes=set(ADRESSES),
        link_rel="noopener noreferrer",
    )
    return propre.replace("<table>", CADRE).replace("</table>", "</table></div>")


@cache
def _parser() -> MarkdownIt:
    """CommonMark with tables; HTML stays text, and « javascript: » is no link."""
    return MarkdownIt("commonmark", {"html": False, "typographer": False}).enable(["table", "strikethrough"])
