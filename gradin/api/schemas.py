"""What the API takes in and gives out: anything else in a body is ignored, nothing else goes out."""

import logging
from datetime import datetime
from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import BaseModel, ConfigDict, model_validator

from gradin.operations.amphis import TYPES_ACTES

logger = logging.getLogger(__name__)
SIGNES_DITS, NOMS_DITS = 40, 8

# PostgreSQL stores no NUL and searches none.
Texte = Annotated[str, Field(pattern=r"^[^\x00]*$")]
Numero = Annotated[int, Field(ge=1, lt=2**31)]


class ErreurLue(Schema):
    motif: str
    message: str


class Recue(Schema):
    """A body that is sent to us: what it has too much is ignored, and its name logged."""

    @model_validator(mode="before")
    @classmethod
    def _tell_unknown(cls, recu: Any) -> Any:
        """Names only, cut and quoted: they come from anybody, and values may be private."""
        corps = getattr(recu, "_obj", recu)
        if isinstance(corps, dict) and (trop := corps.keys() - cls.model_fields.keys()):
            noms = [nom[:SIGNES_DITS] for nom in sorted(trop)[:NOMS_DITS]]
            logger.warning("%s: unknown fields ignored: %r", cls.__name__, noms)
        return recu


class Identifiants(Recue):
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


class Choix(Recue):
    """« Oui je confirme »: `tour` is the one open, `vu` the last line that the page had seen."""

    poste: str = Field(max_length=20)
    tour: int = Field(ge=0)
    vu: int = Field(ge=0)
    pour: int | None = Field(default=None, ge=1, description="Numéro du mandant, pour un mandataire.")


class Recu(Schema):
    recu: dict[str, Any]


class FavoriLu(Recue):
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
