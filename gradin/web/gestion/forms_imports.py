"""The form that receives a file of the ARS."""

from typing import Any

from django import forms

from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.depots import choix_semestres, choix_subdivisions
from gradin.queries.visiteurs import Visiteur
from gradin.web.compte.champs import Saisie

NATURES = (("internes", "Internes"), ("postes", "Postes"))


class Televersement(Saisie):
    """A subdivision is only asked when there are several; creating one is an administrator's wish."""

    nature = forms.ChoiceField(label="Ce fichier contient", choices=NATURES)
    semestre = forms.CharField(
        label="Semestre",
        max_length=7,
        help_text="Année et mois de début\u00a0: 2027-05 (mai) ou 2027-11 (novembre).",
    )
    subdivision = forms.ChoiceField(
        label="Subdivision", required=False, help_text="Inutile si le fichier a une colonne « Subdivision »."
    )
    nouvelle = forms.CharField(
        label="Nouvelle subdivision",
        max_length=120,
        required=False,
        help_text="Seulement si elle n’existe pas encore dans les référentiels.",
    )
    fichier = forms.FileField(
        label="Fichier",
        help_text="XLSX ou CSV, 20\u00a0Mo au plus. Rien n’est enregistré avant votre confirmation.",
        error_messages={"empty": "Ce fichier est vide. Choisissez-en un autre."},
    )

    def __init__(self, agent: Visiteur, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        connues = choix_subdivisions(agent)
        self.fields["subdivision"] = forms.ChoiceField(
            label=self.fields["subdivision"].label,
            help_text=self.fields["subdivision"].help_text,
            required=False,
            choices=[("", "Celle du fichier, ou la seule connue"), *connues],
            widget=forms.Select(attrs={"class": "saisie"}),
        )
        if agent.role != "administrateur":
            del self.fields["nouvelle"]
        self.fields["fichier"].widget.attrs["accept"] = ".xlsx,.csv,.txt"
        self.fields["semestre"].widget.attrs |= {"list": "semestres", "class": "saisie saisie--court"}
        self.semestres = choix_semestres()
        self.fields["semestre"].initial = self.semestres[0][0] if self.semestres else ""

    def clean_semestre(self) -> str:
        try:
            return parse_semestre(self.cleaned_data["semestre"].strip()).code
        except ValueError:
            raise forms.ValidationError("Écrivez le semestre comme 2027-05 ou 2027-11.") from None

    def read(self) -> dict[str, Any]:
        """The arguments of `receive_depot`."""
        lues, fichier = self.cleaned_data, self.cleaned_data["fichier"]
        return {
            "nature": lues["nature"],
            "semestre": lues["semestre"],
            "subdivision": lues.get("nouvelle") or lues["subdivision"],
            "creer_subdivision": bool(lues.get("nouvelle")),
            "fichier": fichier.name,
            "contenu": fichier.read(),
        }
