"""Forms of the agréments: a campaign, its dates, a decision."""

from datetime import date
from typing import Any

from django import forms

from gradin.operations.agrements.campagnes import CampagneSaisie
from gradin.web.compte.champs import Saisie, Texte
from gradin.web.gestion.saisies_publications import JourSaisi


class DatesCampagne(Saisie):
    ouvre = JourSaisi(label="Ouvre le")
    clot = JourSaisi(label="Dernier jour", help_text="Inclus\u00a0: on répond et corrige jusqu’à minuit.")
    expire_avant = JourSaisi(
        label="À renouveler si la fin vient avant le", help_text="Le formulaire du service les met en avant."
    )


class NouvelleCampagne(DatesCampagne):
    annee = forms.IntegerField(label="Année", min_value=2020, max_value=2100)
    subdivision = forms.TypedChoiceField(label="Subdivision", coerce=int)
    field_order = ("annee", "subdivision", "ouvre", "clot", "expire_avant")

    def __init__(self, *args: Any, lieux: tuple[tuple[int, str], ...], jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ: Any = self.fields["subdivision"]
        champ.choices = lieux
        self.fields["annee"].initial = jour.year

    def saisie(self) -> CampagneSaisie:
        return CampagneSaisie(**self.cleaned_data)


class DecisionSaisie(Saisie):
    du = JourSaisi(label="Du", required=False)
    au = JourSaisi(label="Au, inclus", required=False)
    motif = Texte(longueur=300, label="Motif du refus, lu par le service", required=False)
    commission = forms.ChoiceField(label="Commission qui décide", required=False)

    def __init__(self, *args: Any, commissions: tuple[tuple[int, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ: Any = self.fields["commission"]
        champ.choices = [("", "Aucune"), *commissions]
