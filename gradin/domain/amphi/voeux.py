"""The choice without tours: down the call list, each interne gets the first wish still open to him."""

from collections.abc import Mapping

from gradin.domain.amphi import commands as c
from gradin.domain.amphi import facts as f
from gradin.domain.amphi.controles import check_running
from gradin.domain.amphi.evolution import evolve
from gradin.domain.amphi.places import first_open
from gradin.domain.amphi.state import Etat, Statut
from gradin.domain.kernel import Fait, Motif, Refus


def choisir_par_voeux(etat: Etat, commande: c.ChoisirParVoeux, contexte: c.Contexte) -> tuple[Fait, ...]:
    """One run, final; whoever gets nothing ends passé. Already run: nothing to do."""
    if not etat.parametres.par_voeux:
        raise Refus(Motif.STATUT_INCOMPATIBLE)
    check_running(etat)
    faits: list[Fait] = []
    for interne in etat.ordre:
        if etat.statuts[interne] is not Statut.A_VENIR:
            continue
        fait = _grant(etat, commande, contexte, interne)
        faits.append(fait)
        etat = evolve(etat, fait)
    return tuple(faits)


def prechoix(etat: Etat, voeux: Mapping[int, tuple[str, ...]]) -> Mapping[int, str | None]:
    """The same run, not final: what each would get."""
    commande, contexte = c.ChoisirParVoeux(voeux=voeux), c.Contexte(maintenant=etat.dernier_a)
    obtenus: dict[int, str | None] = {}
    for interne in etat.ordre:
        if etat.statuts[interne] is Statut.A_VENIR:
            fait = _grant(etat, commande, contexte, interne)
            obtenus[interne] = fait.poste if isinstance(fait, f.ChoixConfirme) else None
            etat = evolve(etat, fait)
    return obtenus


def _grant(etat: Etat, commande: c.ChoisirParVoeux, contexte: c.Contexte, interne: int) -> Fait:
    a = etat.maintenant(contexte.maintenant)
    if interne in contexte.ailleurs:
        prive = f.Acte(auteur=commande.auteur, motif="affecté ailleurs")
        return f.HorsChoixConstate(a=a, interne=interne, prive=prive)
    voeux = commande.voeux.get(interne, ())
    poste = first_open(etat, interne, voeux)
    if poste is None:
        cause = f.CausePasse.AGENT if voeux else f.CausePasse.ABSENT
        passe = f.PassePrive(auteur=commande.auteur, cause=cause)
        return f.TourPasse(a=a, tour=0, interne=interne, prive=passe)
    type_choix = etat.lignes[interne].prive.type_choix
    choix = f.ChoixPrive(auteur=commande.auteur, type_choix=type_choix, voie=f.Voie.VOEUX)
    return f.ChoixConfirme(a=a, tour=0, interne=interne, poste=poste, prive=choix)
