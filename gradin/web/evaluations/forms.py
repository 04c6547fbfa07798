"""What is typed: the dates of a campaign, a questionnaire, a local criterion."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from gradin.domain.evaluations.questionnaire import (
    INTITULE_MAX,
    QUESTIONS_MAX,
    GenreQuestion,
    Question,
)
from gradin.operations.services.criteres import NATURES
from gradin.web.compte.champs import Saisie, Texte
from gradin.web.gestion.saisies_publications import HeureSaisie, JourSaisi

GENRES = (
    (GenreQuestion.ECHELLE.value, "Note de 1 à 5"),
    (GenreQuestion.OUI_NON.value, "Oui ou non"),
    (GenreQuestion.CHOIX.value, "Un choix parmi plusieurs"),
    (GenreQuestion.TEXTE.value, "Texte libre, relu avant d’être montré"),
)
VIDES = 3
JOURS = re.compile(r"\d{1,2}")
RAPPELS = re.compile(r"\d{1,2}(?:[\s,;]+(?:et\s+)?\d{1,2})*[\s,;]*")


class CampagneSaisie(Saisie):
    ouvre_jour = JourSaisi(label="Jour d’ouverture")
    ouvre_heure = HeureSaisie(label="Heure d’ouverture")
    ferme_jour = JourSaisi(label="Jour de fermeture")
    ferme_heure = HeureSaisie(label="Heure de fermeture")
    rappels = Texte(
        longueur=40,
        label="Rappels, en jours avant la fermeture",
        required=False,
        help_text="Par exemple 7, 2. Seuls ceux qui n’ont pas répondu les reçoivent.",
    )

    def __init__(self, *args: Any, fuseau: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fuseau = ZoneInfo(fuseau)
        for nom in ("ouvre_heure", "ferme_heure"):
            self.fields[nom].required = True

    def clean_rappels(self) -> str:
        dits = str(self.cleaned_data["rappels"])
        if dits.strip() and not RAPPELS.fullmatch(dits.strip()):
            raise forms.ValidationError("Écrivez des nombres de jours séparés par des virgules\u00a0: 7, 2.")
        return dits

    def dates(self) -> dict[str, Any]:
        return {
            "ouvre": self._instant("ouvre"),
            "ferme": self._instant("ferme"),
            "rappels": [int(lu) for lu in JOURS.findall(self.cleaned_data["rappels"])],
        }

    def _instant(self, nom: str) -> datetime:
        lues = self.cleaned_data
        return datetime.combine(lues[f"{nom}_jour"], lues[f"{nom}_heure"], self.fuseau)


class QuestionSaisie(Saisie):
    """One question; an empty wording takes it away. `rang` orders them."""

    intitule = Texte(longueur=INTITULE_MAX, label="Question", required=False)
    genre = forms.ChoiceField(label="Réponse", choices=GENRES)
    rang = forms.IntegerField(label="Ordre", min_value=1, max_value=999, required=False)
    choix = forms.CharField(
        label="Choix, un par ligne",
        required=False,
        max_length=1_000,
        help_text="Pour «\u00a0un choix parmi plusieurs\u00a0».",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    facultative = forms.BooleanField(label="Facultative", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["facultative"].widget.attrs["class"] = ""
        self.fields["rang"].widget.attrs["class"] = "saisie saisie--court"

    def question(self) -> Question | None:
        lues = self.cleaned_data
        if not lues.get("intitule"):
            return None
        genre = GenreQuestion(lues["genre"])
        lignes = [" ".join(ligne.split())[:INTITULE_MAX] for ligne in lues["choix"].splitlines()]
        choisit = genre is GenreQuestion.CHOIX
        return Question(
            intitule=lues["intitule"],
            genre=genre,
            choix=tuple(ligne for ligne in lignes if ligne) if choisit else (),
            facultative=lues["facultative"],
        )


Questions = forms.formset_factory(
    QuestionSaisie, extra=VIDES, max_num=QUESTIONS_MAX, absolute_max=QUESTIONS_MAX + VIDES
)


def initial_of(questions: Iterable[Question]) -> list[dict[str, Any]]:
    return [
        {
            "intitule": une.intitule,
            "genre": une.genre.value,
            "rang": 10 * rang,
            "choix": "\n".join(une.choix),
            "facultative": une.facultative,
        }
        for rang, une in enumerate(questions, start=1)
    ]


def ordered(lignes: Iterable[QuestionSaisie]) -> list[Question]:
    """By the number typed; those without one come last, as they stand."""
    dites = [(ligne.cleaned_data.get("rang") or 1_000, une) for ligne in lignes if (une := ligne.question())]
    return [une for _, une in sorted(dites, key=lambda dite: dite[0])]


class CritereSaisi(Saisie):
    nom = Texte(longueur=80, label="Critère", help_text="Par exemple Logement, Trajet, Gardes par mois.")
    nature = forms.ChoiceField(label="Ce que l’on en dit", choices=NATURES)
    unite = Texte(longueur=20, label="Unité", required=False, help_text="Après un nombre\u00a0: min, km.")


class CriteresFichier(Saisie):
    fichier = forms.FileField(
        label="Fichier",
        help_text="XLSX ou CSV\u00a0: une colonne IMOTEP, puis une colonne par critère.",
        error_messages={"empty": "Ce fichier est vide. Choisissez-en un autre."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fichier"].widget.attrs["accept"] = ".xlsx,.csv,.txt"
