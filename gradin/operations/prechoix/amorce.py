"""The state that a préchoix plays on: the amphi as it runs, or as it would start with the rows of now."""

from collections.abc import Mapping
from dataclasses import dataclass

from gradin.data.amphis.models import Affectation, Amphi, Place
from gradin.domain.amphi.codec import from_json
from gradin.domain.amphi.commands import Contexte, Demarrer
from gradin.domain.amphi.deroulement import demarrer
from gradin.domain.amphi.evolution import evolve
from gradin.domain.amphi.parametres import Parametres
from gradin.domain.amphi.state import VIDE, Etat
from gradin.operations.amphis.depart import ligne_of, offre_of, tenus_of
from gradin.queries.etats import lire_etat
from gradin.queries.instantane import code_of
from gradin.queries.parcours.utiles import INCONNU, judge_amphi


@dataclass(frozen=True, slots=True, kw_only=True)
class Amorce:
    """`places`: by number in the state's list. `ailleurs`: numbers affectés in another amphi."""

    seq: int
    etat: Etat
    places: Mapping[int, int]
    ailleurs: frozenset[int]


def read_amorce(amphi: Amphi, maintenant: int) -> Amorce | None:
    """None while nobody has a rank."""
    if amphi.seq:
        seq, etat = lire_etat(amphi.pk)
        numeros = Place.objects.filter(amphi=amphi, numero__isnull=False).values_list("numero", "pk")
        places = {numero: pk for numero, pk in numeros if numero is not None}
    else:
        seq, rangees = 0, _ranked(amphi)
        if not rangees:
            return None
        etat, places = _started(amphi, rangees, maintenant), {row.numero or 0: row.pk for row in rangees}
    affectes = _affected_elsewhere(amphi)
    ailleurs = frozenset(numero for numero, pk in places.items() if pk in affectes)
    return Amorce(seq=seq, etat=etat, places=places, ailleurs=ailleurs)


def _ranked(amphi: Amphi) -> list[Place]:
    """In call order, numbered as a start would, in memory only."""
    rows = Place.objects.filter(amphi=amphi, rang__isnull=False).select_related(
        "inscription__interne", "inscription__des", "inscription__desc", "inscription__semestre"
    )
    rangees = list(rows.order_by("rang", "pk"))
    for numero, row in enumerate(rangees, start=1):
        row.numero = row.rang = numero
    return rangees


def _started(amphi: Amphi, rangees: list[Place], maintenant: int) -> Etat:
    juges = judge_amphi(amphi, [row.inscription for row in rangees])
    commande = Demarrer(
        amphi=code_of(amphi),
        parametres=from_json(Parametres, amphi.parametres),
        liste=tuple(ligne_of(row, {}, parcours=juges.get(row.inscription_id, INCONNU)) for row in rangees),
        offre=offre_of(amphi),
        tenus=tenus_of(amphi),
        sessions=(),
        empreinte_liste="",
    )
    return evolve(VIDE, demarrer(VIDE, commande, Contexte(maintenant=maintenant))[0])


def _affected_elsewhere(amphi: Amphi) -> frozenset[int]:
    """Places whose interne already has an affectation of this semestre outside this amphi."""
    rows = Affectation.objects.filter(semestre=amphi.semestre_id, annulee=False).exclude(amphi=amphi.pk)
    places = Place.objects.filter(amphi=amphi, inscription__interne__in=rows.values("interne"))
    return frozenset(places.values_list("pk", flat=True))
