"""`evolve`: the state after a fact. It never refuses: what is in the journal has happened."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from gradin.domain.amphi import evolution_choix as choix
from gradin.domain.amphi import evolution_liste as liste
from gradin.domain.amphi import evolution_tour as tour
from gradin.domain.amphi import facts as f
from gradin.domain.amphi.appel import next_interne, next_session
from gradin.domain.amphi.state import VIDE, Etat
from gradin.domain.kernel import Fait

Evolution = Callable[[Etat, Any], Etat]

EVOLUTIONS: Mapping[type[Fait], Evolution] = {
    f.AmphiDemarre: liste.demarrer,
    f.ListeCorrigee: liste.corriger,
    f.SessionOuverte: liste.open_session,
    f.RattrapageOuvert: liste.open_rattrapage,
    f.AmphiClos: liste.clore,
    f.PauseDebutee: tour.suspend,
    f.PauseTerminee: tour.resume,
    f.PanneConstatee: tour.give_back,
    f.TourOuvert: tour.open_tour,
    f.TourProlonge: tour.prolong,
    f.TourPasse: tour.pass_tour,
    f.RetourPlace: tour.place_back,
    f.HorsChoixConstate: tour.hors_choix,
    f.CoupleForme: tour.form_couple,
    f.CoupleDefait: tour.undo_couple,
    f.ChoixConfirme: choix.confirm,
    f.ChoixAnnule: choix.annul,
    f.PosteAjoute: choix.add_poste,
    f.PosteRetire: choix.withdraw,
    f.ReserveLevee: choix.lift_reserve,
    f.ActeReserve: choix.reserved_act,
    f.MessageDiffuse: lambda etat, fait: etat,
}


def evolve(etat: Etat, fait: Fait) -> Etat:
    """The state after one fact."""
    apres = EVOLUTIONS[type(fait)](etat, fait)
    return _end_session(apres.change(seq=etat.seq + 1, dernier_a=max(etat.dernier_a, fait.a)))


def fold(faits: Iterable[Fait], etat: Etat = VIDE) -> Etat:
    """The state after all of them."""
    for fait in faits:
        etat = evolve(etat, fait)
    return etat


def _end_session(etat: Etat) -> Etat:
    """A session is over when nobody is left to call; ended after the next one's hour, it has overrun."""
    if not etat.session_en_cours or etat.tour is not None or next_interne(etat) is not None:
        return etat
    prochaine = next_session(etat)
    deborde = prochaine is not None and etat.dernier_a >= prochaine.debut
    return etat.change(session_en_cours=False, deborde=deborde)
