"""The mails of procurations and statuts, through the outbox. Words: `courriers/textes_demandes.py`."""

from gradin.data.demandes.models import DemandeStatut, Procuration
from gradin.operations.courriers import Lettre, Lien, compose, enqueue
from gradin.operations.courriers.adresse import site_url
from gradin.operations.demandes.secret import jeton_of


def mail_envoi(procuration: Procuration, maintenant: int) -> None:
    """The manual's first mail: to the mandant."""
    _mandant(procuration, f"envoi{procuration.envois}", "procuration-envoi", procuration.courriel, maintenant)


def mail_invitation(procuration: Procuration, maintenant: int) -> None:
    """The manual's second mail: to the mandataire, with the single-use link."""
    adresse = site_url(f"/procuration/{jeton_of(procuration)}/")
    lien = Lien(mots="Valider la demande de procuration", adresse=adresse)
    _mandataire(procuration, f"invitation{procuration.envois}", "procuration-invitation", lien, maintenant)


def mail_acceptee(procuration: Procuration, par: str, maintenant: int) -> None:
    _mandant(procuration, "acceptee", "procuration-acceptee", par, maintenant)


def mail_enregistree(procuration: Procuration, adresse: str, maintenant: int) -> None:
    """To the mandataire whom the ARS saw: where he signs in, or first chooses his password."""
    lien = Lien(mots="Me connecter", adresse=adresse)
    _mandataire(procuration, "enregistree", "procuration-enregistree", lien, maintenant)


def mail_annulee(procuration: Procuration, maintenant: int) -> None:
    """Both are told."""
    _mandant(procuration, "annulee", "procuration-annulee", procuration.courriel, maintenant)
    mail_remplacee(procuration, maintenant)


def mail_remplacee(procuration: Procuration, maintenant: int) -> None:
    """The mandant reads the new one's mail; the former mandataire reads that his is over."""
    _mandataire(procuration, "fin", "procuration-fin", None, maintenant)


def mail_declinee(procuration: Procuration, maintenant: int) -> None:
    _mandant(procuration, "declinee", "procuration-declinee", procuration.courriel, maintenant)


def mail_statut(demande: DemandeStatut, maintenant: int) -> None:
    """What the ARS decided. The mail is read on the way: it names no type de choix and no reason."""
    interne = demande.inscription.interne
    if not interne.courriel:
        return
    lien = Lien(mots="Lire la réponse", adresse=site_url("/mon-profil/statut/"))
    lettre = Lettre(
        modele="statut-reponse",
        valeurs={"nom": str(interne), "lien": lien},
        signature=_signature(demande.inscription.subdivision.nom),
    )
    enqueue(f"statut-{demande.pk}-{demande.etat}", interne.courriel, compose(lettre), maintenant)


def _mandant(procuration: Procuration, quoi: str, modele: str, mandataire: str, maintenant: int) -> None:
    interne = procuration.inscription.interne
    if not interne.courriel:
        return
    lien = Lien(mots="Ma procuration", adresse=site_url("/mon-profil/procuration/"))
    lettre = Lettre(
        modele=modele,
        valeurs={"nom": str(interne), "mandataire": mandataire, "lien": lien},
        signature=_signature(procuration.inscription.subdivision.nom),
    )
    enqueue(f"procuration-{procuration.pk}-{quoi}", interne.courriel, compose(lettre), maintenant)


def _mandataire(procuration: Procuration, quoi: str, modele: str, lien: Lien | None, maintenant: int) -> None:
    nom = str(procuration.inscription.interne)
    valeurs = {"nom": nom} | ({"lien": lien} if lien else {})
    lettre = Lettre(modele=modele, valeurs=valeurs, signature="")
    enqueue(f"procuration-{procuration.pk}-{quoi}", procuration.courriel, compose(lettre), maintenant)


def _signature(subdivision: str) -> str:
    return f"Agence régionale de santé, {subdivision}"
