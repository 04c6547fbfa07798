"""What is mine on the fiche of a service: the postes open to me, my stars, my note. For its owner alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gradin.data.amphis.models import Amphi, EtatAmphi, Offre, Place
from gradin.data.services.models import NoteService
from gradin.domain.eligibilite.regles import check_offre, check_reserve
from gradin.domain.eligibilite.situation import Candidat, Reglement
from gradin.domain.eligibilite.situation import Place as PlaceOfferte
from gradin.domain.kernel import Motif
from gradin.queries.favoris import own_place, read_favoris_of
from gradin.queries.prevol import read_candidat

# The one where something happens first.
ORDRE = (
    EtatAmphi.EN_COURS,
    EtatAmphi.PAUSE,
    EtatAmphi.OUVERT,
    EtatAmphi.VALIDE,
    EtatAmphi.BROUILLON,
    EtatAmphi.CLOS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MesPostes:
    """My amphi of this semestre and this service in it.

    `ouverts`: numéro to None when it is open to me, else why not. `rang`: mine on that list.
    """

    amphi: int
    groupe: int
    phase: str
    rang: int | None
    ouverts: dict[str, Motif | None]
    numeros: frozenset[str]
    entier: bool
    place: int
    lisibles: bool
    modifiables: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLue:
    texte: str
    updated_at: datetime


def find_miens(
    interne: int, semestre: str, imotep: str, maintenant: datetime, postes: Iterable[str]
) -> MesPostes | None:
    """Nothing for whoever has no place in an amphi of this semestre. `postes`: numéros of the service."""
    place = _place(interne, semestre, imotep)
    if place is None:
        return None
    acces = own_place(interne, place.amphi_id, maintenant)
    mes = read_favoris_of(place.pk) if acces.lisibles else None
    return MesPostes(
        amphi=place.amphi_id,
        groupe=place.amphi.groupe_id,
        phase=place.amphi.phase,
        rang=place.rang,
        ouverts=_open(place, imotep, postes),
        numeros=mes.numeros if mes else frozenset(),
        entier=imotep in mes.entiers if mes else False,
        place=place.pk,
        lisibles=acces.lisibles,
        modifiables=acces.modifiables,
    )


def _place(interne: int, semestre: str, imotep: str) -> Place | None:
    """An amphi that offers this service before one that does not."""
    places = Place.objects.filter(inscription__interne=interne, amphi__semestre__code=semestre)
    lues = [*places.select_related("amphi", "inscription__des", "inscription__desc")]
    offrent = {*Amphi.objects.filter(postes__service__imotep=imotep).values_list("pk", flat=True)}
    lues.sort(key=lambda une: (une.amphi_id not in offrent, ORDRE.index(EtatAmphi(une.amphi.etat)), une.pk))
    return lues[0] if lues else None


def _open(place: Place, imotep: str, postes: Iterable[str]) -> dict[str, Motif | None]:
    """Who may take what (rules 1 and 3): occupancy is on the page already."""
    candidat, offerts = read_candidat(place), _offered(place, imotep)
    return {numero: _refusal(candidat, offerts.get(numero, _outside(numero, imotep))) for numero in postes}


def _offered(place: Place, imotep: str) -> dict[str, PlaceOfferte]:
    rows = Offre.objects.filter(amphi=place.amphi_id, poste__service__imotep=imotep)
    return {
        offre.poste.numero: PlaceOfferte(
            poste=offre.poste.numero,
            service=imotep,
            reserve=frozenset(offre.poste.reserve_a or [offre.poste.des.code_des])
            if offre.poste.reserve
            else frozenset(),
        )
        for offre in rows.select_related("poste__des")
    }


def _outside(numero: str, imotep: str) -> PlaceOfferte:
    return PlaceOfferte(poste=numero, service=imotep, offert=False)


def _refusal(candidat: Candidat, place: PlaceOfferte) -> Motif | None:
    reglement = Reglement()
    return check_offre(candidat, place, reglement) or check_reserve(candidat, place, reglement)


def own_note(compte: int, service: int) -> NoteLue | None:
    row = NoteService.objects.filter(compte=compte, service=service).first()
    return None if row is None else NoteLue(texte=row.texte, updated_at=row.updated_at)
