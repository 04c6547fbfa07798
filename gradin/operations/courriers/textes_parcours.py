"""The mails of the situation semestrielle: it is open, it is about to lock."""

from gradin.documents.courriel import Gabarit
from gradin.operations.courriers.modele import Modele, lien, mot

CHAMPS = (
    mot("nom", "Le prénom et le nom de l’interne", "Émile ZOLA"),
    mot("semestre", "Le semestre", "mai 2027"),
    mot("limite", "Le dernier moment pour répondre", "le 12\u00a0mars\u00a02027 à 18\u00a0h"),
    lien("lien", "La page de sa situation", "Déclarer ma situation", "/ma-situation/", requis=True),
)
MODELES = (
    Modele(
        cle="situation-ouverte",
        famille="Demandes et procurations",
        titre="Situation semestrielle ouverte",
        quand="À tous les internes du semestre, à l’ouverture de la campagne.",
        champs=CHAMPS,
        origine=Gabarit(
            sujet="Déclarez votre situation pour {semestre}",
            texte="Bonjour {nom},\n\n"
            "L’ARS compte les postes à ouvrir pour le semestre de {semestre}. Dites-lui si vous choisirez un "
            "poste («\u00a0cas général\u00a0») ou ce que vous ferez d’autre. "
            "La réponse se verrouille {limite}\u00a0:\n\n{lien}\n\n"
            "Une minute suffit. Rien de médical n’est demandé.",
        ),
    ),
    Modele(
        cle="situation-rappel",
        famille="Demandes et procurations",
        titre="Situation semestrielle, rappel",
        quand="À qui n’a pas encore répondu, les jours que la campagne fixe.",
        champs=CHAMPS,
        origine=Gabarit(
            sujet="Votre situation pour {semestre} n’est pas déclarée",
            texte="Bonjour {nom},\n\n"
            "Vous n’avez pas encore dit ce que vous ferez au semestre de {semestre}. La réponse se "
            "verrouille {limite}\u00a0:\n\n{lien}\n\n"
            "Sans réponse, l’ARS vous compte parmi ceux qui choisissent.",
        ),
    ),
)
