"""The mails of the evaluations: they are open, they are about to close."""

from gradin.documents.courriel import Gabarit
from gradin.operations.courriers.modele import Modele, lien, mot

CHAMPS = (
    mot("nom", "Le prénom et le nom de l’interne", "Émile ZOLA"),
    mot("semestre", "Le semestre qui s’achève", "novembre 2026"),
    mot("limite", "Le dernier moment pour répondre", "le 12\u00a0mai\u00a02027 à 18\u00a0h"),
    lien("lien", "La page de ses évaluations", "Évaluer mon stage", "/evaluations/", requis=True),
)
ANONYME = "Vos réponses ne sont pas liées à votre nom, et rien n’est montré d’un service avant cinq réponses."
MODELES = (
    Modele(
        cle="evaluation-ouverte",
        famille="Demandes et procurations",
        titre="Évaluation de stage ouverte",
        quand="À chaque interne affecté, à l’ouverture de la campagne.",
        champs=CHAMPS,
        origine=Gabarit(
            sujet="Évaluez votre stage de {semestre}",
            texte="Bonjour {nom},\n\n"
            "Votre stage de {semestre} s’achève. Dites ce qu’il vaut à ceux qui choisiront après vous, "
            f"{{limite}} au plus tard\u00a0:\n\n{{lien}}\n\n{ANONYME}",
        ),
    ),
    Modele(
        cle="evaluation-rappel",
        famille="Demandes et procurations",
        titre="Évaluation de stage, rappel",
        quand="À qui n’a pas encore répondu, les jours que la campagne fixe.",
        champs=CHAMPS,
        origine=Gabarit(
            sujet="Votre stage de {semestre} n’est pas encore évalué",
            texte="Bonjour {nom},\n\n"
            "Vous n’avez pas encore évalué votre stage de {semestre}. Les réponses se ferment {limite}\u00a0:"
            f"\n\n{{lien}}\n\n{ANONYME}",
        ),
    ),
)
