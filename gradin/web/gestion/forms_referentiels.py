"""The forms of the reference data: one row, or the row into which a duplicate goes."""

from __future__ import annotations

from typing import Any

from django import forms

from gradin.queries.referentiels import choix_etablissements, choix_formations
from gradin.web.compte.champs import Saisie, Texte

FUSEAUX = (
    ("Europe/Paris", "Métropole"),
    ("Indian/Reunion", "La Réunion, Mayotte"),
    ("America/Guadeloupe", "Guadeloupe"),
    ("America/Martinique", "Martinique"),
    ("America/Cayenne", "Guyane"),
)
MOTS = {
    "code": "Code",
    "nom": "Nom",
    "fuseau": "Heure locale",
    "ville": "Ville",
    "departement": "Département",
    "imotep": "Code IMOTEP",
    "chef": "Chef de service",
    "etablissement": "Établissement",
    "formation": "Formation",
    "code_des": "Code",
    "intitule": "Intitulé",
    "annees": "Durée en années",
}
LONGUEURS = {"code": 20, "code_des": 20, "imotep": 8, "departement": 3, "ville": 120, "intitule": 160}
FACULTATIFS = frozenset({"ville", "departement", "chef", "annees"})


class LigneForm(Saisie):
    def __init__(self, champs: tuple[str, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for champ in champs:
            self.fields[champ] = _field(champ)
            self.fields[champ].widget.attrs.setdefault("class", "saisie")

    def clean_imotep(self) -> str:
        imotep: str = self.cleaned_data["imotep"]
        if not (len(imotep) == 8 and imotep.isascii() and imotep.isdigit()):
            raise forms.ValidationError("Le code IMOTEP compte 8 chiffres.")
        return imotep

    def read(self) -> dict[str, Any]:
        """An établissement is named by its key."""
        lues = dict(self.cleaned_data)
        if "etablissement" in lues:
            lues["etablissement_id"] = int(lues.pop("etablissement"))
        return lues


class FusionForm(Saisie):
    def __init__(self, candidats: tuple[tuple[int, str], ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cible"] = forms.TypedChoiceField(
            label="Garder plutôt",
            coerce=int,
            choices=[("", "Choisissez la ligne qui reste"), *candidats],
            widget=forms.Select(attrs={"class": "saisie"}),
        )


class FstForm(Saisie):
    nouveau = Texte(longueur=120, label="Nom à garder")


def _field(champ: str) -> forms.Field:
    commun: dict[str, Any] = {"label": MOTS[champ], "required": champ not in FACULTATIFS}
    match champ:
        case "fuseau":
            return forms.ChoiceField(choices=FUSEAUX, **commun)
        case "formation":
            return forms.ChoiceField(choices=choix_formations(), **commun)
        case "etablissement":
            return forms.ChoiceField(choices=choix_etablissements(), **commun)
        case "annees":
            return forms.IntegerField(min_value=1, max_value=12, **commun)
        case _:
            return Texte(longueur=LONGUEURS.get(champ, 200), **commun)
