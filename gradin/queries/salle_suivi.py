"""Where an amphi stands for one of its internes: the fold of the journal, read from his place."""

from collections.abc import Mapping
from dataclasses import dataclass

from gradin.data.amphis.models import Fait, Place
from gradin.domain.amphi.appel import internes_devant
from gradin.domain.amphi.lecture import can_ask_back, etat_poste
from gradin.domain.amphi.places import avertissements_pour, ouverts_a
from gradin.domain.amphi.state import Etat, Statut
from gradin.domain.durees import choice_durations
from gradin.domain.kernel import AVERTISSEMENTS, Motif
from gradin.queries.etats import lire_etat
from gradin.queries.salle import Salle

SUIVIS = ("TourOuvert", "TourPasse", "ChoixConfirme", "ChoixAnnule", "PauseDebutee", "PauseTerminee")
CADENCES_LUES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Suivi:
    """Where the amphi stands for one interne, at `seq`.

    `fin`: his own end at his tour, the public one otherwise. `cause`: why his tour passed.
    """

    seq: int
    etat: str
    statut: str
    devant: int | None
    tour: int | None
    choisit: int | None
    fin: int | None
    cause: str
    retour_possible: bool

    @property
    def mon_tour(self) -> bool:
        return self.statut == Statut.EN_COURS and self.tour is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ouverts:
    """By poste, what it has become, and why this interne may not choose it."""

    postes: Mapping[str, str]
    interdits: Mapping[str, Motif]


def load_suivi(salle: Salle) -> Suivi:
    """From the fold of the journal; nothing is written. The salle has commenced."""
    seq, etat = lire_etat(salle.amphi)
    numero = salle.moi.numero
    assert numero is not None
    tour = etat.tour
    return Suivi(
        seq=seq,
        etat=str(etat.etat),
        statut=str(etat.statuts.get(numero, Statut.A_VENIR)),
        devant=internes_devant(etat, numero),
        tour=tour.tour if tour and tour.interne == numero else None,
        choisit=tour.interne if tour else None,
        fin=_end(etat, numero),
        cause=str(etat.causes.get(numero, "")),
        retour_possible=can_ask_back(etat, numero),
    )


def load_ouverts(salle: Salle) -> Ouverts:
    _, etat = lire_etat(salle.amphi)
    numero = salle.moi.numero
    assert numero is not None
    return Ouverts(
        postes={poste: etat_poste(etat, poste) for poste in etat.postes},
        interdits={p: motif for p, motif in ouverts_a(etat, numero).items() if motif is not None},
    )


def warnings_for(salle: Salle, poste: str) -> tuple[str, ...]:
    """What the recap says although nothing is refused."""
    _, etat = lire_etat(salle.amphi)
    if salle.moi.numero is None or poste not in etat.postes:
        return ()
    dits = avertissements_pour(etat, salle.moi.numero, (poste,))
    return tuple(AVERTISSEMENTS[motif] for motif in dits.get(poste, ()))


def recent_durations(amphi: int) -> list[int]:
    """What the last choices took, in ms: the pace that the forecast starts from."""
    faits = Fait.objects.filter(amphi=amphi, fait__in=SUIVIS).order_by("-n")
    lignes = [*faits.values_list("n", "a", "fait")[: 3 * CADENCES_LUES]]
    return choice_durations(reversed(lignes), {})[-CADENCES_LUES:]


def name_of(salle: Salle, numero: int) -> str:
    """Names are read by the internes of the amphi (rules.md §9)."""
    row = Place.objects.filter(amphi=salle.amphi, numero=numero).values_list(
        "inscription__interne__prenom", "inscription__interne__nom"
    )
    return " ".join(row.first() or ("",))


def _end(etat: Etat, numero: int) -> int | None:
    if etat.tour is None:
        return None
    return etat.tour.fin if etat.tour.interne == numero else etat.tour.fin_publique
