"""Writes the words of a mail from what its row names: subject, text, simple HTML."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from gradin.data.courriers.models import Envoi
from gradin.documents.fiche import lignes_of
from gradin.operations.courriers.adresse import journal_url, site_url
from gradin.queries.recus import Recu, heure_of, recu_of


class SansDestinataire(Exception):
    """Nobody to write to: the interne has no address. Trying again would change nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Courrier:
    sujet: str
    texte: str
    html: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Contenu:
    """A mail before its two forms. `tables` are (label, value) lines."""

    sujet: str
    bonjour: str
    annonce: str
    tables: tuple[tuple[tuple[str, str], ...], ...]
    suite: tuple[str, ...]
    signature: str


def redige(envoi: Envoi) -> Envoi:
    """The same row with its recipient and words; rows written whole come back untouched."""
    if envoi.texte:
        return envoi
    nature, amphi, n = envoi.cle.split("-")
    recu = recu_of(int(amphi), int(n))
    if not recu.courriel:
        raise SansDestinataire(f"{recu.nom} n’a pas d’adresse de courriel")
    contenu = CONTENUS[nature](recu)
    envoi.destinataire, envoi.sujet = recu.courriel, contenu.sujet
    envoi.texte, envoi.html = _as_texte(contenu), _as_html(contenu)
    return envoi


def _choix(recu: Recu) -> _Contenu:
    return _Contenu(
        sujet=f"Votre choix : poste n° {recu.fiche.numero}",
        bonjour=f"Bonjour {recu.nom},",
        annonce="Vous avez choisi pour stage :",
        tables=(lignes_of(recu.fiche), _lignes_recu(recu)),
        suite=(
            *_voies(recu),
            "Votre choix est définitif.",
            f"Pour vérifier : téléchargez le journal de l’amphi, {journal_url(recu.amphi)} ; "
            f"sa ligne {recu.n} porte votre poste et se termine par l’empreinte ci-dessus. "
            "Gardez ce courriel : si cette ligne changeait un jour, il le prouverait.",
            f"Votre attestation est disponible : {site_url('/mes-attestations/')}",
            f"Votre reçu complet vous attend sur la plateforme : {site_url('/mon-amphi/recu/')}",
        ),
        signature=f"Agence régionale de santé, {recu.subdivision}",
    )


def _annulation(recu: Recu) -> _Contenu:
    return _Contenu(
        sujet=f"Votre choix du poste n° {recu.fiche.numero} est annulé",
        bonjour=f"Bonjour {recu.nom},",
        annonce="L’ARS a annulé le choix suivant :",
        tables=(lignes_of(recu.fiche), _lignes_recu(recu)),
        suite=(
            "L’ancienne ligne reste dans le journal de l’amphi. L’ARS vous dira la suite ; "
            f"votre situation est sur la plateforme : {site_url('/mon-amphi/')}",
        ),
        signature=f"Agence régionale de santé, {recu.subdivision}",
    )


CONTENUS: Mapping[str, Callable[[Recu], _Contenu]] = {"choix": _choix, "annulation": _annulation}

AUTOMATIQUE = "Ce courriel est automatique, merci de ne pas y répondre."
VOIES = {
    "mandataire": "Ce choix a été fait par votre mandataire.",
    "liste_armee": "Ce choix a été fait d’après votre liste armée : "
    "c’est le premier de vos favoris qui vous restait ouvert.",
    "ars": "Ce choix a été saisi par l’ARS à votre place.",
    "voeux": "Ce choix a été fait d’après vos vœux.",
}


def _voies(recu: Recu) -> tuple[str, ...]:
    return (VOIES[recu.voie],) if recu.voie in VOIES else ()


def _lignes_recu(recu: Recu) -> tuple[tuple[str, str], ...]:
    """No type de choix, no salt: a mail is read on the way; the page gives them to their owner."""
    return (
        ("Amphi", recu.intitule),
        ("Heure", heure_of(recu)),
        ("Reçu n°", str(recu.n)),
        ("Empreinte", recu.h),
    )


def _as_texte(contenu: _Contenu) -> str:
    tables = ["\n".join(f"{nom} : {valeur}".rstrip() for nom, valeur in table) for table in contenu.tables]
    fin = ("Cordialement,", f"{contenu.signature}\n{_acces()}", AUTOMATIQUE)
    return "\n\n".join([contenu.bonjour, contenu.annonce, *tables, *contenu.suite, *fin]) + "\n"


def _acces() -> str:
    return f"Accès au site : {site_url('/')}"


def _as_html(contenu: _Contenu) -> str:
    tables = "".join(
        f"<table>{''.join(_ligne(*ligne) for ligne in table)}</table>" for table in contenu.tables
    )
    suite = "".join(f"<p>{escape(phrase)}</p>" for phrase in contenu.suite)
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8">'
        f"<title>{escape(contenu.sujet)}</title></head><body>"
        f"<p>{escape(contenu.bonjour)}</p><p>{escape(contenu.annonce)}</p>{tables}{suite}"
        f"<p>Cordialement,</p><p>{escape(contenu.signature)}<br>{escape(_acces())}</p>"
        f"<p>{AUTOMATIQUE}</p></body></html>"
    )


def _ligne(nom: str, valeur: str) -> str:
    return f'<tr><th align="left">{escape(nom)}</th><td>{escape(valeur)}</td></tr>'
