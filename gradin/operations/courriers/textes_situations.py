"""The mails of individual demands and of postes given before the choice: they say that, never what."""

from gradin.documents.courriel import Gabarit
from gradin.operations.courriers.modele import Modele, lien, mot

FAMILLE = "Demandes individuelles"
NOM = mot("nom", "Le prénom et le nom de l’interne", "Émile ZOLA")
SUIVRE = lien("lien", "La page de sa demande", "Suivre ma demande", "/mes-demandes/12/", requis=True)
PARCOURS = lien("lien", "Son parcours", "Mon parcours", "/mon-parcours/", requis=True)

MODELES = (
    Modele(
        cle="individuelle-deposee",
        famille=FAMILLE,
        titre="Demande déposée",
        quand="À l’interne, dès qu’il a déposé une demande individuelle.",
        champs=(NOM, SUIVRE),
        origine=Gabarit(
            sujet="Votre demande est enregistrée",
            texte="Bonjour {nom},\n\n"
            "Votre demande est enregistrée. Envoyez maintenant les pièces demandées, hors de la "
            "plateforme\u00a0: leur liste et l’adresse sont sur la page de votre demande.\n\n{lien}",
        ),
    ),
    Modele(
        cle="individuelle-instruction",
        famille=FAMILLE,
        titre="Instruction commencée",
        quand="À l’interne, quand l’ARS commence à instruire sa demande.",
        champs=(NOM, SUIVRE),
        origine=Gabarit(
            sujet="Votre demande est en instruction",
            texte="Bonjour {nom},\n\nL’ARS instruit votre demande. Vous en suivez chaque étape ici\u00a0: "
            "{lien}",
        ),
    ),
    Modele(
        cle="individuelle-avis-demande",
        famille=FAMILLE,
        titre="Avis demandé au coordonnateur",
        quand="Au coordonnateur du DES, quand une demande attend son avis. L’interne n’est pas nommé.",
        champs=(
            mot("des", "Le DES", "Cardiologie et maladies vasculaires"),
            lien("lien", "Ses demandes à lire", "Donner mon avis", "/mon-espace/demandes/", requis=True),
        ),
        origine=Gabarit(
            sujet="Une demande attend votre avis",
            texte="Bonjour,\n\n"
            "La demande d’un interne du DES «\u00a0{des}\u00a0» attend votre avis\u00a0: {lien}",
        ),
    ),
    Modele(
        cle="individuelle-avis",
        famille=FAMILLE,
        titre="Avis du coordonnateur rendu",
        quand="À l’interne, quand le coordonnateur a donné son avis.",
        champs=(NOM, SUIVRE),
        origine=Gabarit(
            sujet="L’avis sur votre demande est rendu",
            texte="Bonjour {nom},\n\nLe coordonnateur de votre DES a donné son avis. "
            "L’ARS décide ensuite. {lien}",
        ),
    ),
    Modele(
        cle="individuelle-decision",
        famille=FAMILLE,
        titre="Décision sur une demande individuelle",
        quand="À l’interne, quand l’ARS a décidé, ou revient sur sa décision.",
        champs=(NOM, SUIVRE),
        origine=Gabarit(
            sujet="L’ARS a répondu à votre demande",
            texte="Bonjour {nom},\n\nL’ARS a répondu à votre demande. Sa réponse, et ce qu’elle change "
            "pour votre choix et votre ancienneté, sont ici\u00a0: {lien}",
        ),
    ),
    Modele(
        cle="hors-choix-attribue",
        famille=FAMILLE,
        titre="Poste attribué avant le choix",
        quand="À l’interne à qui l’ARS attribue un poste avant l’amphithéâtre.",
        champs=(NOM, PARCOURS),
        origine=Gabarit(
            sujet="Un poste vous est attribué",
            texte="Bonjour {nom},\n\n"
            "L’ARS vous a attribué un poste avant le choix\u00a0: vous n’aurez pas de tour dans "
            "l’amphithéâtre. Le poste et votre attestation sont ici\u00a0: {lien}",
        ),
    ),
    Modele(
        cle="hors-choix-annule",
        famille=FAMILLE,
        titre="Attribution annulée",
        quand="À l’interne, quand l’ARS annule le poste attribué avant le choix.",
        champs=(NOM, PARCOURS),
        origine=Gabarit(
            sujet="L’attribution de votre poste est annulée",
            texte="Bonjour {nom},\n\n"
            "L’ARS a annulé le poste qui vous était attribué\u00a0: vous choisirez à votre tour dans "
            "l’amphithéâtre. {lien}",
        ),
    ),
)
