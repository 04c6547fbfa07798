"""What every decision shares: a fact, a reason to refuse, a refusal that says what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Fait:
    """Something that happened. `a` is the instant, whole milliseconds UTC."""

    a: int


class Motif(StrEnum):
    """Why something is refused. Values are stored and public: they never change."""

    PAS_VOTRE_TOUR = "pas_votre_tour"
    TEMPS_ECOULE = "temps_ecoule"
    DEJA_PASSE = "deja_passe"
    AMPHI_EN_PAUSE = "amphi_en_pause"
    AMPHI_CLOS = "amphi_clos"
    AMPHI_NON_DEMARRE = "amphi_non_demarre"
    AMPHI_NON_PAUSE = "amphi_non_pause"
    AMONT_OUVERT = "amont_ouvert"
    AVAL_OUVERT = "aval_ouvert"
    HORS_OFFRE = "hors_offre"
    POSTE_RETIRE = "poste_retire"
    POSTE_RESERVE = "poste_reserve"
    POSTE_POURVU = "poste_pourvu"
    DEJA_AFFECTE = "deja_affecte"
    DEJA_VALIDE = "deja_valide"
    HORS_MAQUETTE = "hors_maquette"
    SURNOMBRE_INTERDIT = "surnombre_interdit"
    SURNOMBRE_PLEIN = "surnombre_plein"
    MANDATAIRE_SEUL = "mandataire_seul"
    PROCURATION_INACTIVE = "procuration_inactive"
    VUE_PERIMEE = "vue_perimee"
    RETOUR_DEJA_UTILISE = "retour_deja_utilise"
    RETOUR_IMPOSSIBLE = "retour_impossible"
    INTERNE_INCONNU = "interne_inconnu"
    STATUT_INCOMPATIBLE = "statut_incompatible"
    SESSION_EN_COURS = "session_en_cours"
    SESSION_TROP_TOT = "session_trop_tot"
    SESSION_INCONNUE = "session_inconnue"
    RATTRAPAGE_IMPOSSIBLE = "rattrapage_impossible"
    COUPLE_ENGAGE = "couple_engage"
    COUPLE_IMPOSSIBLE = "couple_impossible"
    CHOIX_INCONNU = "choix_inconnu"
    LISTE_INVALIDE = "liste_invalide"
    VALEUR_INVALIDE = "valeur_invalide"
    MOTIF_REQUIS = "motif_requis"
    SECOND_AGENT_REQUIS = "second_agent_requis"
    SANS_TOURS = "sans_tours"
    CLE_DEJA_UTILISEE = "cle_deja_utilisee"
    PREVOL_BLOQUE = "prevol_bloque"
    PREVOL_A_CONFIRMER = "prevol_a_confirmer"
    ACTE_INCONNU = "acte_inconnu"
    ETAT_INCOMPATIBLE = "etat_incompatible"
    PROPOSITION_PERIMEE = "proposition_perimee"


# The same findings where the amphi only warns: the poste may still be chosen.
AVERTISSEMENTS: Mapping[Motif, str] = {
    Motif.DEJA_VALIDE: "Possible, mais vous avez déjà validé ce service.",
    Motif.HORS_MAQUETTE: "Possible, mais ne sert aucun stage encore dû dans votre maquette.",
}

PHRASES: Mapping[Motif, str] = {
    Motif.PAS_VOTRE_TOUR: (
        "Ce n’est pas ce tour. Rien n’a été enregistré : attendez le prochain tour affiché."
    ),
    Motif.TEMPS_ECOULE: "Le temps est écoulé. Rien n’a été enregistré : demandez à être replacé.",
    Motif.DEJA_PASSE: "Ce tour est déjà passé. Rien n’a été enregistré : regardez qui choisit maintenant.",
    Motif.AMPHI_EN_PAUSE: (
        "L’amphi est en pause. Rien n’a été enregistré : le temps restant sera rendu à la reprise."
    ),
    Motif.AMPHI_CLOS: "L’amphi est clos. Rien n’a été enregistré : adressez-vous à l’ARS.",
    Motif.AMPHI_NON_DEMARRE: "L’amphi n’a pas démarré. Attendez son ouverture.",
    Motif.AMPHI_NON_PAUSE: "Cela ne se fait qu’en pause. Mettez d’abord l’amphi en pause.",
    Motif.AMONT_OUVERT: "Un amphi précédent de la même offre n’est pas clos. Attendez sa clôture.",
    Motif.AVAL_OUVERT: "Un amphi suivant de la même offre a commencé. Attendez sa clôture.",
    Motif.HORS_OFFRE: "Ce poste n’est pas offert dans cet amphi. Choisissez-en un autre.",
    Motif.POSTE_RETIRE: "Ce poste a été retiré par l’ARS. Choisissez-en un autre.",
    Motif.POSTE_RESERVE: "Ce poste est réservé à d’autres spécialités. Choisissez-en un autre.",
    Motif.POSTE_POURVU: "Ce poste est déjà pris. Choisissez-en un autre.",
    Motif.DEJA_AFFECTE: "Une affectation existe déjà pour ce semestre. Elle figure dans votre profil.",
    Motif.DEJA_VALIDE: "Ce service a déjà été validé dans le parcours. Choisissez-en un autre.",
    Motif.HORS_MAQUETTE: "Ce poste ne sert aucun stage encore dû dans la maquette. Choisissez-en un autre.",
    Motif.SURNOMBRE_INTERDIT: "Cet amphi n’admet pas de surnombre. Adressez-vous à l’ARS.",
    Motif.SURNOMBRE_PLEIN: "Ce service a déjà tous ses surnombres. Choisissez-en un autre.",
    Motif.MANDATAIRE_SEUL: (
        "Une procuration est en cours : le mandataire choisit. Annulez-la pour choisir vous-même."
    ),
    Motif.PROCURATION_INACTIVE: (
        "Cette procuration n’est pas active : rien n’a été enregistré. Prévenez le mandant."
    ),
    Motif.VUE_PERIMEE: (
        "Votre page n’est plus à jour. Elle se recharge : vérifiez, puis confirmez de nouveau."
    ),
    Motif.RETOUR_DEJA_UTILISE: "Vous avez déjà été replacé une fois. Demandez à l’ARS de vous replacer.",
    Motif.RETOUR_IMPOSSIBLE: "Vous n’êtes pas passé : il n’y a rien à replacer. Attendez votre tour.",
    Motif.INTERNE_INCONNU: "Cet interne n’est pas dans la liste de l’amphi. Vérifiez son numéro.",
    Motif.STATUT_INCOMPATIBLE: (
        "Le statut de cet interne ne le permet pas. Vérifiez son statut dans la liste."
    ),
    Motif.SESSION_EN_COURS: "Une session est déjà en cours. Attendez qu’elle finisse.",
    Motif.SESSION_TROP_TOT: "L’heure de cette session n’est pas venue. Attendez-la.",
    Motif.SESSION_INCONNUE: "Il n’y a plus de session à démarrer. Ouvrez un rattrapage ou clôturez.",
    Motif.RATTRAPAGE_IMPOSSIBLE: "Le rattrapage attend la fin des sessions et au moins un interne passé.",
    Motif.COUPLE_ENGAGE: "Le tour du premier du couple est arrivé. Demandez à l’ARS de défaire le couple.",
    Motif.COUPLE_IMPOSSIBLE: (
        "Ces deux internes ne peuvent pas former un couple. Vérifiez qu’ils sont à venir."
    ),
    Motif.CHOIX_INCONNU: "Il n’y a pas de choix à corriger. Vérifiez l’interne.",
    Motif.LISTE_INVALIDE: "Cette liste ou cette offre est incohérente. Corrigez-la, puis recommencez.",
    Motif.VALEUR_INVALIDE: "Cette valeur n’est pas possible. Corrigez-la, puis recommencez.",
    Motif.MOTIF_REQUIS: "Un motif est demandé. Écrivez-le, puis recommencez.",
    Motif.SECOND_AGENT_REQUIS: "Un second agent doit approuver cet acte. Demandez-lui de le confirmer.",
    Motif.SANS_TOURS: "Cet amphi se choisit par vœux, sans tours. Rien n’a été enregistré.",
    Motif.PREVOL_BLOQUE: "Le contrôle avant ouverture relève des blocages. Corrigez-les, puis démarrez.",
    Motif.PREVOL_A_CONFIRMER: "Le contrôle avant ouverture attend votre accord. Relisez-le, puis confirmez.",
    Motif.ACTE_INCONNU: "Cet acte n’existe pas. Vérifiez son nom dans la documentation.",
    Motif.ETAT_INCOMPATIBLE: "L’état de l’amphi ne permet pas cet acte. Rechargez la page et vérifiez-le.",
    Motif.PROPOSITION_PERIMEE: "Cette proposition n’est plus valable. Refaites l’acte pour la renouveler.",
    Motif.CLE_DEJA_UTILISEE: (
        "Cette demande a déjà servi à autre chose. Votre première demande tient : rechargez la page."
    ),
}


class Refus(Exception):
    """A rule says no. Caught by `handle` alone; the message is French and says what to do next."""

    def __init__(self, motif: Motif, message: str | None = None, **details: object) -> None:
        super().__init__(motif.value)
        self.motif = motif
        self.message = message or PHRASES[motif]
        self.details: Mapping[str, object] = details
