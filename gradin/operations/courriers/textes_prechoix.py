"""The mail of the préchoix: its result can be read."""

from gradin.documents.courriel import Gabarit
from gradin.operations.courriers.modele import Modele, lien, mot

MODELES = (
    Modele(
        cle="prechoix-resultat",
        famille="Amphithéâtres",
        titre="Résultat d’un préchoix",
        quand="À qui a déposé des vœux, à la clôture du préchoix. Le résultat reste sur la plateforme.",
        champs=(
            mot("nom", "Le prénom et le nom de l’interne", "Émile ZOLA"),
            mot("amphi", "L’amphithéâtre", "Médecine générale, phase socle"),
            lien("lien", "La page de ses vœux", "Lire mon résultat", "/mon-amphi/voeux/", requis=True),
        ),
        origine=Gabarit(
            sujet="Le résultat du préchoix est prêt",
            texte="Bonjour {nom},\n\n"
            "Le préchoix de votre amphithéâtre, {amphi}, est clos. Son résultat vous dit ce que vous "
            "auriez obtenu d’après les vœux déposés, et à votre rang\u00a0:\n\n{lien}\n\n"
            "C’est une simulation\u00a0: rien n’est choisi, et rien ne vous engage.",
        ),
    ),
)
