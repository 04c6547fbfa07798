"""What the ARS writes is shown, what could act is not."""

import re

import pytest

from gradin.documents.markdown import render_markdown


def test_markdown_becomes_html_under_the_page_s_own_titles() -> None:
    html = render_markdown("## Titre\n\n### Sous-titre\n\n- **un**\n- [deux](/aide/)")
    assert "<h3>Titre</h3>" in html and "<h4>Sous-titre</h4>" in html
    assert "<strong>un</strong>" in html
    assert 'href="/aide/"' in html


@pytest.mark.parametrize(
    "texte",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://ailleurs.example/pixel.png)",
        '<a href="/" onclick="alert(1)">x</a>',
        "[x](<vbscript:x>)",
        '<div style="position:fixed">x</div>',
    ],
)
def test_nothing_written_can_act_or_load(texte: str) -> None:
    html = render_markdown(texte)
    assert {*re.findall(r"<(\w+)", html)} == {"p"}


def test_a_wide_table_scrolls_by_keyboard_and_only_a_true_table_does() -> None:
    assert 'tabindex="0"' in render_markdown("|a|b|\n|-|-|\n|1|2|")
    assert 'tabindex="0"' not in render_markdown("<table><tr><td>x</td></tr></table>")
