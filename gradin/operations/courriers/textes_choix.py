"""The mails of choices (manual §6.1 and §10) and of watched searches."""

from gradin.documents.courriel import Gabarit, Tableau
from gradin.operations.courriers.modele import Champ, Modele, lien, mot

FAMILLE = "Choix et postes"
NOM = mot("nom", "Le prénom et le nom de l’interne", "Émile ZOLA")
NUMERO = mot("numero", "Le numéro du poste", "1239")
POSTE = Champ(
    nom="poste",
    sens="Les six lignes de la fiche du poste",
    exemple=Tableau(
        lignes=(
            ("Spécialité", "ONC18 - ONCOLOGIE - PÉDIATRIE"),
            ("Établissement", "HENRI MONDOR (AP-HP)"),
            ("Service", "ONCOLOGIE"),
            ("Chef de service", "BAUDELAIRE CHARLES"),
            ("N° poste", "1239 - Réservé"),
            ("Fléchage", ""),
        )
    ),
    requis=True,
)
RECU = Champ(
    nom="recu",
    sens="L’amphithéâtre, l’heure, le reçu et son empreinte",
    exemple=Tableau(
        lignes=(
            ("Amphi", "Oncologie, approfondissement"),
            ("Heure", "5 avril 2027 à 9 h 00 min 12 s"),
            ("Reçu n°", "412"),
            ("Empreinte", "4f8a…c02e"),
        )
    ),
    requis=True,
)

MODELES = (
    Modele(
        cle="choix",
        famille=FAMILLE,
        titre="Confirmation d’un choix",
        quand="À l’interne, dès que le choix est fait\u00a0; son attestation est jointe.",
        champs=(
            NOM,
            NUMERO,
            POSTE,
            RECU,
            mot("voie", "Qui a choisi, si ce n’est pas lui", "Ce choix a été fait par votre mandataire."),
            mot("ligne", "Le numéro de la ligne du journal", "412"),
            lien("journal", "Le journal de l’amphithéâtre", "Journal", "/api/v1/amphis/7/journal"),
            lien("attestations", "Ses attestations", "Mes attestations", "/mes-attestations/"),
            lien("lien", "Son reçu complet", "Mon reçu", "/mon-amphi/recu/"),
        ),
        origine=Gabarit(
            sujet="Votre choix\u00a0: poste n°\u00a0{numero}",
            texte="Bonjour {nom},\n\nVeuillez trouver ci-dessous la synthèse de votre poste.\n\n"
            "Vous avez choisi pour stage\u00a0:\n\n{poste}\n\n{recu}\n\n{voie}\n\n"
            "Votre choix est définitif.\n\n"
            "Pour vérifier\u00a0: téléchargez le journal de l’amphi, {journal}\u202f; sa ligne {ligne} porte "
            "votre poste et se termine par l’empreinte ci-dessus. Gardez ce courriel\u00a0: si cette ligne "
            "changeait un jour, il le prouverait.\n\n"
            "Votre attestation est disponible\u00a0: {attestations}\n\n"
            "Votre reçu complet vous attend sur la plateforme\u00a0: {lien}",
        ),
    ),
    Modele(
        cle="annulation",
        famille=FAMILLE,
        titre="Choix annulé",
        quand="À l’interne, quand l’ARS (deux agents) annule son choix.",
        champs=(NOM, NUMERO, POSTE, RECU, lien("lien", "Sa salle", "Mon amphithéâtre", "/mon-amphi/")),
        origine=Gabarit(
            sujet="Votre choix du poste n°\u00a0{numero} est annulé",
            texte="Bonjour {nom},\n\nL’ARS a annulé le choix suivant\u00a0:\n\n{poste}\n\n{recu}\n\n"
            "L’ancienne ligne reste dans le journal de l’amphi. L’ARS vous dira la suite\u202f; votre "
            "situation est sur la plateforme\u00a0: {lien}",
        ),
    ),
    Modele(
        cle="recherche",
        famille=FAMILLE,
        titre="Nouveaux postes dans une recherche",
        quand="À qui garde une recherche et a demandé d’être averti.",
        champs=(
            mot(
                "combien",
                "«\u00a0Un nouveau poste entre\u00a0», «\u00a03 nouveaux postes entrent\u00a0»",
                "Un nouveau poste entre",
            ),
            mot("recherche", "Le nom de la recherche", "Cardiologie à Paris"),
            mot("postes", "Les postes, un par ligne", "- n° 50, Cardiologie, Hôpital Lariboisière"),
            lien("lien", "La recherche", "Voir cette recherche", "/postes/?q=cardiologie", requis=True),
            lien(
                "arret",
                "Où ne plus recevoir ces courriels",
                "Mes recherches",
                "/mes-recherches/",
                requis=True,
            ),
        ),
        origine=Gabarit(
            sujet="{combien} dans «\u00a0{recherche}\u00a0»",
            texte="Bonjour,\n\n{combien} dans votre recherche «\u00a0{recherche}\u00a0»\u00a0:\n\n"
            "{postes}\n\nLa voir\u00a0: {lien}\n\nNe plus recevoir ces courriels\u00a0: {arret}",
        ),
    ),
)
