"""What is typed in a form, as the database can hold it."""

from django.test import RequestFactory

from gradin.web.public.requete import read_typed


def test_a_typed_text_holds_no_null_byte_and_an_absent_one_is_empty() -> None:
    request = RequestFactory().post("/", {"motif": " Décision\x00 12 "})
    assert read_typed(request, "motif") == " Décision 12 "
    assert read_typed(request, "texte") == ""
