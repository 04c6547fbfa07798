"""All amphis of an agent's scope, what needs a person first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from gradin.data.amphis.models import Amphi, EtatAmphi, Fait, ListeAppel
from gradin.domain.amphi.appel import next_session
from gradin.domain.amphi.state import Etat, Statut
from gradin.domain.amphi.temps import echeance
from gradin.queries.etats import lire_etat
from gradin.queries.public.amphis import etat_shown
from gradin.queries.public.semestres import SemestreLu
from gradin.queries.regie.mots import count, say_minutes
from gradin.queries.regie.propositions import proposed_by_others
from gradin.queries.visiteurs import Visiteur

ABSENTS_DE_SUITE = 3
RETARD_QUI_ALERTE = 5 * 60_000
BIENTOT = timedelta(minutes=15)
AVANT_PUBLICATION = timedelta(hours=48)


class Urgence(IntEnum):
    """Sections of the régie, in their order on the page."""

    A_TRAITER = 0
    EN_COURS = 1
    PLUS_TARD = 2
    CLOS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerte:
    """`ton`: alerte, attention, regulier or neutre; `detail` may be replaced by an hour."""

    ton: str
    symbole: str
    mot: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmphiRegie:
    pk: int
    groupe: str
    phase: str
    etat: str
    urgence: Urgence
    alerte: Alerte
    debut: datetime | None
    fuseau: str
    part: int

    @property
    def is_started(self) -> bool:
        return self.etat in (EtatAmphi.EN_COURS, EtatAmphi.PAUSE, EtatAmphi.CLOS)


def list_amphis(visiteur: Visiteur, semestre: SemestreLu, maintenant: datetime) -> list[AmphiRegie]:
    rows = [*in_scope(visiteur, semestre)]
    proposes = proposed_by_others(rows, visiteur.compte, round(maintenant.timestamp() * 1000))
    publiees = {
        *ListeAppel.objects.filter(amphi__in=rows, published_at__isnull=False).values_list("amphi", flat=True)
    }
    lus = [_read(row, maintenant, row.pk in proposes, row.pk in publiees) for row in rows]
    return sorted(lus, key=lambda lu: (lu.urgence, lu.alerte.ton != "alerte"))


def in_scope(visiteur: Visiteur, semestre: SemestreLu) -> QuerySet[Amphi]:
    """In the order of their hours, then of their codes."""
    if not visiteur.portees:
        return Amphi.objects.none()
    parts = (
        Q(subdivision=subdivision) if groupe is None else Q(subdivision=subdivision, groupe=groupe)
        for subdivision, groupe in visiteur.portees
    )
    amphis = Amphi.objects.filter(reduce(or_, parts), semestre=semestre.pk)
    return amphis.select_related("groupe", "subdivision").order_by(
        "debut", Length("groupe__code"), "groupe__code", "phase", "pk"
    )


def _read(amphi: Amphi, maintenant: datetime, proposee: bool, publiee: bool) -> AmphiRegie:
    etat = etat_shown(amphi, maintenant)
    urgence, alerte, part = _judge(amphi, etat, maintenant, publiee)
    if proposee:
        urgence, alerte = (
            Urgence.A_TRAITER,
            Alerte(ton="attention", symbole="sceau", mot="Un acte à approuver"),
        )
    return AmphiRegie(
        pk=amphi.pk,
        groupe=amphi.groupe.nom,
        phase=amphi.get_phase_display(),
        etat=etat,
        urgence=urgence,
        alerte=alerte,
        debut=amphi.debut,
        fuseau=amphi.subdivision.fuseau,
        part=part,
    )


def _judge(amphi: Amphi, etat: str, maintenant: datetime, publiee: bool) -> tuple[Urgence, Alerte, int]:
    if etat in (EtatAmphi.EN_COURS, EtatAmphi.PAUSE, EtatAmphi.CLOS):
        _, joue = lire_etat(amphi.pk)
        return *_judge_started(amphi, joue, round(maintenant.timestamp() * 1000)), _part(joue)
    return *_judge_coming(amphi, etat, maintenant, publiee), 0


def _judge_coming(amphi: Amphi, etat: str, maintenant: datetime, publiee: bool) -> tuple[Urgence, Alerte]:
    neutre = {"brouillon": "Non validé", "valide": "Validé", "ouvert": "Ouvert aux favoris"}[etat]
    if amphi.debut is not None and amphi.debut <= maintenant + BIENTOT:
        return Urgence.A_TRAITER, Alerte(ton="alerte", symbole="horloge", mot="À commencer")
    if amphi.debut is not None and amphi.debut <= maintenant + AVANT_PUBLICATION and not publiee:
        return Urgence.A_TRAITER, Alerte(ton="attention", symbole="alerte", mot="Liste d’appel non publiée")
    return Urgence.PLUS_TARD, Alerte(ton="neutre", symbole="calendrier", mot=neutre)


def _judge_started(amphi: Amphi, etat: Etat, maintenant: int) -> tuple[Urgence, Alerte]:
    attendent = sum(1 for statut in etat.statuts.values() if statut is Statut.A_VENIR)
    if amphi.etat == EtatAmphi.CLOS:
        detail = count(len(etat.choix), "choix", "choix")
        return Urgence.CLOS, Alerte(ton="neutre", symbole="cadenas", mot="Clos", detail=detail)
    if amphi.etat == EtatAmphi.PAUSE:
        depuis = say_minutes(maintenant - _paused_at(amphi.pk, maintenant))
        detail = f"Reprise attendue par {count(attendent, 'interne', 'internes')}" if attendent else ""
        return Urgence.A_TRAITER, Alerte(
            ton="alerte", symbole="pause", mot=f"En pause depuis {depuis}", detail=detail
        )
    if etat.tour is None and attendent and echeance(etat) is not None:
        return Urgence.EN_COURS, _before_session(etat)
    if etat.tour is None:
        return Urgence.A_TRAITER, _nobody_chooses(etat, attendent)
    return _judge_running(amphi.pk, etat, maintenant)


def _before_session(etat: Etat) -> Alerte:
    """It begins at its hour without anybody: nothing is asked of the agent."""
    detail = f"Session {etat.sessions_ouvertes + 1} commence seule"
    return Alerte(ton="regulier", symbole="horloge", mot="Attend son heure", detail=detail)


def _nobody_chooses(etat: Etat, attendent: int) -> Alerte:
    if etat.parametres.par_voeux:
        mot = "Postes à attribuer" if attendent else "Postes attribués"
        detail = "Choix par vœux" if attendent else "À clore"
        return Alerte(ton="attention", symbole="coche", mot=mot, detail=detail)
    if not attendent:
        return Alerte(
            ton="attention", symbole="coche", mot="Tous ont eu leur tour", detail="À clore, ou rattrapage"
        )
    session = next_session(etat)
    detail = f"Session {session.session} à commencer" if session else "Un tour peut être ouvert"
    return Alerte(ton="attention", symbole="alerte", mot="Personne ne choisit", detail=detail)


def _judge_running(pk: int, etat: Etat, maintenant: int) -> tuple[Urgence, Alerte]:
    absents = absents_in_a_row(pk)
    retard = delay_of(etat, maintenant)
    a_l_heure = f"{say_minutes(retard)} de retard" if retard >= 60_000 else "à l’heure"
    assert etat.tour is not None
    rang = f"Rang {etat.lignes[etat.tour.interne].rang} sur {len(etat.lignes)}"
    detail = f"{rang} · {a_l_heure}"
    if absents >= ABSENTS_DE_SUITE:
        mot = f"{absents} absents de suite"
        return Urgence.A_TRAITER, Alerte(ton="attention", symbole="alerte", mot=mot, detail=detail)
    if retard >= RETARD_QUI_ALERTE:
        return Urgence.EN_COURS, Alerte(ton="attention", symbole="horloge", mot=a_l_heure, detail=rang)
    return Urgence.EN_COURS, Alerte(ton="regulier", symbole="coche", mot="Régulier", detail=detail)


def delay_of(etat: Etat, maintenant: int) -> int:
    """How late the rank now choosing is on the hours of its session, in ms; never negative."""
    if etat.tour is None:
        return 0
    rang = etat.lignes[etat.tour.interne].rang
    session = next((s for s in etat.sessions if s.rang_de <= rang <= s.rang_a), None)
    if session is None or rang < etat.rang_atteint:
        return 0
    par_rang = (session.fin - session.debut) / (session.rang_a - session.rang_de + 1)
    return max(0, round(maintenant - session.debut - (rang - session.rang_de + 1) * par_rang))


def absents_in_a_row(pk: int) -> int:
    tours = Fait.objects.filter(amphi=pk, fait__in=("TourPasse", "ChoixConfirme")).order_by("-n")
    suite = 0
    for fait, prive in tours.values_list("fait", "ouverture__prive")[:20]:
        if fait != "TourPasse" or (prive or {}).get("cause") != "absent":
            break
        suite += 1
    return suite


def _paused_at(pk: int, sinon: int) -> int:
    pauses = Fait.objects.filter(amphi=pk, fait__in=("PauseDebutee", "PanneConstatee")).order_by("-n")
    return pauses.values_list("a", flat=True).first() or sinon


def _part(etat: Etat) -> int:
    """How much is done, in hundredths: whoever has no more tour to come."""
    reste = sum(1 for statut in etat.statuts.values() if statut in (Statut.A_VENIR, Statut.EN_COURS))
    return round(100 * (1 - reste / len(etat.statuts))) if etat.statuts else 0
