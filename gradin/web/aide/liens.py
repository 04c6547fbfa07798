"""Which heading of the manual concerns a page of the site, by the beginning of its address."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LienAide:
    """« Aide » in the header and « Aide : … » at the foot."""

    href: str
    mot: str


# The first that matches: the longer before the shorter.
LIENS: tuple[tuple[str, str, str], ...] = (
    ("/inscription/", "questions/#inscription", "l’inscription"),
    ("/connexion/", "questions/#connexion", "la connexion"),
    ("/mot-de-passe/", "questions/#connexion", "le mot de passe"),
    ("/mon-profil/statut/", "questions/#statut", "le changement de statut"),
    ("/mon-profil/procuration/", "questions/#procuration", "la procuration"),
    ("/mon-profil/notifications/", "interne/#telephone", "sur mon téléphone"),
    ("/mon-profil/", "interne/#profil", "mon profil"),
    ("/mes-demandes/", "interne/#mes-demandes", "mes demandes"),
    ("/mon-classement/", "interne/#rang", "mon rang"),
    ("/mon-parcours/", "interne/#parcours", "mon parcours"),
    ("/ma-maquette/", "interne/#maquette", "ma maquette"),
    ("/ma-situation/", "interne/#situation", "ma situation"),
    ("/evaluations/", "interne/#evaluations", "les évaluations"),
    ("/mes-attestations/", "interne/#attestation", "l’attestation"),
    ("/mes-recherches/", "interne/#postes", "la recherche de postes"),
    ("/mon-amphi/couple/", "interne/#couple", "choisir en couple"),
    ("/mon-amphi/favoris/", "interne/#favoris", "les favoris"),
    ("/mon-amphi/voeux/", "interne/#voeux", "les vœux et le préchoix"),
    ("/mon-amphi/recu/", "questions/#sur", "le reçu"),
    ("/mon-amphi/", "interne/#choisir", "choisir à son tour"),
    ("/mandats/", "mandataire/", "le mandataire"),
    ("/procuration/", "mandataire/#accepter", "accepter une procuration"),
    ("/postes/", "questions/#postes", "les postes"),
    ("/services/", "questions/#postes", "les postes"),
    ("/appariement/sites/", "etablissement/#juniors", "classer des docteurs juniors"),
    ("/appariement/lien/", "etablissement/#juniors", "classer des docteurs juniors"),
    ("/appariement/", "interne/#juniors", "l’appariement"),
    ("/agrements/dossier/", "etablissement/#agrement", "le dossier d’agrément"),
    ("/agrements/", "interne/#listes", "les listes publiques"),
    ("/commissions/", "faculte/#commissions", "les commissions"),
    ("/amphis/", "interne/#listes", "les listes publiques"),
    ("/affectations/", "interne/#listes", "les listes publiques"),
    ("/calendrier/", "interne/#calendrier", "le calendrier"),
    ("/verification/", "etablissement/#attestation", "vérifier une attestation"),
    ("/regie/", "ars/#regie", "conduire un amphithéâtre"),
    ("/gestion/appariement/", "ars/#juniors", "l’appariement"),
    ("/gestion/imports/", "ars/#preparer", "préparer les listes"),
    ("/gestion/statuts/", "ars/#demandes", "les statuts"),
    ("/gestion/procurations/", "ars/#demandes", "les procurations"),
    ("/gestion/situations/", "ars/#situations", "les situations individuelles"),
    ("/gestion/hors-choix/", "ars/#hors-choix", "les postes hors choix"),
    ("/gestion/journal/", "ars/#journal", "le journal des actes"),
    ("/gestion/internes/", "ars/#telephone", "répondre au téléphone"),
    ("/gestion/demandes/", "ars/#inscriptions", "les demandes d’inscription"),
    ("/gestion/corrections/", "ars/#inscriptions", "les corrections"),
    ("/gestion/parcours/", "ars/#parcours", "les parcours"),
    ("/gestion/situation-semestrielle/", "ars/#semestrielle", "la situation semestrielle"),
    ("/gestion/evaluations/", "ars/#evaluations", "les évaluations"),
    ("/gestion/criteres/", "ars/#criteres", "les critères de stage"),
    ("/gestion/calendrier/", "ars/#publier", "le calendrier"),
    ("/gestion/informations/", "ars/#publier", "les informations"),
    ("/gestion/ouverture/", "ars/#ouverture", "l’ouverture des postes"),
    ("/gestion/agrements/", "ars/#agrements", "les agréments"),
    ("/gestion/commissions/", "ars/#commissions", "les commissions"),
    ("/gestion/courriels/", "ars/#apres", "les courriels"),
    ("/gestion/statistiques/", "ars/#apres", "les statistiques"),
    ("/gestion/reporter/", "ars/#semestre", "reporter"),
    ("/gestion/parametres/", "ars/#semestre", "les paramètres"),
    ("/gestion/", "ars/#semestre", "le semestre"),
)


# Pages whose help depends on who reads it.
PAR_ROLE = {
    "representant": "representant/",
    "etablissement": "etablissement/",
    "responsable_terrain": "etablissement/",
    "faculte": "faculte/",
    "coordonnateur": "faculte/",
}


def lien_for(chemin: str, role: str = "") -> LienAide:
    if chemin.startswith("/mon-espace/"):
        return LienAide(href=f"/aide/{PAR_ROLE.get(role, '')}", mot="mon espace")
    for debut, cible, mot in LIENS:
        if chemin.startswith(debut):
            return LienAide(href=f"/aide/{cible}", mot=mot)
    return LienAide(href="/aide/", mot="")
