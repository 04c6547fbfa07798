"""The mails of the matching of docteurs juniors: reminders, the link of a site, results."""

from gradin.documents.courriel import Gabarit
from gradin.operations.courriers.modele import Modele, lien, mot

FAMILLE = "Docteurs juniors"
NOM = mot("nom", "Le prénom et le nom", "Émile ZOLA")
CAMPAGNE = mot("campagne", "La campagne", "Docteurs juniors, novembre 2027")
TOUR = mot("tour", "Le tour", "1er tour")
SITE = mot("site", "Le site", "Cardiologie, CHU de Tours")
BLANC = mot("blanc", "Vide, sauf pour un tour à blanc", "")

MODELES = (
    Modele(
        cle="appariement-relance-candidat",
        famille=FAMILLE,
        titre="Il manque des notes",
        quand="Au docteur junior qui n’a pas noté assez de sites, quand l’ARS relance pendant les vœux.",
        champs=(
            NOM,
            CAMPAGNE,
            TOUR,
            BLANC,
            lien("lien", "La page de ses notes", "Noter mes sites", "/", requis=True),
        ),
        origine=Gabarit(
            sujet="Il vous reste des sites à noter",
            texte="Bonjour {nom},\n\n"
            "Vous n’avez pas encore noté assez de sites pour prendre part au tour en cours "
            "({campagne}, {tour})\u00a0:\n\n{lien}\n\n{blanc}",
        ),
    ),
    Modele(
        cle="appariement-lien",
        famille=FAMILLE,
        titre="Lien d’un site pour classer ses candidats",
        quand="Au responsable d’un site, quand l’ARS lui envoie son lien ou le relance. "
        "Un nouveau lien ferme les précédents.",
        champs=(
            NOM,
            SITE,
            CAMPAGNE,
            lien("lien", "Le lien du site", "Classer mes candidats", "/", requis=True),
        ),
        origine=Gabarit(
            sujet="Classez les docteurs juniors candidats à votre site",
            texte="Bonjour {nom},\n\n"
            "Des docteurs juniors peuvent demander votre site, {site} ({campagne}). Lisez leurs dossiers "
            "et classez-les, sans créer de compte\u00a0:\n\n{lien}\n\n"
            "Ce lien est personnel\u00a0: qui le tient peut classer à votre place. Ne le transmettez pas.",
        ),
    ),
    Modele(
        cle="appariement-resultat",
        famille=FAMILLE,
        titre="Résultat d’un tour d’appariement",
        quand="À chaque docteur junior du tour, à l’heure annoncée. Le résultat reste sur la plateforme.",
        champs=(
            NOM,
            CAMPAGNE,
            TOUR,
            BLANC,
            lien("lien", "Son résultat", "Lire mon résultat", "/", requis=True),
        ),
        origine=Gabarit(
            sujet="Le résultat de l’appariement est prêt",
            texte="Bonjour {nom},\n\n"
            "Le résultat est annoncé ({campagne}, {tour}). Lisez-le, avec la raison de chacun de vos vœux, "
            "et jusqu’à quand vous pouvez le refuser\u00a0:\n\n{lien}\n\n{blanc}",
        ),
    ),
    Modele(
        cle="appariement-resultat-site",
        famille=FAMILLE,
        titre="Résultat d’un tour pour un site",
        quand="Au responsable de chaque site, à l’heure annoncée.",
        champs=(
            NOM,
            SITE,
            CAMPAGNE,
            TOUR,
            BLANC,
            mot("candidats", "Qui vient sur le site", "Émile ZOLA", requis=True),
        ),
        origine=Gabarit(
            sujet="Vos docteurs juniors",
            texte="Bonjour {nom},\n\n"
            "Le résultat est annoncé ({campagne}, {tour}). Pour {site}\u00a0: {candidats}.\n\n"
            "Un candidat peut encore refuser jusqu’à la date dite par l’ARS.\n\n{blanc}",
        ),
    ),
    Modele(
        cle="appariement-resultat-ars",
        famille=FAMILLE,
        titre="Résultat d’un tour pour l’ARS",
        quand="À l’adresse de l’ARS dans la subdivision, à l’heure annoncée.",
        champs=(CAMPAGNE, TOUR, BLANC, lien("lien", "La campagne", "Suivre la campagne", "/", requis=True)),
        origine=Gabarit(
            sujet="Résultat de l’appariement annoncé",
            texte="Bonjour,\n\nLe résultat est annoncé aux candidats et aux sites ({campagne}, {tour})\u00a0:"
            "\n\n{lien}\n\n{blanc}",
        ),
    ),
)
