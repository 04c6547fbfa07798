"""The lists anybody reads: postes and affectations, with repeated filters, sort and pages."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from gradin.api.acces import Ouvert
from gradin.api.schemas import Liste, Numero, Texte
from gradin.queries.affectations import FiltreAffectations, list_affectations
from gradin.queries.pages import PAR_PAGE_MAXIMAL
from gradin.queries.postes import list_postes
from gradin.queries.recherche.criteres import FiltrePostes

router = Router(tags=["listes"])


class RequetePostes(Schema):
    semestre: Texte = ""
    subdivision: Texte = ""
    etat: list[Texte] = []
    des: list[Texte] = []
    groupe: list[Texte] = []
    departement: list[Texte] = []
    etablissement: list[Texte] = []
    service: list[Texte] = []
    chef: list[Texte] = []
    regime: list[Texte] = []
    type: list[Texte] = []
    imotep: list[Texte] = []
    numero: list[Texte] = []
    flechage: list[Texte] = []
    reserve: list[Texte] = []
    q: Texte = Field(default="", max_length=200)
    tri: Texte = "numero"
    page: int = Field(default=1, ge=1, le=100_000)
    par_page: int = Field(default=30, ge=1, le=PAR_PAGE_MAXIMAL)


class RequeteAffectations(Schema):
    semestre: Texte = ""
    subdivision: Texte = ""
    amphi: list[Numero] = []
    des: list[Texte] = []
    groupe: list[Texte] = []
    departement: list[Texte] = []
    etablissement: list[Texte] = []
    numero: list[Texte] = []
    q: Texte = Field(default="", max_length=200)
    tri: Texte = "-heure"
    page: int = Field(default=1, ge=1, le=100_000)
    par_page: int = Field(default=30, ge=1, le=PAR_PAGE_MAXIMAL)


@router.get("/postes", auth=Ouvert(), response=Liste, summary="Les postes et leur état")
def read_postes(request: HttpRequest, requete: Query[RequetePostes]) -> Any:
    return list_postes(FiltrePostes(**_frozen(requete)))


@router.get("/affectations", auth=Ouvert(), response=Liste, summary="Les affectations")
def read_affectations(request: HttpRequest, requete: Query[RequeteAffectations]) -> Any:
    visiteur = request.auth  # type: ignore[attr-defined]
    return list_affectations(FiltreAffectations(**_frozen(requete)), visiteur)


def _frozen(requete: Schema) -> dict[str, Any]:
    return {nom: tuple(v) if isinstance(v, list) else v for nom, v in requete.dict().items()}
