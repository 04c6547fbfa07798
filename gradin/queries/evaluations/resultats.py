"""What may be shown of the answers about a service: whole blocs of closed campaigns, five answers each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from gradin.data.evaluations.models import Commentaire, EtatCommentaire, ReponseAnonyme
from gradin.domain.evaluations.anonymat import Bloc, Synthese, cut_blocs, summarise
from gradin.domain.evaluations.questionnaire import Question, read_questions
from gradin.domain.rang.semestre import parse_semestre

# Subdivision, IMOTEP as it was, DES of the questionnaire: what is never added up with anything else.
Famille = tuple[int, str, int | None]
LIES = ("campagne__semestre", "campagne__subdivision", "questionnaire__des")


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


def closed_before(maintenant: datetime) -> QuerySet[ReponseAnonyme]:
    """While a campaign runs nothing of it is counted: each new answer could be told from the others."""
    return ReponseAnonyme.objects.filter(campagne__ferme_at__lte=maintenant)


def read_resultats(service: int, maintenant: datetime) -> tuple[ResultatsFamille, ...]:
    return tuple(gather(closed_before(maintenant).filter(service=service)))


def gather(rows: QuerySet[ReponseAnonyme]) -> Iterator[ResultatsFamille]:
    """All the answers of a service, or nothing of it: a part would be cut into other blocs."""
    familles: dict[Famille, list[ReponseAnonyme]] = defaultdict(list)
    for row in rows.select_related(*LIES).order_by("service__cle_tri", "imotep", "questionnaire__des"):
        familles[family_of(row)].append(row)
    commentaires = _published({une[0].service_id for une in familles.values()})
    for cle, siennes in familles.items():
        blocs = blocs_of(siennes)
        if not blocs:
            continue
        premiere = siennes[0]
        yield ResultatsFamille(
            service=premiere.service_id,
            subdivision=cle[0],
            lieu=premiere.campagne.subdivision.nom,
            questionnaire=premiere.questionnaire.des.intitule if premiere.questionnaire.des else "",
            blocs=tuple(_bloc(bloc, siennes) for bloc in reversed(blocs)),
            commentaires=tuple(
                (row.question, row.texte)
                for row in commentaires[cle]
                if any(row.campagne.semestre.code in bloc.semestres for bloc in blocs)
            ),
        )


def family_of(row: ReponseAnonyme | Commentaire) -> Famille:
    return row.campagne.subdivision_id, row.imotep, row.questionnaire.des_id


def blocs_of(rows: Iterable[ReponseAnonyme]) -> tuple[Bloc, ...]:
    return cut_blocs(Counter(row.campagne.semestre.code for row in rows))


def say_periode(bloc: Bloc) -> str:
    """« novembre 2026 », « de mai 2025 à novembre 2026 »."""
    debut, fin = (parse_semestre(code).libelle for code in (bloc.semestres[0], bloc.semestres[-1]))
    return debut if debut == fin else f"de {debut} à {fin}"


def _published(services: set[int]) -> dict[Famille, list[Commentaire]]:
    """By a key that was drawn."""
    rows = Commentaire.objects.filter(service__in=services, etat=EtatCommentaire.PUBLIE)
    par_famille: dict[Famille, list[Commentaire]] = defaultdict(list)
    for row in rows.select_related(*LIES).order_by("pk"):
        par_famille[family_of(row)].append(row)
    return par_famille


def _bloc(bloc: Bloc, rows: Iterable[ReponseAnonyme]) -> ResultatsBloc:
    """Questions in the order of the questionnaire; those of several versions one after the other."""
    questions: dict[str, Question] = {}
    dites: dict[str, list[str]] = defaultdict(list)
    siennes = [row for row in rows if row.campagne.semestre.code in bloc.semestres]
    for row in siennes:
        for question in read_questions(row.questionnaire.contenu):
            questions.setdefault(question.cle, question)
        for cle, dite in row.reponses.items():
            dites[cle].append(dite)
    lues = (summarise(question, dites[cle]) for cle, question in questions.items())
    syntheses = tuple(lue for lue in lues if lue is not None)
    moyennes = [lue.moyenne for lue in syntheses if lue.moyenne is not None]
    return ResultatsBloc(
        periode=say_periode(bloc),
        nombre=bloc.nombre,
        syntheses=syntheses,
        moyenne=sum(moyennes) / len(moyennes) if moyennes else None,
    )
