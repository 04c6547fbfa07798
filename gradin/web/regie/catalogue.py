"""Every act of the ARS as the régie words it: its title, its consequence, its fields."""

from collections.abc import Mapping
from dataclasses import dataclass

LABELS = (
    ("pause", "Pause"),
    ("repas", "Pause repas"),
    ("incident", "Incident"),
    ("fin_de_journee", "Fin de journée"),
)
TYPES = (
    ("classique", "Classique"),
    ("surnombre_validant", "Surnombre validant"),
    ("surnombre_non_validant", "Surnombre non validant"),
)
MULTIPLICATEURS = (
    ("1", "Durée normale"),
    ("4/3", "× 1,33"),
    ("3/2", "× 1,5"),
    ("2", "× 2"),
)
DUREES = (("30000", "30 s"), ("60000", "1 min"), ("120000", "2 min"))
# Fields that the API reads as whole numbers.
NOMBRES = frozenset({"tour", "vu", "interne", "ms", "session", "proposition", "avec", "rang"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ActeMis:
    """`champs`: what the form asks. `definitif`: cannot be undone, said in red. `fait`: said once done.

    `type` is what the API is told; `nom` tells apart two forms of one type. `revenu`: the consequence for who
    has already come back by himself.
    """

    type: str
    nom: str
    titre: str
    bouton: str
    fait: str
    consequence: str = ""
    revenu: str = ""
    champs: tuple[str, ...] = ()
    definitif: bool = False
    second: bool = False
    tour: bool = False


def _acte(type_: str, titre: str, bouton: str, fait: str, **reste: object) -> ActeMis:
    nom = str(reste.pop("nom", type_))
    return ActeMis(type=type_, nom=nom, titre=titre, bouton=bouton, fait=fait, **reste)  # type: ignore[arg-type]


ACTES: Mapping[str, ActeMis] = {
    acte.nom: acte
    for acte in (
        _acte(
            "pause",
            "Mettre en pause",
            "Mettre en pause",
            "L’amphithéâtre est en pause.",
            consequence="Le compte à rebours s’arrête. Le temps de chacun est gardé tel quel.",
            champs=("label", "texte_facultatif"),
        ),
        _acte("reprendre", "Reprendre", "Reprendre", "L’amphithéâtre a repris."),
        _acte(
            "message",
            "Message à tous",
            "Envoyer à tous",
            "Le message est envoyé.",
            consequence="Tous les internes de cet amphithéâtre le lisent aussitôt. Il reste dans le journal.",
            champs=("texte",),
        ),
        _acte(
            "demarrer_session",
            "Commencer la session",
            "Commencer la session",
            "La session a commencé.",
            consequence="Le premier interne à venir de cette session a son tour aussitôt.",
        ),
        _acte(
            "prolonger",
            "Prolonger ce tour",
            "Prolonger",
            "Le tour est prolongé.",
            consequence="Les autres lisent «\u00a0temps prolongé\u00a0», sans la cause.",
            champs=("ms",),
            tour=True,
        ),
        _acte(
            "passer",
            "Passer le tour",
            "Passer son tour",
            "Le tour est passé.",
            consequence="Sa page lui dit que l’ARS a passé son tour. "
            "Vous pourrez le replacer\u00a0; il peut aussi le demander une fois.",
            revenu="Sa page lui dit que l’ARS a passé son tour. "
            "Il est déjà revenu une fois\u00a0: vous seul pourrez le replacer.",
            champs=("motif_facultatif",),
            tour=True,
        ),
        _acte(
            "absent",
            "Marquer absent",
            "Marquer absent",
            "Le tour est passé, interne absent.",
            consequence="Sa liste armée, s’il en a une, choisit pour lui. "
            "Sinon, il est replacé une fois s’il se connecte.",
            revenu="Sa liste armée, s’il en a une, choisit pour lui. "
            "Sinon, vous seul pourrez le replacer\u00a0: il est déjà revenu une fois.",
            tour=True,
        ),
        _acte(
            "choisir_pour",
            "Choisir à sa place",
            "Enregistrer ce choix",
            "Le choix est enregistré.",
            consequence="Ce choix est définitif. Le journal garde votre nom et le motif.",
            champs=("poste", "motif", "depasser"),
            definitif=True,
            tour=True,
        ),
        _acte("present", "Marquer présent", "Marquer présent", "L’interne est marqué présent."),
        _acte("replacer", "Replacer", "Replacer", "L’interne est replacé juste après ce tour."),
        _acte(
            "hors_choix",
            "Ne choisit pas ce semestre",
            "Retirer du choix",
            "L’interne ne choisit pas ce semestre.",
            consequence="Aucun tour ne lui sera ouvert. Marquez-le présent pour le remettre dans la file.",
            champs=("motif_facultatif",),
        ),
        _acte(
            "type_choix",
            "Changer le type de choix",
            "Changer le type",
            "Le type de choix est changé.",
            consequence="Il vaut pour ce semestre, dans tous ses amphithéâtres. Lui seul et l’ARS le lisent.",
            champs=("type_choix", "motif_facultatif"),
        ),
        _acte(
            "multiplicateur",
            "Temps aménagé",
            "Changer la durée",
            "La durée de son tour est changée.",
            consequence="Les autres lisent «\u00a0temps prolongé\u00a0» après la durée normale.",
            champs=("multiplicateur", "motif_facultatif"),
        ),
        _acte(
            "coupler",
            "Former un couple",
            "Former le couple",
            "Le couple est formé.",
            consequence="Les deux choisissent l’un après l’autre, à la place du moins bien classé.",
            champs=("avec",),
        ),
        _acte(
            "decoupler",
            "Défaire le couple",
            "Défaire le couple",
            "Le couple est défait.",
            consequence="Chacun choisit à son rang. Le mieux classé est replacé si son rang est passé.",
        ),
        _acte(
            "ajouter_poste",
            "Ajouter un poste",
            "Ajouter ce poste",
            "Le poste est ajouté à l’offre.",
            consequence="Seulement en pause. Tous le voient aussitôt.",
            champs=("poste", "motif_facultatif"),
        ),
        _acte(
            "retirer_poste",
            "Retirer un poste",
            "Retirer ce poste",
            "Le poste est retiré de l’offre.",
            consequence="Seulement en pause, jamais un poste pris. Plus personne ne pourra le choisir.",
            champs=("poste", "motif_facultatif"),
            definitif=True,
        ),
        _acte(
            "lever_reserve",
            "Lever la réserve",
            "Ouvrir à tous",
            "Le poste n’est plus réservé.",
            consequence="Tous les internes à venir pourront choisir ce poste. La réserve ne se remet pas.",
            champs=("poste",),
            definitif=True,
        ),
        _acte(
            "corriger_choix",
            "Corriger un choix",
            "Proposer cette correction",
            "La correction attend un second agent.",
            consequence="Un second agent doit l’approuver. L’ancienne ligne reste dans le journal.",
            champs=("poste_ou_rien", "motif"),
            definitif=True,
            second=True,
        ),
        _acte(
            "corriger_liste",
            "Échanger deux rangs",
            "Proposer cet échange",
            "La correction attend un second agent.",
            consequence="Un second agent doit l’approuver. La liste publiée garde sa trace dans le journal.",
            champs=("echange", "motif"),
            definitif=True,
        ),
        _acte(
            "corriger_liste",
            "Ajouter un interne oublié",
            "Proposer cet ajout",
            "La correction attend un second agent.",
            nom="ajouter_interne",
            consequence="Un second agent doit l’approuver. Il prend un rang que personne n’a.",
            champs=("ine", "rang", "motif"),
            definitif=True,
        ),
        _acte(
            "rattrapage",
            "Ouvrir le rattrapage",
            "Ouvrir le rattrapage",
            "Le rattrapage est ouvert.",
            consequence="Les internes passés ont un dernier tour, dans l’ordre de la liste.",
        ),
        _acte(
            "choisir_par_voeux",
            "Attribuer les postes d’après les vœux",
            "Attribuer définitivement",
            "Les postes sont attribués d’après les vœux.",
            consequence="Chacun, dans l’ordre de la liste, reçoit le premier de ses vœux encore ouvert. "
            "Ces choix sont définitifs.",
            definitif=True,
        ),
        _acte(
            "clore",
            "Clore l’amphithéâtre",
            "Clore définitivement",
            "L’amphithéâtre est clos.",
            consequence="Plus aucun choix ne sera possible ici. Cela ne se défait pas.",
            champs=("motif_facultatif",),
            definitif=True,
        ),
        _acte(
            "approuver",
            "Approuver",
            "Approuver en second agent",
            "L’acte est approuvé et fait.",
            consequence="L’acte est fait aussitôt, avec vos deux noms dans le journal.",
            definitif=True,
        ),
        _acte("valider", "Valider", "Valider", "L’amphithéâtre est validé."),
        _acte("ouvrir", "Ouvrir aux favoris", "Ouvrir aux favoris", "L’amphithéâtre est ouvert aux favoris."),
        _acte("refermer", "Refermer les favoris", "Refermer", "Les favoris attendent de nouveau leur date."),
        _acte(
            "publier_liste",
            "Publier la liste d’appel",
            "Publier",
            "La liste d’appel est publiée.",
            consequence="Rangs et chiffres sont figés. Une correction demandera un motif et un second agent.",
            definitif=True,
        ),
        _acte(
            "demarrer",
            "Commencer l’amphithéâtre",
            "Commencer l’amphithéâtre",
            "L’amphithéâtre est commencé.",
            consequence="La liste, l’offre et les paramètres sont scellés dans le journal.",
            definitif=True,
        ),
    )
}
