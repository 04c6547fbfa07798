"""The forms of the opening of postes: a date said in the subdivision, the rule, the first number."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from gradin.domain.reglages.ouverture import REGLAGES_OUVERTURE
from gradin.web.compte.champs import Saisie
from gradin.web.gestion.forms_parametres import FormulaireReglages
from gradin.web.gestion.saisies_publications import HeureSaisie, JourSaisi

FIN_DU_JOUR = time(23, 59)


class LimiteSaisie(Saisie):
    jour = JourSaisi(label="Dernier jour des propositions")
    heure = HeureSaisie(label="Jusqu’à", help_text="Vide\u00a0: toute la journée.")

    def __init__(self, *args: Any, fuseau: str, limite: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fuseau = ZoneInfo(fuseau)
        if limite is not None:
            la = datetime.fromtimestamp(limite / 1000, UTC).astimezone(self.fuseau)
            self.fields["jour"].initial, self.fields["heure"].initial = la.date(), la.time()

    def limite(self) -> int:
        return read_limite(self.cleaned_data, self.fuseau)


class OuvertureSaisie(Saisie):
    """`lieux`: key, name and time zone of the agent's subdivisions; one alone is not asked for."""

    semestre = forms.ChoiceField(label="Semestre")
    subdivision = forms.ChoiceField(label="Subdivision")
    jour = JourSaisi(label="Dernier jour des propositions")
    heure = HeureSaisie(label="Jusqu’à", help_text="Vide\u00a0: toute la journée.")

    def __init__(
        self,
        *args: Any,
        semestres: Sequence[tuple[str, str]],
        lieux: Sequence[tuple[str, str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fuseaux = {pk: fuseau for pk, _, fuseau in lieux}
        self.fields["semestre"].choices = semestres  # type: ignore[attr-defined]
        self.fields["subdivision"].choices = [(pk, nom) for pk, nom, _ in lieux]  # type: ignore[attr-defined]
        if len(lieux) == 1:
            self.fields["subdivision"].widget = forms.HiddenInput()
            self.fields["subdivision"].initial = lieux[0][0]

    def demande(self) -> tuple[str, int, int]:
        lieu = self.cleaned_data["subdivision"]
        limite = read_limite(self.cleaned_data, ZoneInfo(self.fuseaux[lieu]))
        return self.cleaned_data["semestre"], int(lieu), limite


class FormulaireRegles(FormulaireReglages):
    reglages = REGLAGES_OUVERTURE


class PremierSaisi(Saisie):
    premier = forms.IntegerField(
        label="Premier numéro",
        min_value=1,
        max_value=9_999_999,
        help_text="Les suivants se suivent, par DES, régime, établissement et service.",
        widget=forms.NumberInput(attrs={"class": "saisie saisie--court", "inputmode": "numeric"}),
    )


def read_limite(lues: Mapping[str, Any], fuseau: ZoneInfo) -> int:
    """Ms UTC."""
    jour: date = lues["jour"]
    heure: time | None = lues["heure"]
    return round(datetime.combine(jour, heure or FIN_DU_JOUR, fuseau).timestamp() * 1000)
