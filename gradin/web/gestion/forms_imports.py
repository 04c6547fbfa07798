"""The form that receives a file of the ARS."""

from typing import Any

from django import forms

from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.depots import choix_semestres, choix_subdivisions
from gradin.queries.visiteurs import Visiteur
from gradin.web.compte.champs import Saisie
from gradin.web.public import requete

NATURES = (("internes", "Internes"), ("postes", "Postes"))


A_VENIR = 3


def list_semestres() -> list[tuple[str, str]]:
    """Those that are known and the next ones to come, the latest first."""
    jour = requete.now().date()
    debuts = [(annee, mois) for annee in (jour.year, jour.year + 1, jour.year + 2) for mois in (5, 11)]
    suivants = [f"{annee}-{mois:02}" for annee, mois in debuts if (annee, mois) > (jour.year, jour.month)][
        :A_VENIR
    ]
    codes = {*suivants, *(code for code, _ in choix_semestres())}
    return [(code, parse_semestre(code).libelle) for code in sorted(codes, reverse=True)]


class Televersement(Saisie):
    """A subdivision is only asked when there are several; creating one is an administrator's wish."""

    nature = forms.ChoiceField(label="Ce fichier contient", choices=NATURES)
    semestre = forms.CharField(label="Semestre", max_length=7, widget=forms.Select(attrs={"class": "saisie"}))
    subdivision = forms.ChoiceField(
        label="Subdivision",
        required=False,
        help_text="Inutile si le fichier a une colonne «\u00a0Subdivision\u00a0».",
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
        choix = list_semestres()
        self.fields["semestre"].widget.choices = choix  # type: ignore[attr-defined]
        self.fields["semestre"].initial = next(iter(choix_semestres()), choix[0])[0]

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
