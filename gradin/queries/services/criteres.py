"""Local criteria: of one service, as a filter of the postes, as figures of the offer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import Count, Q, QuerySet

from gradin.data.amphis.models import Offre
from gradin.data.postes.models import EtatPoste
from gradin.data.services.models import CritereStage, NatureCritere, ValeurCritere
from gradin.queries.recherche.filtre import Trouvaille

# « au plus »: how many thresholds of a number are proposed.
SEUILS = 6
AU_PLUS = "max-"


@dataclass(frozen=True, slots=True, kw_only=True)
class CritereLu:
    """`options`: (value of the address, words), for a filter. `services`: how many have a value."""

    pk: int
    nom: str
    nature: str
    nature_dite: str
    unite: str
    services: int
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompteCritere:
    """The offer of services that have one value."""

    critere: str
    valeur: str
    services: int
    offerts: int
    choisis: int


def values_of(service: int) -> tuple[tuple[str, str], ...]:
    """(criterion, words), in the order of the criteria."""
    rows = ValeurCritere.objects.filter(service=service).select_related("critere")
    return tuple(
        (row.critere.nom, say(row.critere, row.valeur)) for row in rows.order_by("critere__ordre", "critere")
    )


def list_criteres() -> tuple[CritereLu, ...]:
    valeurs: dict[int, list[str]] = defaultdict(list)
    for critere, valeur in ValeurCritere.objects.values_list("critere", "valeur"):
        valeurs[critere].append(valeur)
    return tuple(
        CritereLu(
            pk=row.pk,
            nom=row.nom,
            nature=row.nature,
            nature_dite=row.get_nature_display(),
            unite=row.unite,
            services=len(valeurs[row.pk]),
            options=tuple(_options(row, set(valeurs[row.pk]))),
        )
        for row in CritereStage.objects.all()
    )


def keep_postes(trouvaille: Trouvaille, choisis: Iterable[str]) -> Trouvaille:
    """`choisis` as the address has them: « 3:Oui », « 5:max-30 »; what is none of them is ignored."""
    for choisi in choisis:
        pk, _, valeur = choisi.partition(":")
        critere = CritereStage.objects.filter(pk=int(pk)).first() if _is_number(pk) else None
        if critere is not None and valeur:
            postes = trouvaille.postes.filter(service__in=_services(critere, valeur))
            trouvaille = replace(trouvaille, postes=postes)
    return trouvaille


def count_offer(offres: QuerySet[Offre]) -> tuple[CompteCritere, ...]:
    """A poste that a chain of amphis shares counts once."""
    par_service = {
        service: (offerts, choisis)
        for service, offerts, choisis in offres.order_by()
        .values_list("poste__service")
        .annotate(
            offerts=Count("poste", distinct=True),
            choisis=Count("poste", distinct=True, filter=Q(poste__etat=EtatPoste.POURVU)),
        )
    }
    rows = ValeurCritere.objects.filter(service__in=par_service).select_related("critere")
    groupes: dict[tuple[int, str], list[ValeurCritere]] = defaultdict(list)
    for row in rows.order_by("critere__ordre", "critere"):
        groupes[row.critere_id, row.valeur].append(row)
    rangs = {row.pk: rang for rang, row in enumerate(CritereStage.objects.all())}
    return tuple(
        _count(groupes[cle], par_service)
        for cle in sorted(groupes, key=lambda cle: (rangs[cle[0]], _sort_key(cle[1])))
    )


def say(critere: CritereStage, valeur: str) -> str:
    """« 30 min », « 2,5 », « Oui »."""
    if critere.nature != NatureCritere.NOMBRE:
        return valeur
    return f"{valeur.replace('.', ',')}\u00a0{critere.unite}".rstrip()


def _count(rows: list[ValeurCritere], par_service: Mapping[int, tuple[int, int]]) -> CompteCritere:
    siens = [par_service[row.service_id] for row in rows]
    return CompteCritere(
        critere=rows[0].critere.nom,
        valeur=say(rows[0].critere, rows[0].valeur),
        services=len(rows),
        offerts=sum(offerts for offerts, _ in siens),
        choisis=sum(choisis for _, choisis in siens),
    )


def _options(critere: CritereStage, valeurs: set[str]) -> Iterable[tuple[str, str]]:
    if critere.nature != NatureCritere.NOMBRE:
        for valeur in sorted(valeurs, key=_sort_key):
            yield f"{critere.pk}:{valeur}", valeur
        return
    nombres = sorted(valeurs, key=float)
    pas = max(1, len(nombres) // SEUILS)
    for valeur in nombres[pas - 1 :: pas]:
        yield f"{critere.pk}:{AU_PLUS}{valeur}", f"{say(critere, valeur)} au plus"


def _services(critere: CritereStage, valeur: str) -> list[int]:
    rows = ValeurCritere.objects.filter(critere=critere)
    if critere.nature != NatureCritere.NOMBRE:
        return list(rows.filter(valeur=valeur).values_list("service", flat=True))
    dit = valeur.removeprefix(AU_PLUS)
    if not _is_number(dit.replace(".", "", 1)):
        return []
    return [service for service, lue in rows.values_list("service", "valeur") if float(lue) <= float(dit)]


def _is_number(texte: str) -> bool:
    return texte.isascii() and texte.isdigit() and len(texte) < 10


def _sort_key(valeur: str) -> tuple[int, float, str]:
    """« Oui » before « Non », numbers by size, words by the alphabet."""
    plat = valeur.replace(".", "", 1)
    if _is_number(plat):
        return (1, float(valeur), "")
    return (0 if valeur == "Oui" else 2, 0.0, valeur)
