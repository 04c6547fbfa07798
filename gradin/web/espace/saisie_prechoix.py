"""The form that opens a wave of préchoix: hours as they are said in the subdivision."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from gradin.operations.prechoix.vagues import VISIBILITES, VagueDemandee
from gradin.web.compte.champs import Saisie
from gradin.web.gestion.saisies_publications import HeureSaisie, JourSaisi


class VagueSaisie(Saisie):
    ouvre_jour = JourSaisi(label="Jour d’ouverture")
    ouvre_heure = HeureSaisie(label="Heure d’ouverture")
    clot_jour = JourSaisi(label="Jour de clôture")
    clot_heure = HeureSaisie(label="Heure de clôture")
    visibilite = forms.ChoiceField(
        label="Qui lit le résultat",
        choices=VISIBILITES,
        widget=forms.RadioSelect(attrs={"class": ""}),
        initial=VISIBILITES[0][0],
    )

    def __init__(self, *args: Any, fuseau: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fuseau = ZoneInfo(fuseau)
        for nom in ("ouvre_heure", "clot_heure"):
            self.fields[nom].required = True

    def demande(self) -> VagueDemandee:
        return VagueDemandee(
            ouvre=self._instant("ouvre"),
            clot=self._instant("clot"),
            visibilite=self.cleaned_data["visibilite"],
        )

    def _instant(self, nom: str) -> datetime:
        jour, heure = self.cleaned_data[f"{nom}_jour"], self.cleaned_data[f"{nom}_heure"]
        return datetime.combine(jour, heure, self.fuseau)
