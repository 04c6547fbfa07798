"""What a postponement changed for one interne, as the mail that tells it reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from gradin.data.amphis.models import ActeAgent, Amphi, Place
from gradin.data.internes.models import Interne
from gradin.queries.procurations import mandataire_of
from gradin.queries.recus import MOIS

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLu:
    """`lignes`: of each of his amphis that moved, its title and its new hours, in words.

    `pour`: the mandant, when it is written to who chooses in his place.
    """

    nom: str
    courriel: str
    subdivision: str
    lignes: tuple[tuple[str, str], ...]
    pour: str


def report_of(acte: int, interne: int, *, au_mandataire: bool) -> ReportLu:
    """Raises ActeAgent.DoesNotExist, Interne.DoesNotExist; Procuration.DoesNotExist once it has ended."""
    fait = ActeAgent.objects.select_related("amphi__subdivision").get(pk=acte)
    qui = Interne.objects.select_related("compte").get(pk=interne)
    places = Place.objects.filter(amphi__in=fait.details["lot"], inscription__interne=interne)
    rows = places.select_related("amphi__subdivision").order_by("amphi__debut")
    nom, courriel, pour = str(qui), qui.compte.email if qui.compte else qui.courriel, ""
    if au_mandataire:
        compte = mandataire_of(interne, fait.amphi.semestre_id)
        nom, courriel, pour = compte.nom_affiche or compte.email, compte.email, str(qui)
    return ReportLu(
        nom=nom,
        courriel=courriel,
        pour=pour,
        subdivision=fait.amphi.subdivision.nom,
        lignes=tuple((place.amphi.intitule, _hours(place.amphi, place.rang)) for place in rows),
    )


def say_moment(moment: datetime, fuseau: str) -> str:
    """« mardi 6 avril 2027 à 9 h 30 »."""
    local = moment.astimezone(ZoneInfo(fuseau))
    jour = "1er" if local.day == 1 else str(local.day)
    minutes = f"\u00a0{local.minute:02d}" if local.minute else ""
    date = f"{JOURS[local.weekday()]} {jour}\u00a0{MOIS[local.month - 1]} {local.year}"
    return f"{date} à {local.hour}\u00a0h{minutes}"


def _hours(amphi: Amphi, rang: int | None) -> str:
    """The beginning of the amphi, and his own session when it is another moment."""
    if amphi.debut is None:
        return "date à fixer"
    fuseau = amphi.subdivision.fuseau
    dite = say_moment(amphi.debut, fuseau)
    session = amphi.sessions.filter(rang_de__lte=rang or 0, rang_a__gte=rang or 0).first()
    if session is None or session.debut == amphi.debut:
        return dite
    return f"{dite}\u00a0; votre session\u00a0: {say_moment(session.debut, fuseau)}"
