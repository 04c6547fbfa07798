"""Saved searches as their owner reads them, and what stands in each now."""

from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlencode

from gradin.data.recherches.models import RechercheEnregistree
from gradin.queries.recherche.criteres import CRITERES, FiltrePostes, clean_text, read_criteres
from gradin.queries.recherche.filtre import find_postes

ETATS = ("pourvu", "libre")


@dataclass(frozen=True, slots=True, kw_only=True)
class RechercheLue:
    """`total`: postes that it finds now."""

    pk: int
    nom: str
    requete: str
    alerte: bool
    total: int


def list_recherches(
    compte: int, semestre: str, amphi: int | None = None, premieres: int | None = None
) -> tuple[RechercheLue, ...]:
    """With `amphi`: counted in its offer alone. Each costs a search: a page of lists shows the first few."""
    return tuple(
        RechercheLue(
            pk=row.pk,
            nom=row.nom,
            requete=row.requete,
            alerte=row.alerte,
            total=find_postes(replace(filtre_of(row.requete, semestre), amphi=amphi)).postes.count(),
        )
        for row in RechercheEnregistree.objects.filter(compte=compte)[:premieres]
    )


def filtre_of(requete: str, semestre: str) -> FiltrePostes:
    lue = parse_qs(requete)
    etat = tuple(valeur for valeur in lue.get("etat", ())[:1] if valeur in ETATS)
    q = clean_text(next(iter(lue.get("q", ())), ""))
    return FiltrePostes(**read_criteres(lue), q=q, etat=etat, semestre=semestre)


def requete_of(filtre: FiltrePostes) -> str:
    """The criteria alone, always in the same order: neither page nor sort."""
    champs = [(nom, valeur) for nom in CRITERES for valeur in getattr(filtre, nom)]
    return urlencode([*([("q", filtre.q)] if filtre.q else []), *champs, *(("etat", e) for e in filtre.etat)])
