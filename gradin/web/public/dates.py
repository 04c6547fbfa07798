"""How a date of the calendar is said: its day, its hours, its month; shared by page, paper and gestion."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import SafeString

from gradin.documents.calendrier import MoisImprime
from gradin.queries.calendrier import EvenementLu
from gradin.queries.recus import MOIS
from gradin.web.templatetags.gradin import JOURS, heure, jour, localize


@dataclass(frozen=True, slots=True, kw_only=True)
class DateDite:
    """One date with the words of its row; `passe` once over."""

    lu: EvenementLu
    quantieme: str
    semaine: str
    quand: SafeString | str
    passe: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MoisDit:
    nom: str
    dates: tuple[DateDite, ...]


def say_months(lus: Iterable[EvenementLu], maintenant: datetime) -> tuple[MoisDit, ...]:
    """In the order given."""
    dits = ((month_of(lu), say_date(lu, maintenant)) for lu in lus)
    return tuple(
        MoisDit(nom=nom, dates=tuple(dite for _, dite in dites))
        for nom, dites in groupby(dits, key=lambda paire: paire[0])
    )


def say_date(lu: EvenementLu, maintenant: datetime) -> DateDite:
    local = localize(lu.debut, lu.fuseau)
    return DateDite(
        lu=lu,
        quantieme=str(local.day),
        semaine=JOURS[local.weekday()],
        quand=say_hours(lu),
        passe=lu.passe_a <= maintenant,
    )


def month_of(lu: EvenementLu) -> str:
    local = localize(lu.debut, lu.fuseau)
    return f"{MOIS[local.month - 1]} {local.year}"


def say_hours(lu: EvenementLu) -> SafeString | str:
    """« de 9 h à 12 h », « toute la journée », « jusqu’au vendredi 7 mai »."""
    debut = heure(lu.debut, lu.fuseau)
    if lu.fin is not None and day_of(lu.fin, lu) != day_of(lu.debut, lu):
        fin = jour(lu.fin, lu.fuseau)
        if lu.journee:
            return format_html("jusqu’au {}", fin)
        return format_html("à partir de {}, jusqu’au {} à {}", debut, fin, heure(lu.fin, lu.fuseau))
    if lu.journee:
        return "toute la journée"
    if lu.fin is None or lu.fin == lu.debut:
        return f"à {debut}"
    return f"de {debut} à {heure(lu.fin, lu.fuseau)}"


def day_of(moment: datetime, lu: EvenementLu) -> object:
    return localize(moment, lu.fuseau).date()


def print_months(mois: Iterable[MoisDit]) -> tuple[MoisImprime, ...]:
    return tuple(MoisImprime(nom=un.nom, lignes=tuple(_printed(dite) for dite in un.dates)) for un in mois)


def _printed(dite: DateDite) -> tuple[str, str, str, str]:
    lu = dite.lu
    objet = ", ".join(mot for mot in (lu.titre, lu.lieu) if mot)
    quand = str(dite.quand).replace("<sup>", "").replace("</sup>", "")
    return (f"{dite.semaine} {dite.quantieme}", quand, lu.categorie_dite, objet)
