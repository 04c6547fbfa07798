"""The small forms of the semester: when the first session begins."""

from datetime import datetime
from typing import Any

from django import forms

from gradin.web.compte.champs import Saisie
from gradin.web.gestion.saisies_publications import HeureSaisie, JourSaisi


class DebutSaisi(Saisie):
    """Local to the subdivision; empty, where it may be, keeps the hours already set."""

    jour = JourSaisi(label="Jour de la première session")
    heure = HeureSaisie(label="Heure")

    def __init__(self, *args: Any, obligatoire: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for champ in self.fields.values():
            champ.required = obligatoire

    def clean(self) -> dict[str, Any]:
        lues = super().clean() or {}
        if bool(lues.get("jour")) != bool(lues.get("heure")) and not self.errors:
            raise forms.ValidationError("Écrivez le jour et l’heure, ou aucun des deux.")
        return lues

    def debut(self) -> datetime | None:
        jour, heure = self.cleaned_data["jour"], self.cleaned_data["heure"]
        return datetime.combine(jour, heure) if jour else None


class ReportSaisi(DebutSaisi):
    """The new start, and what the announcement says besides the new hours."""

    texte = forms.CharField(
        label="Raison, telle qu’elle paraîtra à l’accueil",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "saisie"}),
        help_text="Lue par tous\u00a0: n’y nommez personne.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, obligatoire=True, **kwargs)
        self.fields["jour"].label, self.fields["heure"].label = "Nouveau jour", "Nouvelle heure"
        self.fields["texte"].required = False


class ReportPhase(ReportSaisi):
    """The first amphi of the phase takes the new start; the others keep their distance from it."""

    phase = forms.ChoiceField(label="Phase")
    field_order = ("phase", "jour", "heure", "texte")

    def __init__(self, *args: Any, phases: tuple[tuple[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phase"] = forms.ChoiceField(
            label="Phase", choices=phases, widget=forms.Select(attrs={"class": "saisie"})
        )
        self.order_fields(self.field_order)
        self.fields["jour"].help_text = "Du premier amphi de la phase\u00a0; les autres gardent leur écart."
