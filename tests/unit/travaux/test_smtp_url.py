"""GRADIN_SMTP_URL says where, how encrypted and as whom."""

import pytest

from gradin.travaux.transport import AdresseSmtp, parse_smtp_url


@pytest.mark.parametrize(
    ("url", "port"),
    [
        ("smtp://relais", 25),
        ("smtps://relais", 465),
        ("starttls://relais", 587),
        ("smtp://relais:2525", 2525),
    ],
)
def test_each_scheme_has_its_port(url: str, port: int) -> None:
    assert parse_smtp_url(url).port == port


def test_a_password_may_hold_any_sign() -> None:
    adresse = parse_smtp_url("starttls://ars%40exemple.fr:a%2Fb%3Ac@relais.exemple.fr")
    assert adresse == AdresseSmtp(
        chiffrement="starttls", host="relais.exemple.fr", port=587, user="ars@exemple.fr", password="a/b:c"
    )


@pytest.mark.parametrize("url", ["relais:25", "http://relais", "smtp://"])
def test_anything_else_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="GRADIN_SMTP_URL"):
        parse_smtp_url(url)
