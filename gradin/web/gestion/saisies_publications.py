"""The forms of the ARS's calendar and informations: hours as they are said in the subdivision."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from gradin.operations.calendrier import EvenementSaisi
from gradin.operations.publications import NATURES, ContactSaisi, PublicationSaisie
from gradin.queries.calendrier import CATEGORIES, CONCERNES
from gradin.queries.publications import Cadres
from gradin.web.compte.champs import FINE, INSECABLE, Courriel, Saisie, Telephone, Texte

DATES = ["%Y-%m-%d", "%d/%m/%Y"]
HEURES = ["%H:%M", "%H:%M:%S", "%Hh%M", "%Hh", "%H h %M", "%H h"]


class JourSaisi(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        attrs = {"type": "date", "class": "saisie saisie--court"}
        super().__init__(
            input_formats=DATES,
            widget=forms.DateInput(format="%Y-%m-%d", attrs=attrs),
            error_messages={"invalid": f"Écrivez le jour, le mois et l’année{INSECABLE}: 22/12/2027."},
            **kwargs,
        )


class HeureSaisie(forms.TimeField):
    def __init__(self, **kwargs: Any) -> None:
        attrs = {"type": "time", "class": "saisie saisie--court"}
        super().__init__(
            input_formats=HEURES,
            required=False,
            widget=forms.TimeInput(format="%H:%M", attrs=attrs),
            error_messages={"invalid": f"Écrivez une heure{INSECABLE}: 09:30."},
            **kwargs,
        )


class AdresseWeb(forms.URLField):
    """https only: what is clicked must not be read on the way."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=500,
            assume_scheme="https",
            widget=forms.URLInput(attrs={"autocomplete": "off", "inputmode": "url"}),
            error_messages={"invalid": f"Écrivez l’adresse entière{INSECABLE}: https://exemple.fr/page."},
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        adresse = str(super().clean(value) or "")
        if adresse and not adresse.startswith("https://"):
            raise forms.ValidationError(f"Cette adresse doit commencer par https{INSECABLE}://.")
        return adresse


class Datee(Saisie):
    """Knows the agent's frames; one subdivision is not asked for."""

    subdivision = forms.TypedChoiceField(label="Subdivision", coerce=int)

    def __init__(self, *args: Any, cadres: Cadres, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cadres = cadres
        self.champ("subdivision").choices = cadres.subdivisions
        if len(cadres.subdivisions) == 1:
            self.fields["subdivision"].widget = forms.HiddenInput()
            self.fields["subdivision"].initial = cadres.subdivisions[0][0]

    def champ(self, nom: str) -> Any:
        return self.fields[nom]

    def to_utc(self, jour: date, heure: time | None = None) -> datetime:
        fuseau = ZoneInfo(self.cadres.fuseaux[self.cleaned_data["subdivision"]])
        return datetime.combine(jour, heure or time(), fuseau).astimezone(UTC)


class FormulaireEvenement(Datee):
    titre = Texte(
        longueur=160, label="Titre", help_text="Par exemple «\u00a0Commission de répartition\u00a0»."
    )
    categorie = forms.ChoiceField(label="Nature", choices=CATEGORIES)
    semestre = forms.TypedChoiceField(label="Semestre choisi", coerce=int)
    groupe = forms.TypedChoiceField(label="Groupe concerné", coerce=int, empty_value=None, required=False)
    jour = JourSaisi(label="Jour")
    heure_debut = HeureSaisie(label="De", help_text="Laissez vide pour toute la journée.")
    jour_fin = JourSaisi(label="Dernier jour", required=False, help_text="Si ce n’est pas le même.")
    heure_fin = HeureSaisie(label="À")
    lieu = Texte(longueur=200, label="Lieu", required=False)
    visio = AdresseWeb(label="Lien de la visio", required=False)
    concernes = forms.ChoiceField(label="Qui voit le lien de la visio", choices=CONCERNES, initial="internes")
    description = forms.CharField(
        label="Précisions",
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Lues par tous\u00a0: n’y nommez personne.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.champ("semestre").choices = self.cadres.semestres
        self.champ("groupe").choices = (("", "Tous"), *self.cadres.groupes)

    def clean(self) -> dict[str, Any]:
        lues = super().clean() or {}
        if {"jour", "subdivision"} <= lues.keys() and not self.errors:
            self._check_order(lues)
        return lues

    def _check_order(self, lues: Mapping[str, Any]) -> None:
        if lues["heure_fin"] and not lues["heure_debut"]:
            self.add_error("heure_debut", "Dites aussi à quelle heure cela commence.")
            return
        debut, fin = self.hours()
        if fin is not None and fin < debut:
            champ = "jour_fin" if lues["jour_fin"] and lues["jour_fin"] < lues["jour"] else "heure_fin"
            self.add_error(champ, f"La fin vient avant le début{FINE}: corrigez l’un ou l’autre.")

    def hours(self) -> tuple[datetime, datetime | None]:
        """A whole day from midnight to midnight; a lone beginning has no end."""
        lues = self.cleaned_data
        debut = self.to_utc(lues["jour"], lues["heure_debut"])
        dernier = lues["jour_fin"] or lues["jour"]
        if not lues["heure_debut"]:
            return debut, self.to_utc(dernier) if lues["jour_fin"] else None
        if not lues["heure_fin"] and not lues["jour_fin"]:
            return debut, None
        return debut, self.to_utc(dernier, lues["heure_fin"] or lues["heure_debut"])

    def saisi(self) -> EvenementSaisi:
        lues = self.cleaned_data
        debut, fin = self.hours()
        noms = ("semestre", "subdivision", "groupe", "categorie", "titre", "lieu", "visio", "concernes")
        return EvenementSaisi(
            **{nom: lues[nom] for nom in noms},
            description=lues["description"].strip(),
            debut=debut,
            fin=fin,
            journee=not lues["heure_debut"],
        )


class FormulairePublication(Datee):
    titre = Texte(longueur=160, label="Titre")
    texte = forms.CharField(
        label="Texte",
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 12, "class": "saisie saisie--texte"}),
        help_text="En Markdown\u00a0: **gras**, - liste, ## titre, [lien](https://…).",
    )
    lien = AdresseWeb(label="Lien", required=False)
    fichier = forms.FileField(
        label="Fichier",
        required=False,
        help_text=f"10 Mo au plus\u00a0: {', '.join(NATURES)}.",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{nom}" for nom in NATURES)}),
    )
    sans_fichier = forms.BooleanField(
        label="Retirer le fichier actuel", required=False, widget=forms.CheckboxInput(attrs={"class": ""})
    )
    jour = JourSaisi(label="Paraît le")
    heure = HeureSaisie(label="À")
    retire_le = JourSaisi(label="Retirée le", required=False, help_text="Vide\u00a0: elle reste.")
    nouveau_jusqu_au = JourSaisi(label="«\u00a0Nouveau\u00a0» jusqu’au", required=False)
    ordre = forms.IntegerField(
        label="Ordre", min_value=0, max_value=999, initial=100, help_text="Les plus petits d’abord."
    )

    def __init__(self, *args: Any, genre: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.genre = genre
        retires = {"document": ["lien"], "annonce": ["fichier", "sans_fichier", "lien"]}
        for nom in retires.get(genre, ["fichier", "sans_fichier", "nouveau_jusqu_au"]):
            del self.fields[nom]
        if genre == "lien":
            self.fields["lien"].required = True
            self.fields["texte"].label = "Phrase sous le lien"
            self.fields["texte"].help_text = ""
            self.fields["texte"].widget = forms.Textarea(attrs={"rows": 2, "class": "saisie"})

    def clean(self) -> dict[str, Any]:
        lues = super().clean() or {}
        if lues.get("retire_le") and lues.get("jour") and lues["retire_le"] < lues["jour"]:
            self.add_error("retire_le", "Elle serait retirée avant de paraître.")
        if self.genre == "annonce" and not lues.get("texte", "").strip():
            self.add_error("texte", "Écrivez l’annonce.")
        return lues

    def saisie(self) -> PublicationSaisie:
        """Withdrawn at the end of the day that is said."""
        lues = self.cleaned_data
        retire = lues["retire_le"]
        return PublicationSaisie(
            subdivision=lues["subdivision"],
            genre=self.genre,
            titre=lues["titre"],
            texte=lues["texte"],
            lien=lues.get("lien", ""),
            ordre=lues["ordre"],
            published_at=self.to_utc(lues["jour"], lues["heure"]),
            expires_at=self.to_utc(retire + timedelta(days=1)) if retire else None,
            nouveau_jusqu_au=lues.get("nouveau_jusqu_au"),
        )


class CoordonneesArs(Saisie):
    courriel = Courriel(required=False)
    telephone = Telephone(required=False)
    horaires = Texte(
        longueur=200,
        label="Horaires",
        required=False,
        help_text="Comme ils suivent «\u00a0répond\u00a0»\u00a0: du lundi au vendredi, de 9 h à 17 h.",
    )


class FormulaireContact(Datee, CoordonneesArs):
    nom = Texte(longueur=160, label="Nom", help_text="Un service, une équipe ou une personne.")
    sujet = Texte(longueur=200, label="Pour quoi", required=False)
    ordre = forms.IntegerField(label="Ordre", min_value=0, max_value=999, initial=100)
    field_order = ("subdivision", "nom", "sujet", "courriel", "telephone", "horaires", "ordre")

    def clean(self) -> dict[str, Any]:
        lues = super().clean() or {}
        if not self.errors and not (lues.get("courriel") or lues.get("telephone")):
            self.add_error("courriel", "Donnez au moins un courriel ou un téléphone.")
        return lues

    def saisi(self) -> ContactSaisi:
        return ContactSaisi(**{nom: self.cleaned_data[nom] for nom in self.field_order})
