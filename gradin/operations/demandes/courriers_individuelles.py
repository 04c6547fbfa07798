"""The mails of individual demands and of postes given before the choice; words: `textes_situations.py`.

A mail is read on the way: it names no kind of demand, no reason and no answer.
"""

from gradin.data.demandes.models import DemandeIndividuelle, HorsChoix
from gradin.data.internes.models import Inscription
from gradin.operations.courriers import Lettre, Lien, compose, enqueue
from gradin.operations.courriers.adresse import site_url
from gradin.queries.individuelles.avis import courriels_of_coordonnateurs


def mail_interne(demande: DemandeIndividuelle, quoi: str, maintenant: int) -> None:
    """`quoi`: deposee, instruction, avis, decision. Said again each time the same step comes again."""
    lien = Lien(mots="Suivre ma demande", adresse=site_url(f"/mes-demandes/{demande.pk}/"))
    cle = f"individuelle-{demande.pk}-{quoi}-{maintenant}"
    _write(demande.inscription, cle, f"individuelle-{quoi}", lien, maintenant)


def mail_coordonnateurs(demande: DemandeIndividuelle, maintenant: int) -> None:
    """One each; the page names the interne, the mail does not."""
    lien = Lien(mots="Donner mon avis", adresse=site_url("/mon-espace/demandes/"))
    des = demande.inscription.des.intitule
    lettre = Lettre(
        modele="individuelle-avis-demande",
        valeurs={"des": des, "lien": lien},
        signature=_signature(demande.inscription),
    )
    for compte, courriel in courriels_of_coordonnateurs(demande.inscription):
        cle = f"individuelle-{demande.pk}-avis-demande-{compte}-{maintenant}"
        enqueue(cle, courriel, compose(lettre), maintenant)


def mail_hors_choix(donne: HorsChoix, inscription: Inscription, quoi: str, maintenant: int) -> None:
    """`quoi`: attribue, annule."""
    lien = Lien(mots="Mon parcours", adresse=site_url("/mon-parcours/"))
    _write(inscription, f"hors-choix-{donne.pk}-{quoi}", f"hors-choix-{quoi}", lien, maintenant)


def _write(inscription: Inscription, cle: str, modele: str, lien: Lien, maintenant: int) -> None:
    interne = inscription.interne
    if not interne.courriel:
        return
    lettre = Lettre(
        modele=modele, valeurs={"nom": str(interne), "lien": lien}, signature=_signature(inscription)
    )
    enqueue(cle, interne.courriel, compose(lettre), maintenant)


def _signature(inscription: Inscription) -> str:
    return f"Agence régionale de santé, {inscription.subdivision.nom}"
