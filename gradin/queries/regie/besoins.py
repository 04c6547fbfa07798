"""What needs the agent first, over all the amphis of his scope."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from gradin.data.amphis.models import Amphi, EtatAmphi, Fait, ListeAppel, Place
from gradin.data.demandes.models import DemandeCouple, EtatCouple
from gradin.domain.amphi.veille import URGENCE, Besoin, Constate, watch
from gradin.queries.etats import lire_etat
from gradin.queries.public.amphis import etat_shown
from gradin.queries.public.semestres import SemestreLu
from gradin.queries.questions import QuestionLue, waiting_questions
from gradin.queries.regie.amphis import (
    ABSENTS_DE_SUITE,
    AVANT_PUBLICATION,
    BIENTOT,
    absents_in_a_row,
    in_scope,
)
from gradin.queries.regie.mots import count, say_minutes, say_seconds
from gradin.queries.regie.propositions import proposed_by_others
from gradin.queries.visiteurs import Visiteur

STARTED = (EtatAmphi.EN_COURS, EtatAmphi.PAUSE)
ALERTE = frozenset(
    {Besoin.PANNE, Besoin.FIN_SANS_PRESENCE, Besoin.QUESTION, Besoin.SESSION, Besoin.A_COMMENCER}
)
Presents = Callable[[int], frozenset[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BesoinLu:
    """One need in words. `interne`, `tour`, `session`: what its act may name now.

    `seq`: makes its key.
    """

    besoin: str
    ton: str
    amphi: int
    groupe: str
    phase: str
    mot: str
    detail: str = ""
    telephone: str = ""
    interne: int | None = None
    tour: int | None = None
    session: int | None = None
    seq: int = 0


def list_besoins(
    visiteur: Visiteur, semestre: SemestreLu, presents: Presents, maintenant: datetime
) -> tuple[tuple[BesoinLu, ...], tuple[QuestionLue, ...]]:
    """(needs, the most urgent first; questions that wait, the oldest first)."""
    tous = [*in_scope(visiteur, semestre)]
    rows = [row for row in tous if row.etat != EtatAmphi.CLOS]
    instant = round(maintenant.timestamp() * 1000)
    questions = waiting_questions((row.pk for row in rows), instant)
    constates = [
        (row, constate)
        for row in rows
        for constate in (
            *_of_amphi(row, presents, instant),
            *_of_calendar(row, maintenant),
            *_of_queue(row, questions),
        )
    ] + _of_files(visiteur, tous, instant)
    noms = _people(constates)
    constates.sort(key=lambda one: _order(one[1]))
    return tuple(_say(row, constate, noms) for row, constate in constates), questions


def _order(constate: Constate) -> tuple[int, int, int]:
    """What counts down: the least left first; what waits: the longest first."""
    descend = constate.besoin in (Besoin.FIN_SANS_PRESENCE, Besoin.SESSION)
    dans = constate.dans if constate.besoin is Besoin.ABSENT_BIENTOT else 0
    return URGENCE[constate.besoin], dans, constate.reste if descend else -constate.reste


def _of_amphi(row: Amphi, presents: Presents, maintenant: int) -> Iterable[Constate]:
    if row.etat not in STARTED:
        return ()
    _, etat = lire_etat(row.pk)
    depuis = _paused_at(row.pk) if row.etat == EtatAmphi.PAUSE else None
    vus = watch(etat, presents(row.pk), maintenant=maintenant, pause_depuis=depuis)
    suite = absents_in_a_row(row.pk) if row.etat == EtatAmphi.EN_COURS else 0
    if suite < ABSENTS_DE_SUITE:
        return vus
    return (*vus, Constate(besoin=Besoin.ABSENTS_DE_SUITE, dans=suite))


def _of_calendar(row: Amphi, maintenant: datetime) -> Iterable[Constate]:
    if row.etat in STARTED or row.debut is None or etat_shown(row, maintenant) == EtatAmphi.CLOS:
        return ()
    reste = round((row.debut - maintenant).total_seconds() * 1000)
    if row.debut <= maintenant + BIENTOT:
        return (Constate(besoin=Besoin.A_COMMENCER, reste=-reste),)
    publiee = ListeAppel.objects.filter(amphi=row, published_at__isnull=False).exists()
    if row.debut <= maintenant + AVANT_PUBLICATION and not publiee:
        return (Constate(besoin=Besoin.LISTE, reste=-reste),)
    return ()


def _of_queue(row: Amphi, questions: tuple[QuestionLue, ...]) -> Iterable[Constate]:
    siennes = [question for question in questions if question.amphi == row.pk]
    if not siennes:
        return ()
    attente = max(question.attente_s for question in siennes) * 1000
    return (Constate(besoin=Besoin.QUESTION, dans=len(siennes), reste=attente),)


def _of_files(visiteur: Visiteur, rows: list[Amphi], maintenant: int) -> list[tuple[Amphi, Constate]]:
    """Acts that wait for a second agent (a choice is corrected after the close too), couples for the ARS."""
    par_pk = {row.pk: row for row in rows}
    propositions = proposed_by_others(rows, visiteur.compte, maintenant)
    couples = set(
        DemandeCouple.objects.filter(amphi__in=rows, etat=EtatCouple.ACCEPTE, ended_at=None)
        .exclude(amphi__etat=EtatAmphi.CLOS)
        .values_list("amphi", flat=True)
    )
    return [(par_pk[pk], Constate(besoin=Besoin.A_APPROUVER)) for pk in propositions] + [
        (par_pk[pk], Constate(besoin=Besoin.COUPLE)) for pk in couples
    ]


def _paused_at(pk: int) -> int | None:
    pauses = Fait.objects.filter(amphi=pk, fait__in=("PauseDebutee", "PanneConstatee")).order_by("-n")
    return pauses.values_list("a", flat=True).first()


def _people(constates: Iterable[tuple[Amphi, Constate]]) -> Mapping[tuple[int, int], tuple[str, str, int]]:
    """(amphi, number) → name, telephone, rank: only of those whom a need names."""
    vises = {(row.pk, c.interne) for row, c in constates if c.interne is not None}
    rows = Place.objects.filter(
        amphi__in={amphi for amphi, _ in vises}, numero__in={interne for _, interne in vises}
    ).values_list(
        "amphi",
        "numero",
        "rang",
        "inscription__interne__prenom",
        "inscription__interne__nom",
        "inscription__interne__telephone",
    )
    return {
        (amphi, numero): (f"{prenom} {nom}", telephone, rang or 0)
        for amphi, numero, rang, prenom, nom, telephone in rows
        if numero is not None
    }


def _say(row: Amphi, constate: Constate, noms: Mapping[tuple[int, int], tuple[str, str, int]]) -> BesoinLu:
    nom, telephone, rang = noms.get((row.pk, constate.interne or 0), ("", "", 0))
    mot, detail = _words(constate, f"{nom}, rang {rang}" if nom else "")
    return BesoinLu(
        besoin=str(constate.besoin),
        ton="alerte" if constate.besoin in ALERTE else "attention",
        amphi=row.pk,
        groupe=row.groupe.nom,
        phase=row.get_phase_display(),
        mot=mot,
        detail=detail,
        telephone=telephone,
        interne=constate.interne,
        tour=constate.tour,
        session=constate.session if constate.reste <= 0 else None,
        seq=row.seq,
    )


def _words(constate: Constate, qui: str) -> tuple[str, str]:  # noqa: C901 - one line a need
    reste = constate.reste
    match constate.besoin:
        case Besoin.PANNE:
            return f"Pause technique depuis {say_minutes(reste)}", "Le temps de chacun est gardé."
        case Besoin.FIN_SANS_PRESENCE:
            return f"Fin du tour dans {say_seconds(reste)}, personne n’est connecté", qui
        case Besoin.QUESTION:
            nombre = count(constate.dans, "question attend", "questions attendent")
            return nombre, f"La plus ancienne depuis {say_wait(reste)}"
        case Besoin.SESSION:
            quand = "Son heure est venue" if reste <= 0 else f"Dans {say_minutes(reste)}"
            return f"Session {constate.session} à commencer", quand
        case Besoin.ABSENT_BIENTOT:
            tours = "au prochain tour" if constate.dans == 1 else f"dans {constate.dans} tours"
            return f"Pas connecté, choisit {tours}", qui
        case Besoin.PAUSE_LONGUE:
            return f"En pause depuis {say_minutes(reste)}", ""
        case Besoin.PERSONNE:
            return "Personne ne choisit", "Un tour peut être ouvert"
        case Besoin.ABSENTS_DE_SUITE:
            return f"{constate.dans} absents de suite", "Vérifiez que la salle est joignable."
        case Besoin.A_APPROUVER:
            return "Un acte attend votre accord", "Proposé par un autre agent"
        case Besoin.COUPLE:
            return "Un couple attend l’accord de l’ARS", ""
        case Besoin.A_COMMENCER:
            return "À commencer", "Son heure est venue" if reste >= 0 else f"Dans {say_minutes(-reste)}"
        case Besoin.A_CLORE:
            return "Tous ont eu leur tour", "À clore, ou rattrapage"
        case Besoin.LISTE:
            return "Liste d’appel non publiée", f"L’amphithéâtre commence dans {say_minutes(-reste)}"


def say_wait(ms: int) -> str:
    return say_seconds(ms) if ms < 60_000 else say_minutes(ms)
