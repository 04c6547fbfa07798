"""The form of one kind of individual demand: from when, how long, one precise thing, why."""

from datetime import date
from typing import Any

from django import forms

from gradin.domain.demandes.natures import FORMES, Nature
from gradin.operations.demandes.individuelles import SaisieDemande
from gradin.queries.individuelles.reglages import ReglageLu, SemestreOffert, list_semestres
from gradin.web.compte.champs import Saisie, Texte
from gradin.web.templatetags.gradin import date_seule

AVERTIT = (
    "L’ARS et, pour son avis, le coordonnateur de votre DES liront ces lignes. N’écrivez rien de médical."
)


class FormulaireDemande(Saisie):
    """`forme` is of a disponibilité alone; `duree` of the kinds that leave a choice."""

    forme = forms.ChoiceField(
        label="Pourquoi",
        choices=(("", "Choisir une raison"), *((un.value, mot) for un, mot in FORMES.items())),
    )
    debut = forms.ChoiceField(label="À partir du semestre de")
    duree = forms.TypedChoiceField(label="Durée", coerce=int)
    objet = Texte(longueur=200)
    texte = forms.CharField(
        label="Votre projet, vos raisons",
        max_length=2000,
        help_text=AVERTIT,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
    )

    def __init__(
        self, reglage: ReglageLu, jour: date, des: tuple[tuple[str, str], ...], *args: Any, **kwargs: Any
    ) -> None:
        demarche = reglage.demarche
        self.nature, self.durees = demarche.nature, demarche.durees
        super().__init__(*args, **kwargs)
        self._offer("debut", [(un.code, _say(un)) for un in list_semestres(reglage, jour)])
        self._offer("duree", [(n, _semestres(n)) for n in demarche.durees])
        if len(self.durees) == 1:
            del self.fields["duree"]
        if self.nature is not Nature.DISPONIBILITE:
            del self.fields["forme"]
        if self.nature is Nature.REMORDS:
            choix = [("", "Choisir un DES"), *((mots, mots) for _, mots in des)]
            self.fields["objet"] = forms.ChoiceField(
                choices=choix, widget=forms.Select(attrs={"class": "saisie"})
            )
        if not demarche.avis:
            self.fields["texte"].help_text = "L’ARS lira ces lignes. N’écrivez rien de médical."
        self.fields["objet"].label, self.fields["objet"].help_text = demarche.objet, demarche.aide_objet

    def _offer(self, nom: str, choix: list[tuple[Any, str]]) -> None:
        champ = self.fields[nom]
        assert isinstance(champ, forms.ChoiceField)
        champ.choices = choix

    def read(self) -> SaisieDemande:
        lues = self.cleaned_data
        return SaisieDemande(
            nature=self.nature,
            forme=lues.get("forme", ""),
            debut=lues["debut"],
            duree=lues.get("duree", self.durees[0]),
            objet=lues["objet"],
            texte=lues["texte"],
        )


def _say(un: SemestreOffert) -> str:
    limite = date_seule(un.limite)
    return f"{un.libelle} ({'délai passé depuis le' if un.tard else 'à déposer avant le'} {limite})"


def _semestres(nombre: int) -> str:
    return "Un semestre" if nombre == 1 else f"{nombre} semestres"
