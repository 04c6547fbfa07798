"""Forms whose fields are the columns of the ARS's file: known words are chosen, the rest is typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from gradin.web.compte.champs import Saisie
from gradin.web.gestion.registre import Registre, word_of


class Cellules(Saisie):
    """`champs`: those asked for. What is typed is read by the import's own reader, which says its faults."""

    def __init__(
        self,
        registre: Registre,
        champs: Iterable[str],
        options: Mapping[str, tuple[tuple[str, str], ...]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for champ in champs:
            self.fields[champ] = _field(registre, champ, options, self.initial.get(champ, ""))
            self.fields[champ].widget.attrs.setdefault("class", "saisie")

    def read(self) -> dict[str, str]:
        return {champ: str(valeur or "") for champ, valeur in self.cleaned_data.items()}


def _field(
    registre: Registre, champ: str, options: Mapping[str, tuple[tuple[str, str], ...]], actuel: str
) -> forms.Field:
    commun: dict[str, Any] = {"label": word_of(registre, champ), "required": champ in registre.obligatoires}
    choix = options.get(champ)
    if choix is None:
        return forms.CharField(
            max_length=500, widget=forms.TextInput(attrs={"autocomplete": "off"}), strip=True, **commun
        )
    # What is stored stays choosable, even spelt as no longer proposed.
    connu = any(valeur == actuel for valeur, _ in choix)
    vide = () if actuel or any(not valeur for valeur, _ in choix) else (("", "Choisissez"),)
    propose = (*vide, *choix) if connu or not actuel else ((actuel, actuel), *choix)
    return forms.ChoiceField(choices=propose, **commun)
