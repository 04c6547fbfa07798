"""Brings the planned scenes to where they must stand at the opening of the curtain."""

from contextlib import suppress

from gradin.data.amphis.models import Amphi, Place
from gradin.operations.amphis import run_commande_agent
from gradin.operations.demonstration import plan
from gradin.operations.demonstration.amphis import amphi_of
from gradin.operations.demonstration.jeu import DemonstrationImpossible, Partie, play_partie
from gradin.operations.favoris import Souhait, set_favoris
from gradin.queries.demonstration import OFFERTS
from gradin.queries.relais import offered_in
from gradin.queries.visiteurs import Visiteur

PAS_MS = 40_000
PAS_DIRECT_MS = 12_000
BIENVENUE = "Bienvenue. Votre rang est gardé quoi qu’il arrive : en cas de coupure, rechargez la page."


def play_scenes(
    semestre: str, agent: Visiteur, graine: int, maintenant: int, programme: plan.Programme
) -> str:
    """The last tour of the live one has just opened when this returns.

    At another size than the files' a scene may run out of postes: it is not played and stays open.
    """
    for scene in programme.jouees:
        amphi = amphi_of(semestre, scene)
        if amphi is None or not amphi.places.exists():
            continue
        partie = Partie(
            amphi=amphi,
            agent=agent,
            graine=graine,
            debut=_debut(amphi, scene, maintenant),
            pas_ms=PAS_DIRECT_MS if scene is plan.EN_DIRECT else PAS_MS,
            tours=scene.tours,
        )
        with suppress(DemonstrationImpossible):
            play_partie(partie)
    return _say_welcome(semestre, agent, maintenant)


def _debut(amphi: Amphi, scene: plan.Scene, maintenant: int) -> int:
    """Never before the hour of its first session."""
    assert amphi.debut is not None
    heure = round(amphi.debut.timestamp() * 1000)
    if scene is not plan.EN_DIRECT or scene.tours is None:
        return heure
    return max(heure, maintenant - scene.tours * PAS_DIRECT_MS)


def _say_welcome(semestre: str, agent: Visiteur, maintenant: int) -> str:
    amphi = amphi_of(semestre, plan.EN_DIRECT)
    if amphi is None or not amphi.seq:
        return "Aucun amphithéâtre en direct."
    corps = {"type": "message", "texte": BIENVENUE, "vu": amphi.seq}
    run_commande_agent(amphi.pk, corps, agent, maintenant)
    return f"« {amphi} » est en direct."


def write_favoris(semestre: str, graine: int) -> None:
    """The people of the banner have a list already: services and postes of their DES."""
    for offert in OFFERTS:
        places = Place.objects.filter(
            amphi__semestre__code=semestre, inscription__interne__courriel__iexact=offert.courriel
        )
        for place in places.select_related("amphi", "inscription__des"):
            set_favoris(place.amphi, place.pk, _favourites(place))
    for amphi in Amphi.objects.filter(semestre__code=semestre, variante="").select_related("groupe"):
        if (amphi.groupe.code, amphi.phase) in plan.RELAIS:
            for place in offered_in(amphi.pk):
                set_favoris(place.amphi, place.pk, _favourites(place))


def _favourites(place: Place) -> list[Souhait]:
    postes = (
        place.amphi.postes.filter(des=place.inscription.des)
        .order_by("service__cle_tri", "numero")
        .values_list("numero", "service__imotep")
    )
    numeros = [numero for numero, _ in postes][::3][:6]
    services = list(dict.fromkeys(imotep for _, imotep in postes))[:2]
    return [Souhait(service=imotep) for imotep in services] + [Souhait(poste=numero) for numero in numeros]
