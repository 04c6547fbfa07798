"""Forms of the matching: a new campaign, the windows of a round, an agreement of the third round."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from gradin.domain.appariement.calendrier import Fenetres
from gradin.domain.rang.semestre import parse_semestre
from gradin.operations.appariement.campagnes import MODES, CampagneDemandee
from gradin.operations.appariement.imports import PLACES_MAX
from gradin.operations.appariement.parametres import Minima
from gradin.queries.appariement.places import Capacite
from gradin.web.compte.champs import Saisie, Texte
from gradin.web.gestion.saisies_publications import HeureSaisie, JourSaisi
from gradin.web.templatetags.gradin import localize

INSTANTS = (
    ("voeux_ouvre", "Vœux, ouverture"),
    ("voeux_clot", "Vœux, clôture"),
    ("classement_ouvre", "Classements, ouverture"),
    ("classement_clot", "Classements, clôture"),
    ("resultat_at", "Annonce du résultat"),
    ("refus_jusque", "Refus possible jusqu’à"),
)


class MinimaSaisis(Saisie):
    """What a campaign asks of everybody."""

    notes_au_moins = forms.IntegerField(
        label="Sites à noter, au moins", min_value=0, max_value=100, initial=4
    )
    part_notee = forms.IntegerField(
        label="… et au moins cette part des places (%)", min_value=0, max_value=100, initial=20
    )
    part_classee = forms.IntegerField(
        label="Candidats à classer par chaque site (%)", min_value=0, max_value=100, initial=80
    )
    priorite_locale = forms.BooleanField(
        label="La première place d’un site va d’abord aux candidats de sa subdivision",
        required=False,
        initial=True,
        widget=forms.CheckboxInput(attrs={"class": ""}),
    )


class NouvelleCampagne(MinimaSaisis):
    intitule = Texte(
        longueur=160, label="Nom", help_text="Par exemple «\u00a0Docteurs juniors, novembre 2027\u00a0»."
    )
    semestre = forms.CharField(
        label="Semestre",
        max_length=7,
        help_text="Année et mois de début\u00a0: 2027-05 ou 2027-11. Le calendrier est proposé d’après celui "
        "de novembre 2023, à corriger ensuite.",
        widget=forms.TextInput(attrs={"class": "saisie saisie--court"}),
    )
    subdivision = forms.TypedChoiceField(label="Subdivision qui la conduit", coerce=int)
    mode = forms.ChoiceField(label="Comment les places sont données", choices=MODES)

    field_order = ("intitule", "semestre", "subdivision", "mode")

    def __init__(self, *args: Any, subdivisions: tuple[tuple[int, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ: Any = self.fields["subdivision"]
        champ.choices = subdivisions

    def clean_semestre(self) -> str:
        try:
            return parse_semestre(self.cleaned_data["semestre"].strip()).code
        except ValueError:
            raise forms.ValidationError("Écrivez le semestre comme 2027-05 ou 2027-11.") from None

    def demande(self) -> CampagneDemandee:
        return CampagneDemandee(**self.cleaned_data)


class Parametres(MinimaSaisis):
    """The minima, and the seats of each site."""

    def __init__(self, *args: Any, capacites: tuple[Capacite, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.capacites = capacites
        for une in capacites:
            self.fields[f"places_{une.site}"] = forms.IntegerField(
                label=f"Places\u00a0: {une.nom}",
                min_value=0,
                max_value=PLACES_MAX,
                initial=une.places,
                widget=forms.NumberInput(attrs={"class": "saisie saisie--court"}),
            )

    def close(self) -> None:
        """To read only."""
        for champ in self.fields.values():
            champ.disabled = True

    def minima(self) -> Minima:
        return Minima(**{nom: self.cleaned_data[nom] for nom in Minima.__slots__})

    def places(self) -> dict[int, int]:
        return {une.site: self.cleaned_data[f"places_{une.site}"] for une in self.capacites}

    def communs(self) -> list[Any]:
        return [self[nom] for nom in ("notes_au_moins", "part_notee", "part_classee")]

    def lignes(self) -> list[tuple[Capacite, Any]]:
        return [(une, self[f"places_{une.site}"]) for une in self.capacites]


class Calendrier(Saisie):
    """Six instants, as they are said in the subdivision."""

    def __init__(self, *args: Any, fuseau: str, fenetres: Fenetres | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fuseau = fuseau
        for nom, mot in INSTANTS:
            at = localize(getattr(fenetres, nom), fuseau) if fenetres else None
            self.fields[f"{nom}_jour"] = JourSaisi(label=mot, initial=at.date() if at else None)
            heure = HeureSaisie(label=f"{mot}, heure", initial=at.time() if at else None)
            heure.required = True
            self.fields[f"{nom}_heure"] = heure
        for champ in self.fields.values():
            champ.error_messages["required"] = "Remplissez ce champ\u00a0: il est nécessaire."

    def fenetres(self) -> Fenetres:
        return Fenetres(**{nom: self._instant(nom) for nom, _ in INSTANTS})

    def paires(self) -> list[tuple[Any, Any]]:
        return [(self[f"{nom}_jour"], self[f"{nom}_heure"]) for nom, _ in INSTANTS]

    def _instant(self, nom: str) -> datetime:
        jour, heure = self.cleaned_data[f"{nom}_jour"], self.cleaned_data[f"{nom}_heure"]
        return datetime.combine(jour, heure, ZoneInfo(self.fuseau)).astimezone(UTC)


class Accord(Saisie):
    candidature = forms.TypedChoiceField(label="Candidat", coerce=int)
    site = forms.TypedChoiceField(label="Site", coerce=int)
    motif = Texte(longueur=300, label="Ce qui a été convenu", required=False)

    def __init__(
        self, *args: Any, candidats: list[tuple[int, str]], sites: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for nom, choix in (("candidature", candidats), ("site", sites)):
            champ: Any = self.fields[nom]
            champ.choices = [("", "Choisir"), *choix]
