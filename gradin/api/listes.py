"""The lists anybody reads: postes and affectations, with repeated filters, sort and pages."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Path, Query, Router, Schema

from gradin.api.acces import Ouvert
from gradin.api.debit import LECTURES
from gradin.api.erreurs import INTROUVABLE, TROP_DE_DEMANDES, Erreur
from gradin.api.schemas import ErreurLue, Numero, Texte
from gradin.api.schemas_listes import PageAffectations, PagePostes
from gradin.documents.schemas import COLONNES, table_schema
from gradin.queries.affectations import FiltreAffectations, list_affectations
from gradin.queries.pages import PAR_PAGE_MAXIMAL
from gradin.queries.postes import list_postes
from gradin.queries.recherche.criteres import FiltrePostes

router = Router(tags=["listes"])
Fichier = Annotated[str, Field(json_schema_extra={"enum": [*COLONNES]})]
ERREURS = {401: ErreurLue, 422: ErreurLue, 429: ErreurLue}


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
    regime: list[Texte] = []
    des: list[Texte] = []
    chef: list[Texte] = []
    interne: list[Texte] = []
    groupe: list[Texte] = []
    departement: list[Texte] = []
    etablissement: list[Texte] = []
    service: list[Texte] = []
    imotep: list[Texte] = []
    type: list[Texte] = []
    des_interne: list[Texte] = []
    numero: list[Texte] = []
    flechage: list[Texte] = []
    reserve: list[Texte] = []
    q: Texte = Field(default="", max_length=200)
    tri: Texte = "-heure"
    page: int = Field(default=1, ge=1, le=100_000)
    par_page: int = Field(default=30, ge=1, le=PAR_PAGE_MAXIMAL)


@router.get(
    "/postes", auth=Ouvert(), response={200: PagePostes, **ERREURS}, summary="Les postes et leur état"
)
def read_postes(request: HttpRequest, requete: Query[RequetePostes]) -> Any:
    _check_rate(request)
    return list_postes(FiltrePostes(**_frozen(requete)))


@router.get(
    "/affectations",
    auth=Ouvert(),
    response={200: PageAffectations, **ERREURS},
    summary="Les affectations",
)
def read_affectations(request: HttpRequest, requete: Query[RequeteAffectations]) -> Any:
    _check_rate(request)
    visiteur = request.auth  # type: ignore[attr-defined]
    return list_affectations(FiltreAffectations(**_frozen(requete)), visiteur)


@router.get(
    "/schemas/{nom}.json",
    auth=Ouvert(),
    response={200: dict[str, Any], 404: ErreurLue},
    summary="Les colonnes d’un fichier CSV publié",
    description="nom : postes ou affectations. Frictionless Table Schema.",
)
def read_schema(request: HttpRequest, nom: Path[Fichier]) -> Any:
    schema = table_schema(nom)
    if schema is None:
        raise Erreur(*INTROUVABLE)
    return schema


def _check_rate(request: HttpRequest) -> None:
    compte = request.auth.compte  # type: ignore[attr-defined]
    if not LECTURES.take(compte or request.META.get("REMOTE_ADDR", "")):
        raise Erreur(*TROP_DE_DEMANDES)


def _frozen(requete: Schema) -> dict[str, Any]:
    return {nom: tuple(v) if isinstance(v, list) else v for nom, v in requete.dict().items()}
