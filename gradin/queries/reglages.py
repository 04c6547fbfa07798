"""Settings of a preparation, as an amphi keeps them in its parameters (`rang`, `sessions`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from gradin.data.amphis.models import ActeAgent, ActeCampagne, Campagne
from gradin.data.ouverture.models import Ouverture
from gradin.domain.rang.parametres import Couverture, MethodeReclassement, ParametresRang, Portee
from gradin.domain.reglages.modele import Fige, Reglage
from gradin.domain.sessions import Decoupage, ParametresSessions

# In a campaign's settings, those that no amphi takes.
OUVERTURE = "ouverture"


def read_parametres_rang(parametres: Mapping[str, Any], graine: str) -> ParametresRang:
    """Keys that an amphi does not set take the default of rules.md."""
    dits = parametres.get("rang", {})
    defaut = ParametresRang()
    return ParametresRang(
        methode=MethodeReclassement(dits.get("methode", defaut.methode)),
        plafond=dits.get("plafond", defaut.plafond),
        couverture=Couverture(dits.get("couverture", defaut.couverture)),
        portee=Portee(dits.get("portee", defaut.portee)),
        effectifs_imposes=tuple(
            sorted((int(annee), effectif) for annee, effectif in dits.get("effectifs_imposes", {}).items())
        ),
        graine=graine,
    )


def read_parametres_sessions(parametres: Mapping[str, Any]) -> ParametresSessions:
    """`plages` as pairs of minutes, `jours_exclus` as ISO dates."""
    dits = parametres.get("sessions", {})
    defaut = ParametresSessions()
    return ParametresSessions(
        internes_par_session=dits.get("internes_par_session", defaut.internes_par_session),
        minutes_par_choix=dits.get("minutes_par_choix", defaut.minutes_par_choix),
        arrondi_minutes=dits.get("arrondi_minutes", defaut.arrondi_minutes),
        plages=tuple((debut, fin) for debut, fin in dits.get("plages", defaut.plages)),
        decoupage=Decoupage(dits.get("decoupage", defaut.decoupage)),
        week_end=dits.get("week_end", defaut.week_end),
        jours_exclus=tuple(date.fromisoformat(jour) for jour in dits.get("jours_exclus", ())),
    )


def why_fixed(reglage: Reglage, *, commence: bool, publiee: bool) -> str:
    """Why this one changes no more by a setting, and where to go; empty while it does."""
    if reglage.fige is Fige.JAMAIS:
        return ""
    if commence:
        return "l’amphi a commencé, son journal a scellé ses réglages. La régie a les actes qui restent."
    if reglage.fige is Fige.PUBLICATION and publiee:
        return (
            "la liste est publiée, ses chiffres sont figés. Une correction se fait avec un motif et un "
            "second agent."
        )
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneReglages:
    """One entry of the history: what changed, in words."""

    at: datetime
    auteur: str
    changements: tuple[str, ...]


def campagne_of(semestre: int, subdivision: int) -> Mapping[str, Any]:
    """Its settings; nothing set is every default."""
    row = Campagne.objects.filter(semestre=semestre, subdivision=subdivision).first()
    return row.parametres if row else {}


def regles_ouverture_of(semestre: int, subdivision: int) -> Mapping[str, Any]:
    """The rule of postes needed, as stored: in the opening once there is one, before it in the campaign."""
    ouvertures = Ouverture.objects.filter(semestre=semestre, subdivision=subdivision)
    regles = ouvertures.values_list("regles", flat=True).first()
    return campagne_of(semestre, subdivision).get(OUVERTURE, {}) if regles is None else regles


def historique_amphi(amphi: int) -> tuple[LigneReglages, ...]:
    """The latest first."""
    rows = ActeAgent.objects.filter(amphi=amphi, acte="parametres").select_related("auteur").order_by("-a")
    return tuple(_ligne(row) for row in rows[:50])


def historique_campagne(semestre: int, subdivision: int) -> tuple[LigneReglages, ...]:
    rows = ActeCampagne.objects.filter(campagne__semestre=semestre, campagne__subdivision=subdivision)
    return tuple(_ligne(row) for row in rows.select_related("auteur").order_by("-a")[:50])


def _ligne(row: ActeAgent | ActeCampagne) -> LigneReglages:
    auteur = row.auteur
    return LigneReglages(
        at=datetime.fromtimestamp(row.a / 1000, UTC),
        auteur=(auteur.nom_affiche or auteur.email) if auteur else "la plateforme",
        changements=tuple(row.details.get("changements", ())),
    )
