"""The mails of call lists: published, then corrected."""

from gradin.documents.courriel import Gabarit
from gradin.operations.courriers.modele import Modele, lien, mot

FAMILLE = "Amphithéâtres"
NOM = mot("nom", "Le prénom et le nom de l’interne", "Émile ZOLA")
AMPHI = mot("amphi", "L’amphithéâtre", "Médecine générale, phase socle")
RANG = mot("rang", "Son rang d’appel", "12 sur 87", requis=True)
CALCUL = lien("lien", "Le calcul de son rang", "Mon classement", "/mon-classement/")

MODELES = (
    Modele(
        cle="liste-publiee",
        famille=FAMILLE,
        titre="Liste d’appel publiée",
        quand="À chaque interne de l’amphithéâtre, quand l’ARS publie sa liste d’appel.",
        champs=(NOM, AMPHI, RANG, CALCUL),
        origine=Gabarit(
            sujet="Votre rang d’appel est publié",
            texte="Bonjour {nom},\n\n"
            "La liste d’appel de l’amphithéâtre «\u00a0{amphi}\u00a0» est publiée. "
            "Votre rang\u00a0: {rang}.\n\n"
            "Le calcul de votre rang est expliqué étape par étape. Si un chiffre est faux, signalez-le "
            "depuis cette page avant le jour du choix\u00a0:\n\n"
            "{lien}",
        ),
    ),
    Modele(
        cle="liste-corrigee",
        famille=FAMILLE,
        titre="Liste d’appel corrigée",
        quand="À chaque interne dont le rang ou un chiffre change, quand l’ARS (deux agents) corrige une "
        "liste publiée.",
        champs=(NOM, AMPHI, mot("avant", "Son rang d’avant", "14"), RANG, CALCUL),
        origine=Gabarit(
            sujet="La liste d’appel est corrigée",
            texte="Bonjour {nom},\n\n"
            "La liste d’appel de l’amphithéâtre «\u00a0{amphi}\u00a0» vient d’être corrigée par deux agents "
            "de l’ARS. Votre rang était {avant}\u202f; il est maintenant {rang}.\n\n"
            "Le calcul de votre rang est expliqué étape par étape\u00a0:\n\n"
            "{lien}",
        ),
    ),
    Modele(
        cle="liste-a-approuver",
        famille=FAMILLE,
        titre="Correction de liste à approuver",
        quand="À chaque autre agent de l’amphithéâtre, quand une correction de sa liste publiée attend "
        "un second agent.",
        champs=(
            mot("nom", "Le nom de l’agent", "Dominique ARNAL"),
            AMPHI,
            mot("auteur", "Qui l’a proposée", "Claude MERCADIER"),
            lien("lien", "La page où il la relit", "Relire la correction", "/gestion/", requis=True),
        ),
        origine=Gabarit(
            sujet="Une correction de liste attend votre accord",
            texte="Bonjour {nom},\n\n"
            "{auteur} propose de corriger la liste d’appel publiée de l’amphithéâtre "
            "«\u00a0{amphi}\u00a0». Un second agent l’approuve dans les 24 heures, "
            "ou elle ne se fait pas.\n\n"
            "{lien}",
        ),
    ),
)
