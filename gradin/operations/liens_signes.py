"""The token of a signed link: a random key, signed; no secret is stored, and no key is guessed."""

from django.core.signing import BadSignature, Signer


def sign_cle(sel: str, cle: str) -> str:
    """`sel` separates the kinds of links: one never opens another's page. Fit for an address."""
    return Signer(salt=sel).sign(cle).replace(":", "~")


def unsign_jeton(sel: str, jeton: str) -> str | None:
    """The key, or None for what we never signed."""
    try:
        return Signer(salt=sel).unsign(jeton.replace("~", ":"))
    except BadSignature:
        return None
