"""The mails of sign-up and profile: paragraphs and one link, as text and simple HTML."""

from dataclasses import dataclass
from html import escape

from gradin.operations.courriers import Courrier
from gradin.operations.courriers.adresse import site_url

AUTOMATIQUE = "Ce courriel est automatique, merci de ne pas y répondre."


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettre:
    """`lien` is (words, address), alone on its line; `apres` follows it."""

    sujet: str
    bonjour: str
    avant: tuple[str, ...]
    lien: tuple[str, str] | None = None
    apres: tuple[str, ...] = ()


def write_courrier(lettre: Lettre) -> Courrier:
    return Courrier(sujet=lettre.sujet[:200], texte=_as_texte(lettre), html=_as_html(lettre))


def lettre_lien(prenom: str, adresse: str, jours: int) -> Lettre:
    return Lettre(
        sujet="Terminez votre inscription sur Gradin",
        bonjour=f"Bonjour {_nom(prenom)},",
        avant=(
            "Vous avez demandé à vous inscrire sur la plateforme de choix des stages, "
            "ou l’ARS vous y invite. Pour choisir votre mot de passe et terminer, ouvrez ce lien\u00a0:",
        ),
        lien=("Finaliser mon inscription", adresse),
        apres=(
            f"Ce lien sert une seule fois et pendant {jours} jours.",
            "Vous n’avez rien demandé\u202f? Ne faites rien\u00a0: aucun compte n’est ouvert.",
        ),
    )


def lettre_transmise(contact: str) -> Lettre:
    """To whatever address was typed: it says the same to all, and nothing of the roster."""
    return Lettre(
        sujet="Votre demande d’inscription est chez l’ARS",
        bonjour="Bonjour,",
        avant=(
            "Une demande d’inscription à la plateforme de choix des stages a été faite avec cette adresse. "
            "Les informations données ne suffisent pas à ouvrir un compte\u00a0: "
            "l’ARS les vérifie et vous répondra ici.",
            f"Pour aller plus vite, contactez l’ARS{contact}.",
            "Vous n’avez rien demandé\u202f? Ne faites rien\u00a0: aucun compte n’est ouvert.",
        ),
    )


def lettre_deja(prenom: str) -> Lettre:
    return Lettre(
        sujet="Vous avez déjà un compte Gradin",
        bonjour=f"Bonjour {_nom(prenom)},",
        avant=(
            "Une inscription vient d’être demandée avec cette adresse, qui a déjà un compte\u00a0: "
            "votre inscription vaut pour tous les choix. "
            "Connectez-vous, ou choisissez un nouveau mot de passe\u00a0:",
        ),
        lien=("Mot de passe oublié\u202f?", site_url("/mot-de-passe/")),
        apres=("Vous n’avez rien demandé\u202f? Ne faites rien\u00a0: votre compte reste le même.",),
    )


def lettre_finie(prenom: str) -> Lettre:
    return Lettre(
        sujet="Votre inscription est confirmée",
        bonjour=f"Bonjour {_nom(prenom)},",
        avant=("Votre compte est ouvert. Votre identifiant est cette adresse. Pour vous connecter\u00a0:",),
        lien=("Se connecter", site_url("/connexion/")),
        apres=("Votre inscription est valide pour l’ensemble des choix\u00a0: elle n’est pas à refaire.",),
    )


def lettre_refusee(contact: str) -> Lettre:
    return Lettre(
        sujet="Votre demande d’inscription n’a pas abouti",
        bonjour="Bonjour,",
        avant=(
            "L’ARS n’a pas pu rapprocher votre demande d’inscription de sa liste des internes.",
            f"Contactez l’ARS{contact} pour vérifier ensemble vos informations.",
        ),
    )


def lettre_confirmer_courriel(adresse: str, jours: int) -> Lettre:
    return Lettre(
        sujet="Confirmez votre nouvelle adresse",
        bonjour="Bonjour,",
        avant=("Pour que cette adresse devienne celle de votre compte Gradin, ouvrez ce lien\u00a0:",),
        lien=("Confirmer cette adresse", adresse),
        apres=(
            f"Ce lien sert une seule fois et pendant {jours} jours. "
            "D’ici là, votre ancienne adresse reste la bonne.",
            "Vous n’avez rien demandé\u202f? Ne faites rien.",
        ),
    )


def lettre_courriel_change(nouveau: str, adresse: str) -> Lettre:
    return Lettre(
        sujet="L’adresse de votre compte a changé",
        bonjour="Bonjour,",
        avant=(
            f"L’adresse de votre compte Gradin est maintenant {_masque(nouveau)}. "
            "Si ce n’est pas vous, revenez à cette adresse-ci dans les 72 heures, "
            "puis choisissez un nouveau mot de passe\u00a0:",
        ),
        lien=("Revenir à mon ancienne adresse", adresse),
        apres=("Si c’est bien vous, vous n’avez rien à faire.",),
    )


def _nom(texte: str) -> str:
    """One line, no address: what somebody typed must not become a message of his own in our mail."""
    return " ".join("".join(c if c.isalpha() or c in "-'’ " else " " for c in texte).split())[:60]


def _masque(courriel: str) -> str:
    """Enough for its owner to know it, too little for a stranger who reads the old mailbox."""
    debut, _, domaine = courriel.partition("@")
    return f"{debut[:2]}…@{domaine}"


def _as_texte(lettre: Lettre) -> str:
    lien = [lettre.lien[1]] if lettre.lien else []
    fin = (f"Cordialement,\n\nGradin\n{site_url('/')}", AUTOMATIQUE)
    return "\n\n".join([lettre.bonjour, *lettre.avant, *lien, *lettre.apres, *fin]) + "\n"


def _as_html(lettre: Lettre) -> str:
    lien = ""
    if lettre.lien:
        mots, adresse = (escape(partie) for partie in lettre.lien)
        lien = f'<p><a href="{adresse}">{mots}</a><br>{adresse}</p>'
    avant, apres = (
        "".join(f"<p>{escape(texte)}</p>" for texte in partie) for partie in (lettre.avant, lettre.apres)
    )
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8">'
        f"<title>{escape(lettre.sujet)}</title></head><body><p>{escape(lettre.bonjour)}</p>"
        f"{avant}{lien}{apres}<p>Cordialement,</p><p>Gradin<br>{escape(site_url('/'))}</p>"
        f"<p>{AUTOMATIQUE}</p></body></html>"
    )
