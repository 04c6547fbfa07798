"""The mails of procurations and statuts, in the manual's words (§5 and §6), through the outbox."""

from html import escape

from gradin.data.demandes.models import DemandeStatut, Procuration
from gradin.operations.courriers import Courrier, enqueue
from gradin.operations.courriers.adresse import site_url
from gradin.operations.demandes.secret import jeton_of

AUTOMATIQUE = "Cet e-mail est automatique, merci de ne pas y répondre."


def mail_envoi(procuration: Procuration, maintenant: int) -> None:
    """The manual's first mail: to the mandant."""
    _mandant(
        procuration,
        f"envoi{procuration.envois}",
        "Votre demande de procuration",
        (
            f"Votre demande de procuration vient d’être envoyée à {procuration.courriel}.",
            "Suite à cette demande, vous ne pouvez plus effectuer de choix lors d’une session.\n"
            "Vous pouvez en revanche annuler à tout moment la procuration.\n"
            "Pour cela, rendez-vous sur votre page de session et cliquez sur "
            "«\u00a0Annuler la procuration\u00a0».",
            "Donnez vous-même à cette personne le code à six chiffres qui s’affiche dans votre profil\u00a0: "
            f"il lui sera demandé. {site_url('/mon-profil/procuration/')}",
        ),
        maintenant,
    )


def mail_invitation(procuration: Procuration, maintenant: int) -> None:
    """The manual's second mail: to the mandataire, with the single-use link."""
    mandant = str(procuration.inscription.interne)
    lien = site_url(f"/procuration/{jeton_of(procuration)}/")
    _enqueue(
        f"procuration-{procuration.pk}-invitation{procuration.envois}",
        procuration.courriel,
        f"{mandant} vous convie à sa demande de procuration",
        "Bonjour,",
        (
            f"{mandant} vous convie à sa demande de procuration.",
            "Afin de valider l’accès à sa session, vous devez cliquer sur le lien suivant\u00a0:\n"
            f"Valider la demande de procuration\u00a0: {lien}",
            f"Un code à six chiffres vous sera demandé\u00a0: {mandant} vous le donne directement. "
            "Ce lien ne sert qu’une fois et reste valable sept jours.",
        ),
        "",
        maintenant,
    )


def mail_acceptee(procuration: Procuration, par: str, maintenant: int) -> None:
    _mandant(
        procuration,
        "acceptee",
        "Votre procuration est acceptée",
        (
            f"Votre procuration est acceptée par {par}, qui choisira à votre place.",
            "Si ce n’est pas la personne à qui vous l’avez donnée, annulez-la\u00a0: "
            f"{site_url('/mon-profil/procuration/')}",
        ),
        maintenant,
    )


def mail_annulee(procuration: Procuration, maintenant: int) -> None:
    """Both are told."""
    _mandant(
        procuration,
        "annulee",
        "Votre procuration est annulée",
        (
            f"Votre procuration à {procuration.courriel} est annulée.",
            "Vous choisissez de nouveau vous-même, dès maintenant.",
        ),
        maintenant,
    )
    _mail_mandataire_fin(procuration, maintenant)


def mail_remplacee(procuration: Procuration, maintenant: int) -> None:
    """The mandant reads the new one's mail; the former mandataire reads that his is over."""
    _mail_mandataire_fin(procuration, maintenant)


def mail_declinee(procuration: Procuration, maintenant: int) -> None:
    _mandant(
        procuration,
        "declinee",
        "Votre procuration est déclinée",
        (
            f"{procuration.courriel} ne choisira pas à votre place\u00a0: la procuration est terminée.",
            "Vous choisissez de nouveau vous-même, dès maintenant. Vous pouvez en établir une autre\u00a0: "
            f"{site_url('/mon-profil/procuration/')}",
        ),
        maintenant,
    )


def mail_statut(demande: DemandeStatut, maintenant: int) -> None:
    """What the ARS decided. The mail is read on the way: it names no type de choix and no reason."""
    interne = demande.inscription.interne
    if not interne.courriel:
        return
    _enqueue(
        f"statut-{demande.pk}-{demande.etat}",
        interne.courriel,
        "Votre demande de changement de statut",
        f"Bonjour {interne},",
        (
            "L’ARS a répondu à votre demande de changement de type de choix.",
            f"Sa réponse est dans votre profil\u00a0: {site_url('/mon-profil/statut/')}",
        ),
        _signature(demande.inscription.subdivision.nom),
        maintenant,
    )


def _mail_mandataire_fin(procuration: Procuration, maintenant: int) -> None:
    mandant = str(procuration.inscription.interne)
    _enqueue(
        f"procuration-{procuration.pk}-fin",
        procuration.courriel,
        f"La procuration de {mandant} est annulée",
        "Bonjour,",
        (
            f"La procuration de {mandant} est annulée\u00a0: vous n’avez plus à choisir à sa place, "
            "et vous n’avez plus accès à sa session.",
        ),
        "",
        maintenant,
    )


def _mandant(
    procuration: Procuration, quoi: str, sujet: str, phrases: tuple[str, ...], maintenant: int
) -> None:
    interne = procuration.inscription.interne
    if interne.courriel:
        signature = _signature(procuration.inscription.subdivision.nom)
        cle = f"procuration-{procuration.pk}-{quoi}"
        _enqueue(cle, interne.courriel, sujet, f"Bonjour {interne},", phrases, signature, maintenant)


def _signature(subdivision: str) -> str:
    return f"Agence régionale de santé, {subdivision}"


def _enqueue(
    cle: str,
    destinataire: str,
    sujet: str,
    bonjour: str,
    phrases: tuple[str, ...],
    signature: str,
    maintenant: int,
) -> None:
    fin = (signature, f"Accès au site\u00a0: {site_url('/')}")
    pied = "\n".join(ligne for ligne in fin if ligne)
    paragraphes = (bonjour, *phrases, "Cordialement,", pied, AUTOMATIQUE)
    html = "".join(f"<p>{_linked(one)}</p>" for one in paragraphes)
    courrier = Courrier(
        sujet=sujet[:200],
        texte="\n\n".join(paragraphes) + "\n",
        html='<!doctype html><html lang="fr"><head><meta charset="utf-8">'
        f"<title>{escape(sujet)}</title></head><body>{html}</body></html>",
    )
    enqueue(cle, destinataire, courrier, maintenant)


def _linked(paragraphe: str) -> str:
    """Addresses of the platform become links; everything else is text."""
    base = site_url("/")
    mots = [
        f'<a href="{escape(mot)}">{escape(mot)}</a>' if mot.startswith(base) else escape(mot)
        for mot in paragraphe.replace("\n", " \n").split(" ")
    ]
    return " ".join(mots).replace(" \n", "<br>").replace("\n", "<br>")
