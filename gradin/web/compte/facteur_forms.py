"""The forms of the second factor, in the skin's words and classes."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms

from gradin.web.compte.forms import dress

CODE = {"code": "Code à six chiffres"}


def _dress_code(form: forms.Form) -> None:
    dress(form, CODE)
    form.fields["code"].widget.attrs |= {"inputmode": "numeric", "class": "saisie saisie--court"}


class CodeDemande(AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"code": "Code de l’application, ou code de secours"})


class CodeConfirme(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"code": "Code de l’application, ou code de secours"})


class Application(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress_code(self)


class NouvelleCle(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"name": "Nom de cette clé"})


class NomDeCle(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"name": "Nom de cette clé"})
