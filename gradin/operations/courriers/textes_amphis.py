"""The mails about amphis themselves: a postponement, a rattrapage."""

from gradin.documents.courriel import Gabarit, Tableau
from gradin.operations.courriers.modele import Champ, Modele, lien, mot

FAMILLE = "Amphithéâtres"

MODELES = (
    Modele(
        cle="report",
        famille=FAMILLE,
        titre="Amphithéâtre reporté",
        quand="À chaque interne de l’amphithéâtre et à son mandataire, une seule fois, "
        "quand l’ARS change sa date.",
        champs=(
            mot("nom", "Le prénom et le nom du destinataire", "Émile ZOLA"),
            Champ(
                nom="horaires",
                sens="Ses amphithéâtres et leur nouvel horaire",
                exemple=Tableau(
                    lignes=(("Médecine générale, phase socle", "mardi 6\u00a0avril 2027 à 9\u00a0h\u00a030"),)
                ),
                requis=True,
            ),
            mot("pour", "Au mandataire, pour qui il choisit", "Vous choisissez pour Émile ZOLA."),
            lien("lien", "La page de son amphithéâtre", "Mon amphithéâtre", "/mon-amphi/"),
        ),
        origine=Gabarit(
            sujet="Nouvelle date de votre amphithéâtre",
            texte="Bonjour {nom},\n\n"
            "La date de votre choix de poste change. Voici le nouvel horaire\u00a0:\n\n"
            "{horaires}\n\n"
            "{pour}\n\n"
            "Les favoris, les rangs et les procurations sont gardés\u00a0: il n’y a rien à refaire.\n\n"
            "{lien}",
        ),
    ),
    Modele(
        cle="rattrapage",
        famille=FAMILLE,
        titre="Rattrapage annoncé",
        quand="À chaque interne passé et à son mandataire, quand l’ARS annonce l’heure du rattrapage.",
        champs=(
            mot("nom", "Le prénom et le nom du destinataire", "Émile ZOLA"),
            mot("amphi", "L’amphithéâtre", "Médecine générale, phase socle"),
            mot("quand", "Le jour et l’heure", "mardi 6\u00a0avril 2027 à 16\u00a0h", requis=True),
            mot("pour", "Au mandataire, pour qui il choisit", "Vous choisissez pour Émile ZOLA."),
            lien("lien", "La page de l’amphithéâtre", "Mon amphithéâtre", "/mon-amphi/"),
        ),
        origine=Gabarit(
            sujet="Rattrapage {quand}",
            texte="Bonjour {nom},\n\n"
            "Le tour de choix est passé dans l’amphithéâtre {amphi}. Un rattrapage commence {quand}\u00a0: "
            "les internes passés y sont appelés dans l’ordre de la liste, sur les postes restants.\n\n"
            "{pour}\n\n"
            "Soyez connecté à cette heure\u00a0: il n’y en aura pas d’autre.\n\n"
            "{lien}",
        ),
    ),
)
