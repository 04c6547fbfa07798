"""The mails of accounts: which one, and what its fields say. Words: `courriers/textes_compte.py`."""

from gradin.operations.courriers import Lettre, Lien
from gradin.operations.courriers.adresse import site_url


def lettre_lien(prenom: str, adresse: str, jours: int) -> Lettre:
    lien = Lien(mots="Finaliser mon inscription", adresse=adresse)
    return Lettre(
        modele="inscription-lien", valeurs={"prenom": _nom(prenom), "lien": lien, "jours": str(jours)}
    )


def lettre_transmise(contact: str) -> Lettre:
    """To whatever address was typed: it says the same to all, and nothing of the roster."""
    return Lettre(modele="inscription-transmise", valeurs={"contact": contact})


def lettre_deja(prenom: str) -> Lettre:
    lien = Lien(mots="Mot de passe oublié\u202f?", adresse=site_url("/mot-de-passe/"))
    return Lettre(modele="inscription-deja", valeurs={"prenom": _nom(prenom), "lien": lien})


def lettre_finie(prenom: str) -> Lettre:
    lien = Lien(mots="Se connecter", adresse=site_url("/connexion/"))
    return Lettre(modele="inscription-finie", valeurs={"prenom": _nom(prenom), "lien": lien})


def lettre_refusee(contact: str) -> Lettre:
    return Lettre(modele="inscription-refusee", valeurs={"contact": contact})


def lettre_confirmer_courriel(adresse: str, jours: int) -> Lettre:
    lien = Lien(mots="Confirmer cette adresse", adresse=adresse)
    return Lettre(modele="courriel-confirmer", valeurs={"lien": lien, "jours": str(jours)})


def lettre_courriel_change(nouveau: str, adresse: str) -> Lettre:
    lien = Lien(mots="Revenir à mon ancienne adresse", adresse=adresse)
    return Lettre(modele="courriel-change", valeurs={"nouvelle": _masque(nouveau), "lien": lien})


def lettre_correction(nom: str, signature: str) -> Lettre:
    """The answer itself is read on the platform: a mail is read on the way."""
    lien = Lien(mots="Lire la réponse", adresse=site_url("/mon-profil/donnees/"))
    return Lettre(modele="correction-reponse", valeurs={"nom": nom, "lien": lien}, signature=signature)


def _nom(texte: str) -> str:
    """One line, no address: what somebody typed must not become a message of his own in our mail."""
    return " ".join("".join(c if c.isalpha() or c in "-'’ " else " " for c in texte).split())[:60]


def _masque(courriel: str) -> str:
    """Enough for its owner to know it, too little for a stranger who reads the old mailbox."""
    debut, _, domaine = courriel.partition("@")
    return f"{debut[:2]}…@{domaine}"
