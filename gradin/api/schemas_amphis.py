"""What is read of an amphi: the snapshot, the offer, what is mine. Instants are ms UTC."""

from typing import Any

from pydantic import BaseModel


class SessionLue(BaseModel):
    session: int
    debut: int
    fin: int
    rang_de: int
    rang_a: int


class TourLu(BaseModel):
    """`suspendu`: the instant of the pause."""

    tour: int
    interne: int
    debut: int
    fin: int
    suspendu: int | None


class PauseLue(BaseModel):
    """`reste`: ms left of the suspended tour."""

    a: int | None
    label: str
    reste: int | None


class LigneLue(BaseModel):
    """`nom`: for those of the amphi; `type_choix`, `presence`: for the régie."""

    interne: int | None
    rang: int
    statut: str
    poste: str | None
    nom: str | None = None
    type_choix: str | None = None
    presence: bool | None = None


class EtatLu(BaseModel):
    poste: str
    etat: str


class Compteurs(BaseModel):
    offerts: int
    choisis: int
    restants: int
    surnombres: int | None = None


class MessageLu(BaseModel):
    n: int
    a: int
    texte: str


class Instantane(BaseModel):
    id: int
    code: str
    intitule: str
    seq: int
    offre: int
    etat: str
    session: int | None
    sessions: list[SessionLue]
    tour: TourLu | None
    pause: PauseLue | None
    retours: list[int]
    couples: list[list[int]]
    couple_attendu: int | None
    liste: list[LigneLue]
    postes: list[EtatLu]
    compteurs: Compteurs
    messages: list[MessageLu] = []


class PosteOffert(BaseModel):
    poste: str
    service: str
    nom: str
    chef: str
    etablissement: str
    ville: str
    departement: str
    des: str
    des_intitule: str
    groupe: str
    regime: str
    type: str
    reserve: bool
    reserve_a: list[str]
    flechage: str
    observations: str
    allocation: str


class OffreLue(BaseModel):
    amphi: int
    offre: int
    postes: list[PosteOffert]


class PosteMotive(BaseModel):
    poste: str
    motif: str
    message: str


class Mien(BaseModel):
    """`favoris`: each `{poste}` or `{service}`. `procuration`: whether somebody chooses in my place.

    `cause_passe`: why my tour passed: absent, temps_ecoule or agent. `retour_possible`: I have not yet used
    the one time that I may be placed back by myself.
    """

    amphi: int
    seq: int
    interne: int | None
    rang: int | None
    nom: str
    type_choix: str
    liste_armee: bool
    statut: str | None
    tour: int | None
    fin: int | None
    suspendu: int | None = None
    cause_passe: str | None = None
    retour_possible: bool = False
    poste: str | None
    interdits: list[PosteMotive]
    avertissements: list[PosteMotive]
    favoris: list[dict[str, str]]
    procuration: dict[str, bool] | None


class FaitsLus(BaseModel):
    """The long-poll: each fact as the stream says it."""

    seq: int
    maintenant: int
    resync: bool
    faits: list[dict[str, Any]]
    moi: dict[str, Any] | None
