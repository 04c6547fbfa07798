"""What the API takes in and gives out: anything else in a body is ignored, nothing else goes out."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import BaseModel, ConfigDict

from gradin.operations.amphis import TYPES_ACTES

# PostgreSQL stores no NUL and searches none.
Texte = Annotated[str, Field(pattern=r"^[^\x00]*$")]
Numero = Annotated[int, Field(ge=1, lt=2**31)]


class ErreurLue(Schema):
    motif: str
    message: str


class Identifiants(Schema):
    courriel: Texte = Field(max_length=254)
    mot_de_passe: Texte = Field(max_length=1_000)


class JetonLu(Schema):
    jeton: str
    expire_le: datetime


class InterneLu(Schema):
    nom: str


class MonAmphi(Schema):
    id: int
    code: str
    intitule: str
    etat: str
    rang: int | None
    interne: int | None
    statut: str


class Moi(Schema):
    nom: str
    roles: list[str]
    interne: InterneLu | None = None
    amphis: list[MonAmphi]
    procurations: list[dict[str, Any]] = []


class AmphiResume(Schema):
    id: int
    code: str
    intitule: str
    semestre: str
    subdivision: str
    groupe: str
    groupe_nom: str
    phase: str
    etat: str
    debut: int | None
    fin: int | None
    ouverture_favoris: int | None
    seq: int
    offre: int
    internes: int
    postes: int


class Choix(Schema):
    """« Oui je confirme »: `tour` is the one open, `vu` the last line that the page had seen."""

    poste: str = Field(max_length=20)
    tour: int = Field(ge=0)
    vu: int = Field(ge=0)
    pour: int | None = Field(default=None, ge=1, description="Numéro du mandant, pour un mandataire.")


class Recu(Schema):
    recu: dict[str, Any]


class FavoriLu(Schema):
    """One of the two: a poste (its numéro) or a service (its IMOTEP)."""

    poste: str | None = Field(default=None, max_length=20)
    service: str | None = Field(default=None, max_length=12)


class Commande(BaseModel):
    """An act of the ARS: `type` says which, the other fields depend on it.

    Not a ninja Schema, which drops the fields that it does not know.
    """

    model_config = ConfigDict(extra="allow")

    type: str = Field(max_length=40, json_schema_extra={"enum": [*TYPES_ACTES]})
    vu: int | None = Field(default=None, ge=0)
    tour: int | None = Field(default=None, ge=0)
    motif: str = Field(default="", max_length=2_000)
