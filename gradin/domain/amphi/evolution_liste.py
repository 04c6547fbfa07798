"""What the start, the sessions, a corrected list and the close change in the state."""

from collections.abc import Iterable, Mapping

from gradin.domain.amphi import facts as f
from gradin.domain.amphi.depart import LigneListe
from gradin.domain.amphi.state import Etat, EtatAmphi, Procuration, Statut


def demarrer(etat: Etat, fait: f.AmphiDemarre) -> Etat:
    lignes = {ligne.interne: ligne for ligne in fait.liste}
    hors_choix = frozenset(fait.hors_choix)
    return etat.change(
        etat=EtatAmphi.EN_COURS,
        amphi=fait.amphi,
        parametres=fait.parametres,
        lignes=lignes,
        ordre=by_rank(lignes.values()),
        postes={poste.poste: poste for poste in fait.offre},
        tenus=frozenset(fait.tenus),
        sessions=fait.sessions,
        couples=fait.couples,
        statuts={i: Statut.HORS_CHOIX if i in hors_choix else Statut.A_VENIR for i in lignes},
        procurations=_procurations(fait.liste),
    )


def _procurations(liste: Iterable[LigneListe]) -> Mapping[int, Procuration]:
    return {
        ligne.interne: Procuration(
            mandataire=ligne.prive.mandataire, acceptee=ligne.prive.procuration_acceptee
        )
        for ligne in liste
        if ligne.prive.mandataire is not None
    }


def by_rank(lignes: Iterable[LigneListe]) -> tuple[int, ...]:
    return tuple(ligne.interne for ligne in sorted(lignes, key=lambda ligne: ligne.rang))


def corriger(etat: Etat, fait: f.ListeCorrigee) -> Etat:
    """Changed lines take their new rank at once; an added interne is à venir, or absent as foreseen."""
    lignes = {**etat.lignes, **{ligne.interne: ligne for ligne in fait.liste}}
    ajoutees = [ligne for ligne in fait.liste if ligne.interne not in etat.lignes]
    ajouts = {
        ligne.interne: Statut.HORS_CHOIX if ligne.prive.absence_prevue else Statut.A_VENIR
        for ligne in ajoutees
    }
    couples = tuple(
        (one, other) if lignes[one].rang < lignes[other].rang else (other, one) for one, other in etat.couples
    )
    return etat.change(
        lignes=lignes,
        ordre=by_rank(lignes.values()),
        statuts={**etat.statuts, **ajouts},
        couples=couples,
        procurations={**etat.procurations, **_procurations(ajoutees)},
        changes={**etat.changes, **dict.fromkeys(_retyped(etat, fait), etat.seq + 1)},
    )


def _retyped(etat: Etat, fait: f.ListeCorrigee) -> Iterable[int]:
    for ligne in fait.liste:
        avant = etat.lignes.get(ligne.interne)
        if avant is not None and avant.prive.type_choix is not ligne.prive.type_choix:
            yield ligne.interne


def open_session(etat: Etat, fait: f.SessionOuverte) -> Etat:
    return etat.change(sessions_ouvertes=fait.session, session_en_cours=True, deborde=False)


def open_rattrapage(etat: Etat, fait: f.RattrapageOuvert) -> Etat:
    """The passés named are à venir again, in call order."""
    repris = frozenset(fait.internes)
    return etat.change(
        rattrapage=True,
        session_en_cours=True,
        statuts={**etat.statuts, **dict.fromkeys(repris, Statut.A_VENIR)},
        causes={interne: cause for interne, cause in etat.causes.items() if interne not in repris},
    )


def clore(etat: Etat, fait: f.AmphiClos) -> Etat:
    return etat.change(etat=EtatAmphi.CLOS, session_en_cours=False, pause=None)
