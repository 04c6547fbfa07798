"""Individual demands of the demonstration, one in each state, and two postes given before the choice."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime

from gradin.data.amphis.models import Place
from gradin.data.comptes.models import Compte, Role
from gradin.data.demandes.models import DemandeIndividuelle
from gradin.data.internes.models import Inscription
from gradin.data.postes.models import EtatPoste, Poste
from gradin.domain.demandes.effets import next_semestre
from gradin.domain.demandes.etats import Acteur
from gradin.domain.demandes.natures import DEMARCHES, Disponibilite, Nature
from gradin.domain.rang.semestre import parse_semestre
from gradin.operations.demandes.effets import accept_individuelle
from gradin.operations.demandes.hors_choix import Attribution, give_postes
from gradin.operations.demandes.individuelles import (
    SaisieDemande,
    file_individuelle,
    give_avis,
    instruct_individuelle,
    receive_piece,
    refuse_individuelle,
)
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.queries.demonstration import OFFERTS
from gradin.queries.visiteurs import Visiteur

JOUR_MS = 24 * 3_600_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One demand. `jusque`: deposee, instruction, avis, accord or refus; `suivant`: the next semestre."""

    nature: Nature
    objet: str
    texte: str
    jusque: str
    suivant: bool = False
    forme: str = ""


PIECES = (
    Piece(
        nature=Nature.HORS_SUBDIVISION,
        objet="Grenoble, CHU Grenoble-Alpes, soins palliatifs",
        texte="Compléter ma formation dans une équipe mobile, avec l’accord du chef de service d’accueil.",
        jusque="instruction",
        suivant=True,
    ),
    Piece(
        nature=Nature.STAGE_LIBRE,
        objet="CH de Vienne, médecine polyvalente",
        texte="Un semestre dans le bassin où je compte m’installer.",
        jusque="avis",
    ),
    Piece(
        nature=Nature.ANNEE_RECHERCHE,
        objet="Dépistage en soins primaires, laboratoire P2S",
        texte="Master 2 de santé publique, financement demandé.",
        jusque="accord",
    ),
    Piece(
        nature=Nature.DISPONIBILITE,
        forme=Disponibilite.CONVENANCES,
        objet="Tour du monde à la voile",
        texte="Projet préparé de longue date, retour au semestre suivant.",
        jusque="refus",
    ),
    Piece(
        nature=Nature.DISPONIBILITE,
        forme=Disponibilite.RECHERCHE,
        objet="Inserm, unité 1290",
        texte="Prolonger d’un semestre la thèse de science commencée en année-recherche.",
        jusque="deposee",
        suivant=True,
    ),
    Piece(
        nature=Nature.DEROGATION_DESC,
        objet="DESC de médecine d’urgence, second stage d’urgences",
        texte="Inscription au DESC acquise, il manque ce stage pour valider les deux maquettes.",
        jusque="instruction",
    ),
)


def file_demandes(semestre: str, agent: Visiteur, maintenant: int) -> int:
    """Gives back how many; filed already, or a semestre that has begun, none."""
    jour = datetime.fromtimestamp(maintenant / 1000, UTC).date()
    if DemandeIndividuelle.objects.exists() or parse_semestre(semestre).debut <= jour:
        return 0
    qui = _people(semestre)
    for rang, (inscription, piece) in enumerate(zip(qui, PIECES, strict=False)):
        _play(inscription, piece, semestre, agent, jour, maintenant - (len(PIECES) - rang) * JOUR_MS)
    _give(semestre, agent, maintenant)
    return DemandeIndividuelle.objects.count()


def _people(semestre: str) -> list[Inscription]:
    """Two of the banner first, then those of the largest DES whose amphi has not been played."""
    courriels = [offert.courriel for offert in OFFERTS if offert.role.startswith("interne")]
    bandeau = Inscription.objects.filter(semestre__code=semestre, interne__courriel__in=courriels)
    attendent = Place.objects.filter(amphi__semestre__code=semestre, amphi__seq=0)
    des = _des()
    autres = attendent.filter(inscription__des=des) if des else attendent
    reste = (autres if autres.count() >= len(PIECES) else attendent).order_by("-rang")[: len(PIECES)]
    places = reste.select_related("inscription__interne__compte")
    lus = [*bandeau.select_related("interne__compte").order_by("pk"), *(un.inscription for un in places)]
    return [un for un in lus if un.interne.compte_id is not None]


def _des() -> int | None:
    """That of the coordonnateur of the demonstration: he has something to read."""
    comptes = Compte.objects.filter(role=Role.COORDONNATEUR, portees__specialite__isnull=False)
    return comptes.values_list("portees__specialite", flat=True).first()


def _play(
    inscription: Inscription, piece: Piece, semestre: str, agent: Visiteur, jour: date, maintenant: int
) -> None:
    debut = parse_semestre(semestre)
    saisie = SaisieDemande(
        nature=piece.nature,
        forme=piece.forme,
        debut=(next_semestre(debut) if piece.suivant else debut).code,
        duree=DEMARCHES[piece.nature].durees[0],
        objet=piece.objet,
        texte=piece.texte,
    )
    compte, ars = inscription.interne.compte_id, agent.compte
    assert compte is not None
    assert ars is not None
    pk = file_individuelle(inscription.pk, saisie, jour=jour, auteur=compte, maintenant=maintenant)
    if piece.jusque == "deposee":
        return
    instruct_individuelle(pk, agent=ars, maintenant=maintenant + 3_600_000)
    nom = DEMARCHES[piece.nature].pieces[0]
    receive_piece(pk, nom, jour, agent=ars, maintenant=maintenant + 3_700_000)
    if piece.jusque == "refus":
        motif = "Les disponibilités de ce semestre sont closes\u00a0: demandez-la pour novembre."
        refuse_individuelle(pk, motif, agent=ars, maintenant=maintenant + 7_200_000)
    if piece.jusque in ("avis", "accord"):
        _advise(pk, maintenant + 5 * 3_600_000)
    if piece.jusque == "accord":
        accept_individuelle(pk, "", agent, maintenant=maintenant + 8 * 3_600_000)


def _advise(pk: int, maintenant: int) -> None:
    coordonnateur = Compte.objects.filter(role=Role.COORDONNATEUR).first()
    if coordonnateur is not None:
        texte = "Projet solide, encadrement vérifié."
        give_avis(
            pk,
            "favorable",
            texte,
            acteur=Acteur.COORDONNATEUR,
            auteur=coordonnateur.pk,
            maintenant=maintenant,
        )


def _give(semestre: str, agent: Visiteur, maintenant: int) -> None:
    """In an amphi whose hour is days away: one of article 44, one ambulatory stage."""
    assert agent.compte is not None
    places = Place.objects.filter(amphi__semestre__code=semestre, amphi__seq=0, statut="a_venir")
    siens = places.filter(inscription__des=_des())
    places = siens if siens.count() >= len(MOTIFS) else places
    for place, (nature, motif) in zip(places.order_by("-amphi__debut", "-rang")[:2], MOTIFS, strict=False):
        poste = _free(place)
        if poste is None:
            continue
        with suppress(DemandeRefusee):
            give_postes(
                [Attribution(inscription=place.inscription_id, poste=poste)],
                nature,
                motif,
                agent=agent.compte,
                maintenant=maintenant,
            )


def _free(place: Place) -> int | None:
    postes = Poste.objects.filter(
        offre__amphi=place.amphi_id, etat=EtatPoste.LIBRE, reserve=False, des=place.inscription.des_id
    )
    return postes.order_by("-pk").values_list("pk", flat=True).first()


MOTIFS = (
    ("hors_choix", "Décision du directeur général n° 2027-118, commission du 14 mars"),
    ("ambulatoire", "Répartition du département de médecine générale"),
)
