"""What is mine in an amphi: my tour, what I may not choose, my favourites. Nobody else reads it."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from gradin.api.acces import SessionOuJeton
from gradin.api.amphis import Entree, enter
from gradin.api.erreurs import Erreur
from gradin.api.schemas import ErreurLue, FavoriLu
from gradin.api.schemas_amphis import Mien
from gradin.live.ecriture import by_writer
from gradin.operations.favoris import MAXIMUM, FavoriInconnu, Souhait, set_favoris
from gradin.operations.permissions import Interdit
from gradin.queries.mien import favoris_of_place, read_mien

router = Router(tags=["moi"])
FERMES = {
    "brouillon": "Les favoris ne sont pas encore ouverts.",
    "valide": "Les favoris ne sont pas encore ouverts. Leur date est dans la liste des amphithéâtres.",
    "clos": "L’amphithéâtre est clos : la liste de favoris ne change plus.",
}


def enter_as_interne(request: HttpRequest, amphi: int, pour: int | None = None) -> tuple[Entree, int]:
    """The amphi and my place in it, or my mandant's numbered `pour`; 403 for whoever has none."""
    entree = enter(request, amphi)
    place = entree.acces.place_for(pour)
    if place is None:
        raise Interdit("Vous n’êtes pas dans la liste de cet amphithéâtre.")
    return entree, place


@router.get(
    "/moi/amphis/{int:amphi}",
    auth=SessionOuJeton(),
    response=Mien,
    summary="Ce qui est à moi dans cet amphithéâtre",
)
def read_mine(request: HttpRequest, amphi: int, pour: int | None = None) -> Any:
    """`pour` : numéro du mandant, pour un mandataire."""
    entree, place = enter_as_interne(request, amphi, pour)
    return read_mien(entree.row, place)


@router.get(
    "/amphis/{int:amphi}/favoris",
    auth=SessionOuJeton(),
    response=list[dict[str, str]],
    summary="Mes favoris, dans mon ordre",
)
def read_favoris(request: HttpRequest, amphi: int, pour: int | None = None) -> Any:
    """`pour` : numéro du mandant, dont le mandataire lit les favoris sans les changer."""
    _, place = enter_as_interne(request, amphi, pour)
    return favoris_of_place(place)


@router.put(
    "/amphis/{int:amphi}/favoris",
    auth=SessionOuJeton(),
    response={200: list[dict[str, str]], 409: ErreurLue, 422: ErreurLue},
    summary="Remplacer ma liste de favoris",
)
def write_favoris(request: HttpRequest, amphi: int, favoris: list[FavoriLu]) -> Any:
    entree = enter(request, amphi)
    place = entree.acces.place
    if place is None:
        raise Interdit("Seul l’interne change ses favoris.")
    if message := FERMES.get(entree.etat):
        raise Erreur(409, "favoris_fermes", message)
    if len(favoris) > MAXIMUM:
        raise Erreur(422, "requete_invalide", "Cette liste est trop longue.")
    souhaits = [Souhait(poste=favori.poste, service=favori.service) for favori in favoris]
    try:
        by_writer(set_favoris)(entree.row, place, souhaits)
    except FavoriInconnu as erreur:
        raise Erreur(422, "favori_inconnu", f"Favori refusé : {erreur.quoi}.") from erreur
    return favoris_of_place(place)
