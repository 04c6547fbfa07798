"""What is typed: a past semester, a situation, a maquette, the dates of a campaign."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from gradin.domain.maquettes.modele import Lieu, Maquette, NatureAgrement, PhaseMaquette
from gradin.domain.parcours.coherence import Declaration
from gradin.domain.parcours.modele import STAGES, Situation
from gradin.queries.parcours.choix import NATURES, SITUATIONS
from gradin.queries.parcours.progression import PHASES_DITES
from gradin.web.compte.champs import Saisie, Texte
from gradin.web.gestion.saisies_publications import HeureSaisie, JourSaisi

IMOTEP = re.compile(r"\d{8}")
AGREMENTS = (
    (NatureAgrement.PRINCIPAL.value, "Principal\u00a0: mon DES"),
    (NatureAgrement.COMPLEMENTAIRE.value, "Complémentaire\u00a0: un autre DES"),
    (NatureAgrement.FONCTIONNEL.value, "Fonctionnel\u00a0: mon option ou ma FST"),
)
RAPPELS = re.compile(r"\d{1,2}")
VIDES = 3


class SemestrePasse(Saisie):
    """A past semester as its interne declares it; only the domain says what contradicts it."""

    semestre = forms.ChoiceField(
        label="Semestre",
        error_messages={
            "invalid_choice": "Ce semestre est déjà dans votre parcours, ou n’est pas passé. "
            "Choisissez-en un de la liste\u202f; s’il est faux, signalez-le à votre faculté."
        },
    )
    situation = forms.ChoiceField(label="Situation", choices=SITUATIONS)
    phase = forms.ChoiceField(label="Phase", choices=[(p.value, PHASES_DITES[p]) for p in PhaseMaquette])
    service = Texte(
        longueur=300,
        label="Service",
        required=False,
        help_text="Commencez à écrire son nom ou son code IMOTEP, puis choisissez-le.",
        widget=forms.TextInput(attrs={"list": "services", "autocomplete": "off"}),
    )
    lieu = Texte(
        longueur=200,
        label="Hôpital et service, s’il n’est pas dans la liste",
        required=False,
        help_text="Pour un stage hors subdivision ou à l’étranger.",
    )
    des = forms.ChoiceField(label="DES au titre duquel il compte", required=False)
    agrement = forms.ChoiceField(label="Agrément", required=False, choices=[("", "Sans objet"), *AGREMENTS])

    def __init__(
        self,
        *args: Any,
        semestres: Iterable[tuple[str, str]],
        des: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["semestre"].choices = list(semestres)  # type: ignore[attr-defined]
        self.fields["des"].choices = [("", "Sans objet"), *des]  # type: ignore[attr-defined]

    def clean_service(self) -> str:
        dit = self.cleaned_data["service"]
        lu = IMOTEP.search(dit)
        if dit and lu is None:
            raise forms.ValidationError(
                "Choisissez un service de la liste\u00a0: son code à 8 chiffres suffit."
            )
        return lu[0] if lu else ""

    def declaration(self) -> Declaration:
        lues = self.cleaned_data
        situation = Situation(lues["situation"])
        stage = situation in STAGES
        return Declaration(
            semestre=lues["semestre"],
            situation=situation,
            phase=lues["phase"],
            service=lues["service"],
            lieu=lues["lieu"],
            des=lues["des"] if stage else "",
            agrement=NatureAgrement(lues["agrement"]) if stage and lues["agrement"] else None,
        )


class SituationSaisie(Saisie):
    nature = forms.ChoiceField(
        label="Au semestre prochain", choices=NATURES, widget=forms.RadioSelect(attrs={"class": ""})
    )
    souhaits = forms.CharField(
        label="Mes souhaits pour ma maquette",
        required=False,
        max_length=2_000,
        help_text="Ce qu’il vous reste à faire, dans quel ordre. N’écrivez rien de médical.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CampagneSaisie(Saisie):
    ouvre_jour = JourSaisi(label="Jour d’ouverture")
    ouvre_heure = HeureSaisie(label="Heure d’ouverture")
    verrou_jour = JourSaisi(label="Jour du verrouillage")
    verrou_heure = HeureSaisie(label="Heure du verrouillage")
    rappels = Texte(
        longueur=40,
        label="Rappels, en jours avant le verrouillage",
        required=False,
        help_text="Par exemple 7, 2. Seuls ceux qui n’ont pas répondu les reçoivent.",
    )

    def __init__(self, *args: Any, fuseau: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fuseau = ZoneInfo(fuseau)
        for nom in ("ouvre_heure", "verrou_heure"):
            self.fields[nom].required = True

    def dates(self) -> dict[str, Any]:
        return {
            "ouvre": self._instant("ouvre"),
            "verrou": self._instant("verrou"),
            "rappels": [int(lu) for lu in RAPPELS.findall(self.cleaned_data["rappels"])],
        }

    def _instant(self, nom: str) -> datetime:
        lues = self.cleaned_data
        return datetime.combine(lues[f"{nom}_jour"], lues[f"{nom}_heure"], self.fuseau)


class ExigenceSaisie(Saisie):
    """One requirement; an empty wording takes it away."""

    intitule = Texte(longueur=120, label="Exigence", required=False)
    nombre = forms.IntegerField(label="Semestres", min_value=1, max_value=12, required=False)
    phase = forms.ChoiceField(
        label="Phase",
        required=False,
        choices=[("", "Toute la maquette"), *((p.value, PHASES_DITES[p]) for p in PhaseMaquette)],
    )
    des = Texte(longueur=60, label="DES", required=False, help_text="Codes, par exemple MGE, GER")
    agrement = forms.ChoiceField(label="Agrément", required=False, choices=[("", "Tous"), *AGREMENTS])
    encadrement = forms.ChoiceField(
        label="Encadrement",
        required=False,
        choices=[("", "Sans importance"), ("oui", "Universitaire"), ("non", "Non universitaire")],
    )
    lieu = forms.ChoiceField(
        label="Lieu",
        required=False,
        choices=[
            ("", "Tous"),
            (Lieu.HOSPITALIER.value, "Hospitalier"),
            (Lieu.AMBULATOIRE.value, "Ambulatoire"),
        ],
    )
    mots = Texte(
        longueur=200,
        label="Mots du service",
        required=False,
        help_text="L’un d’eux au moins, séparés par des virgules",
    )
    distincts = forms.BooleanField(label="Services différents", required=False)
    libre = forms.BooleanField(label="Stage libre", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nom in ("distincts", "libre"):
            self.fields[nom].widget.attrs["class"] = ""

    def clean(self) -> dict[str, Any]:
        lues = super().clean() or {}
        if lues.get("intitule") and not lues.get("nombre"):
            self.add_error("nombre", "Écrivez combien de semestres.")
        return lues

    def exigence(self) -> dict[str, Any] | None:
        lues = self.cleaned_data
        if not lues.get("intitule"):
            return None
        return {
            "intitule": lues["intitule"],
            "nombre": lues["nombre"],
            "phase": lues["phase"],
            "des": _split(lues["des"].upper()),
            "agrements": [lues["agrement"]] if lues["agrement"] else [],
            "universitaire": {"oui": True, "non": False}.get(lues["encadrement"]),
            "lieu": lues["lieu"],
            "mots": _split(lues["mots"]),
            "distincts": lues["distincts"],
            "libre": lues["libre"],
        }


class MaquetteSaisie(Saisie):
    promotion_de = forms.IntegerField(
        label="À partir de la promotion",
        min_value=0,
        max_value=2100,
        help_text="0\u00a0: toutes les promotions.",
    )
    socle = forms.IntegerField(label="Socle, semestres", min_value=1, max_value=6)
    approfondissement = forms.IntegerField(label="Approfondissement, semestres", min_value=1, max_value=10)
    consolidation = forms.IntegerField(label="Consolidation, semestres", min_value=1, max_value=6)
    motif = Texte(longueur=200, label="Ce qui change", required=False, help_text="Gardé dans l’historique.")

    def phases(self) -> dict[str, int]:
        return {phase.value: self.cleaned_data[phase.value] for phase in PhaseMaquette}


Exigences = forms.formset_factory(ExigenceSaisie, extra=VIDES, max_num=40, absolute_max=40)


def initial_of(maquette: Maquette) -> tuple[Mapping[str, Any], list[dict[str, Any]]]:
    """What the two forms start from."""
    une = {"promotion_de": maquette.promotion_de, **{p.value: n for p, n in maquette.phases}}
    exigences = [
        {
            "intitule": e.intitule,
            "nombre": e.nombre,
            "phase": e.phase.value if e.phase else "",
            "des": ", ".join(sorted(e.des)),
            "agrement": next(iter(sorted(e.agrements)), ""),
            "encadrement": {True: "oui", False: "non", None: ""}[e.universitaire],
            "lieu": e.lieu.value if e.lieu else "",
            "mots": ", ".join(e.mots),
            "distincts": e.distincts,
            "libre": e.libre,
        }
        for e in maquette.exigences
    ]
    return une, exigences


def _split(dits: str) -> list[str]:
    return [dit.strip() for dit in re.split(r"[,;|]", dits) if dit.strip()]
