"""One individual demand as a page shows it: facts, papers, opinion, decision, steps, what it changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gradin.data.comptes.models import Compte
from gradin.data.demandes.models import DemandeIndividuelle
from gradin.domain.demandes.effets import explain, last_day
from gradin.domain.demandes.etats import ATTENDENT, Acteur, EtatIndividuelle, Pas, steps_of
from gradin.domain.demandes.natures import DEMARCHES, Nature, titre_of
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.individuelles.anciennete import parametres_by
from gradin.queries.individuelles.reglages import read_reglage
from gradin.queries.individuelles.restes import effets_de
from gradin.queries.visiteurs import ARS

ETAPES = {
    "depot": "Demande déposée",
    "instruction": "Instruction commencée",
    "piece": "Pièce reçue",
    "piece_retiree": "Pièce notée par erreur",
    "avis": "Avis du coordonnateur",
    "avis_papier": "Avis du coordonnateur, reçu par écrit",
    "acceptation": "Demande acceptée",
    "refus": "Demande refusée",
    "retrait": "Demande retirée",
    "reouverture": "Décision reprise",
    "effet": "Écrit dans la liste",
}
TONS = {
    EtatIndividuelle.ACCEPTEE: "vert",
    EtatIndividuelle.REFUSEE: "rouge",
    EtatIndividuelle.EN_INSTRUCTION: "ocre",
    EtatIndividuelle.AVIS_RENDU: "bleu",
}
# What every page says of the cap; each amphi has its own.


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceLue:
    nom: str
    recue_le: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EtapeLue:
    """`a`: ms UTC. `auteur`: a name for the ARS; for the interne « vous », « l’ARS »…"""

    a: int
    mots: str
    texte: str
    auteur: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndividuelleLue:
    """`ton`: colour of its state. `effets`: sentences. `possibles`: steps of whoever reads it."""

    pk: int
    nature: str
    titre: str
    periode: str
    debut: str
    intitule_objet: str
    objet: str
    texte: str
    etat: str
    etat_mots: str
    ton: str
    hors_delai: bool
    limite: date
    demandee_le: int
    avis: str
    avis_mots: str
    avis_texte: str
    avis_le: int | None
    avis_attendu: bool
    decidee_le: int | None
    decidee_par: str
    motif: str
    pieces: tuple[PieceLue, ...]
    effets: tuple[str, ...]
    possibles: frozenset[str]
    prononce: str
    interne: int
    nom: str
    des: str
    groupe: str
    phase: str
    promotion: int
    fuseau: str

    @property
    def attend(self) -> bool:
        return self.etat in {etat.value for etat in ATTENDENT}

    @property
    def manquent(self) -> int:
        return sum(piece.recue_le is None for piece in self.pieces)


def with_all(rows: QuerySet[DemandeIndividuelle]) -> QuerySet[DemandeIndividuelle]:
    return rows.select_related(
        "inscription__interne",
        "inscription__subdivision",
        "inscription__groupe",
        "inscription__des",
        "decided_by",
    ).prefetch_related("pieces")


def read_all(rows: Iterable[DemandeIndividuelle], acteur: Acteur) -> tuple[IndividuelleLue, ...]:
    delais: dict[tuple[int, str], int] = {}
    lues = tuple(rows)
    plafonds = {pk: un.plafond for pk, un in parametres_by(row.inscription for row in lues).items()}
    return tuple(_read(row, acteur, _delai(row, delais), plafonds[row.inscription_id]) for row in lues)


def list_own(interne: int) -> tuple[IndividuelleLue, ...]:
    """An interne's, the latest first."""
    rows = DemandeIndividuelle.objects.filter(inscription__interne=interne)
    return read_all(with_all(rows), Acteur.INTERNE)


def list_accepted(interne: int) -> tuple[IndividuelleLue, ...]:
    """What changes his choices and his seniority, said beside his rank."""
    return tuple(lue for lue in list_own(interne) if lue.etat == EtatIndividuelle.ACCEPTEE.value)


def find_own(interne: int, pk: int) -> IndividuelleLue | None:
    rows = DemandeIndividuelle.objects.filter(inscription__interne=interne, pk=pk)
    return next(iter(read_all(with_all(rows), Acteur.INTERNE)), None)


def list_etapes(pk: int, soi: int | None = None) -> tuple[EtapeLue, ...]:
    """In order. With `soi` (an account), what that interne reads of it: agents are « l’ARS »."""
    demande = DemandeIndividuelle.objects.get(pk=pk)
    rows = demande.mouvements.select_related("auteur")
    return tuple(
        EtapeLue(
            a=row.a, mots=ETAPES.get(row.acte, row.acte), texte=row.texte, auteur=_auteur(row.auteur, soi)
        )
        for row in rows
        if soi is None or row.acte != "effet"
    )


def _auteur(auteur: Compte | None, soi: int | None) -> str:
    if auteur is None:
        return "la plateforme"
    if soi is None:
        return auteur.nom_affiche or auteur.email
    if auteur.pk == soi:
        return "vous"
    return "l’ARS" if auteur.role in ARS else "le coordonnateur"


def _delai(row: DemandeIndividuelle, connus: dict[tuple[int, str], int]) -> int:
    cle = (row.inscription.subdivision_id, row.nature)
    if cle not in connus:
        connus[cle] = read_reglage(cle[0], Nature(row.nature)).delai
    return connus[cle]


def _read(row: DemandeIndividuelle, acteur: Acteur, delai: int, plafond: int) -> IndividuelleLue:
    nature, etat, inscription = Nature(row.nature), EtatIndividuelle(row.etat), row.inscription
    demarche, effets = DEMARCHES[nature], effets_de(row)
    recues = {piece.piece: piece.recue_le for piece in row.pieces.all()}
    pas = steps_of(etat, acteur, avis_attendu=demarche.avis)
    return IndividuelleLue(
        pk=row.pk,
        nature=row.nature,
        titre=titre_of(nature, row.forme),
        periode=" et ".join(parse_semestre(un.semestre).libelle for un in effets),
        debut=row.debut,
        intitule_objet=demarche.objet,
        objet=row.objet,
        texte=row.texte,
        etat=row.etat,
        etat_mots=row.get_etat_display(),
        ton=TONS.get(etat, ""),
        hors_delai=row.hors_delai,
        limite=last_day(row.debut, delai),
        demandee_le=row.asked_at,
        avis=row.avis,
        avis_mots=row.get_avis_display() if row.avis else "",
        avis_texte=row.avis_texte,
        avis_le=row.avis_at,
        avis_attendu=demarche.avis,
        decidee_le=row.decided_at,
        decidee_par=(row.decided_by.nom_affiche or row.decided_by.email) if row.decided_by else "",
        motif=row.motif,
        pieces=tuple(PieceLue(nom=nom, recue_le=recues.get(nom)) for nom in demarche.pieces),
        effets=explain(effets, plafond),
        possibles=frozenset(un.value for un in pas),
        prononce=demarche.prononce,
        interne=inscription.interne_id,
        nom=str(inscription.interne),
        des=inscription.des.intitule,
        groupe=inscription.groupe.nom,
        phase=inscription.get_phase_display(),
        promotion=inscription.promotion,
        fuseau=inscription.subdivision.fuseau,
    )


def waiting_pas(lue: IndividuelleLue) -> str:
    """What it waits for, in a word of the queue."""
    if not lue.attend:
        return ""
    if Pas.ACCEPTER.value in lue.possibles:
        return "Votre décision"
    return "Votre instruction" if Pas.INSTRUIRE.value in lue.possibles else "L’avis du coordonnateur"
