"""Acts on texts, dates, contacts, accounts, evaluations, agréments, commissions: rows and lines."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from gradin.data.agrements.models import ActeAgrement
from gradin.data.commissions.models import ActeCommission
from gradin.data.comptes.models import ActeGestion, Compte, GenreActe, Role
from gradin.data.evaluations.models import Questionnaire
from gradin.queries.actes.ligne import ActeLu, Source, of_ms
from gradin.queries.actes.mots import AGREMENTS, COMMISSIONS, say, say_details
from gradin.queries.actes.portee import whole_at
from gradin.queries.visiteurs import Visiteur

COMPTE = ("auteur__email", "auteur__nom_affiche")


def _gestion(genre: GenreActe) -> Callable[[Visiteur], QuerySet[ActeGestion]]:
    return lambda visiteur: ActeGestion.objects.filter(_his(visiteur), genre=genre)


def _his(visiteur: Visiteur) -> Q:
    """What is of a whole subdivision is for its agents, those of one groupe too: they read its texts and
    dates; accounts and what is of no subdivision are for who holds the whole."""
    if visiteur.role == Role.ADMINISTRATEUR:
        return Q()
    dans = Q(pk__in=())
    for subdivision, groupe in visiteur.portees if visiteur.is_agent else ():
        ici = Q(subdivision=subdivision)
        siens = Q(groupe=groupe) | (Q(groupe=None) & ~Q(genre=GenreActe.COMPTES))
        dans |= ici if groupe is None else ici & siens
    return dans


def _agrements(visiteur: Visiteur) -> QuerySet[ActeAgrement]:
    rows = ActeAgrement.objects.filter(whole_at(visiteur, "subdivision"))
    return rows.select_related(
        "subdivision", "campagne", "demande__dossier__service", "demande__des", "auteur"
    )


def _commissions(visiteur: Visiteur) -> QuerySet[ActeCommission]:
    rows = ActeCommission.objects.filter(whole_at(visiteur, "commission__subdivision"))
    return rows.select_related("commission", "auteur")


def _questionnaires(visiteur: Visiteur) -> QuerySet[Questionnaire]:
    rows = Questionnaire.objects.exclude(auteur="").select_related("des").defer("contenu")
    return rows if visiteur.is_agent else rows.none()


def read_gestion(row: ActeGestion) -> ActeLu:
    return ActeLu(
        at=row.at,
        genre=row.genre,
        quoi=row.acte,
        objet=row.objet,
        avant=row.avant,
        apres=row.apres,
        auteur=row.auteur,
    )


def read_agrement(row: ActeAgrement) -> ActeLu:
    details = dict(row.details)
    avant, apres = (_flat(details.pop(nom, "")) for nom in ("avant", "apres"))
    return ActeLu(
        at=of_ms(row.a),
        genre="agrements",
        quoi=say(AGREMENTS, row.acte),
        objet=f"{row.demande.dossier.service.nom}, {row.demande.des}"
        if row.demande
        else str(row.campagne or row.subdivision),
        avant=avant,
        apres=", ".join(mot for mot in (apres, say_details(details)) if mot),
        auteur=_name(row.auteur),
    )


def _flat(valeur: object) -> str:
    return say_details(valeur) if isinstance(valeur, dict) else str(valeur)


def read_commission(row: ActeCommission) -> ActeLu:
    return ActeLu(
        at=of_ms(row.a),
        genre="commissions",
        quoi=say(COMMISSIONS, row.acte),
        objet=row.commission.intitule,
        avant="",
        apres=say_details(row.details),
        auteur=_name(row.auteur),
    )


def read_questionnaire(row: Questionnaire) -> ActeLu:
    return ActeLu(
        at=row.created_at,
        genre="questionnaires",
        quoi=f"Questionnaire d’évaluation, version {row.version}",
        objet=str(row.des or "Général"),
        avant="",
        apres="",
        auteur=row.auteur,
    )


def _name(compte: Compte | None) -> str:
    return (compte.nom_affiche or compte.email) if compte else "la plateforme"


SOURCES_GESTION: tuple[Source, ...] = (
    *(
        Source(
            genre=genre.value,
            mots=genre.label,
            rows=_gestion(genre),
            read=read_gestion,
            quand="at",
            en_ms=False,
            auteurs=("auteur",),
        )
        for genre in GenreActe
    ),
    Source(
        genre="questionnaires",
        mots="Questionnaires d’évaluation",
        rows=_questionnaires,
        read=read_questionnaire,
        quand="created_at",
        en_ms=False,
        auteurs=("auteur",),
    ),
    Source(
        genre="agrements",
        mots="Agréments",
        rows=_agrements,
        read=read_agrement,
        quand="a",
        en_ms=True,
        auteurs=COMPTE,
    ),
    Source(
        genre="commissions",
        mots="Commissions",
        rows=_commissions,
        read=read_commission,
        quand="a",
        en_ms=True,
        auteurs=COMPTE,
    ),
)
