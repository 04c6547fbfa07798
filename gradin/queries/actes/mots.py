"""What an act is called in the trail."""

ACTES_AMPHI = {
    "valider": "Amphi validé",
    "ouvrir": "Amphi ouvert",
    "refermer": "Favoris refermés",
    "publier_liste": "Liste d’appel publiée",
    "calculer_liste": "Liste d’appel calculée",
    "corriger_liste": "Liste d’appel corrigée à deux agents",
    "demarrer": "Constats confirmés au démarrage",
    "confirmer_prevol": "Constat confirmé",
    "reporter": "Amphi reporté",
    "regler": "Paramètres changés",
    "parametres": "Paramètres changés",
    "rattrapage": "Rattrapage annoncé",
}
AGREMENTS = {
    "campagne": "Campagne d’agréments ouverte",
    "dates": "Dates de la campagne changées",
    "dossier": "Service ajouté à la campagne",
    "envoi": "Liens envoyés aux services",
    "verifie": "Dossier vérifié par le service",
    "retire": "Demande retirée par le service",
    "import": "Agréments importés",
    "depose": "Demande déposée",
    "corrige": "Demande corrigée",
    "avis": "Avis du coordonnateur",
    "etat": "État de l’agrément changé",
    "accordee": "Demande accordée",
    "refusee": "Demande refusée",
    "revenir": "Décision reprise\u00a0: la demande attend de nouveau",
}
COMMISSIONS = {
    "creer": "Commission créée",
    "changer": "Commission changée",
    "convoquer": "Membres convoqués",
    "point": "Point ajouté à l’ordre du jour",
    "point_retire": "Point retiré de l’ordre du jour",
    "decision": "Décision notée",
    "membre": "Membre ajouté",
    "membre_retire": "Membre retiré",
    "presences": "Présences notées",
    "document": "Document déposé",
    "document_retire": "Document retiré",
    "clore": "Procès-verbal arrêté",
}
MOUVEMENTS = {
    "demande": "Changement de statut demandé",
    "retrait": "Demande retirée",
    "justificatifs": "Justificatifs reçus",
    "acceptation": "Demande acceptée",
    "refus": "Demande refusée",
    "instruction": "Instruction commencée",
    "piece": "Pièce reçue",
    "piece_retiree": "Pièce notée par erreur",
    "avis": "Avis du coordonnateur",
    "avis_papier": "Avis du coordonnateur, reçu par écrit",
    "reouverture": "Décision reprise",
    "effet": "Effet écrit dans la liste",
    "attribution": "Poste attribué avant le choix",
    "annulation": "Attribution annulée",
    "envoi_papier": "Procuration enregistrée sur papier",
    "acceptation_presence": "Procuration acceptée devant l’ARS",
    "annulee": "Procuration annulée",
}
CHAMPS = {
    "absence_prevue": "Absence prévue",
    "adresse": "Adresse",
    "connexion": "Connexion",
    "courriel": "Courriel",
    "des": "DES",
    "desc": "DESC",
    "effectif_local": "Effectif local",
    "etat": "État",
    "flechage": "Fléchage",
    "formation": "Formation",
    "groupe": "Groupe",
    "ine": "INE",
    "invitation": "Lien d’inscription envoyé",
    "motif_fermeture": "Motif de fermeture",
    "ne_le": "Date de naissance",
    "nom": "Nom",
    "observations": "Observations",
    "phase": "Phase",
    "prenom": "Prénom",
    "promotion": "Promotion",
    "rang_local": "Rang local",
    "regime": "Régime de formation",
    "reserve": "Réservé",
    "reserve_a": "Réservé à",
    "semestres_recherche": "Semestres de recherche",
    "semestres_valides": "Semestres validés",
    "service": "Service",
    "sessions": "Sessions fermées par l’ARS",
    "subdivision": "Subdivision",
    "surnombres_non_validants": "Surnombres non validants",
    "telephone": "Téléphone",
    "type_choix": "Type de choix",
    "type_poste": "Type de poste",
    "ufr": "UFR",
    "verification_code": "Code d’aide vérifié au téléphone",
    "verification_reponse": "Réponse secrète vérifiée au téléphone",
}


def say(mots: dict[str, str], cle: str) -> str:
    """Its words; else its own name, readable."""
    return mots.get(cle) or cle.replace("_", " ").capitalize()


def say_details(details: dict[str, object]) -> str:
    """The values of an act's details, one after another; what is nested is left to the amphi's own page."""
    simples = (
        f"{cle.replace('_', ' ')}\u00a0: {valeur}"
        for cle, valeur in details.items()
        if isinstance(valeur, str | int) and valeur not in ("", None) and cle not in ("empreinte", "second")
    )
    return ", ".join(simples)[:500]
