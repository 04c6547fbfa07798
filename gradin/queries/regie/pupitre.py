"""The agent's console of one amphi: who chooses, until when, the counters, what may be done now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from gradin.data.amphis.models import Amphi, Fait
from gradin.domain.amphi.appel import next_session
from gradin.domain.amphi.lecture import compteurs, reserves_a_lever
from gradin.domain.amphi.parametres import Mode
from gradin.domain.amphi.state import Etat, EtatAmphi, Statut, Tour
from gradin.domain.amphi.temps import starts_alone
from gradin.domain.eligibilite.situation import TypeChoix
from gradin.queries.etats import lire_etat
from gradin.queries.prechoix import last_closing
from gradin.queries.regie.amphis import delay_of
from gradin.queries.regie.mots import TYPES
from gradin.queries.regie.personnes import Personne, people_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TourRegie:
    """`fin`: his own, without grace. `suspendu`: the instant of the pause. `duree_ms`: what he was
    given, with what was added since.
    """

    tour: int
    interne: int
    rang: int
    nom: str
    type_choix: str
    des: str
    telephone: str
    debut: int
    fin: int
    suspendu: int | None
    present: bool
    duree_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRegie:
    """`seule`: it begins at its hour without anybody (`demarrage_auto`, or after an overrun)."""

    numero: int
    sur: int
    rang_de: int
    rang_a: int
    debut: int
    en_cours: bool
    seule: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CompteursRegie:
    offerts: int
    choisis: int
    restants: int
    surnombres: int
    ont_choisi: int
    internes: int
    absents: int
    prevus: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pupitre:
    """`suivante`: the session that an agent may start now. `attendent`: internes who still have a tour.

    `voeux_jusque`: in an amphi `par_voeux`, the last closing while wishes may still change.
    """

    amphi: int
    seq: int
    etat: str
    en_salle: bool
    par_voeux: bool
    tour: TourRegie | None
    session: SessionRegie | None
    suivante: SessionRegie | None
    compteurs: CompteursRegie
    pause_label: str
    pause_depuis: int | None
    attendent: int
    passes: int
    reserves_a_lever: tuple[str, ...]
    retard: int
    rattrapage: bool
    voeux_jusque: datetime | None

    @property
    def is_rattrapable(self) -> bool:
        """Somebody was passed, and there are tours to call him back to."""
        return bool(self.passes) and not self.rattrapage and not self.par_voeux

    @property
    def is_paused(self) -> bool:
        return self.etat == EtatAmphi.PAUSE


def read_pupitre(amphi: int, presents: frozenset[int], maintenant: int) -> tuple[Pupitre, Etat]:
    """The console and the state it was read from. The amphi has started."""
    seq, etat = lire_etat(amphi)
    personnes = people_of(amphi)
    pupitre = Pupitre(
        amphi=amphi,
        seq=seq,
        etat=str(etat.etat),
        en_salle=etat.parametres.mode is Mode.EN_SALLE,
        par_voeux=etat.parametres.par_voeux,
        tour=_tour(etat, personnes, presents, _prolonged(amphi, etat.tour)),
        session=_session(etat, etat.sessions_ouvertes) if etat.session_en_cours else None,
        suivante=_next(etat),
        compteurs=_compteurs(etat, personnes),
        pause_label=str(etat.pause) if etat.pause else "",
        pause_depuis=_paused_at(amphi) if etat.pause else None,
        attendent=_number(etat, Statut.A_VENIR),
        passes=_number(etat, Statut.PASSE),
        reserves_a_lever=reserves_a_lever(etat),
        retard=delay_of(etat, maintenant),
        rattrapage=etat.rattrapage,
        voeux_jusque=last_closing(amphi) if etat.parametres.par_voeux else None,
    )
    return pupitre, etat


def find_row(pk: int) -> Amphi | None:
    """The row itself, for permissions to judge."""
    return Amphi.objects.select_related("groupe", "subdivision", "semestre").filter(pk=pk).first()


def ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _prolonged(amphi: int, tour: Tour | None) -> int:
    """What agents have added to the open tour, in ms."""
    if tour is None:
        return 0
    ajouts = Fait.objects.filter(amphi=amphi, fait="TourProlonge", p__tour=tour.tour)
    return sum(p["ms"] for p in ajouts.values_list("p", flat=True))


def _tour(
    etat: Etat, personnes: Mapping[int, Personne], presents: frozenset[int], ajoute_ms: int
) -> TourRegie | None:
    tour = etat.tour
    if tour is None:
        return None
    ligne, personne = etat.lignes[tour.interne], personnes.get(tour.interne)
    return TourRegie(
        tour=tour.tour,
        interne=tour.interne,
        rang=ligne.rang,
        nom=personne.entier if personne else f"Interne n° {tour.interne}",
        type_choix=TYPES[TypeChoix(ligne.prive.type_choix)],
        des=personne.des if personne else ligne.des,
        telephone=personne.telephone if personne else "",
        debut=tour.debut,
        fin=tour.fin,
        suspendu=tour.suspendu,
        present=tour.interne in presents,
        duree_ms=round(etat.parametres.duree_tour_ms * ligne.prive.multiplicateur) + ajoute_ms,
    )


def _session(etat: Etat, numero: int) -> SessionRegie | None:
    prevue = next((s for s in etat.sessions if s.session == numero), None)
    if prevue is None:
        return None
    return SessionRegie(
        numero=prevue.session,
        sur=len(etat.sessions),
        rang_de=prevue.rang_de,
        rang_a=prevue.rang_a,
        debut=prevue.debut,
        en_cours=etat.session_en_cours,
        seule=starts_alone(etat),
    )


def _next(etat: Etat) -> SessionRegie | None:
    prochaine = next_session(etat)
    return _session(etat, prochaine.session) if prochaine else None


def _compteurs(etat: Etat, personnes: Mapping[int, Personne]) -> CompteursRegie:
    compte = compteurs(etat)
    hors = [numero for numero, statut in etat.statuts.items() if statut is Statut.HORS_CHOIX]
    return CompteursRegie(
        offerts=compte.offerts,
        choisis=compte.choisis,
        restants=compte.restants,
        surnombres=compte.surnombres,
        ont_choisi=len(etat.choix),
        internes=len(etat.statuts),
        absents=_number(etat, Statut.PASSE) + len(hors),
        prevus=len(hors),
    )


def _number(etat: Etat, statut: Statut) -> int:
    return sum(1 for one in etat.statuts.values() if one is statut)


def _paused_at(amphi: int) -> int | None:
    pauses = Fait.objects.filter(amphi=amphi, fait="PauseDebutee").order_by("-n")
    return pauses.values_list("a", flat=True).first()
