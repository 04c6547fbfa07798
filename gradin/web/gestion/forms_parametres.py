"""The form of the parameters, built from their table: each field with its meaning and its default."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from gradin.domain.reglages.modele import Nature, Reglage, valeur_of
from gradin.domain.reglages.mots import ValeurIllisible, read_valeur, say_valeur, write_valeur
from gradin.domain.reglages.table import REGLAGES
from gradin.web.compte.champs import FINE, Saisie

LIGNES = (Nature.PLAGES, Nature.JOURS, Nature.EFFECTIFS, Nature.CODES)


class FormulaireReglages(Saisie):
    """`parametres`: the stored settings; `fixes`: why some change no more, by key."""

    reglages: tuple[Reglage, ...] = REGLAGES

    def __init__(
        self, *args: Any, parametres: Mapping[str, Any], fixes: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parametres, self.fixes = parametres, fixes or {}
        for reglage in self.reglages:
            champ = build_champ(reglage)
            champ.initial = write_valeur(reglage, valeur_of(parametres, reglage))
            champ.disabled = reglage.cle in self.fixes
            champ.widget.attrs.setdefault("class", "saisie")
            self.fields[reglage.nom] = champ

    def clean(self) -> dict[str, Any]:
        """Each value becomes what is stored."""
        lues = super().clean() or {}
        for reglage in self.reglages:
            if reglage.nom in lues:
                try:
                    lues[reglage.nom] = read_valeur(reglage, lues[reglage.nom])
                except ValeurIllisible as erreur:
                    self.add_error(reglage.nom, str(erreur))
        return lues

    def voulus(self) -> dict[str, Any]:
        """Stored values by key; those that change no more are left out."""
        return {r.cle: self.cleaned_data[r.nom] for r in self.reglages if r.cle not in self.fixes}


def build_champ(reglage: Reglage) -> forms.Field:
    commun: dict[str, Any] = {"label": reglage.mots, "help_text": _aide(reglage)}
    if reglage.nature is Nature.OUI_NON:
        attrs = {"class": "case-reglage"}
        return forms.BooleanField(required=False, widget=forms.CheckboxInput(attrs=attrs), **commun)
    if reglage.nature is Nature.CHOIX:
        return forms.ChoiceField(choices=reglage.choix, **commun)
    if reglage.nature in LIGNES:
        zone = forms.Textarea(attrs={"rows": 3, "class": "saisie", "autocomplete": "off"})
        vide = reglage.nature is not Nature.PLAGES
        return forms.CharField(required=not vide, max_length=1_000, widget=zone, **commun)
    minimum, maximum = reglage.bornes
    return forms.IntegerField(
        required=reglage.nature is not Nature.LIMITE,
        min_value=minimum,
        max_value=maximum,
        widget=forms.NumberInput(attrs={"class": "saisie saisie--court", "inputmode": "numeric"}),
        error_messages={
            "min_value": f"{minimum} au moins.",
            "max_value": f"{maximum} au plus{FINE}; vérifiez l’unité.",
            "invalid": "Écrivez un nombre entier.",
        },
        **commun,
    )


def _aide(reglage: Reglage) -> str:
    defaut = say_valeur(reglage, reglage.defaut)
    unite = f" En {reglage.unite}." if reglage.unite and reglage.nature is Nature.SECONDES else ""
    return f"{reglage.sens}{unite} Par défaut\u00a0: {defaut}."
