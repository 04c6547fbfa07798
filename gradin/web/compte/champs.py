"""Fields shared by sign-up and profile: what each accepts, and the words that mend the rest."""

import re
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from gradin.domain.identite import parse_jour

FINE, INSECABLE = "\u202f", "\u00a0"
QUESTIONS = (
    "Quel est le nom de jeune fille de votre mère\u202f?",
    "Quel était le nom de votre premier animal\u202f?",
    "Dans quelle ville êtes-vous allé à l’école primaire\u202f?",
    "Quel est le prénom de votre meilleur ami d’enfance\u202f?",
)
AUTRE = "autre"


class Saisie(forms.Form):
    """Every widget takes the class of the skin."""

    use_required_attribute = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for champ in self.fields.values():
            champ.widget.attrs.setdefault("class", "saisie")


class Texte(forms.CharField):
    """One line without control signs."""

    def __init__(self, *, longueur: int, autocomplete: str = "off", **kwargs: Any) -> None:
        kwargs.setdefault("max_length", longueur)
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": autocomplete}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        texte = super().to_python(value)
        return " ".join(texte.split()) if isinstance(texte, str) else texte


class Courriel(forms.EmailField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Courriel")
        kwargs.setdefault("widget", forms.EmailInput(attrs={"autocomplete": "email"}))
        kwargs["error_messages"] = {
            "invalid": f"Écrivez l’adresse entière{INSECABLE}: camille.aubert@exemple.fr."
        }
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        return str(super().clean(value)).lower()


class Jour(forms.DateField):
    """`14/03/1999`, typed: a calendar is a poor way back to one's birth, and some keypads have no « / »."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Date de naissance")
        kwargs.setdefault("help_text", "Par exemple 22/12/1999 ou 22121999")
        attrs = {"autocomplete": "bday", "inputmode": "numeric", "class": "saisie saisie--court"}
        super().__init__(
            widget=forms.DateInput(format="%d/%m/%Y", attrs=attrs),
            error_messages={
                "invalid": f"Écrivez le jour, le mois et l’année{INSECABLE}: 22/12/1999 ou 22121999."
            },
            **kwargs,
        )

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        jour = parse_jour(str(value))
        if jour is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return jour

    def clean(self, value: Any) -> date | None:
        jour: date | None = super().clean(value)
        if jour is not None and not 1930 <= jour.year <= 2015:
            raise forms.ValidationError("Vérifiez l’année de cette date de naissance.")
        return jour


class Telephone(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Téléphone")
        super().__init__(
            max_length=30,
            widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        texte = str(super().clean(value)).strip()
        chiffres = re.sub(r"[\s.\-()/\u00a0\u202f]", "", texte)
        if texte and not re.fullmatch(r"0[1-9]\d{8}|(\+|00)[1-9]\d{7,14}", chiffres, re.ASCII):
            raise forms.ValidationError(
                f"Un numéro français compte 10 chiffres. Exemple{INSECABLE}: 06 00 00 00 00."
            )
        return texte


class Ine(forms.CharField):
    """As the roster may hold it: eleven signs, fewer when old, twelve in some files; `0000` without it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="INE",
            max_length=30,
            help_text="11 caractères en général, sur le certificat de scolarité. "
            "Saisissez 0000 si vous ne l’avez pas.",
            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        ine = "".join(str(super().clean(value)).split()).upper()
        if ine != "0000" and not re.fullmatch(r"[0-9A-Z]{9,12}", ine, re.ASCII):
            raise forms.ValidationError(
                f"L’INE compte en général 11 caractères{FINE}; le vôtre en a {len(ine)}. "
                "Saisissez 0000 si vous ne l’avez pas."
            )
        return ine


class Adresse(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Adresse",
            max_length=300,
            widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
            **kwargs,
        )


class MotDePasse(forms.CharField):
    """The password one has, or (`nouveau`) the one that is being chosen."""

    def __init__(self, *, nouveau: bool = False, **kwargs: Any) -> None:
        attrs = {"autocomplete": "new-password" if nouveau else "current-password"}
        if nouveau:
            attrs["data-force"] = "true"
        super().__init__(strip=False, max_length=200, widget=forms.PasswordInput(attrs=attrs), **kwargs)


class ChoixQuestion(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        choix = [("", "Choisissez une question"), *((q, q) for q in QUESTIONS), (AUTRE, "Une autre question")]
        super().__init__(label="Question secrète", choices=choix, **kwargs)


class AvecQuestion(Saisie):
    """A question of the list, or one's own; the answer is what one will say on the telephone."""

    question = ChoixQuestion(
        help_text="L’ARS vous la pose au téléphone pour s’assurer que c’est bien vous.",
        error_messages={"invalid_choice": "Choisissez une question de la liste."},
    )
    autre_question = Texte(
        longueur=200,
        label="Votre propre question",
        required=False,
        help_text=f"Si vous en préférez une autre{INSECABLE}: dix lettres au moins.",
    )
    reponse = Texte(
        longueur=100,
        label="Réponse secrète",
        help_text="Deux lettres au moins. L’ARS ne peut pas la lire.",
    )

    def clean(self) -> dict[str, Any]:
        lues = super().clean() or {}
        question, autre = lues.get("question"), lues.get("autre_question", "")
        if autre and "question" not in lues and not self.data.get("question"):
            # A question of one's own is one, whether or not the list says « Une autre question ».
            self.errors.pop("question", None)
            question = AUTRE
        if question == AUTRE and len(autre) < 10:
            self.add_error("autre_question", "Écrivez votre question entière, en dix lettres au moins.")
        elif question == AUTRE:
            lues["question"] = autre
        if len(lues.get("reponse", "xx")) < 2:
            self.add_error("reponse", "Écrivez une réponse de deux lettres au moins.")
        return lues


def check_same_courriel(formulaire: forms.Form) -> None:
    """`courriel` and `confirmation`: an address typed once is the one nobody reads."""
    lues = formulaire.cleaned_data
    if lues.get("courriel") and lues.get("confirmation") and lues["courriel"] != lues["confirmation"]:
        formulaire.add_error(
            "confirmation", f"Les deux adresses diffèrent{INSECABLE}: écrivez deux fois la même."
        )


def check_mot_de_passe(formulaire: forms.Form, champ: str, compte: Any = None) -> None:
    """The rules of settings.AUTH_PASSWORD_VALIDATORS, said at the field."""
    try:
        validate_password(formulaire.cleaned_data.get(champ, ""), compte)
    except forms.ValidationError as erreur:
        formulaire.add_error(champ, erreur)
