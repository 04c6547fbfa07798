"""« Données personnelles »: every row held about somebody, table by table, from one declaration."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, Q

from gradin.data.amphis.models import FaitPrive, ListeAppel, Place
from gradin.data.comptes.models import Compte
from gradin.data.internes.models import Interne
from gradin.queries.visiteurs import Visiteur


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """How a table leads to a person. `interne`, `compte`, `courriel`: lookups; `secrets`: never shown."""

    titre: str
    interne: tuple[str, ...] = ()
    compte: tuple[str, ...] = ()
    courriel: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()


# By label of model; a test fails when a table that leads to a person is missing.
TABLES: Mapping[str, Table] = {
    "internes.Interne": Table(titre="Identité", interne=("pk",), secrets=("cle_tri", "recherche")),
    "comptes.Compte": Table(titre="Compte", compte=("pk",), secrets=("password",)),
    "internes.Inscription": Table(titre="Semestres", interne=("interne",)),
    "amphis.Place": Table(titre="Listes d’appel", interne=("inscription__interne",)),
    "amphis.Affectation": Table(titre="Affectations", interne=("interne",)),
    "amphis.Favori": Table(titre="Favoris", interne=("inscription__interne",)),
    "prechoix.ListeVoeux": Table(
        titre="Vœux : partage pour la prévision", interne=("place__inscription__interne",)
    ),
    "prechoix.Voeu": Table(titre="Vœux", interne=("liste__place__inscription__interne",)),
    "prechoix.Prechoix": Table(titre="Préchoix ouverts", compte=("auteur",), secrets=("resultat",)),
    "appariement.Candidature": Table(titre="Appariement\u00a0: candidatures", interne=("interne",)),
    "appariement.PieceCandidature": Table(
        titre="Appariement\u00a0: pièces du dossier", interne=("candidature__interne",), secrets=("contenu",)
    ),
    "appariement.NoteSite": Table(titre="Appariement\u00a0: notes", interne=("candidature__interne",)),
    # That a site ranked him, never how (rules.md §8).
    "appariement.RangCandidat": Table(
        titre="Appariement\u00a0: sites qui ont répondu", interne=("candidature__interne",), secrets=("rang",)
    ),
    "appariement.ResultatCandidat": Table(
        titre="Appariement\u00a0: résultats", interne=("candidature__interne",)
    ),
    "appariement.SiteAppariement": Table(titre="Appariement\u00a0: sites suivis", courriel=("courriel",)),
    "appariement.DepotAppariement": Table(
        titre="Fichiers importés pour un appariement",
        compte=("auteur",),
        secrets=("contenu", "apercu", "retour"),
    ),
    "appariement.ActeAppariement": Table(titre="Actes sur un appariement", compte=("auteur",)),
    "demandes.DemandeStatut": Table(
        titre="Demandes de changement de statut",
        interne=("inscription__interne",),
    ),
    "demandes.Procuration": Table(
        titre="Procurations",
        interne=("inscription__interne",),
        compte=("mandataire",),
        courriel=("courriel",),
        secrets=("cle",),
    ),
    "demandes.Mouvement": Table(
        titre="Suivi des demandes et procurations",
        interne=(
            "demande__inscription__interne",
            "procuration__inscription__interne",
            "individuelle__inscription__interne",
            "hors_choix__affectation__interne",
        ),
        compte=("auteur",),
    ),
    "demandes.DemandeIndividuelle": Table(
        titre="Demandes individuelles",
        interne=("inscription__interne",),
        compte=("avis_par", "decided_by"),
    ),
    "demandes.PieceRecue": Table(titre="Pièces reçues par l’ARS", interne=("demande__inscription__interne",)),
    "demandes.HorsChoix": Table(
        titre="Postes attribués avant le choix",
        interne=("affectation__interne",),
        compte=("given_by", "annulled_by"),
    ),
    "demandes.DemandeCouple": Table(
        titre="Demandes de couple",
        interne=("demandeur__interne", "invite__interne"),
        compte=("decided_by",),
    ),
    "demandes.Question": Table(
        titre="Questions posées à l’ARS pendant le choix",
        interne=("place__inscription__interne",),
        compte=("auteur", "answered_by"),
        secrets=("cle",),
    ),
    "demandes.Representant": Table(titre="Représentation", courriel=("courriel",)),
    "profils.DemandeInscription": Table(
        titre="Demandes d’inscription", interne=("interne",), courriel=("courriel",), secrets=("lien",)
    ),
    "profils.DemandeCorrection": Table(titre="Demandes de correction", interne=("interne",)),
    "profils.QuestionSecrete": Table(titre="Question secrète", interne=("interne",), secrets=("reponse",)),
    "profils.Changement": Table(titre="Historique de la fiche", interne=("interne",)),
    "profils.CodeAide": Table(titre="Code d’aide", interne=("interne",), secrets=("code",)),
    "profils.LienCourriel": Table(titre="Changements de courriel", compte=("compte",), secrets=("lien",)),
    "attestations.Attestation": Table(titre="Attestations", interne=("affectation__interne",)),
    "attestations.Exemplaire": Table(
        titre="Attestations délivrées", interne=("attestation__affectation__interne",)
    ),
    "attestations.Recueil": Table(titre="Attestations réunies", compte=("auteur",)),
    "imports.Depot": Table(
        titre="Fichiers importés", compte=("auteur",), secrets=("contenu", "apercu", "retour")
    ),
    "recherches.RechercheEnregistree": Table(titre="Recherches enregistrées", compte=("compte",)),
    "publications.AbonnementCalendrier": Table(
        titre="Calendrier personnel", compte=("compte",), secrets=("cle",)
    ),
    "parcours.LigneParcours": Table(titre="Parcours", interne=("interne",), compte=("validated_by",)),
    "parcours.AncienneteImportee": Table(titre="Ancienneté importée", interne=("inscription__interne",)),
    "parcours.RangInitial": Table(titre="Rang au concours", interne=("interne",)),
    "parcours.Derogation": Table(
        titre="Dérogations à la maquette", interne=("inscription__interne",), compte=("auteur",)
    ),
    "parcours.SituationSemestrielle": Table(
        titre="Situations semestrielles", interne=("inscription__interne",)
    ),
    "parcours.VersionMaquette": Table(titre="Maquettes écrites", compte=("auteur",), secrets=("contenu",)),
    "parcours.CampagneSituation": Table(titre="Campagnes de situation ouvertes", compte=("auteur",)),
    "evaluations.BrouillonEvaluation": Table(
        titre="Évaluation de stage en cours", interne=("affectation__interne",)
    ),
    # That he has answered; what, nobody knows.
    "evaluations.Participation": Table(titre="Stages évalués", interne=("affectation__interne",)),
    "evaluations.Questionnaire": Table(
        titre="Questionnaires écrits", courriel=("auteur",), secrets=("contenu",)
    ),
    "evaluations.CampagneEvaluation": Table(titre="Campagnes d’évaluation ouvertes", courriel=("auteur",)),
    "evaluations.Commentaire": Table(
        titre="Commentaires relus", courriel=("relu_par",), secrets=("texte", "question", "etat")
    ),
    "services.NoteService": Table(titre="Notes sur des services", compte=("compte",)),
    "notifications.Abonnement": Table(
        titre="Appareils notifiés", compte=("compte",), secrets=("adresse", "p256dh", "auth")
    ),
    "notifications.Notification": Table(titre="Notifications", compte=("abonnement__compte",)),
    "courriers.Envoi": Table(titre="Courriels", courriel=("destinataire",)),
    "comptes.Portee": Table(titre="Portée du compte", compte=("compte",)),
    "comptes.ActeGestion": Table(titre="Actes de gestion, ou sur votre compte", courriel=("auteur", "objet")),
    "comptes.Jeton": Table(titre="Jetons de l’API", compte=("compte",), secrets=("empreinte",)),
    "amphis.CleIdempotence": Table(titre="Doubles envois", compte=("compte",), secrets=("cle", "empreinte")),
    "amphis.ActeAgent": Table(titre="Actes d’agent", compte=("auteur",)),
    "amphis.ActeCampagne": Table(titre="Réglages de campagne", compte=("auteur",)),
    "amphis.Proposition": Table(titre="Propositions d’agent", compte=("auteur", "approved_by")),
    "ouverture.PostePropose": Table(titre="Postes proposés", compte=("auteur", "decided_by")),
    "ouverture.AvisPoste": Table(titre="Avis sur des postes", compte=("auteur",)),
    "ouverture.ActeOuverture": Table(titre="Actes sur l’ouverture des postes", compte=("auteur",)),
    "agrements.Agrement": Table(titre="Agréments du service", courriel=("courriel",)),
    "agrements.DossierService": Table(titre="Dossiers d’agrément", courriel=("courriel",)),
    "agrements.DemandeAgrement": Table(titre="Demandes d’agrément décidées", compte=("decided_by",)),
    "agrements.AvisAgrement": Table(titre="Avis sur des agréments", compte=("auteur",)),
    "agrements.ActeAgrement": Table(titre="Actes sur les agréments", compte=("auteur",)),
    "commissions.MembreCommission": Table(titre="Commissions où vous êtes convoqué", courriel=("courriel",)),
    "commissions.ActeCommission": Table(titre="Actes sur une commission", compte=("auteur",)),
    "account.EmailAddress": Table(titre="Adresses de connexion", compte=("user",)),
    "account.EmailConfirmation": Table(
        titre="Confirmations d’adresse", compte=("email_address__user",), secrets=("key",)
    ),
    "usersessions.UserSession": Table(titre="Sessions", compte=("user",), secrets=("session_key",)),
    "mfa.Authenticator": Table(titre="Second facteur", compte=("user",), secrets=("data",)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One table as its owner reads it: `lignes` by name of column."""

    nom: str
    titre: str
    lignes: tuple[Mapping[str, Any], ...]


def read_donnees(visiteur: Visiteur) -> tuple[Section, ...]:
    """Everything held about this visitor; empty tables are left out."""
    sections = [_section(label, table, visiteur) for label, table in TABLES.items()]
    sections += [_journal(visiteur), _figures(visiteur)]
    return tuple(section for section in sections if section.lignes)


def _section(label: str, table: Table, visiteur: Visiteur) -> Section:
    modele = apps.get_model(label)
    vises = _who(table, visiteur)
    rows = modele._default_manager.filter(vises).distinct() if vises else ()
    lignes = tuple(_ligne(row, table.secrets) for row in rows)
    return Section(nom=label, titre=table.titre, lignes=lignes)


def _who(table: Table, visiteur: Visiteur) -> Q:
    vises = Q()
    if visiteur.interne is not None:
        for chemin in table.interne:
            vises |= Q(**{chemin: visiteur.interne})
    if visiteur.compte is not None:
        for chemin in table.compte:
            vises |= Q(**{chemin: visiteur.compte})
    for chemin in table.courriel if visiteur.courriel else ():
        vises |= Q(**{f"{chemin}__iexact": visiteur.courriel})
    return vises


def _ligne(row: Model, secrets: tuple[str, ...]) -> dict[str, Any]:
    """Others are named by no more than a word: an agent is « ARS », a poste its number."""
    champs = [champ for champ in row._meta.concrete_fields if champ.name not in (*secrets, "id")]
    return {champ.name: _value(row, champ) for champ in champs}


def _value(row: Model, champ: Any) -> Any:
    if not champ.is_relation:
        return champ.value_from_object(row)
    lie = getattr(row, champ.name)
    if isinstance(lie, (Compte, Interne)):
        return "compte" if isinstance(lie, Compte) else "interne"
    return None if lie is None else getattr(lie, "numero", None) or str(lie)


def _journal(visiteur: Visiteur) -> Section:
    """One's own private parts of the journals, while they are kept."""
    lignes = [
        {"amphi": place.amphi.intitule, "n": n, "fait": fait, "sel": sel, "prive": prive}
        for place in _places(visiteur).exclude(numero=None)
        for n, fait, sel, prive in FaitPrive.objects.filter(
            fait__amphi=place.amphi_id, fait__p__interne=place.numero
        )
        .order_by("fait__n")
        .values_list("fait__n", "fait__fait", "sel", "prive")
    ]
    return Section(nom="journal", titre="Journal des amphithéâtres, partie privée", lignes=tuple(lignes))


def _figures(visiteur: Visiteur) -> Section:
    """One's own line of each version of each call list."""
    return Section(nom="figures", titre="Calcul des rangs", lignes=tuple(_own_figures(visiteur)))


def _own_figures(visiteur: Visiteur) -> Iterator[Mapping[str, Any]]:
    ine = Interne.objects.filter(pk=visiteur.interne or 0).values_list("ine", flat=True).first()
    for place in _places(visiteur):
        for liste in ListeAppel.objects.filter(amphi=place.amphi_id):
            siennes = (ligne for ligne in liste.figures if ligne.get("ine") == ine)
            yield from ({"amphi": place.amphi.intitule, "version": liste.version, **une} for une in siennes)


def _places(visiteur: Visiteur) -> Any:
    return Place.objects.filter(inscription__interne=visiteur.interne or 0).select_related("amphi")
