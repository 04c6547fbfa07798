"""A line of each list that anybody reads, and of one's own affectations. Instants are ms UTC."""

from ninja import Schema
from pydantic import BaseModel


class PosteLu(BaseModel):
    poste: str
    etat: str
    groupe: str
    groupe_nom: str
    des: str
    des_intitule: str
    departement: str
    etablissement: str
    ville: str
    service: str
    service_nom: str
    chef: str
    regime: str
    type: str
    reserve: bool
    reserve_a: list[str]
    flechage: str
    observations: str
    allocation: str


class AffectationCommune(BaseModel):
    """`amphi`: null when the affectation was recorded outside any."""

    amphi: int | None
    a: int
    poste: str
    des: str
    des_intitule: str
    groupe: str
    departement: str
    etablissement: str
    ville: str
    service: str
    service_nom: str
    chef: str
    flechage: str
    type: str


class AffectationLue(AffectationCommune):
    """`interne`: « Camille L. », or null where he may not be named."""

    regime: str
    des_interne: str
    interne: str | None


class MonAffectation(AffectationCommune):
    """`n`: its line in the journal. `pdf`: where its attestation is."""

    semestre: str
    type_choix: str
    n: int | None
    pdf: str | None


class PagePostes(Schema):
    resultats: list[PosteLu]
    total: int
    page: int
    par_page: int


class PageAffectations(Schema):
    resultats: list[AffectationLue]
    total: int
    page: int
    par_page: int
