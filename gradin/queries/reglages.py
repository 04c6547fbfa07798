"""Settings of a preparation, as an amphi keeps them in its parameters (`rang`, `sessions`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gradin.domain.rang.parametres import Couverture, MethodeReclassement, ParametresRang, Portee
from gradin.domain.sessions import Decoupage, ParametresSessions


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
