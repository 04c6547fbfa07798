"""The mails of the opening of postes, to établissements and coordonnateurs."""

from gradin.documents.courriel import Gabarit
from gradin.operations.courriers.modele import Modele, lien, mot

FAMILLE = "Ouverture des postes"
NOM = mot("nom", "Le nom du destinataire", "CHU de Rouen")
SEMESTRE = mot("semestre", "Le semestre ouvert", "mai 2027")
LIMITE = mot("limite", "La date limite", "le 12\u00a0mars\u00a02027 à 18\u00a0h")
OUVRE = lien("lien", "Sa page de l’ouverture", "Ouverture des postes", "/mon-espace/ouverture/", requis=True)
CHAMPS = (NOM, SEMESTRE, LIMITE, OUVRE)

MODELES = (
    Modele(
        cle="ouverture-proposer",
        famille=FAMILLE,
        titre="Ouverture des postes\u00a0: à proposer",
        quand="À chaque établissement de la subdivision, quand l’ARS ouvre un semestre aux propositions.",
        champs=CHAMPS,
        origine=Gabarit(
            sujet="Proposez vos postes de {semestre}",
            texte="Bonjour {nom},\n\n"
            "L’ARS prépare les postes de {semestre}. Proposez ceux de vos services {limite} "
            "au plus tard\u00a0:\n\n{lien}",
        ),
    ),
    Modele(
        cle="ouverture-avis",
        famille=FAMILLE,
        titre="Ouverture des postes\u00a0: avis à donner",
        quand="À chaque coordonnateur de la subdivision, quand l’ARS ouvre un semestre aux propositions.",
        champs=CHAMPS,
        origine=Gabarit(
            sujet="Votre avis sur les postes de {semestre}",
            texte="Bonjour {nom},\n\n"
            "L’ARS prépare les postes de {semestre}. Les établissements proposent les leurs "
            "{limite} au plus tard. Lisez ceux de votre DES et donnez votre avis\u00a0:\n\n{lien}",
        ),
    ),
    Modele(
        cle="ouverture-rappel",
        famille=FAMILLE,
        titre="Ouverture des postes\u00a0: rappel",
        quand="À l’établissement qui n’a rien proposé et au coordonnateur qui doit encore un avis, trois "
        "jours avant la date limite.",
        champs=(*CHAMPS[:3], mot("manque", "Ce qui manque", "aucun poste n’est proposé"), OUVRE),
        origine=Gabarit(
            sujet="Postes de {semestre}\u00a0: il reste trois jours ou moins",
            texte="Bonjour {nom},\n\nPour {semestre}, {manque}. La date limite est {limite}\u00a0:\n\n{lien}",
        ),
    ),
    Modele(
        cle="ouverture-decisions",
        famille=FAMILLE,
        titre="Ouverture des postes\u00a0: décisions publiées",
        quand="À l’établissement et au coordonnateur, quand l’ARS publie des postes qui sont les leurs. "
        "Ce qui est refusé et pourquoi reste sur leur page.",
        champs=(NOM, SEMESTRE, mot("postes", "Combien de leurs postes", "12 postes"), OUVRE),
        origine=Gabarit(
            sujet="Les postes de {semestre} sont publiés",
            texte="Bonjour {nom},\n\n"
            "L’ARS publie des postes de {semestre}, dont {postes} de vos services ou de votre DES. "
            "Chaque décision est sur votre page\u00a0:\n\n{lien}",
        ),
    ),
)
