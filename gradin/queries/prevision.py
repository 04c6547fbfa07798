"""What is foreseen for one's own rank, from shared wishes alone: never from favourites."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Max

from gradin.data.amphis.models import Amphi, Place
from gradin.data.internes.models import TypeChoix
from gradin.data.prechoix.models import ListeVoeux, Prechoix, PrevisionPostes
from gradin.domain.prechoix.partage import partages_voulus, say_chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """« 7 chances sur 10 », « probable », and the tenths of its bar."""

    dixiemes: int
    figure: str
    mot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """`par_poste`: empty when nothing may be said. `partages` of `voulus`: who shares, how many it takes.

    `attendue`: a préchoix has been announced, so that one may wonder. `en_calcul`: enough share, and the
    first count is under way.
    """

    par_poste: Mapping[str, Chance]
    partages: int
    voulus: int
    attendue: bool
    en_calcul: bool


def cle_of(amphi: int) -> str:
    """The head of the journal, the offer and the shared wishes: a forecast is of one of them."""
    seq, version = Amphi.objects.values_list("seq", "version_offre").get(pk=amphi)
    rows = ListeVoeux.objects.filter(place__amphi=amphi)
    lues = rows.aggregate(combien=Count("pk"), dernier=Max("updated_at"))
    dernier = round(lues["dernier"].timestamp() * 1000) if lues["dernier"] else 0
    partages = rows.filter(partage=True).count()
    return f"{seq}-{version}-{lues['combien']}-{partages}-{dernier}"


def must_count(amphi: int) -> bool:
    """Something has changed since, and somebody shares."""
    if not ListeVoeux.objects.filter(place__amphi=amphi, partage=True).exists():
        return PrevisionPostes.objects.filter(amphi=amphi, partages__gt=0).exists()
    return not PrevisionPostes.objects.filter(amphi=amphi, cle=cle_of(amphi)).exists()


def read_chances(place: int) -> Chances:
    row = Place.objects.select_related("inscription").get(pk=place)
    effectif = Place.objects.filter(amphi=row.amphi_id, rang__isnull=False).count()
    partages = ListeVoeux.objects.filter(place__amphi=row.amphi_id, partage=True, voeux__isnull=False)
    combien, voulus = partages.distinct().count(), partages_voulus(effectif)
    prevision = PrevisionPostes.objects.filter(amphi=row.amphi_id).first()
    surnombre = row.inscription.type_choix == TypeChoix.SURNOMBRE_NON_VALIDANT
    lues = {} if prevision is None or surnombre or combien < voulus else _row(prevision, place)
    attendue = Prechoix.objects.filter(amphi=row.amphi_id).exists()
    return Chances(
        par_poste=lues,
        partages=combien,
        voulus=voulus,
        attendue=attendue and combien < voulus,
        en_calcul=combien >= voulus and (prevision is None or not prevision.postes),
    )


def _row(prevision: PrevisionPostes, place: int) -> Mapping[str, Chance]:
    if place not in prevision.places:
        return {}
    largeur = len(prevision.postes)
    debut = prevision.places.index(place) * largeur
    octets = bytes(prevision.chances)[debut : debut + largeur]
    return {numero: _chance(pour_cent) for numero, pour_cent in zip(prevision.postes, octets, strict=True)}


def _chance(pour_cent: int) -> Chance:
    dixiemes, figure, mot = say_chance(pour_cent)
    return Chance(dixiemes=dixiemes, figure=figure, mot=mot)
