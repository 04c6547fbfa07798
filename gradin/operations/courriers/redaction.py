"""Writes the words of a mail of a choice, of a postponement or of a rattrapage, from what its row names."""

from collections.abc import Callable, Mapping

from gradin.data.courriers.models import Envoi
from gradin.data.demandes.models import Procuration
from gradin.documents.courriel import Lien, Tableau, Valeurs
from gradin.documents.fiche import lignes_of
from gradin.operations.courriers.adresse import journal_url, site_url
from gradin.operations.courriers.modeles import Lettre, compose
from gradin.queries.rangs.annonces import annonce_of
from gradin.queries.rattrapages import avis_of
from gradin.queries.recus import Recu, heure_of, recu_of
from gradin.queries.reports import report_of


class SansDestinataire(Exception):
    """Nobody to write to: the interne has no address. Trying again would change nothing."""


def redige(envoi: Envoi) -> Envoi:
    """The same row with its recipient and words; rows written whole come back untouched."""
    if envoi.texte:
        return envoi
    if envoi.cle.startswith("report-"):
        return _redige_report(envoi)
    if envoi.cle.startswith("rattrapage-"):
        return _redige_rattrapage(envoi)
    if envoi.cle.startswith("liste-"):
        return _redige_liste(envoi)
    nature, amphi, n = envoi.cle.split("-")
    recu = recu_of(int(amphi), int(n))
    if not recu.courriel:
        raise SansDestinataire(f"{recu.nom} n’a pas d’adresse de courriel")
    signature = f"Agence régionale de santé, {recu.subdivision}"
    courrier = compose(Lettre(modele=nature, valeurs=VALEURS[nature](recu), signature=signature))
    envoi.destinataire, envoi.sujet = recu.courriel, courrier.sujet
    envoi.texte, envoi.html = courrier.texte, courrier.html
    return envoi


def _redige_report(envoi: Envoi) -> Envoi:
    _, _, acte, interne, *fin = envoi.cle.split("-")
    try:
        lu = report_of(int(acte), int(interne), au_mandataire=bool(fin))
    except Procuration.DoesNotExist:
        raise SansDestinataire("cette procuration a pris fin") from None
    if not lu.courriel:
        raise SansDestinataire(f"{lu.nom} n’a pas d’adresse de courriel")
    valeurs: Valeurs = {
        "nom": lu.nom,
        "horaires": Tableau(lignes=lu.lignes),
        "pour": f"Vous choisissez pour {lu.pour}." if lu.pour else "",
        "lien": Lien(mots="Mon amphithéâtre", adresse=site_url("/mon-amphi/")),
    }
    signature = f"Agence régionale de santé, {lu.subdivision}"
    courrier = compose(Lettre(modele="report", valeurs=valeurs, signature=signature))
    envoi.destinataire, envoi.sujet = lu.courriel, courrier.sujet
    envoi.texte, envoi.html = courrier.texte, courrier.html
    return envoi


def _redige_liste(envoi: Envoi) -> Envoi:
    _, amphi, version, interne = envoi.cle.split("-")
    lue = annonce_of(int(amphi), int(version), int(interne))
    if not lue.courriel:
        raise SansDestinataire(f"{lue.nom} n’a pas d’adresse de courriel")
    valeurs: Valeurs = {
        "nom": lue.nom,
        "amphi": lue.amphi,
        "rang": f"{lue.rang} sur {lue.total}",
        "lien": Lien(mots="Mon classement", adresse=site_url("/mon-classement/")),
    }
    modele = "liste-publiee"
    if lue.corrigee and lue.avant is not None:
        modele, valeurs = "liste-corrigee", {**valeurs, "avant": str(lue.avant)}
    signature = f"Agence régionale de santé, {lue.subdivision}"
    courrier = compose(Lettre(modele=modele, valeurs=valeurs, signature=signature))
    envoi.destinataire, envoi.sujet = lue.courriel, courrier.sujet
    envoi.texte, envoi.html = courrier.texte, courrier.html
    return envoi


def _redige_rattrapage(envoi: Envoi) -> Envoi:
    _, _, acte, interne, *fin = envoi.cle.split("-")
    try:
        lu = avis_of(int(acte), int(interne), au_mandataire=bool(fin))
    except Procuration.DoesNotExist:
        raise SansDestinataire("cette procuration a pris fin") from None
    if not lu.courriel:
        raise SansDestinataire(f"{lu.nom} n’a pas d’adresse de courriel")
    valeurs: Valeurs = {
        "nom": lu.nom,
        "amphi": lu.intitule,
        "quand": lu.quand,
        "pour": f"Vous choisissez pour {lu.pour}." if lu.pour else "",
        "lien": Lien(mots="Mon amphithéâtre", adresse=site_url("/mon-amphi/")),
    }
    signature = f"Agence régionale de santé, {lu.subdivision}"
    courrier = compose(Lettre(modele="rattrapage", valeurs=valeurs, signature=signature))
    envoi.destinataire, envoi.sujet = lu.courriel, courrier.sujet
    envoi.texte, envoi.html = courrier.texte, courrier.html
    return envoi


def _choix(recu: Recu) -> Valeurs:
    return {
        **_annulation(recu),
        "voie": VOIES.get(recu.voie, ""),
        "ligne": str(recu.n),
        "journal": Lien(mots="Journal de l’amphi", adresse=journal_url(recu.amphi)),
        "attestations": Lien(mots="Mes attestations", adresse=site_url("/mes-attestations/")),
        "lien": Lien(mots="Mon reçu", adresse=site_url("/mon-amphi/recu/")),
    }


def _annulation(recu: Recu) -> Valeurs:
    return {
        "nom": recu.nom,
        "numero": recu.fiche.numero,
        "poste": Tableau(lignes=lignes_of(recu.fiche)),
        "recu": Tableau(lignes=_lignes_recu(recu)),
        "lien": Lien(mots="Mon amphithéâtre", adresse=site_url("/mon-amphi/")),
    }


VALEURS: Mapping[str, Callable[[Recu], Valeurs]] = {"choix": _choix, "annulation": _annulation}

VOIES = {
    "mandataire": "Ce choix a été fait par votre mandataire.",
    "liste_armee": "Ce choix a été fait d’après votre liste armée\u00a0: "
    "c’est le premier de vos favoris qui vous restait ouvert.",
    "ars": "Ce choix a été saisi par l’ARS à votre place.",
    "voeux": "Ce choix a été fait d’après vos vœux.",
}


def _lignes_recu(recu: Recu) -> tuple[tuple[str, str], ...]:
    """No type de choix, no salt: a mail is read on the way; the page gives them to their owner."""
    return (
        ("Amphi", recu.intitule),
        ("Heure", heure_of(recu)),
        ("Reçu n°", str(recu.n)),
        ("Empreinte", recu.h),
    )
