"""The matrix of rights: act × role → rule, as data. `permissions.py` applies it; the doc is made from it."""

from collections.abc import Mapping
from enum import StrEnum


class Regle(StrEnum):
    """What somebody must have to do with the object."""

    JAMAIS = "—"
    TOUJOURS = "oui"
    SIEN = "le sien"
    MANDANT = "de son mandant"
    PORTEE = "sa portée"


class Qui(StrEnum):
    """Roles of accounts, and the two that are none: nobody signed in, and who holds a procuration."""

    PUBLIC = "public"
    INTERNE = "interne"
    MANDATAIRE = "mandataire"
    REPRESENTANT = "representant"
    AGENT = "agent"
    ADMINISTRATEUR = "administrateur"
    FACULTE = "faculte"
    COORDONNATEUR = "coordonnateur"
    ETABLISSEMENT = "etablissement"
    RESPONSABLE_TERRAIN = "responsable_terrain"


class Acte(StrEnum):
    """What one may want to do; the value is how the doc says it."""

    LIRE_PUBLIC = "Lire postes, amphis, affectations, journal public"
    LIRE_NOMS = "Lire les noms de l’amphi en direct et sa liste d’appel"
    CHOISIR = "Choisir un poste"
    LIRE_ESPACE = "Lire sa première page, « Mon espace »"
    LIRE_PROMOTION = "Lire et exporter ses internes (nom, DES, phase, semestres validés)"
    LIRE_ARRIVEES = "Lire et exporter ses affectations, noms entiers une fois l’amphi clos"
    LIRE_TERRAINS = "Lire et exporter ses postes"
    LIRE_OFFRE = "Lire les postes proposés à l’ouverture et leur état"
    PROPOSER_POSTES = "Proposer des postes dans ses services, jusqu’à la date limite"
    DONNER_AVIS = "Donner un avis sur les postes proposés de son DES"
    LIRE_FAVORIS = "Lire les favoris"
    LIRE_TYPE = "Lire le type de choix"
    ORDONNER_FAVORIS = "Ordonner les favoris"
    LIRE_VOEUX = "Lire et ordonner ses vœux, les partager pour la prévision"
    OUVRIR_PRECHOIX = "Ouvrir un préchoix, lire les chiffres de son résultat"
    LIRE_PROFIL = "Lire et changer son profil, ses données, ses attestations"
    DEMANDER_STATUT = "Demander un changement de statut, établir une procuration"
    TENIR_PARCOURS = "Lire son parcours et sa maquette, déclarer le passé et sa situation"
    DEPOSER_DEMANDE = "Déposer une demande individuelle (stage libre, disponibilité…)"
    AVISER_DEMANDE = "Donner son avis sur les demandes individuelles de son DES"
    CONDUIRE_AMPHI = "Conduire un amphi (régie, commandes)"
    CONDUIRE_APPARIEMENT = "Conduire un appariement de docteurs juniors (une subdivision entière)"
    NOTER_SITES = "Noter les sites d’un appariement, déposer son dossier, lire ses résultats"
    CLASSER_CANDIDATS = "Classer les candidats de son site (ou par lien signé, sans compte)"
    EVALUER = "Évaluer ses stages, une fois chacun"
    LIRE_EVALUATIONS = "Lire les résultats des évaluations, à partir de cinq réponses"
    ECRIRE_QUESTIONNAIRES = "Écrire les questionnaires d’évaluation"
    MODERER_EVALUATIONS = "Relire les commentaires, suivre la participation, exporter les résultats"
    CONDUIRE_EVALUATIONS = "Ouvrir les évaluations d’un semestre (une subdivision entière)"
    VALIDER_PARCOURS = "Valider les semestres de ses internes"
    ECRIRE_MAQUETTES = "Écrire les maquettes des DES"
    SUIVRE_PARCOURS = "Lire les parcours, ouvrir les situations semestrielles, déroger à la maquette"
    LIRE_FICHE = "Lire la fiche d’un interne, l’aider au téléphone"
    INSTRUIRE = "Instruire demandes, statuts, procurations, corrections"
    TENIR_DONNEES = "Importer, corriger, exporter internes et postes"
    OUVRIR_POSTES = "Accorder, refuser, numéroter et publier les postes proposés, lire la trace des actes"
    TENIR_AGREMENTS = "Conduire la campagne d’agréments, décider des demandes (une subdivision entière)"
    AVISER_AGREMENT = "Donner son avis sur les demandes d’agrément de son DES"
    TENIR_COMMISSIONS = "Convoquer une commission, écrire ses décisions (une subdivision entière)"
    LIRE_COMMISSION = "Lire l’ordre du jour et les documents d’une commission (convoqué, ou par lien signé)"
    TENIR_REFERENTIELS = "Tenir les référentiels (une subdivision entière dans sa portée)"
    ATTRIBUER = "Attribuer un poste avant le choix (hors choix, stage ambulatoire)"
    LIRE_ACTES = "Lire et exporter le journal des actes"
    PUBLIER = "Publier dates, informations et contacts"
    ECRIRE_MODELES = "Écrire les modèles de courriels (une subdivision entière dans sa portée)"


# The pages of « Mon espace »; the ARS reads the same things in the régie and in /gestion/.
ESPACE = (
    Acte.LIRE_ESPACE,
    Acte.LIRE_PROMOTION,
    Acte.LIRE_ARRIVEES,
    Acte.LIRE_TERRAINS,
    Acte.LIRE_OFFRE,
    Acte.VALIDER_PARCOURS,
    Acte.ECRIRE_MAQUETTES,
    Acte.AVISER_AGREMENT,
)
S, M, P, T = Regle.SIEN, Regle.MANDANT, Regle.PORTEE, Regle.TOUJOURS
ARS = {Qui.AGENT: P, Qui.ADMINISTRATEUR: P}
# Who works with the ARS, each on what his scope names (rules.md §9).
PARTENAIRES = {Qui.FACULTE: P, Qui.COORDONNATEUR: P, Qui.ETABLISSEMENT: P, Qui.RESPONSABLE_TERRAIN: P}
# What is not written is JAMAIS.
DROITS: Mapping[Acte, Mapping[Qui, Regle]] = {
    Acte.LIRE_PUBLIC: dict.fromkeys(Qui, T),
    Acte.LIRE_NOMS: {Qui.INTERNE: S, Qui.MANDATAIRE: M, Qui.REPRESENTANT: P, **ARS},
    Acte.CHOISIR: {Qui.INTERNE: S, Qui.MANDATAIRE: M, **ARS},
    Acte.LIRE_ESPACE: {Qui.REPRESENTANT: P, **PARTENAIRES},
    Acte.LIRE_PROMOTION: {Qui.FACULTE: P, Qui.COORDONNATEUR: P},
    Acte.LIRE_ARRIVEES: PARTENAIRES,
    Acte.LIRE_TERRAINS: {
        Qui.COORDONNATEUR: P,
        Qui.ETABLISSEMENT: P,
        Qui.REPRESENTANT: P,
        Qui.RESPONSABLE_TERRAIN: P,
    },
    Acte.LIRE_OFFRE: {Qui.COORDONNATEUR: P, Qui.ETABLISSEMENT: P, Qui.REPRESENTANT: P},
    Acte.PROPOSER_POSTES: {Qui.ETABLISSEMENT: P},
    Acte.DONNER_AVIS: {Qui.COORDONNATEUR: P},
    Acte.LIRE_FAVORIS: {Qui.INTERNE: S, Qui.MANDATAIRE: M},
    Acte.LIRE_TYPE: {Qui.INTERNE: S, Qui.MANDATAIRE: M, **ARS},
    Acte.ORDONNER_FAVORIS: {Qui.INTERNE: S},
    Acte.LIRE_VOEUX: {Qui.INTERNE: S},
    Acte.OUVRIR_PRECHOIX: {Qui.REPRESENTANT: P, **ARS},
    Acte.LIRE_PROFIL: {Qui.INTERNE: S},
    Acte.DEMANDER_STATUT: {Qui.INTERNE: S},
    Acte.TENIR_PARCOURS: {Qui.INTERNE: S},
    Acte.DEPOSER_DEMANDE: {Qui.INTERNE: S},
    Acte.AVISER_DEMANDE: {Qui.COORDONNATEUR: P},
    Acte.CONDUIRE_AMPHI: ARS,
    Acte.CONDUIRE_APPARIEMENT: ARS,
    Acte.NOTER_SITES: {Qui.INTERNE: S},
    Acte.CLASSER_CANDIDATS: {Qui.RESPONSABLE_TERRAIN: P},
    Acte.EVALUER: {Qui.INTERNE: S},
    Acte.LIRE_EVALUATIONS: dict.fromkeys((qui for qui in Qui if qui is not Qui.PUBLIC), T),
    Acte.ECRIRE_QUESTIONNAIRES: {Qui.REPRESENTANT: P, **ARS},
    Acte.MODERER_EVALUATIONS: {Qui.REPRESENTANT: P, **ARS},
    Acte.CONDUIRE_EVALUATIONS: ARS,
    Acte.VALIDER_PARCOURS: {Qui.FACULTE: P},
    Acte.ECRIRE_MAQUETTES: {Qui.FACULTE: P},
    Acte.SUIVRE_PARCOURS: ARS,
    Acte.LIRE_FICHE: ARS,
    Acte.INSTRUIRE: ARS,
    Acte.TENIR_DONNEES: ARS,
    Acte.OUVRIR_POSTES: ARS,
    Acte.TENIR_AGREMENTS: ARS,
    Acte.AVISER_AGREMENT: {Qui.COORDONNATEUR: P},
    Acte.TENIR_COMMISSIONS: ARS,
    Acte.LIRE_COMMISSION: {Qui.INTERNE: S, Qui.REPRESENTANT: S, **dict.fromkeys(PARTENAIRES, S), **ARS},
    Acte.TENIR_REFERENTIELS: ARS,
    Acte.ATTRIBUER: ARS,
    Acte.LIRE_ACTES: ARS,
    Acte.PUBLIER: ARS,
    Acte.ECRIRE_MODELES: ARS,
}


def regle_of(acte: Acte, role: str) -> Regle:
    """Nothing by default. A role that is no `Qui` (nobody signed in) is the public."""
    qui = Qui(role) if role in set(Qui) else Qui.PUBLIC
    return DROITS[acte].get(qui, Regle.JAMAIS)


def matrix() -> str:
    """The table of docs/reference/permissions.md."""
    roles = [*Qui]
    lignes = [
        "| acte | " + " | ".join(qui.replace("_", " ") for qui in roles) + " |",
        "|---" * (len(roles) + 1) + "|",
    ]
    for acte in Acte:
        cases = " | ".join(regle_of(acte, qui).value for qui in roles)
        lignes.append(f"| {acte.value} | {cases} |")
    return "\n".join(lignes)
