"""The form of a commission: its kind, its hour as it is said where it is held, where one meets."""

from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from gradin.operations.commissions.seances import GENRES, CommissionSaisie
from gradin.queries.commissions.seances import CommissionLue
from gradin.web.compte.champs import Saisie, Texte
from gradin.web.gestion.saisies_publications import AdresseWeb, HeureSaisie, JourSaisi
from gradin.web.templatetags.gradin import FUSEAU

PASSEE = "Cette date est passée. Corrigez-la, ou cochez «\u00a0Cette commission a déjà eu lieu\u00a0»."


class CommissionForm(Saisie):
    genre = forms.ChoiceField(label="Genre", choices=GENRES)
    intitule = Texte(
        longueur=160, label="Nom", help_text="Par exemple «\u00a0Commission d’agrément de mars\u00a0»."
    )
    subdivision = forms.TypedChoiceField(label="Subdivision", coerce=int)
    semestre = Texte(
        longueur=7, label="Semestre", required=False, help_text="2027-05 ou 2027-11, si elle en prépare un."
    )
    jour = JourSaisi(label="Jour")
    heure = HeureSaisie(label="Heure")
    lieu = Texte(longueur=200, label="Lieu", required=False)
    visio = AdresseWeb(label="Lien de la visio", required=False)
    president = Texte(longueur=160, label="Présidence", required=False)
    deja_tenue = forms.BooleanField(
        label="Cette commission a déjà eu lieu",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": ""}),
        help_text="Cochez pour enregistrer les décisions d’une commission passée.",
    )

    def __init__(
        self,
        *args: Any,
        lieux: tuple[tuple[int, str], ...],
        maintenant: int,
        lue: CommissionLue | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.maintenant, self.lue = maintenant, lue
        self.fuseau = ZoneInfo(lue.fuseau if lue else FUSEAU)
        self.fields["heure"].required = True
        champ: Any = self.fields["subdivision"]
        champ.choices = lieux
        if lue is not None:
            self._fill(lue)

    def clean(self) -> dict[str, Any]:
        """A past day is a slip, unless he says that it has been held."""
        lues = super().clean() or {}
        if not lues.get("jour") or lues.get("deja_tenue"):
            return lues
        debut = self._debut(lues)
        if debut <= self.maintenant and (self.lue is None or debut != self.lue.debut):
            self.add_error("jour", PASSEE)
        return lues

    def saisie(self) -> CommissionSaisie:
        lues = dict(self.cleaned_data)
        debut = self._debut(lues)
        for nom in ("jour", "heure", "deja_tenue"):
            del lues[nom]
        return CommissionSaisie(debut=debut, **lues)

    def _debut(self, lues: dict[str, Any]) -> int:
        la = datetime.combine(lues["jour"], lues.get("heure") or time(9), self.fuseau)
        return round(la.timestamp() * 1000)

    def _fill(self, lue: CommissionLue) -> None:
        la = datetime.fromtimestamp(lue.debut / 1000, UTC).astimezone(self.fuseau)
        connus = {"jour": la.date(), "heure": la.time()}
        connus |= {
            nom: getattr(lue, nom)
            for nom in ("genre", "intitule", "subdivision", "semestre", "lieu", "visio", "president")
        }
        for nom, valeur in connus.items():
            self.fields[nom].initial = valeur
