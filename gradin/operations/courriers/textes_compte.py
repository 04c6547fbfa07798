"""The mails of accounts (manual §2 and §3): sign-up, password, e-mail, correction."""

from gradin.documents.courriel import Gabarit
from gradin.operations.courriers.modele import Modele, lien, mot

FAMILLE = "Inscription et compte"
PRENOM = mot("prenom", "Le prénom", "Camille")
CONTACT = mot("contact", "Comment joindre l’ARS", ", à internes@ars.exemple.fr ou au 01 23 45 67 89")
RIEN_DEMANDE = "Vous n’avez rien demandé\u202f? Ne faites rien\u00a0: aucun compte n’est ouvert."

MODELES = (
    Modele(
        cle="inscription-lien",
        famille=FAMILLE,
        titre="Lien d’inscription",
        quand="À l’interne, quand sa demande concorde avec la liste de l’ARS, ou quand l’ARS l’invite.",
        champs=(
            PRENOM,
            lien("lien", "Le lien d’inscription", "Finaliser mon inscription", "/inscription/…", requis=True),
            mot("jours", "Durée du lien, en jours", "7"),
        ),
        origine=Gabarit(
            sujet="Terminez votre inscription sur Gradin",
            texte="Bonjour {prenom},\n\n"
            "Vous avez demandé à vous inscrire sur la plateforme de choix des stages, ou l’ARS vous y "
            "invite. Pour choisir votre mot de passe et terminer, ouvrez ce lien\u00a0:\n\n{lien}\n\n"
            f"Ce lien sert une seule fois et pendant {{jours}} jours.\n\n{RIEN_DEMANDE}",
        ),
    ),
    Modele(
        cle="inscription-transmise",
        famille=FAMILLE,
        titre="Demande d’inscription transmise à l’ARS",
        quand="À l’adresse saisie, quand quelque chose diffère de la liste de l’ARS.",
        champs=(CONTACT,),
        origine=Gabarit(
            sujet="Votre demande d’inscription est chez l’ARS",
            texte="Bonjour,\n\n"
            "Une demande d’inscription à la plateforme de choix des stages a été faite avec cette adresse. "
            "Les informations données ne suffisent pas à ouvrir un compte\u00a0: l’ARS les vérifie et vous "
            "répondra ici.\n\nPour aller plus vite, contactez l’ARS{contact}.\n\n" + RIEN_DEMANDE,
        ),
    ),
    Modele(
        cle="inscription-deja",
        famille=FAMILLE,
        titre="Compte déjà ouvert",
        quand="À l’adresse d’un compte, quand une inscription est demandée avec elle.",
        champs=(
            PRENOM,
            lien(
                "lien",
                "La page «\u00a0Mot de passe oublié\u00a0»",
                "Mot de passe oublié\u202f?",
                "/mot-de-passe/",
            ),
        ),
        origine=Gabarit(
            sujet="Vous avez déjà un compte Gradin",
            texte="Bonjour {prenom},\n\n"
            "Une inscription vient d’être demandée avec cette adresse, qui a déjà un compte\u00a0: votre "
            "inscription vaut pour tous les choix. Connectez-vous, ou choisissez un nouveau mot de "
            "passe\u00a0:\n\n{lien}\n\n"
            "Vous n’avez rien demandé\u202f? Ne faites rien\u00a0: votre compte reste le même.",
        ),
    ),
    Modele(
        cle="inscription-finie",
        famille=FAMILLE,
        titre="Inscription confirmée",
        quand="À l’interne, dès qu’il a terminé son inscription.",
        champs=(PRENOM, lien("lien", "La page de connexion", "Se connecter", "/connexion/")),
        origine=Gabarit(
            sujet="Votre inscription est confirmée",
            texte="Bonjour {prenom},\n\n"
            "Votre compte est ouvert. Votre identifiant est cette adresse. Pour vous connecter\u00a0:\n\n"
            "{lien}\n\n"
            "Votre inscription est valide pour l’ensemble des choix\u00a0: elle n’est pas à refaire.",
        ),
    ),
    Modele(
        cle="inscription-refusee",
        famille=FAMILLE,
        titre="Inscription refusée",
        quand="À l’adresse saisie, quand l’ARS refuse la demande.",
        champs=(CONTACT,),
        origine=Gabarit(
            sujet="Votre demande d’inscription n’a pas abouti",
            texte="Bonjour,\n\n"
            "L’ARS n’a pas pu rapprocher votre demande d’inscription de sa liste des internes.\n\n"
            "Contactez l’ARS{contact} pour vérifier ensemble vos informations.",
        ),
    ),
    Modele(
        cle="mot-de-passe",
        famille=FAMILLE,
        titre="Nouveau mot de passe",
        quand="Au titulaire du compte, depuis «\u00a0Mot de passe oublié\u202f?\u00a0».",
        champs=(lien("lien", "Le lien", "Choisir un nouveau mot de passe", "/mot-de-passe/…", requis=True),),
        origine=Gabarit(
            sujet="Choisissez un nouveau mot de passe",
            texte="Bonjour,\n\n"
            "Quelqu’un (vous, sans doute) a demandé un nouveau mot de passe pour ce compte Gradin. Pour le "
            "choisir, ouvrez ce lien. Il sert une seule fois\u00a0:\n\n{lien}\n\n"
            "Vous n’avez rien demandé\u202f? Ne faites rien\u00a0: votre mot de passe reste le même.",
        ),
    ),
    Modele(
        cle="mot-de-passe-inconnu",
        famille=FAMILLE,
        titre="Nouveau mot de passe, adresse inconnue",
        quand="À l’adresse saisie dans «\u00a0Mot de passe oublié\u202f?\u00a0», quand aucun compte ne l’a.",
        champs=(mot("courriel", "L’adresse saisie", "camille.aubert@exemple.fr"),),
        origine=Gabarit(
            sujet="Aucun compte à cette adresse",
            texte="Bonjour,\n\n"
            "Quelqu’un (vous, sans doute) a demandé un nouveau mot de passe pour {courriel}. Aucun compte "
            "Gradin n’existe à cette adresse. Essayez l’adresse que l’ARS connaît, ou appelez-la.\n\n"
            "Vous n’avez rien demandé\u202f? Ne faites rien.",
        ),
    ),
    Modele(
        cle="courriel-confirmer",
        famille=FAMILLE,
        titre="Confirmation d’une nouvelle adresse",
        quand="À la nouvelle adresse, quand l’interne change de courriel.",
        champs=(
            lien("lien", "Le lien", "Confirmer cette adresse", "/mon-profil/courriel/…", requis=True),
            mot("jours", "Durée du lien, en jours", "2"),
        ),
        origine=Gabarit(
            sujet="Confirmez votre nouvelle adresse",
            texte="Bonjour,\n\n"
            "Pour que cette adresse devienne celle de votre compte Gradin, ouvrez ce lien\u00a0:\n\n"
            "{lien}\n\n"
            "Ce lien sert une seule fois et pendant {jours} jours. D’ici là, votre ancienne adresse reste "
            "la bonne.\n\nVous n’avez rien demandé\u202f? Ne faites rien.",
        ),
    ),
    Modele(
        cle="courriel-change",
        famille=FAMILLE,
        titre="Adresse changée",
        quand="À l’ancienne adresse, dès que la nouvelle est confirmée.",
        champs=(
            mot("nouvelle", "La nouvelle adresse, en partie cachée", "ca…@exemple.fr"),
            lien("lien", "Le lien", "Revenir à mon ancienne adresse", "/mon-profil/courriel/…", requis=True),
        ),
        origine=Gabarit(
            sujet="L’adresse de votre compte a changé",
            texte="Bonjour,\n\n"
            "L’adresse de votre compte Gradin est maintenant {nouvelle}. Si ce n’est pas vous, revenez à "
            "cette adresse-ci dans les 72 heures, puis choisissez un nouveau mot de passe\u00a0:\n\n"
            "{lien}\n\nSi c’est bien vous, vous n’avez rien à faire.",
        ),
    ),
    Modele(
        cle="correction-reponse",
        famille=FAMILLE,
        titre="Réponse à une demande de correction",
        quand="À l’interne, quand l’ARS a répondu. La réponse elle-même reste sur la plateforme.",
        champs=(
            mot("nom", "Le prénom et le nom", "Camille AUBERT"),
            lien("lien", "La page des données", "Lire la réponse", "/mon-profil/donnees/", requis=True),
        ),
        origine=Gabarit(
            sujet="L’ARS a répondu à votre demande de correction",
            texte="Bonjour {nom},\n\n"
            "L’ARS a répondu à la demande de correction que vous aviez faite. Sa réponse est dans vos "
            "données personnelles\u00a0:\n\n{lien}",
        ),
    ),
)
