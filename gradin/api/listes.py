"""The lists anybody reads: postes and affectations, with repeated filters, sort and pages."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from gradin.api.acces import Ouvert
from gradin.api.schemas import Liste
from gradin.queries.affectations import FiltreAffectations, list_affectations
from gradin.queries.pages import PAR_PAGE_MAXIMAL
from gradin.queries.postes import FiltrePostes, list_postes

router = Router(tags=["listes"])


class RequetePostes(Schema):
    semestre: str = ""
    subdivision: str = ""
    etat: list[str] = []
    des: list[str] = []
    groupe: list[str] = []
    departement: list[str] = []
    etablissement: list[str] = []
    service: list[str] = []
    chef: list[str] = []
    regime: list[str] = []
    type: list[str] = []
    imotep: list[str] = []
    numero: list[str] = []
    flechage: list[str] = []
    q: str = Field(default="", max_length=200)
    tri: str = "numero"
    page: int = Field(default=1, ge=1, le=100_000)
    par_page: int = Field(default=30, ge=1, le=PAR_PAGE_MAXIMAL)


class RequeteAffectations(Schema):
    semestre: str = ""
    subdivision: str = ""
    amphi: list[int] = []
    des: list[str] = []
    groupe: list[str] = []
    departement: list[str] = []
    etablissement: list[str] = []
    numero: list[str] = []
    q: str = Field(default="", max_length=200)
    tri: str = "-heure"
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
