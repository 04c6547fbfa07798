"""Which rows an amphi holds: what has started changes by acts of the régie alone (rules.md §5)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from gradin.data.amphis.models import ListeAppel, Offre, Place
from gradin.operations.imports.demande import ETATS_COMMENCES
from gradin.operations.imports.salle import tell_salle


class CorrectionRefusee(Exception):
    """French, says what to do next; `lien`: where to do it; `champ`: the field to mend."""

    def __init__(self, message: str, *, lien: str = "", champ: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.lien = lien
        self.champ = champ


@dataclass(frozen=True, slots=True, kw_only=True)
class Verrou:
    """An amphi that has started, or whose call list is published, with this row in it."""

    amphi: int
    intitule: str
    commence: bool
    numero: int | None = None

    @property
    def lien(self) -> str:
        """The act on this interne; a published list is corrected on its page; the rest is the régie's."""
        if not self.commence:
            return f"/gestion/amphis/{self.amphi}/liste/corriger/"
        if self.numero is not None:
            return f"/regie/amphis/{self.amphi}/internes/{self.numero}/"
        return f"/regie/amphis/{self.amphi}/"


def verrous_of_inscriptions(pks: Collection[int]) -> Mapping[int, Verrou]:
    """By inscription; a started amphi counts before a published list."""
    publiees = set(_published())
    verrous: dict[int, Verrou] = {}
    places = Place.objects.filter(inscription__in=pks).values_list(
        "inscription", "amphi", "amphi__intitule", "amphi__etat", "numero"
    )
    for inscription, amphi, intitule, etat, numero in places:
        _hold(verrous, inscription, amphi, intitule, etat, numero, publiees)
    return verrous


def verrous_of_postes(pks: Collection[int]) -> Mapping[int, Verrou]:
    """By poste: only a start holds an offer, the published list orders internes."""
    verrous: dict[int, Verrou] = {}
    offres = Offre.objects.filter(poste__in=pks, amphi__etat__in=ETATS_COMMENCES)
    for poste, amphi, intitule, etat in offres.values_list(
        "poste", "amphi", "amphi__intitule", "amphi__etat"
    ):
        _hold(verrous, poste, amphi, intitule, etat, None, set())
    return verrous


def check_not_started(verrou: Verrou | None, quoi: str) -> None:
    if verrou is not None and verrou.commence:
        raise CorrectionRefusee(
            f"L’amphi «\u00a0{verrou.intitule}\u00a0» a commencé\u00a0: {quoi} n’y change plus "
            "que par un acte de la régie.",
            lien=verrou.lien,
        )


def check_salle(lignes: int) -> None:
    attente = tell_salle(lignes)
    if attente:
        raise CorrectionRefusee(attente)


def _published() -> Collection[int]:
    return ListeAppel.objects.filter(published_at__isnull=False).values_list("amphi", flat=True)


def _hold(
    verrous: dict[int, Verrou],
    cle: int,
    amphi: int,
    intitule: str,
    etat: str,
    numero: int | None,
    publiees: Collection[int],
) -> None:
    commence = etat in ETATS_COMMENCES
    if not commence and amphi not in publiees:
        return
    connu = verrous.get(cle)
    if connu is None or (commence and not connu.commence):
        verrous[cle] = Verrou(amphi=amphi, intitule=intitule, commence=commence, numero=numero)
