"""The mails of procurations and statuts, in the manual's words (§5 and §6)."""

from gradin.documents.courriel import Gabarit
from gradin.operations.courriers.modele import Modele, lien, mot

FAMILLE = "Statut et procuration"
NOM = mot("nom", "Le prénom et le nom de l’interne", "Émile ZOLA")
MANDATAIRE = mot("mandataire", "L’adresse du mandataire", "marcel.proust@exemple.fr")
PROFIL = lien("lien", "La page de sa procuration", "Ma procuration", "/mon-profil/procuration/")

MODELES = (
    Modele(
        cle="procuration-envoi",
        famille=FAMILLE,
        titre="Procuration envoyée",
        quand="Au mandant, dès que sa procuration part\u00a0: il ne peut plus choisir lui-même.",
        champs=(NOM, MANDATAIRE, PROFIL),
        origine=Gabarit(
            sujet="Votre demande de procuration",
            texte="Bonjour {nom},\n\n"
            "Votre demande de procuration vient d’être envoyée à {mandataire}.\n\n"
            "Suite à cette demande, vous ne pouvez plus effectuer de choix lors d’une session.\n"
            "Vous pouvez en revanche annuler à tout moment la procuration.\n"
            "Pour cela, rendez-vous sur votre page de session et cliquez sur "
            "«\u00a0Annuler la procuration\u00a0».\n\n"
            "Donnez vous-même à cette personne le code à six chiffres qui s’affiche dans votre profil\u00a0: "
            "il lui sera demandé. {lien}",
        ),
    ),
    Modele(
        cle="procuration-invitation",
        famille=FAMILLE,
        titre="Invitation du mandataire",
        quand="Au mandataire, avec le lien qui lui permet d’accepter.",
        champs=(
            NOM,
            lien(
                "lien",
                "Le lien d’acceptation",
                "Valider la demande de procuration",
                "/procuration/…",
                requis=True,
            ),
        ),
        origine=Gabarit(
            sujet="{nom} vous convie à sa demande de procuration",
            texte="Bonjour,\n\n{nom} vous convie à sa demande de procuration.\n\n"
            "Afin de valider l’accès à sa session, vous devez cliquer sur le lien suivant\u00a0:\n\n"
            "{lien}\n\nUn code à six chiffres vous sera demandé\u00a0: {nom} vous le donne directement. "
            "Ce lien ne sert qu’une fois et reste valable sept jours.",
        ),
    ),
    Modele(
        cle="procuration-acceptee",
        famille=FAMILLE,
        titre="Procuration acceptée",
        quand="Au mandant, quand son mandataire a accepté.",
        champs=(NOM, mot("mandataire", "Le nom du mandataire", "Marcel PROUST"), PROFIL),
        origine=Gabarit(
            sujet="Votre procuration est acceptée",
            texte="Bonjour {nom},\n\n"
            "Votre procuration est acceptée par {mandataire}, qui choisira à votre place.\n\n"
            "Si ce n’est pas la personne à qui vous l’avez donnée, annulez-la\u00a0: {lien}",
        ),
    ),
    Modele(
        cle="procuration-enregistree",
        famille=FAMILLE,
        titre="Procuration enregistrée en présence du mandataire",
        quand="Au mandataire, quand l’ARS l’a enregistrée sur papier devant lui.",
        champs=(
            NOM,
            lien(
                "lien",
                "Où se connecter, ou choisir son mot de passe",
                "Me connecter",
                "/connexion/…",
                requis=True,
            ),
        ),
        origine=Gabarit(
            sujet="Vous choisissez pour {nom}",
            texte="Bonjour,\n\n"
            "L’ARS a enregistré en votre présence la procuration de {nom}\u00a0: vous choisirez à sa place. "
            "Le jour venu, connectez-vous et prenez le rôle «\u00a0Procuration\u00a0»\u00a0:\n\n{lien}\n\n"
            "Vous n’avez pas accepté cette procuration\u202f? Prévenez l’ARS.",
        ),
    ),
    Modele(
        cle="procuration-annulee",
        famille=FAMILLE,
        titre="Procuration annulée",
        quand="Au mandant, quand lui-même ou l’ARS l’annule.",
        champs=(NOM, MANDATAIRE),
        origine=Gabarit(
            sujet="Votre procuration est annulée",
            texte="Bonjour {nom},\n\nVotre procuration à {mandataire} est annulée.\n\n"
            "Vous choisissez de nouveau vous-même, dès maintenant.",
        ),
    ),
    Modele(
        cle="procuration-declinee",
        famille=FAMILLE,
        titre="Procuration déclinée",
        quand="Au mandant, quand son mandataire refuse ou renonce.",
        champs=(NOM, MANDATAIRE, PROFIL),
        origine=Gabarit(
            sujet="Votre procuration est déclinée",
            texte="Bonjour {nom},\n\n"
            "{mandataire} ne choisira pas à votre place\u00a0: la procuration est terminée.\n\n"
            "Vous choisissez de nouveau vous-même, dès maintenant. "
            "Vous pouvez en établir une autre\u00a0: {lien}",
        ),
    ),
    Modele(
        cle="procuration-fin",
        famille=FAMILLE,
        titre="Fin de procuration",
        quand="Au mandataire, quand la procuration est annulée ou remplacée.",
        champs=(NOM,),
        origine=Gabarit(
            sujet="La procuration de {nom} est annulée",
            texte="Bonjour,\n\nLa procuration de {nom} est annulée\u00a0: vous n’avez plus à choisir à sa "
            "place, et vous n’avez plus accès à sa session.",
        ),
    ),
    Modele(
        cle="statut-reponse",
        famille=FAMILLE,
        titre="Réponse à une demande de statut",
        quand="À l’interne, quand l’ARS a répondu. Le type de choix et le motif restent sur la plateforme.",
        champs=(
            NOM,
            lien("lien", "La page de son statut", "Lire la réponse", "/mon-profil/statut/", requis=True),
        ),
        origine=Gabarit(
            sujet="Votre demande de changement de statut",
            texte="Bonjour {nom},\n\n"
            "L’ARS a répondu à votre demande de changement de type de choix.\n\n"
            "Sa réponse est dans votre profil\u00a0: {lien}",
        ),
    ),
)
