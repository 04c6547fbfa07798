"""Situation semestrielle: where the campaign is, one's own answer, what the answers change in the counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from gradin.data.amphis.models import Campagne
from gradin.data.internes.models import Inscription
from gradin.data.parcours.models import CampagneSituation, NatureSituation, SituationSemestrielle
from gradin.domain.ouverture import Volet, volet_of
from gradin.domain.rang.semestre import parse_semestre
from gradin.domain.reglages.ouverture import regles_of
from gradin.queries.besoins import PHASES, count_besoins
from gradin.queries.ouverture.comptes import count_required
from gradin.queries.profils import last_inscription
from gradin.queries.roster.portee import scope_of
from gradin.queries.visiteurs import Visiteur

CHOISISSENT = frozenset({NatureSituation.CAS_GENERAL.value, NatureSituation.SURNOMBRE.value})
VOLETS = {Volet.SOCLE: "Phase socle", Volet.APPROFONDISSEMENT: "Ancien régime et approfondissement"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CampagneLue:
    """`etat`: a_venir, ouverte or verrouillee."""

    semestre: str
    libelle: str
    fuseau: str
    ouvre: datetime
    verrou: datetime
    rappels: tuple[int, ...]
    etat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MaSituation:
    campagne: CampagneLue | None
    nature: str
    nature_dite: str
    souhaits: str
    declared_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompteDes:
    """One DES and volet. `requis`: postes wanted if the silent choose; `requis_dits`: if they do not."""

    des: str
    phase: str
    internes: int
    choisissent: int
    autrement: int
    silencieux: int
    requis: int
    requis_dits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reponse:
    interne: int
    nom: str
    des: str
    phase: str
    nature: str
    souhaits: str
    declared_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanSituations:
    comptes: tuple[CompteDes, ...]
    natures: tuple[tuple[str, int], ...]
    internes: int
    reponses: int

    @property
    def silencieux(self) -> int:
        return self.internes - self.reponses


def campagne_of(inscription: Inscription) -> CampagneSituation | None:
    return (
        CampagneSituation.objects.filter(
            semestre=inscription.semestre_id, subdivision=inscription.subdivision_id
        )
        .select_related("semestre", "subdivision")
        .first()
    )


def find_campagne(semestre: int, subdivision: int, maintenant: datetime) -> CampagneLue | None:
    rows = CampagneSituation.objects.filter(semestre=semestre, subdivision=subdivision)
    row = rows.select_related("semestre", "subdivision").first()
    return read_campagne(row, maintenant) if row else None


def state_of(campagne: CampagneSituation, maintenant: datetime) -> str:
    if maintenant < campagne.ouvre_at:
        return "a_venir"
    return "ouverte" if maintenant < campagne.verrou_at else "verrouillee"


def read_campagne(row: CampagneSituation, maintenant: datetime) -> CampagneLue:
    return CampagneLue(
        semestre=row.semestre.code,
        libelle=parse_semestre(row.semestre.code).libelle,
        fuseau=row.subdivision.fuseau,
        ouvre=row.ouvre_at,
        verrou=row.verrou_at,
        rappels=tuple(row.rappels),
        etat=state_of(row, maintenant),
    )


def read_ma_situation(interne: int, maintenant: datetime) -> MaSituation:
    inscription = last_inscription(interne)
    campagne = campagne_of(inscription) if inscription else None
    row = SituationSemestrielle.objects.filter(inscription=inscription).first() if inscription else None
    return MaSituation(
        campagne=read_campagne(campagne, maintenant) if campagne else None,
        nature=row.nature if row else "",
        nature_dite=row.get_nature_display() if row else "",
        souhaits=row.souhaits if row else "",
        declared_at=row.declared_at if row else None,
    )


def count_situations(agent: Visiteur, semestre: int, subdivision: int) -> BilanSituations:
    """By DES and volet, those with the most silent first; the postes as the offer counts them."""
    rows = _in_scope(agent, semestre, subdivision)
    natures = Counter(rows.order_by().values_list("situation_semestrielle__nature", flat=True))
    campagne = Campagne.objects.filter(semestre=semestre, subdivision=subdivision).first()
    regles = regles_of(campagne.parametres if campagne else {})
    disent = Q(situation_semestrielle__nature__in=CHOISISSENT)
    requis = count_required(count_besoins(rows.filter(disent | Q(situation_semestrielle=None))), regles)
    requis_dits = count_required(count_besoins(rows.filter(disent)), regles)
    comptes = (
        CompteDes(
            des=intitule,
            phase=VOLETS[volet],
            internes=len(dites),
            choisissent=sum(une in CHOISISSENT for une in dites),
            autrement=sum(une is not None and une not in CHOISISSENT for une in dites),
            silencieux=dites.count(None),
            requis=requis.get((des, volet), 0),
            requis_dits=requis_dits.get((des, volet), 0),
        )
        for (des, intitule, volet), dites in _answers(rows).items()
    )
    return BilanSituations(
        comptes=tuple(sorted(comptes, key=lambda un: (-un.silencieux, un.des, un.phase))),
        natures=tuple((str(n.label), natures[n.value]) for n in NatureSituation),
        internes=natures.total(),
        reponses=sum(natures[n.value] for n in NatureSituation),
    )


def _answers(rows: QuerySet[Inscription]) -> dict[tuple[int, str, Volet], list[str | None]]:
    """Of those who choose in an amphi, by DES and volet; None: no answer."""
    groupes: dict[tuple[int, str, Volet], list[str | None]] = defaultdict(list)
    lues = rows.filter(phase__in=PHASES).order_by()
    for des, intitule, phase, nature in lues.values_list(
        "des", "des__intitule", "phase", "situation_semestrielle__nature"
    ):
        groupes[des, intitule, volet_of(phase)].append(nature)
    return groupes


def find_reponses(
    agent: Visiteur, semestre: int, subdivision: int, nature: str | None
) -> QuerySet[Inscription]:
    """`nature` empty: those who have not answered; None: everybody."""
    rows = _in_scope(agent, semestre, subdivision)
    if nature == "":
        rows = rows.filter(situation_semestrielle=None)
    elif nature is not None:
        rows = rows.filter(situation_semestrielle__nature=nature)
    return rows.select_related("interne", "des", "situation_semestrielle").order_by("interne__cle_tri", "pk")


def read_reponse(row: Inscription) -> Reponse:
    dite = getattr(row, "situation_semestrielle", None)
    return Reponse(
        interne=row.interne_id,
        nom=f"{row.interne.nom} {row.interne.prenom}",
        des=row.des.intitule,
        phase=row.get_phase_display(),
        nature=dite.get_nature_display() if dite else "",
        souhaits=dite.souhaits if dite else "",
        declared_at=dite.declared_at if dite else None,
    )


def _in_scope(agent: Visiteur, semestre: int, subdivision: int) -> QuerySet[Inscription]:
    return Inscription.objects.filter(scope_of(agent), semestre=semestre, subdivision=subdivision)
