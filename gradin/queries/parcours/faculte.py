"""What a faculty reads: the semesters of its internes that wait, and the maquettes with their versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from gradin.data.internes.models import Inscription
from gradin.data.parcours.models import EtatParcours, LigneParcours, SituationParcours, VersionMaquette
from gradin.data.referentiel.models import Etablissement, Semestre, Specialite
from gradin.domain.parcours.anciennete import semestre_at
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.espaces.perimetre import Perimetre
from gradin.queries.parcours.lignes import LIEES, LigneLue, read_ligne
from gradin.queries.parcours.maquettes import nationales
from gradin.queries.parcours.terrains import is_universitaire, load_encadrements
from gradin.queries.public.textes import words_in

SURNOMBRES = (SituationParcours.SURNOMBRE_VALIDANT.value, SituationParcours.SURNOMBRE_NON_VALIDANT.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneAJuger:
    """`pk` of the line; the person by name alone: no INE, no birth date."""

    pk: int
    nom: str
    ligne: LigneLue


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltreParcours:
    etat: str = EtatParcours.PRESUME.value
    semestre: str = ""
    q: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DesLu:
    """One DES of the list of maquettes: `version` 0 is the texts' own, None: nothing is written."""

    pk: int
    code: str
    intitule: str
    version: int | None
    exigences: int
    internes: int


def lines_in(perimetre: Perimetre) -> QuerySet[LigneParcours]:
    """Of the internes who are, one semestre at least, in this scope."""
    siens = Inscription.objects.filter(perimetre.inscriptions()).values("interne")
    return LigneParcours.objects.filter(interne__in=siens)


def begun_lines(perimetre: Perimetre, maintenant: datetime) -> QuerySet[LigneParcours]:
    """Nobody validates a semester before it has begun."""
    return lines_in(perimetre).filter(semestre__code__lte=semestre_at(maintenant.date()))


def find_lines(perimetre: Perimetre, filtre: FiltreParcours, maintenant: datetime) -> QuerySet[LigneParcours]:
    """Semesters that are over or running, the oldest first: they have waited longest."""
    rows = begun_lines(perimetre, maintenant)
    if filtre.etat:
        rows = rows.filter(etat=filtre.etat)
    if filtre.semestre:
        rows = rows.filter(semestre__code=filtre.semestre)
    if filtre.q:
        rows = rows.filter(words_in("interne__recherche", filtre.q))
    return rows.select_related("interne", *LIEES).order_by("semestre__code", "interne__cle_tri", "pk")


def read_line(row: LigneParcours) -> LigneAJuger:
    return LigneAJuger(
        pk=row.pk, nom=f"{row.interne.nom} {row.interne.prenom}", ligne=_for_partner(read_ligne(row))
    )


def _for_partner(ligne: LigneLue) -> LigneLue:
    """A surnombre is a type de choix: only its interne and the ARS read it (rules.md, privacy)."""
    if ligne.situation not in SURNOMBRES:
        return ligne
    stage = SituationParcours.STAGE
    return replace(ligne, situation=stage.value, situation_dite=str(stage.label))


def count_states(perimetre: Perimetre, maintenant: datetime) -> Mapping[str, int]:
    rows = begun_lines(perimetre, maintenant).values_list("etat").annotate(n=Count("pk"))
    return dict(rows.order_by())


def list_semestres(perimetre: Perimetre) -> tuple[tuple[str, str], ...]:
    """Those of which there is a line: code, words."""
    codes = Semestre.objects.filter(pk__in=lines_in(perimetre).values("semestre")).order_by("-code")
    return tuple((code, parse_semestre(code).libelle) for code in codes.values_list("code", flat=True))


def list_des() -> tuple[DesLu, ...]:
    """DES with internes or a maquette, those that have the most internes first."""
    derniers: dict[int, VersionMaquette] = {}
    for row in VersionMaquette.objects.order_by("version"):
        derniers[row.des_id] = row
    livrees = {une.des: une for une in nationales()}
    dernier = Semestre.objects.filter(inscription__isnull=False).order_by("-code").first()
    presents = Count("inscriptions", filter=Q(inscriptions__semestre=dernier))
    lus = []
    for des in Specialite.objects.annotate(n=presents).order_by("-n", "intitule"):
        ecrite, livree = derniers.get(des.pk), livrees.get(des.code_des)
        if not des.n and ecrite is None and livree is None:
            continue
        lus.append(
            DesLu(
                pk=des.pk,
                code=des.code_des,
                intitule=des.intitule,
                version=ecrite.version if ecrite else (0 if livree else None),
                exigences=len(ecrite.contenu["exigences"])
                if ecrite
                else len(livree.exigences if livree else ()),
                internes=des.n,
            )
        )
    return tuple(lus)


@dataclass(frozen=True, slots=True, kw_only=True)
class LieuLu:
    """`dit` False: its name alone tells, nobody said it."""

    pk: int
    nom: str
    ville: str
    universitaire: bool
    dit: bool


def find_des(pk: int) -> Specialite | None:
    return Specialite.objects.filter(pk=pk).first()


def list_lieux() -> tuple[LieuLu, ...]:
    """Établissements that have services, by name."""
    dits = load_encadrements()
    rows = Etablissement.objects.filter(services__isnull=False).distinct().order_by("cle_tri", "pk")
    return tuple(
        LieuLu(
            pk=row.pk,
            nom=row.nom,
            ville=row.ville,
            universitaire=is_universitaire(dits, row.pk, row.nom),
            dit=row.pk in dits,
        )
        for row in rows
    )
