"""The evaluations of a service, drawn: one bar an answer, one column a period."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from gradin.domain.evaluations.anonymat import Part
from gradin.queries.evaluations.resultats import ResultatsBloc, ResultatsFamille
from gradin.web.gestion.graphiques import Colonne, draw_bar, draw_columns

NOTE_MAX = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionMontree:
    intitule: str
    nombre: int
    moyenne: str
    parts: tuple[tuple[Part, SafeString], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlocMontre:
    periode: str
    nombre: int
    moyenne: str
    questions: tuple[QuestionMontree, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilleMontree:
    """`colonnes`: the mean of each period, the oldest first; none when there is one period."""

    questionnaire: str
    lieu: str
    blocs: tuple[BlocMontre, ...]
    colonnes: tuple[Colonne, ...]
    commentaires: tuple[tuple[str, str], ...]


def show_resultats(familles: Iterable[ResultatsFamille]) -> tuple[FamilleMontree, ...]:
    return tuple(
        FamilleMontree(
            questionnaire=une.questionnaire,
            lieu=une.lieu,
            blocs=tuple(_bloc(bloc) for bloc in une.blocs),
            colonnes=_columns(une.blocs),
            commentaires=une.commentaires,
        )
        for une in familles
    )


def _columns(blocs: tuple[ResultatsBloc, ...]) -> tuple[Colonne, ...]:
    notes = [bloc for bloc in reversed(blocs) if bloc.moyenne is not None]
    if len(notes) < 2:
        return ()
    return draw_columns(
        [bloc.periode for bloc in notes],
        [bloc.moyenne for bloc in notes],
        [_say(bloc.moyenne) for bloc in notes],
        NOTE_MAX,
    )


def _bloc(bloc: ResultatsBloc) -> BlocMontre:
    return BlocMontre(
        periode=bloc.periode,
        nombre=bloc.nombre,
        moyenne=_say(bloc.moyenne),
        questions=tuple(
            QuestionMontree(
                intitule=une.question.intitule,
                nombre=une.nombre,
                moyenne=_say(une.moyenne),
                parts=tuple((part, draw_bar(part.part)) for part in une.parts),
            )
            for une in bloc.syntheses
        ),
    )


def _say(moyenne: float | None) -> str:
    """« 4,2 »."""
    return "" if moyenne is None else f"{moyenne:.1f}".replace(".", ",")
