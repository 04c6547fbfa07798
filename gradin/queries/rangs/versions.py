"""The versions of a call list: who published or corrected each, and what differs between two."""

from __future__ import annotations

from dataclasses import dataclass

from gradin.data.amphis.models import ActeAgent, ListeAppel
from gradin.data.comptes.models import Compte
from gradin.domain.rang.ecarts import Ecart, compare_versions
from gradin.queries.rangs.lignes import VersionLue, read_version

ACTES = ("publier_liste", "corriger_liste")


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionSignee:
    """`agents`: who published it, two of them for a correction."""

    lue: VersionLue
    agents: tuple[str, ...]


def list_versions(amphi: int) -> tuple[VersionSignee, ...]:
    """The latest first."""
    signatures = _signatures(amphi)
    return tuple(
        VersionSignee(
            lue=read_version(row), agents=signatures.get(row.version, ()) if row.published_at else ()
        )
        for row in ListeAppel.objects.filter(amphi=amphi).order_by("-version")
    )


def compare_two(amphi: int, de: int, a: int) -> tuple[Ecart, ...]:
    """Empty when one of them does not exist."""
    rows = {row.version: row for row in ListeAppel.objects.filter(amphi=amphi, version__in=(de, a))}
    if not {de, a} <= set(rows):
        return ()
    return compare_versions(rows[de].figures, rows[a].figures)


def _signatures(amphi: int) -> dict[int, tuple[str, ...]]:
    """By version; the act of a first publication names none."""
    actes = list(ActeAgent.objects.filter(amphi=amphi, acte__in=ACTES).order_by("a", "pk"))
    signes = (pk for acte in actes for pk in (acte.auteur_id, acte.details.get("second")))
    pks = [pk for pk in signes if pk is not None]
    noms = {
        pk: nom or courriel
        for pk, nom, courriel in Compte.objects.filter(pk__in=pks).values_list("pk", "nom_affiche", "email")
    }
    return {
        acte.details.get("version", 1): tuple(
            noms[pk] for pk in (acte.auteur_id, acte.details.get("second")) if pk in noms
        )
        for acte in actes
    }
