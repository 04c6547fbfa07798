"""A wording and its values make a mail in two forms; nothing typed becomes markup or a field."""

import pytest

from gradin.documents.courriel import Courrier, Gabarit, Lien, Tableau, Valeurs, render

ADRESSE = "https://choix.example/x?a=1&b=2"


def rendered(texte: str, **valeurs: object) -> Courrier:
    lues: Valeurs = valeurs  # type: ignore[assignment]
    return render(Gabarit(sujet="Objet", texte=texte), lues, ("Gradin", "https://choix.example/"))


def test_a_value_is_words_in_both_forms() -> None:
    courrier = rendered("Bonjour {nom},\nà demain.", nom="Zoé <b>")
    assert courrier.texte.startswith("Bonjour Zoé <b>,\nà demain.\n\nCordialement,")
    assert "<p>Bonjour Zoé &lt;b&gt;,<br>à demain.</p>" in courrier.html


def test_a_wording_cannot_write_markup() -> None:
    assert "<img" not in rendered("<img src=x onerror=alert(1)>").html


def test_what_a_value_contains_is_never_read_as_a_field() -> None:
    assert "{secret}" in rendered("{nom}", nom="{secret}", secret="perdu").texte


def test_a_link_alone_shows_its_words_and_its_address() -> None:
    courrier = rendered("Ouvrez :\n\n{lien}", lien=Lien(mots="Terminer", adresse=ADRESSE))
    assert f"Ouvrez :\n\n{ADRESSE}\n\n" in courrier.texte
    assert '<a href="https://choix.example/x?a=1&amp;b=2">Terminer</a>' in courrier.html


def test_a_link_in_a_sentence_shows_its_address() -> None:
    assert (
        f'">{ADRESSE.replace("&", "&amp;")}</a>.</p>'
        in rendered("Ici : {lien}.", lien=Lien(mots="Terminer", adresse=ADRESSE)).html
    )


def test_a_table_alone_is_a_table_and_in_a_sentence_lines() -> None:
    poste = Tableau(lignes=(("Service", "Réa"), ("Fléchage", "")))
    courrier = rendered("{poste}\n\nSoit : {poste}", poste=poste)
    assert '<tr><th align="left">Service</th><td>Réa</td></tr>' in courrier.html
    assert "<p>Soit : Service : Réa<br>Fléchage :</p>" in courrier.html
    assert "Service : Réa\nFléchage :\n\nSoit" in courrier.texte


def test_a_paragraph_that_says_nothing_leaves_no_hole() -> None:
    courrier = rendered("Un\n\n{voie}\n\n\n\nDeux", voie="")
    assert courrier.texte.startswith("Un\n\nDeux\n\n")
    assert "<p></p>" not in courrier.html


def test_a_subject_is_one_line_of_two_hundred_signs() -> None:
    gabarit = Gabarit(sujet="Pour {nom}", texte="x")
    assert render(gabarit, {"nom": "a\nb" + "c" * 300}, ()).sujet == "Pour a b" + "c" * 192


def test_a_field_without_a_value_is_a_bug() -> None:
    with pytest.raises(KeyError):
        rendered("{inconnu}")
