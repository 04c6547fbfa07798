"""The lock of an opening, and the line that every act on it leaves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from gradin.data.ouverture.models import ActeOuverture, Ouverture, PostePropose
from gradin.operations.ouverture.refus import OuvertureRefusee
from gradin.queries.visiteurs import Visiteur

LONGUEUR = 500


class Trace(StrEnum):
    """What was done, as it is stored; its words are in `queries.ouverture.actes`."""

    OUVRE = "ouvre"
    LIMITE = "limite"
    FERME = "ferme"
    REGLE = "regle"
    PROPOSE = "propose"
    CORRIGE = "corrige"
    RETIRE = "retire"
    AVIS = "avis"
    ACCORDE = "accorde"
    REFUSE = "refuse"
    REMET = "remet"
    ALLOCATION = "allocation"
    PUBLIE = "publie"


@dataclass(frozen=True, slots=True, kw_only=True)
class Geste:
    """Who acts, and when (ms UTC)."""

    visiteur: Visiteur
    maintenant: int

    @property
    def auteur(self) -> int:
        """Nobody acts here without an account."""
        assert self.visiteur.compte is not None
        return self.visiteur.compte

    def line(
        self,
        ouverture: Ouverture,
        acte: Trace,
        propose: PostePropose | None = None,
        *,
        avant: str = "",
        apres: str = "",
    ) -> ActeOuverture:
        return ActeOuverture(
            ouverture=ouverture,
            propose=propose,
            acte=acte,
            avant=avant[:LONGUEUR],
            apres=apres[:LONGUEUR],
            auteur_id=self.auteur,
            at=self.maintenant,
        )


def lock_ouverture(pk: int) -> Ouverture:
    """One writer at a time on one opening: decisions and numbers depend on all its postes."""
    rows = Ouverture.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk)
    return rows.select_related("semestre", "subdivision").get()


def lock_proposes(ouverture: Ouverture, pks: Collection[int]) -> list[PostePropose]:
    """Under the lock of their opening; raises OuvertureRefusee when one of them is not there."""
    rows = PostePropose.objects.filter(ouverture=ouverture, pk__in=pks)
    trouves = list(rows.select_related("service__etablissement", "groupe", "des", "poste").order_by("pk"))
    if not trouves or len(trouves) != len(set(pks)):
        raise OuvertureRefusee("Choisissez au moins un poste de cette liste.")
    return trouves
