"""What must hold at every state and every fact, stated again and apart from the engine."""

from collections import Counter
from functools import cache

from gradin.domain.amphi import facts as f
from gradin.domain.amphi.encodage import decode, encode
from gradin.domain.amphi.engine import evolve
from gradin.domain.amphi.lecture import compteurs, etat_poste
from gradin.domain.amphi.state import Etat

CLASSIQUE, VALIDANT = "classique", "surnombre_validant"


def check_state(etat: Etat) -> None:
    """Each in one statut that agrees with the rest; at most one classique per poste; the counters add up."""
    if not etat.lignes:
        return
    assert set(etat.statuts) == set(etat.lignes)
    par_statut = {s: {i for i, v in etat.statuts.items() if v == s} for s in set(etat.statuts.values())}
    assert par_statut.get("en_cours", set()) == ({etat.tour.interne} if etat.tour else set())
    assert par_statut.get("a_choisi", set()) == set(etat.choix)
    assert par_statut.get("passe", set()) == set(etat.causes)
    assert etat.retours <= par_statut.get("a_venir", set())
    classiques = Counter(ch.poste for ch in etat.choix.values() if ch.type_choix == CLASSIQUE)
    assert all(n == 1 for n in classiques.values())
    assert dict(etat.classiques) == {
        ch.poste: i for i, ch in etat.choix.items() if ch.type_choix == CLASSIQUE
    }
    assert not etat.retires & {ch.poste for ch in etat.choix.values()}
    check_counters(etat)
    assert etat.tour is None or (etat.tour.suspendu is not None) == (etat.etat == "pause")


def check_counters(etat: Etat) -> None:
    """Offerts = libres + pourvus, on the rows that are read."""
    postes = Counter(etat_poste(etat, poste) for poste in etat.postes)
    compte = compteurs(etat)
    assert compte.offerts == postes["libre"] + postes["pourvu"]
    assert (compte.choisis, compte.restants) == (postes["pourvu"], postes["libre"])
    assert compte.surnombres == sum(ch.type_choix != CLASSIQUE for ch in etat.choix.values())


def check_facts(etat: Etat, faits: tuple[f.Fait, ...]) -> Etat:
    """Each fact lawful where it stands, there and back through JSON; gives the state after."""
    expirations = 0
    for fait in faits:
        assert fait.a >= etat.dernier_a
        assert is_written_whole(fait)
        expirations += check_fact(etat, fait)
        apres = evolve(etat, fait)
        check_step(etat, fait, apres)
        etat = apres
    assert expirations <= 1
    check_state(etat)
    return etat


@cache
def is_written_whole(fait: f.Fait) -> bool:
    """There and back through JSON; explorations meet the same fact by many ways."""
    return decode(*_line(fait)) == fait


def _line(fait: f.Fait):
    nom, p, prive = encode(fait)
    return nom, fait.a, p, prive


def check_fact(etat: Etat, fait: f.Fait) -> int:
    """1 when time ended a tour."""
    match fait:
        case f.TourOuvert():
            check_order(etat, fait)
        case f.ChoixConfirme():
            check_choice(etat, fait)
            return int(fait.prive.voie == "liste_armee")
        case f.TourPasse(prive=f.PassePrive(auteur="systeme", cause=cause)) if fait.tour:
            tour = etat.tour
            assert etat.parametres.mode == "en_ligne"
            assert etat.etat == "en_cours"
            echu = fait.a > tour.fin + etat.parametres.grace_ms
            assert echu or (cause == "absent" and tour.juge is not None and fait.a > tour.juge)
            return 1
    return 0


def check_order(etat: Etat, fait: f.TourOuvert) -> None:
    """The better of a couple, then the best of those placed back, then the first of a begun session."""
    assert etat.tour is None
    assert etat.etat == "en_cours"
    assert fait.tour == etat.dernier_tour + 1
    rang = {i: ligne.rang for i, ligne in etat.lignes.items()}
    a_venir = [i for i, statut in etat.statuts.items() if statut == "a_venir"]
    attendent = {meilleur for meilleur, _ in etat.couples}
    begun = [s for s in etat.sessions if s.session <= etat.sessions_ouvertes]
    assert begun
    toutes = len(begun) == len(etat.sessions)
    begun_rang = max(rang.values()) if toutes else begun[-1].rang_a
    appelables = [i for i in a_venir if i not in attendent and rang[i] <= begun_rang]
    if etat.couple_attendu is not None:
        attendu = etat.couple_attendu
    elif etat.retours:
        attendu = min(etat.retours, key=rang.get)
    else:
        attendu = min(appelables, key=rang.get)
    assert fait.interne == attendu


def check_choice(etat: Etat, fait: f.ChoixConfirme) -> None:
    """The right interne, in time, a lawful poste."""
    rang = etat.lignes[fait.interne].rang
    numero, type_choix = fait.poste, fait.prive.type_choix
    assert fait.interne not in etat.choix
    assert type_choix == etat.lignes[fait.interne].prive.type_choix
    if fait.prive.voie in ("interne", "mandataire"):
        assert (etat.tour.interne, etat.tour.tour) == (fait.interne, fait.tour)
        en_salle = etat.parametres.mode == "en_salle"
        assert en_salle or fait.a <= etat.tour.fin + etat.parametres.grace_ms
        assert (fait.prive.voie == "mandataire") == (fait.interne in etat.procurations)
    assert numero in etat.postes
    assert numero not in etat.retires
    reserve = set(etat.postes[numero].reserve)
    assert not reserve or etat.lignes[fait.interne].des in reserve
    detenteurs = [i for i, ch in etat.choix.items() if (ch.poste, ch.type_choix) == (numero, CLASSIQUE)]
    politique = etat.parametres.surnombre
    if type_choix == CLASSIQUE or (type_choix == VALIDANT and politique == "cvl"):
        assert not detenteurs
        assert numero not in etat.tenus
    elif type_choix == VALIDANT:
        assert all(etat.lignes[i].rang > rang for i in detenteurs)
        assert numero not in etat.tenus
    assert type_choix == CLASSIQUE or politique != "interdit"
    maximum = etat.parametres.surnombres_max_par_service
    if type_choix != CLASSIQUE and maximum is not None:
        service = etat.postes[numero].service
        joints = [ch for ch in etat.choix.values() if ch.type_choix != CLASSIQUE]
        assert sum(etat.postes[ch.poste].service == service for ch in joints) < maximum


def check_step(avant: Etat, fait: f.Fait, apres: Etat) -> None:
    """Choices stay unless annulled; a pause gives back exactly what was left; a return is used once."""
    disparus = set(avant.choix.items()) - set(apres.choix.items())
    assert len(disparus) == isinstance(fait, f.ChoixAnnule)
    assert apres.seq == avant.seq + 1
    if isinstance(fait, f.PauseTerminee) and avant.tour is not None and avant.pause != "technique":
        assert apres.tour.fin - fait.a == avant.tour.fin - avant.tour.suspendu
    if isinstance(fait, f.PauseTerminee) and avant.tour is not None and avant.pause == "technique":
        reste = avant.tour.fin - avant.tour.suspendu
        assert apres.tour.fin - fait.a == max(reste, avant.parametres.reste_minimal_ms)
    if isinstance(fait, f.PanneConstatee) and avant.tour is not None:
        assert apres.tour.fin - fait.a == avant.tour.fin - fait.de
    if isinstance(fait, f.RetourPlace) and fait.prive.retour in ("connexion", "demande"):
        assert fait.interne not in avant.revenus
        assert fait.interne in apres.revenus
    if isinstance(fait, f.AmphiClos):
        restants = {i for i, statut in avant.statuts.items() if statut in ("a_venir", "en_cours")}
        assert restants == set(fait.internes)
        assert not restants or fait.prive.second not in (None, fait.prive.auteur)
