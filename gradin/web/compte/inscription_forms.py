"""The three forms of sign-up (manual §2)."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model

from gradin.web.compte.champs import (
    Adresse,
    AvecQuestion,
    Courriel,
    Ine,
    Jour,
    MotDePasse,
    Saisie,
    Telephone,
    Texte,
    check_mot_de_passe,
    check_same_courriel,
)
from gradin.web.compte.force import AIDE


class CreationCompte(Saisie):
    prenom = Texte(longueur=200, label="Prénom", autocomplete="given-name")
    nom = Texte(longueur=200, label="Nom", autocomplete="family-name")
    ne_le = Jour()
    courriel = Courriel()
    ine = Ine()
    telephone = Telephone()


class ConfirmationCourriel(Saisie):
    courriel = Courriel(
        help_text="Cette adresse sera votre identifiant de connexion et recevra les informations de l’ARS."
    )
    confirmation = Courriel(label="Confirmation de votre courriel")
    dossier = forms.CharField(widget=forms.HiddenInput, max_length=4_000)

    def clean(self) -> dict[str, Any]:
        lues = super().clean() or {}
        check_same_courriel(self)
        return lues


class Finaliser(AvecQuestion):
    mot_de_passe = MotDePasse(label="Mot de passe", nouveau=True, help_text=AIDE)
    confirmation = MotDePasse(label="Le même, une seconde fois", nouveau=True)
    ne_le = Jour()
    telephone = Telephone()
    adresse = Adresse()
    ufr = forms.TypedChoiceField(label="UFR", coerce=int, empty_value=None, required=False)
    field_order = [
        "mot_de_passe",
        "confirmation",
        "ne_le",
        "telephone",
        "adresse",
        "ufr",
        "question",
        "autre_question",
        "reponse",
    ]

    def __init__(self, *args: Any, ufr: tuple[tuple[int, str], ...], courriel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["ufr"]
        assert isinstance(champ, forms.TypedChoiceField)
        champ.choices = [("", "Choisissez votre UFR"), *ufr]
        self.fields["confirmation"].widget.attrs.pop("data-force", None)
        self.courriel = courriel

    def clean(self) -> dict[str, Any]:
        lues = super().clean() or {}
        premier, second = lues.get("mot_de_passe"), lues.get("confirmation")
        if premier:
            check_mot_de_passe(self, "mot_de_passe", get_user_model()(email=self.courriel))
        if premier and second and premier != second:
            self.add_error("confirmation", "Les deux mots de passe diffèrent. Tapez deux fois le même.")
        return lues
