"""Every table that keeps acts outside amphis, and how each is read: one list, in the order of the page."""

from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from gradin.data.amphis.models import ActeAgent, ActeCampagne, Proposition
from gradin.data.appariement.models import ActeAppariement
from gradin.data.comptes.models import Role
from gradin.data.courriers.models import VersionModele
from gradin.data.demandes.models import DemandeCouple, Mouvement
from gradin.data.imports.models import ChangementReferentiel, Depot, EtatDepot
from gradin.data.internes.models import Inscription
from gradin.data.ouverture.models import ActeOuverture
from gradin.data.parcours.models import Derogation, VersionMaquette
from gradin.data.postes.models import ChangementPoste
from gradin.data.profils.models import Changement, DemandeCorrection, DemandeInscription
from gradin.data.referentiel.models import Subdivision
from gradin.queries.actes import lectures as lire
from gradin.queries.actes.gestion import SOURCES_GESTION
from gradin.queries.actes.ligne import Source
from gradin.queries.actes.portee import by_agents, scope_at, whole_at
from gradin.queries.visiteurs import Visiteur

COMPTE = ("auteur__email", "auteur__nom_affiche")


def _amphis(visiteur: Visiteur) -> QuerySet[ActeAgent]:
    return ActeAgent.objects.filter(scope_at(visiteur, "amphi__")).select_related("amphi", "auteur")


def _campagnes(visiteur: Visiteur) -> QuerySet[ActeCampagne]:
    rows = ActeCampagne.objects.filter(whole_at(visiteur, "campagne__subdivision"))
    return rows.select_related("campagne__semestre", "campagne__subdivision", "auteur")


def _propositions(visiteur: Visiteur) -> QuerySet[Proposition]:
    return Proposition.objects.filter(scope_at(visiteur, "amphi__")).select_related(
        "amphi", "auteur", "approved_by"
    )


def _fiches(visiteur: Visiteur) -> QuerySet[Changement]:
    siens = Inscription.objects.filter(scope_at(visiteur, "")).values("interne")
    return Changement.objects.filter(by_agents("auteur"), interne__in=siens).select_related("interne")


def _postes(visiteur: Visiteur) -> QuerySet[ChangementPoste]:
    rows = ChangementPoste.objects.filter(scope_at(visiteur, "poste__"))
    return rows.select_related("poste__service")


def _mouvements(visiteur: Visiteur) -> QuerySet[Mouvement]:
    siens = (
        scope_at(visiteur, "demande__inscription__")
        | scope_at(visiteur, "procuration__inscription__")
        | scope_at(visiteur, "individuelle__inscription__")
        | scope_at(visiteur, "hors_choix__affectation__poste__")
    )
    rows = Mouvement.objects.filter(siens, auteur__isnull=False).exclude(auteur__role=Role.INTERNE)
    return rows.select_related(
        "auteur",
        "demande__inscription__interne",
        "procuration__inscription__interne",
        "individuelle__inscription__interne",
        "hors_choix__affectation__interne",
        "hors_choix__affectation__poste",
    )


def _couples(visiteur: Visiteur) -> QuerySet[DemandeCouple]:
    rows = DemandeCouple.objects.filter(scope_at(visiteur, "amphi__"), decided_at__isnull=False)
    return rows.select_related("demandeur__interne", "invite__interne", "decided_by", "amphi")


def _inscriptions(visiteur: Visiteur) -> QuerySet[DemandeInscription]:
    """Of nobody known, for who holds a whole subdivision: the same who may settle them."""
    siens = Inscription.objects.filter(scope_at(visiteur, "")).values("interne")
    dans = Q(interne__in=siens)
    if any(groupe is None for _, groupe in visiteur.portees):
        dans |= Q(interne=None)
    return DemandeInscription.objects.filter(dans, traitee_at__isnull=False).exclude(traitee_par="")


def _corrections(visiteur: Visiteur) -> QuerySet[DemandeCorrection]:
    siens = Inscription.objects.filter(scope_at(visiteur, "")).values("interne")
    rows = DemandeCorrection.objects.filter(interne__in=siens, traitee_at__isnull=False)
    return rows.select_related("interne")


def _depots(visiteur: Visiteur) -> QuerySet[Depot]:
    """His own, and the names of the files of others in the subdivisions he holds whole: only his own open.

    A file that names no subdivision, or one that is not known, is its author's and the administrator's.
    """
    rows = Depot.objects.filter(etat__in=(EtatDepot.FAIT, EtatDepot.ANNULE)).select_related("auteur")
    rows = rows.defer("contenu", "apercu", "retour")
    if visiteur.role == Role.ADMINISTRATEUR:
        return rows.annotate(ouvert=Value(True))
    entieres = [pk for pk, groupe in visiteur.portees if groupe is None]
    noms = Subdivision.objects.filter(pk__in=entieres).values("nom")
    siens = Q(auteur=visiteur.compte)
    return rows.filter(siens | Q(subdivision__in=noms)).annotate(
        ouvert=Case(When(siens, then=Value(True)), default=Value(False), output_field=BooleanField())
    )


def _ouvertures(visiteur: Visiteur) -> QuerySet[ActeOuverture]:
    """Those about a groupe, for its agents; the date limit and the rule, for who holds the whole."""
    rows = ActeOuverture.objects.filter(_of_ouverture(visiteur))
    return rows.select_related("ouverture__semestre", "ouverture__subdivision", "propose__service", "auteur")


def _of_ouverture(visiteur: Visiteur) -> Q:
    dans = Q(pk__in=())
    for subdivision, groupe in visiteur.portees:
        ici = Q(ouverture__subdivision=subdivision)
        dans |= ici if groupe is None else ici & Q(propose__groupe=groupe)
    return dans


def _appariements(visiteur: Visiteur) -> QuerySet[ActeAppariement]:
    rows = ActeAppariement.objects.filter(whole_at(visiteur, "campagne__subdivision"))
    return rows.select_related("campagne", "auteur")


def _derogations(visiteur: Visiteur) -> QuerySet[Derogation]:
    rows = Derogation.objects.filter(scope_at(visiteur, "inscription__"))
    return rows.select_related("inscription__interne", "auteur")


def _regional(rows: QuerySet[Any]) -> Any:
    """Shared by the region: for every agent, as their own pages are."""
    return lambda visiteur: rows.all() if visiteur.is_agent else rows.none()


SOURCES: tuple[Source, ...] = (
    Source(
        genre="demandes",
        mots="Demandes, procurations, hors choix",
        rows=_mouvements,
        read=lire.read_mouvement,
        quand="a",
        en_ms=True,
        auteurs=COMPTE,
    ),
    Source(
        genre="couples",
        mots="Couples",
        rows=_couples,
        read=lire.read_couple,
        quand="decided_at",
        en_ms=True,
        auteurs=("decided_by__email", "decided_by__nom_affiche"),
    ),
    Source(
        genre="fiches",
        mots="Fiches d’internes",
        rows=_fiches,
        read=lire.read_fiche,
        quand="at",
        en_ms=False,
        auteurs=("auteur",),
    ),
    Source(
        genre="postes",
        mots="Postes",
        rows=_postes,
        read=lire.read_poste,
        quand="at",
        en_ms=False,
        auteurs=("auteur",),
    ),
    Source(
        genre="ouverture",
        mots="Ouverture des postes",
        rows=_ouvertures,
        read=lire.read_ouverture,
        quand="at",
        en_ms=True,
        auteurs=COMPTE,
    ),
    Source(
        genre="amphis",
        mots="Préparation des amphis",
        rows=_amphis,
        read=lire.read_acte,
        quand="a",
        en_ms=True,
        auteurs=COMPTE,
    ),
    Source(
        genre="propositions",
        mots="Actes à deux agents",
        rows=_propositions,
        read=lire.read_proposition,
        quand="created_at",
        en_ms=True,
        auteurs=COMPTE,
    ),
    Source(
        genre="campagne",
        mots="Réglages de la campagne",
        rows=_campagnes,
        read=lire.read_campagne,
        quand="a",
        en_ms=True,
        auteurs=COMPTE,
    ),
    Source(
        genre="appariement",
        mots="Appariement des docteurs juniors",
        rows=_appariements,
        read=lire.read_appariement,
        quand="a",
        en_ms=True,
        auteurs=COMPTE,
    ),
    Source(
        genre="derogations",
        mots="Dérogations à la maquette",
        rows=_derogations,
        read=lire.read_derogation,
        quand="created_at",
        en_ms=False,
        auteurs=COMPTE,
    ),
    Source(
        genre="maquettes",
        mots="Maquettes",
        rows=_regional(VersionMaquette.objects.select_related("des", "auteur")),
        read=lire.read_maquette,
        quand="created_at",
        en_ms=False,
        auteurs=COMPTE,
    ),
    Source(
        genre="inscriptions",
        mots="Demandes d’inscription",
        rows=_inscriptions,
        read=lire.read_inscription,
        quand="traitee_at",
        en_ms=False,
        auteurs=("traitee_par",),
    ),
    Source(
        genre="corrections",
        mots="Réponses aux corrections",
        rows=_corrections,
        read=lire.read_correction,
        quand="traitee_at",
        en_ms=False,
        auteurs=("traitee_par",),
    ),
    Source(
        genre="imports",
        mots="Imports",
        rows=_depots,
        read=lire.read_depot,
        quand="created_at",
        en_ms=False,
        auteurs=COMPTE,
    ),
    Source(
        genre="referentiels",
        mots="Référentiels",
        rows=_regional(ChangementReferentiel.objects.all()),
        read=lire.read_referentiel,
        quand="at",
        en_ms=False,
        auteurs=("auteur",),
    ),
    Source(
        genre="modeles",
        mots="Modèles de courriels",
        rows=_regional(VersionModele.objects.all()),
        read=lire.read_modele,
        quand="at",
        en_ms=False,
        auteurs=("auteur",),
    ),
    *SOURCES_GESTION,
)
