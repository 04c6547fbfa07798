"""The amphis of the demonstration that follow one another, and whom the banner offers in each of them."""

from dataclasses import dataclass
from datetime import datetime

from gradin.data.amphis.models import Amphi, EtatAmphi, Place, Statut
from gradin.data.comptes.models import Compte

SEMESTRE = "2027-05"
# Groupe and phase, in the order in which the robots play them; the first one is begun beforehand.
SUITE = (
    ("3", "approfondissement"),
    ("8", "approfondissement"),
    ("6", "approfondissement"),
    ("7", "approfondissement"),
    ("5", "approfondissement"),
)
# Late enough in the list for a visitor to come in time, from the first tour on.
RANG_OFFERT = 12
ATTENDENT = (Statut.A_VENIR, Statut.EN_COURS)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonneDuRelais:
    """`devant`: internes with a tour before hers, None once she has had it."""

    compte: int
    courriel: str
    nom: str
    devant: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AmphiDuRelais:
    """`attendent`: how many are still to choose."""

    pk: int
    nom: str
    etat: str
    debut: datetime | None
    attendent: int
    personnes: tuple[PersonneDuRelais, ...]

    @property
    def a_jouer(self) -> bool:
        return self.etat != EtatAmphi.CLOS


def relais_of_demonstration(offerts: tuple[str, ...]) -> tuple[AmphiDuRelais, ...]:
    """In their order. `offerts`: e-mails of the banner; where none of them stands, one of the list is."""
    amphis = Amphi.objects.filter(semestre__code=SEMESTRE, variante="").select_related(
        "groupe", "subdivision", "semestre"
    )
    selon = {(amphi.groupe.code, amphi.phase): amphi for amphi in amphis}
    return tuple(_read(selon[cle], offerts) for cle in SUITE if cle in selon)


def offered_in(amphi: int, offerts: tuple[str, ...] = ()) -> tuple[Place, ...]:
    """Those of the banner; else the first from the twelfth on who chooses by himself."""
    places = (
        Place.objects.filter(amphi=amphi, inscription__interne__compte__is_active=True)
        .select_related("inscription__interne__compte", "inscription__des", "amphi")
        .order_by("rang")
    )
    connus = tuple(places.filter(inscription__interne__courriel__in=offerts))
    classiques = places.filter(inscription__type_choix="classique", inscription__absence_prevue=False)
    return connus or tuple(classiques.filter(rang__gte=RANG_OFFERT)[:1])


def compte_of_relais(amphi: str) -> Compte | None:
    """The account behind the banner's button of an amphi of the relay; None for any other."""
    for un in relais_of_demonstration(()):
        if str(un.pk) == amphi and un.personnes:
            return Compte.objects.filter(pk=un.personnes[0].compte, is_active=True).first()
    return None


def _read(amphi: Amphi, offerts: tuple[str, ...]) -> AmphiDuRelais:
    return AmphiDuRelais(
        pk=amphi.pk,
        nom=str(amphi),
        etat=amphi.etat,
        debut=amphi.debut,
        attendent=amphi.places.filter(statut__in=ATTENDENT).count(),
        personnes=tuple(_person(place) for place in offered_in(amphi.pk, offerts)),
    )


def _person(place: Place) -> PersonneDuRelais:
    interne = place.inscription.interne
    assert interne.compte is not None
    attend = place.statut in ATTENDENT
    devant = Place.objects.filter(amphi=place.amphi_id, rang__lt=place.rang, statut__in=ATTENDENT)
    return PersonneDuRelais(
        compte=interne.compte.pk,
        courriel=interne.compte.email,
        nom=str(interne),
        devant=devant.count() if attend else None,
    )
