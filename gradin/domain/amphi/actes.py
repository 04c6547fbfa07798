"""Decisions on one interne's private settings, and messages to all."""

from gradin.domain.amphi import commands as c
from gradin.domain.amphi import facts as f
from gradin.domain.amphi.controles import check_known
from gradin.domain.amphi.state import Etat, Procuration, Statut
from gradin.domain.kernel import Fait, Motif, Refus


def changer_type(etat: Etat, commande: c.ChangerTypeChoix, contexte: c.Contexte) -> tuple[Fait, ...]:
    """Holds from now on, also in his open tour; after the choice only a correction helps."""
    ligne = check_known(etat, commande.interne)
    if ligne.prive.type_choix is commande.type_choix:
        return ()
    _check_has_not_chosen(etat, commande.interne)
    acte = f.TypeChoixChange(
        auteur=commande.auteur,
        motif=commande.motif,
        interne=commande.interne,
        type_choix=commande.type_choix,
    )
    return _reserved(etat, contexte, acte)


def changer_multiplicateur(
    etat: Etat, commande: c.ChangerMultiplicateur, contexte: c.Contexte
) -> tuple[Fait, ...]:
    """Never shorter than the standard; the open tour keeps its length (an agent may prolong it)."""
    ligne = check_known(etat, commande.interne)
    if ligne.prive.multiplicateur == commande.multiplicateur:
        return ()
    if not 1 <= commande.multiplicateur <= 4:
        raise Refus(Motif.VALEUR_INVALIDE)
    acte = f.MultiplicateurChange(
        auteur=commande.auteur,
        motif=commande.motif,
        interne=commande.interne,
        multiplicateur=commande.multiplicateur,
    )
    return _reserved(etat, contexte, acte)


def fixer_procuration(etat: Etat, commande: c.FixerProcuration, contexte: c.Contexte) -> tuple[Fait, ...]:
    """From its sending the mandant no longer chooses; accepted, the mandataire does."""
    check_known(etat, commande.interne)
    voulue = Procuration(mandataire=commande.mandataire, acceptee=commande.acceptee)
    if etat.procurations.get(commande.interne) == voulue:
        return ()
    _check_has_not_chosen(etat, commande.interne)
    acte = f.MandataireChange(
        auteur=commande.auteur,
        interne=commande.interne,
        mandataire=commande.mandataire,
        acceptee=commande.acceptee,
    )
    return _reserved(etat, contexte, acte)


def annuler_procuration(etat: Etat, commande: c.AnnulerProcuration, contexte: c.Contexte) -> tuple[Fait, ...]:
    """The mandant chooses again at once, until the choice."""
    check_known(etat, commande.interne)
    if commande.interne not in etat.procurations:
        return ()
    _check_has_not_chosen(etat, commande.interne)
    acte = f.MandataireChange(auteur=commande.auteur, interne=commande.interne, mandataire=None)
    return _reserved(etat, contexte, acte)


def diffuser(etat: Etat, commande: c.Message, contexte: c.Contexte) -> tuple[Fait, ...]:
    """A message to everybody of the amphi."""
    if not commande.texte.strip():
        raise Refus(Motif.VALEUR_INVALIDE)
    prive = f.MessagePrive(auteur=commande.auteur, texte=commande.texte)
    return (f.MessageDiffuse(a=etat.maintenant(contexte.maintenant), prive=prive),)


def _reserved(etat: Etat, contexte: c.Contexte, acte: f.ActePrive) -> tuple[Fait, ...]:
    return (f.ActeReserve(a=etat.maintenant(contexte.maintenant), prive=acte),)


def _check_has_not_chosen(etat: Etat, interne: int) -> None:
    if etat.statuts[interne] is Statut.A_CHOISI:
        raise Refus(Motif.DEJA_AFFECTE, poste=etat.choix[interne].poste)
