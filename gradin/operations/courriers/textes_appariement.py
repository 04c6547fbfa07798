"""The mails of the matching of docteurs juniors: windows, reminders, the link of a site, results."""

from gradin.documents.courriel import Gabarit
from gradin.operations.courriers.modele import Modele, lien, mot

FAMILLE = "Docteurs juniors"
NOM = mot("nom", "Le prénom et le nom", "Émile ZOLA")
CAMPAGNE = mot("campagne", "La campagne", "Docteurs juniors, novembre 2027")
TOUR = mot("tour", "Le tour", "1er tour")
SITE = mot("site", "Le site", "Cardiologie, CHU de Tours")
BLANC = mot("blanc", "Vide, sauf pour un tour à blanc", "")

LIMITE = mot("limite", "Jusqu’à quand", "vendredi 8 octobre à 23 h 59")
SITES = mot("sites", "Combien de sites au moins", "4 sites")

MODELES = (
    Modele(
        cle="appariement-voeux",
        famille=FAMILLE,
        titre="Ouverture des vœux",
        quand="À chaque docteur junior du tour, quand la fenêtre des vœux s’ouvre.",
        champs=(
            NOM,
            CAMPAGNE,
            TOUR,
            SITES,
            LIMITE,
            BLANC,
            lien("lien", "La page de ses notes", "Noter mes sites", "/", requis=True),
        ),
        origine=Gabarit(
            sujet="Vous pouvez noter vos sites",
            texte="Bonjour {nom},\n\n"
            "Les vœux sont ouverts ({campagne}, {tour}) jusqu’à {limite}. "
            "Notez au moins {sites} de 1 à 5\u00a0:\n\n{lien}\n\n{blanc}",
        ),
    ),
    Modele(
        cle="appariement-classement",
        famille=FAMILLE,
        titre="Ouverture des classements",
        quand="Au responsable de chaque site, quand la fenêtre des classements s’ouvre, avec son lien.",
        champs=(
            NOM,
            SITE,
            CAMPAGNE,
            TOUR,
            LIMITE,
            lien("lien", "Le lien du site", "Classer mes candidats", "/", requis=True),
        ),
        origine=Gabarit(
            sujet="Vous pouvez classer vos candidats",
            texte="Bonjour {nom},\n\n"
            "Les classements sont ouverts ({campagne}, {tour}) jusqu’à {limite}. Lisez les dossiers des "
            "candidats à votre site, {site}, et classez-les, sans créer de compte\u00a0:\n\n{lien}\n\n"
            "Ce lien est personnel\u00a0: qui le tient peut classer à votre place. Ne le transmettez pas.",
        ),
    ),
    Modele(
        cle="appariement-relance-candidat",
        famille=FAMILLE,
        titre="Il manque des notes",
        quand="Au docteur junior qui n’a pas noté assez de sites, 24 heures avant la clôture des vœux, "
        "ou quand l’ARS relance.",
        champs=(
            NOM,
            CAMPAGNE,
            TOUR,
            mot("donnes", "Combien de sites il a notés", "12"),
            mot("requises", "Combien il en faut", "15"),
            mot("manque", "Combien de sites il lui manque", "3 sites"),
            LIMITE,
            BLANC,
            lien("lien", "La page de ses notes", "Noter mes sites", "/", requis=True),
        ),
        origine=Gabarit(
            sujet="Il vous reste des sites à noter",
            texte="Bonjour {nom},\n\n"
            "Il vous reste {manque} à noter de 1 à 5 pour prendre part au tour en cours "
            "({campagne}, {tour})\u00a0: {donnes} sur {requises} à ce jour. Vous avez jusqu’à {limite}\u00a0:"
            "\n\n{lien}\n\n{blanc}",
        ),
    ),
    Modele(
        cle="appariement-lien",
        famille=FAMILLE,
        titre="Lien d’un site pour classer ses candidats",
        quand="Au responsable d’un site, quand l’ARS lui envoie un lien. Il ferme les précédents.",
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
        cle="appariement-relance-site",
        famille=FAMILLE,
        titre="Il manque des classements",
        quand="Au responsable d’un site qui n’a pas classé assez de candidats, 24 heures avant la clôture "
        "des classements, ou quand l’ARS relance. Son lien reste le même.",
        champs=(
            NOM,
            SITE,
            CAMPAGNE,
            TOUR,
            mot("classes", "Combien de candidats il a classés", "3"),
            mot("requis", "Combien il en faut", "8"),
            mot("manque", "Combien il lui en manque", "5 candidats"),
            LIMITE,
            lien("lien", "Le lien du site", "Classer mes candidats", "/", requis=True),
        ),
        origine=Gabarit(
            sujet="Il vous reste des candidats à classer",
            texte="Bonjour {nom},\n\n"
            "Il vous reste {manque} à classer pour que {site} prenne part au tour en cours "
            "({campagne}, {tour})\u00a0: {classes} sur {requis} à ce jour. Vous avez jusqu’à {limite}, sans "
            "créer de compte\u00a0:\n\n{lien}\n\n"
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
        cle="appariement-site-ecarte",
        famille=FAMILLE,
        titre="Site qui n’a pas pris part à un tour",
        quand="À l’heure annoncée, au responsable d’un site qui a classé trop peu de candidats.",
        champs=(
            NOM,
            SITE,
            CAMPAGNE,
            TOUR,
            mot("classes", "Combien de candidats il a classés", "3"),
            mot("requis", "Combien il en fallait", "8"),
            BLANC,
        ),
        origine=Gabarit(
            sujet="Votre site n’a pas pris part à ce tour",
            texte="Bonjour {nom},\n\n"
            "Le résultat est annoncé ({campagne}, {tour}). {site} n’y a pas pris part\u00a0: trop peu "
            "de candidats classés ({classes} sur {requis} demandés). Ses places restent offertes au tour "
            "suivant, s’il y en a un.\n\n{blanc}",
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
