"""The one address of an account: `Compte.email`, and none that the library remembers from before."""

from allauth.account.models import EmailAddress

from gradin.data.comptes.models import Compte


def set_adresse(compte: int, courriel: str) -> None:
    """allauth notes the address of each reset: left there, the old one would still receive links."""
    Compte.objects.filter(pk=compte).update(email=courriel)
    EmailAddress.objects.filter(user_id=compte).delete()
