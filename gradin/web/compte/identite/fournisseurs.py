"""The services that a region may configure: each is three settings, and has habits of its own."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Fournisseur:
    """`courriel_sur`: it vouches for the e-mails that it gives without saying so of each."""

    cle: str
    nom: str
    portees: str
    emetteur: str
    client: str
    secret: str = field(repr=False)
    courriel_sur: bool = False


# (key in addresses, name that people know, scopes asked for)
CONNUS = (
    ("proconnect", "ProConnect", "openid email"),
    ("pro-sante-connect", "Pro Santé Connect", "openid scope_all"),
)


def list_fournisseurs() -> tuple[Fournisseur, ...]:
    """Those whose settings are there, in the order of the buttons."""
    return tuple(_configured())


def find_fournisseur(cle: str) -> Fournisseur | None:
    return next((un for un in list_fournisseurs() if un.cle == cle), None)


def _configured() -> Iterator[Fournisseur]:
    for cle, nom, portees in CONNUS:
        reglages = settings.GRADIN_OIDC.get(cle)
        if reglages is not None:
            yield Fournisseur(cle=cle, nom=nom, portees=portees, **reglages)
