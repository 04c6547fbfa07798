"""The mails of agréments and commissions: the file of a service, the decision, the convocation."""

from gradin.documents.courriel import Gabarit
from gradin.operations.courriers.modele import Modele, lien, mot

FAMILLE = "Agréments et commissions"
NOM = mot("nom", "Le nom du destinataire", "Pr Émile ZOLA")
SERVICE = mot("service", "L’établissement et le service", "CHU de Tours - Cardiologie")

MODELES = (
    Modele(
        cle="agrement-dossier",
        famille=FAMILLE,
        titre="Dossier d’agrément d’un service",
        quand="Au responsable d’un service, quand l’ARS envoie les dossiers ou un nouveau lien. "
        "Un nouveau lien ferme les précédents.",
        champs=(
            NOM,
            SERVICE,
            mot("annee", "L’année de la campagne", "2027"),
            mot("limite", "Le dernier jour", "30/04/2027"),
            lien("lien", "Le dossier du service", "Ouvrir mon dossier", "/", requis=True),
        ),
        origine=Gabarit(
            sujet="Agréments {annee}\u00a0: vérifiez le dossier de votre service",
            texte="Bonjour {nom},\n\n"
            "La campagne d’agréments {annee} est ouverte. Vérifiez le dossier de votre service, {service}, "
            "et demandez un renouvellement, un nouvel agrément ou un changement de responsable "
            "jusqu’au {limite} inclus, sans créer de compte\u00a0:\n\n{lien}\n\n"
            "Ce lien est personnel\u00a0: qui le tient peut répondre à votre place. Ne le transmettez pas.",
        ),
    ),
    Modele(
        cle="agrement-decision",
        famille=FAMILLE,
        titre="Décision sur une demande d’agrément",
        quand="Au responsable du service, dès que l’ARS enregistre la décision de la commission.",
        champs=(
            NOM,
            SERVICE,
            mot("demande", "Ce qui était demandé", "Renouvellement, Cardiologie"),
            mot("decision", "La décision", "accordée, du 02/11/2027 au 01/11/2032", requis=True),
        ),
        origine=Gabarit(
            sujet="Votre demande d’agrément est décidée",
            texte="Bonjour {nom},\n\nLa demande de votre service, {service} ({demande}), est {decision}.",
        ),
    ),
    Modele(
        cle="agrement-decision-reprise",
        famille=FAMILLE,
        titre="Décision reprise sur une demande d’agrément",
        quand="Au responsable du service, quand l’ARS revient sur une décision enregistrée.",
        champs=(
            NOM,
            SERVICE,
            mot("demande", "Ce qui était demandé", "Renouvellement, Cardiologie"),
            mot("motif", "Pourquoi l’ARS revient sur sa décision", "Erreur de saisie.", requis=True),
        ),
        origine=Gabarit(
            sujet="Votre demande d’agrément est de nouveau à l’étude",
            texte="Bonjour {nom},\n\nL’ARS revient sur sa décision\u00a0: la demande de votre service, "
            "{service} ({demande}), est de nouveau à l’étude. Motif\u00a0: {motif}\n\n"
            "La décision vous sera écrite.",
        ),
    ),
    Modele(
        cle="agrements-expirent",
        famille=FAMILLE,
        titre="Agréments qui se terminent",
        quand="À l’adresse de l’ARS dans la subdivision, une fois par mois, s’il y en a dans les six mois.",
        champs=(
            mot("nombre", "Combien", "12"),
            mot("des", "Par DES", "Cardiologie (3), Pédiatrie (9)"),
            lien("lien", "La page des agréments", "Voir ces agréments", "/", requis=True),
        ),
        origine=Gabarit(
            sujet="Des agréments se terminent dans les six mois",
            texte="Bonjour,\n\nSe terminent dans les six mois\u00a0: {nombre}. {des}.\n\n{lien}",
        ),
    ),
    Modele(
        cle="commission-convocation",
        famille=FAMILLE,
        titre="Convocation à une commission",
        quand="À chaque membre, quand l’ARS convoque la commission ou la convoque de nouveau.",
        champs=(
            NOM,
            mot("commission", "La commission", "Commission d’agrément de mars"),
            mot("date", "Le jour et l’heure", "mardi 9 mars 2027 à 14 h"),
            mot("lieu", "Le lieu et l’adresse de la visio", "En visio\u00a0: https://visio.exemple.fr/salle"),
            lien("lien", "L’ordre du jour et les documents", "Lire les documents", "/", requis=True),
        ),
        origine=Gabarit(
            sujet="Convocation\u00a0: {commission}",
            texte="Bonjour {nom},\n\n"
            "Vous êtes convoqué à la commission «\u00a0{commission}\u00a0», {date}. {lieu}\n\n"
            "L’ordre du jour et les documents, sans créer de compte\u00a0:\n\n{lien}\n\n"
            "Ce lien est personnel\u00a0: ne le transmettez pas.",
        ),
    ),
    Modele(
        cle="commission-annulee",
        famille=FAMILLE,
        titre="Commission annulée",
        quand="À chaque membre déjà convoqué, quand l’ARS annule la commission.",
        champs=(
            NOM,
            mot("commission", "La commission", "Commission d’agrément de mars", requis=True),
            mot("date", "Le jour et l’heure prévus", "mardi 9 mars 2027 à 14 h"),
        ),
        origine=Gabarit(
            sujet="Commission annulée\u00a0: {commission}",
            texte="Bonjour {nom},\n\n"
            "La commission «\u00a0{commission}\u00a0», prévue {date}, est annulée. "
            "Votre lien vers ses documents est fermé.",
        ),
    ),
)
