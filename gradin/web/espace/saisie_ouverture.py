"""The form by which an établissement describes the seats of one of its services."""

from collections.abc import Sequence
from typing import Any

from django import forms

from gradin.operations.ouverture.propositions import MAX_A_LA_FOIS, REGIMES, PosteSaisi
from gradin.web.compte.champs import Saisie, Texte


class PosteForm(Saisie):
    """`services` and `des`: key and name of each."""

    service = forms.TypedChoiceField(label="Service", coerce=int)
    des = forms.TypedChoiceField(label="DES", coerce=int)
    regime = forms.ChoiceField(label="Régime de formation", choices=REGIMES)
    nombre = forms.IntegerField(
        label="Nombre de postes",
        min_value=1,
        max_value=MAX_A_LA_FOIS,
        initial=1,
        widget=forms.NumberInput(attrs={"class": "saisie saisie--court", "inputmode": "numeric"}),
    )
    type_poste = Texte(
        longueur=40, label="Type", initial="Hospitalier", help_text="Hospitalier, Ambulatoire…"
    )
    flechage = Texte(
        longueur=300,
        label="Fléchage",
        required=False,
        help_text="L’orientation du poste\u00a0: «\u00a0Chimiothérapies\u00a0».",
    )
    observations = Texte(longueur=500, label="Observations", required=False)
    reserve = forms.BooleanField(
        label="Réservé aux internes de ce DES",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "case-reglage"}),
    )

    def __init__(
        self,
        *args: Any,
        services: Sequence[tuple[int, str]],
        des: Sequence[tuple[int, str]],
        correction: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = services  # type: ignore[attr-defined]
        self.fields["des"].choices = des  # type: ignore[attr-defined]
        if correction:
            del self.fields["nombre"]

    def saisi(self) -> PosteSaisi:
        lues = {champ: valeur for champ, valeur in self.cleaned_data.items() if champ != "nombre"}
        return PosteSaisi(**lues)
