"""The forms of « Mon profil »."""

from typing import Any

from django import forms

from gradin.web.compte.champs import (
    Adresse,
    AvecQuestion,
    Courriel,
    MotDePasse,
    Saisie,
    Telephone,
    check_same_courriel,
)


class Coordonnees(Saisie):
    telephone = Telephone()
    adresse = Adresse()
    ufr = forms.TypedChoiceField(label="UFR", coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, ufr: tuple[tuple[int, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["ufr"]
        assert isinstance(champ, forms.TypedChoiceField)
        champ.choices = [("", "Choisissez votre UFR"), *ufr]


class AvecMotDePasse(Saisie):
    """An act that the password confirms: a session left open is not enough."""

    mot_de_passe = MotDePasse(label="Votre mot de passe actuel")

    def __init__(self, *args: Any, compte: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.compte = compte

    def clean_mot_de_passe(self) -> str:
        mot_de_passe = str(self.cleaned_data["mot_de_passe"])
        if not self.compte.check_password(mot_de_passe):
            raise forms.ValidationError(
                "Ce n’est pas votre mot de passe actuel. Tapez-le à nouveau, "
                "ou passez par «\u00a0Mot de passe oublié\u202f?\u00a0»."
            )
        return mot_de_passe


class ChangementCourriel(AvecMotDePasse):
    courriel = Courriel(label="Nouvelle adresse")
    confirmation = Courriel(label="La même, une seconde fois")
    field_order = ["courriel", "confirmation", "mot_de_passe"]

    def clean(self) -> dict[str, Any]:
        lues = super().clean() or {}
        check_same_courriel(self)
        return lues


class ChangementQuestion(AvecQuestion, AvecMotDePasse):
    field_order = ["question", "autre_question", "reponse", "mot_de_passe"]
