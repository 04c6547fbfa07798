"""The mails that the dates of a campaign ask for: its opening, then reminders by nearness of its end.

A row of a campaign keeps `rappels`, how many days before its end its reminders leave, and `envoyes`, what has
left; a kind of campaign (`Relance`) says whom it still waits for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from gradin.data.courriers.models import Envoi
from gradin.data.internes.models import Interne
from gradin.documents.courriel import Lien, Valeurs
from gradin.domain.rang.semestre import parse_semestre
from gradin.operations.courriers.adresse import site_url
from gradin.operations.courriers.enqueue import prepare
from gradin.operations.courriers.modeles import Lettre, compose_with
from gradin.queries.modeles import gabarit_in_force
from gradin.queries.recus import MOIS

OUVERTURE = -1
RAPPELS_MAX, JOURS_MAX = 5, 90
LOT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Relance:
    """What a kind of campaign has of its own.

    `nom` begins the keys of its mails and the names of their two wordings; `fin` is the column of its end,
    `ouvre_at` that of its beginning. `muets`: (row that has not answered, its interne) if he has an address.
    """

    modele: type[Any]
    nom: str
    fin: str
    lien: str
    adresse: str
    muets: Callable[[Any], Iterable[tuple[int, Interne]]]


def are_lawful(rappels: Sequence[int]) -> bool:
    """Days before the end."""
    return len(rappels) <= RAPPELS_MAX and all(0 < jours < JOURS_MAX for jours in rappels)


def send_rappels(relance: Relance, maintenant: datetime) -> int:
    """Mails of the openings and reminders whose hour has come; each once, whoever else runs."""
    ouvertes = relance.modele.objects.filter(ouvre_at__lte=maintenant, **{f"{relance.fin}__gt": maintenant})
    return sum(
        _send(relance, campagne, rappel, maintenant)
        for campagne in ouvertes.select_related("semestre", "subdivision")
        for rappel in _due(relance, campagne, maintenant)[-1:]
    )


def say_limite(at: datetime, fuseau: str) -> str:
    """« le 12 mars 2027 à 18 h »."""
    local = at.astimezone(ZoneInfo(fuseau))
    heure = f"{local.hour}\u00a0h" + (f"\u00a0{local.minute:02d}" if local.minute else "")
    return f"le {local.day}\u00a0{MOIS[local.month - 1]}\u00a0{local.year} à {heure}"


def _due(relance: Relance, campagne: Any, maintenant: datetime) -> list[int]:
    """Of several late ones only the last is sent."""
    fin = getattr(campagne, relance.fin)
    venus = [
        jours
        for jours in campagne.rappels
        if max(campagne.ouvre_at, fin - timedelta(days=jours)) <= maintenant
    ]
    return [un for un in (OUVERTURE, *venus) if un not in campagne.envoyes]


def _send(relance: Relance, campagne: Any, rappel: int, maintenant: datetime) -> int:
    """Worded first: the writer waits for no mail."""
    envois = [*_word(relance, campagne, rappel, maintenant)]
    envoyes = sorted({*campagne.envoyes, *_due(relance, campagne, maintenant)})
    with transaction.atomic():
        row = relance.modele.objects.select_for_update(of=("self",), no_key=True).get(pk=campagne.pk)
        if rappel in row.envoyes:
            return 0
        row.envoyes = envoyes
        row.save(update_fields=["envoyes"])
        Envoi.objects.bulk_create(envois, batch_size=LOT, ignore_conflicts=True)
    return len(envois)


def _word(relance: Relance, campagne: Any, rappel: int, maintenant: datetime) -> Iterable[Envoi]:
    modele = f"{relance.nom}-{'ouverte' if rappel == OUVERTURE else 'rappel'}"
    cle = f"{relance.nom}-{campagne.pk}-{'ouverte' if rappel == OUVERTURE else rappel}"
    ecrit = gabarit_in_force(modele)
    communes: Valeurs = {
        "semestre": parse_semestre(campagne.semestre.code).libelle,
        "limite": say_limite(getattr(campagne, relance.fin), campagne.subdivision.fuseau),
        "lien": Lien(mots=relance.lien, adresse=site_url(relance.adresse)),
    }
    for pk, interne in relance.muets(campagne):
        lettre = Lettre(modele=modele, valeurs={"nom": str(interne), **communes})
        yield prepare(f"{cle}-{pk}", interne.courriel, compose_with(ecrit, lettre), maintenant)
