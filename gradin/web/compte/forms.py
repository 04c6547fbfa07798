"""The forms of sign-in and password, in the skin's words and classes."""

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from django import forms

from gradin.web.compte.force import AIDE

# In the session of who has just signed up here: the address that sign-in will ask for, shown once (the
# machine of a hospital is everybody's).
COURRIEL_CONNU = "courriel_connu"


def dress(form: forms.Form, noms: dict[str, str]) -> None:
    """Labels of ours, class of the skin, no placeholder: a label that stays visible is enough."""
    for nom, champ in form.fields.items():
        champ.label = noms.get(nom, champ.label)
        champ.help_text = ""
        champ.widget.attrs.pop("placeholder", None)
        champ.widget.attrs["class"] = "saisie"


class Connexion(LoginForm):
    """E-mail and password; the error never says which of the two is wrong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"login": "Courriel", "password": "Mot de passe"})
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        session = getattr(self.request, "session", None)
        if session and (connu := session.pop(COURRIEL_CONNU, "")):
            self.initial.setdefault("login", connu)


class MotDePasseOublie(ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"email": "Courriel"})
        self.fields["email"].widget.attrs["autocomplete"] = "username"


class NouveauMotDePasse(ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(
            self,
            {"password1": "Nouveau mot de passe", "password2": "Le même, une seconde fois"},
        )
        self.fields["password1"].help_text = AIDE
        self.fields["password1"].widget.attrs["data-force"] = "true"


class ChangementMotDePasse(ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(
            self,
            {
                "oldpassword": "Votre mot de passe actuel",
                "password1": "Nouveau mot de passe",
                "password2": "Le même, une seconde fois",
            },
        )
        self.fields["password1"].help_text = AIDE
        self.fields["password1"].widget.attrs["data-force"] = "true"


class Reconfirmation(ReauthenticateForm):
    """The password once more, before an act that a session left open must not do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"password": "Votre mot de passe"})
