"""Decisions that two agents take: correct a choice, correct the list."""

from gradin.domain.amphi import commands as c
from gradin.domain.amphi import facts as f
from gradin.domain.amphi.controles import acte_a_deux, check_known, check_motif, check_second
from gradin.domain.amphi.evolution import evolve
from gradin.domain.amphi.places import refusal
from gradin.domain.amphi.state import Etat
from gradin.domain.kernel import Fait, Motif, Refus


def corriger_choix(etat: Etat, commande: c.CorrigerChoix, contexte: c.Contexte) -> tuple[Fait, ...]:
    """Annuls a choice and, when a poste is named, gives it instead under the same rules.

    The second agent comes last: nobody is asked to approve what the rules refuse.
    """
    check_known(etat, commande.interne)
    if commande.interne not in etat.choix:
        raise Refus(Motif.CHOIX_INCONNU)
    if contexte.aval_ouvert:
        raise Refus(Motif.AVAL_OUVERT)
    check_motif(commande)
    a = etat.maintenant(contexte.maintenant)
    choix = etat.choix[commande.interne]
    annule = f.ChoixAnnule(a=a, n=choix.n, prive=acte_a_deux(commande))
    if commande.poste is not None:
        motif = refusal(evolve(etat, annule), commande.interne, commande.poste)
        if motif is not None:
            raise Refus(motif, poste=commande.poste)
    check_second(commande)
    return (annule,) if commande.poste is None else (annule, _instead(etat, commande, commande.poste, a))


def _instead(etat: Etat, commande: c.CorrigerChoix, poste: str, a: int) -> f.ChoixConfirme:
    prive = f.ChoixPrive(
        auteur=commande.auteur,
        motif=commande.motif,
        type_choix=etat.lignes[commande.interne].prive.type_choix,
        voie=f.Voie.ARS,
        vu=commande.vu,
    )
    tour = etat.choix[commande.interne].tour
    return f.ChoixConfirme(a=a, tour=tour, interne=commande.interne, poste=poste, prive=prive)


def corriger_liste(etat: Etat, commande: c.CorrigerListe, contexte: c.Contexte) -> tuple[Fait, ...]:
    """New ranks for some, new internes numbered on; no two with one rank."""
    changees = tuple(ligne for ligne in commande.liste if etat.lignes.get(ligne.interne) != ligne)
    if not changees:
        return ()
    check_motif(commande)
    lignes = {**etat.lignes, **{ligne.interne: ligne for ligne in changees}}
    rangs = {ligne.rang for ligne in lignes.values()}
    if len(rangs) != len(lignes) or set(lignes) != set(range(1, len(lignes) + 1)):
        raise Refus(Motif.LISTE_INVALIDE)
    check_second(commande)
    a = etat.maintenant(contexte.maintenant)
    return (f.ListeCorrigee(a=a, liste=changees, prive=acte_a_deux(commande)),)
