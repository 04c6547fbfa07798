"""What may be shown of the answers about a service: whole blocs of closed campaigns, five answers each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, QuerySet

from gradin.data.evaluations.models import Commentaire, EtatCommentaire, Questionnaire, ReponseAnonyme
from gradin.data.referentiel.models import Specialite, Subdivision
from gradin.domain.evaluations.anonymat import Bloc, Synthese, cut_blocs, summarise
from gradin.domain.evaluations.questionnaire import Question, read_questions
from gradin.domain.rang.semestre import parse_semestre

# Subdivision, IMOTEP as it was, DES of the questionnaire: what is never added up with anything else.
Famille = tuple[int, str, int | None]
FAMILLE = ("campagne__subdivision", "imotep", "questionnaire__des")
SEMESTRE = "campagne__semestre__code"
LOT = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultatsBloc:
    """`moyenne`: of all the scales of the bloc."""

    periode: str
    nombre: int
    syntheses: tuple[Synthese, ...]
    moyenne: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultatsFamille:
    """One questionnaire in one place; blocs the latest first. `commentaires`: in no order of time."""

    service: int
    subdivision: int
    lieu: str
    questionnaire: str
    blocs: tuple[ResultatsBloc, ...]
    commentaires: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Comptes:
    """What is counted of one family in one semester. `questionnaires`: in the order in which they come."""

    nombre: int = 0
    questionnaires: dict[int, None] = field(default_factory=dict)
    dites: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def closed_before(maintenant: datetime) -> QuerySet[ReponseAnonyme]:
    """While a campaign runs nothing of it is counted: each new answer could be told from the others."""
    return ReponseAnonyme.objects.filter(campagne__ferme_at__lte=maintenant)


def read_resultats(service: int, maintenant: datetime) -> tuple[ResultatsFamille, ...]:
    return tuple(gather(closed_before(maintenant).filter(service=service)))


def gather(rows: QuerySet[ReponseAnonyme]) -> Iterator[ResultatsFamille]:
    """All the answers of a service, or nothing of it: a part would be cut into other blocs."""
    familles = _count(rows)
    commentaires = _published({service for service, _ in familles.values()})
    lieux = Subdivision.objects.in_bulk({subdivision for subdivision, _, _ in familles})
    intitules = dict(Specialite.objects.values_list("pk", "intitule"))
    contenus = dict(Questionnaire.objects.values_list("pk", "contenu"))
    questions = {pk: read_questions(contenu) for pk, contenu in contenus.items()}
    for cle, (service, semestres) in familles.items():
        blocs = cut_blocs({code: compte.nombre for code, compte in semestres.items()})
        if not blocs:
            continue
        lisibles = {code for bloc in blocs for code in bloc.semestres}
        subdivision, _, des = cle
        yield ResultatsFamille(
            service=service,
            subdivision=subdivision,
            lieu=lieux[subdivision].nom,
            questionnaire=intitules[des] if des else "",
            blocs=tuple(_bloc(bloc, semestres, questions) for bloc in reversed(blocs)),
            commentaires=tuple(
                (question, texte) for code, question, texte in commentaires[cle] if code in lisibles
            ),
        )


def readable_semestres(rows: QuerySet[ReponseAnonyme]) -> dict[Famille, frozenset[str]]:
    """Those that stand in a bloc; only counts are read."""
    comptes: dict[Famille, dict[str, int]] = defaultdict(dict)
    combien = rows.order_by().values_list(*FAMILLE, SEMESTRE).annotate(nombre=Count("pk"))
    for subdivision, imotep, des, code, nombre in combien:
        comptes[subdivision, imotep, des][code] = nombre
    return {
        cle: frozenset(code for bloc in cut_blocs(siens) for code in bloc.semestres)
        for cle, siens in comptes.items()
    }


def say_periode(bloc: Bloc) -> str:
    """« novembre 2026 », « de mai 2025 à novembre 2026 »."""
    debut, fin = (parse_semestre(code).libelle for code in (bloc.semestres[0], bloc.semestres[-1]))
    return debut if debut == fin else f"de {debut} à {fin}"


def _count(rows: QuerySet[ReponseAnonyme]) -> dict[Famille, tuple[int, dict[str, Comptes]]]:
    """By family: its service, its semesters. One answer at a time is held, whatever their number."""
    familles: dict[Famille, tuple[int, dict[str, Comptes]]] = {}
    colonnes = ("service", *FAMILLE, SEMESTRE, "questionnaire", "reponses")
    tries = rows.order_by("service__cle_tri", "imotep", "questionnaire__des", "pk")
    for service, subdivision, imotep, des, code, questionnaire, reponses in tries.values_list(
        *colonnes
    ).iterator(LOT):
        _, semestres = familles.setdefault((subdivision, imotep, des), (service, defaultdict(Comptes)))
        compte = semestres[code]
        compte.nombre += 1
        compte.questionnaires.setdefault(questionnaire)
        for cle, dite in reponses.items():
            compte.dites[cle][dite] += 1
    return familles


def _published(services: set[int]) -> dict[Famille, list[tuple[str, str, str]]]:
    """(semester, question, text), by a key that was drawn."""
    rows = Commentaire.objects.filter(service__in=services, etat=EtatCommentaire.PUBLIE).order_by("pk")
    par_famille: dict[Famille, list[tuple[str, str, str]]] = defaultdict(list)
    for subdivision, imotep, des, *dit in rows.values_list(*FAMILLE, SEMESTRE, "question", "texte"):
        par_famille[subdivision, imotep, des].append((dit[0], dit[1], dit[2]))
    return par_famille


def _bloc(
    bloc: Bloc, semestres: Mapping[str, Comptes], lues: Mapping[int, Sequence[Question]]
) -> ResultatsBloc:
    """Questions in the order of the questionnaire; those of several versions one after the other."""
    questions: dict[str, Question] = {}
    dites: dict[str, Counter[str]] = defaultdict(Counter)
    for compte in (semestres[code] for code in bloc.semestres):
        for question in (une for pk in compte.questionnaires for une in lues[pk]):
            questions.setdefault(question.cle, question)
        for cle, comptes in compte.dites.items():
            dites[cle].update(comptes)
    resumes = (summarise(question, dites[cle]) for cle, question in questions.items())
    syntheses = tuple(un for un in resumes if un is not None)
    moyennes = [une.moyenne for une in syntheses if une.moyenne is not None]
    return ResultatsBloc(
        periode=say_periode(bloc),
        nombre=bloc.nombre,
        syntheses=syntheses,
        moyenne=sum(moyennes) / len(moyennes) if moyennes else None,
    )
