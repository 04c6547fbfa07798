"""The ARS's queues: demands of statut to settle, procurations in force, in the agent's scope."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gradin.data.amphis.models import Place
from gradin.data.demandes.models import DemandeStatut, EtatDemande, EtatProcuration, Procuration, Representant
from gradin.data.internes.models import Inscription
from gradin.data.referentiel.models import Subdivision
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.procurations import semestre_courant
from gradin.queries.visiteurs import Visiteur

DERNIERES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandeAgent:
    pk: int
    interne: int
    nom: str
    groupe: str
    semestre: str
    actuel: str
    souhaite: str
    etat: str
    demandee_le: int
    recus_le: date | None
    decidee_le: int | None
    decidee_par: str
    motif_refus: str
    fuseau: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcurationAgent:
    """`pk`: of the inscription."""

    pk: int
    row: int
    nom: str
    groupe: str
    rang: int | None
    courriel: str
    telephone: str
    mandataire: str
    acceptee: bool
    papier: bool
    envoyee_le: int
    fuseau: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentantLu:
    pk: int
    courriel: str
    subdivision: str


def list_demandes_statut(visiteur: Visiteur) -> tuple[DemandeAgent, ...]:
    """Those that wait, oldest first: each agent sees his scope."""
    rows = _demandes(visiteur).filter(etat=EtatDemande.EN_COURS).order_by("asked_at", "pk")
    return tuple(_demande(row) for row in rows)


def list_settled_statut(visiteur: Visiteur) -> tuple[DemandeAgent, ...]:
    rows = _demandes(visiteur).exclude(etat=EtatDemande.EN_COURS).order_by("-decided_at", "-pk")
    return tuple(_demande(row) for row in rows[:DERNIERES])


def _demandes(visiteur: Visiteur) -> QuerySet[DemandeStatut]:
    return DemandeStatut.objects.filter(_in_scope(visiteur)).select_related(
        "inscription__interne",
        "inscription__groupe",
        "inscription__semestre",
        "inscription__subdivision",
        "decided_by",
    )


def _in_scope(visiteur: Visiteur) -> Q:
    dans = Q(pk__in=())
    for subdivision, groupe in visiteur.portees if visiteur.is_agent else ():
        ici = Q(inscription__subdivision=subdivision)
        dans |= ici if groupe is None else ici & Q(inscription__groupe=groupe)
    return dans


def _demande(row: DemandeStatut) -> DemandeAgent:
    inscription = row.inscription
    return DemandeAgent(
        pk=row.pk,
        interne=inscription.interne_id,
        nom=str(inscription.interne),
        groupe=inscription.groupe.nom,
        semestre=parse_semestre(inscription.semestre.code).libelle,
        actuel=inscription.get_type_choix_display(),
        souhaite=row.get_souhaite_display(),
        etat=row.get_etat_display(),
        demandee_le=row.asked_at,
        recus_le=row.justificatifs_recus_le,
        decidee_le=row.decided_at,
        decidee_par=(row.decided_by.nom_affiche or row.decided_by.email) if row.decided_by else "",
        motif_refus=row.motif_refus,
        fuseau=inscription.subdivision.fuseau,
    )


def list_procurations(visiteur: Visiteur) -> tuple[ProcurationAgent, ...]:
    """In force for the current semestre; not accepted first: they need a call."""
    rows = (
        Procuration.objects.filter(_in_scope(visiteur), ended_at=None, semestre__code=semestre_courant())
        .select_related(
            "inscription__interne", "inscription__groupe", "inscription__subdivision", "mandataire"
        )
        .order_by("sent_at", "pk")
    )
    rangs = dict(
        Place.objects.filter(inscription__in=[row.inscription_id for row in rows])
        .exclude(rang=None)
        .values_list("inscription", "rang")
    )
    lues = [_procuration(row, rangs.get(row.inscription_id)) for row in rows]
    return tuple(sorted(lues, key=lambda lue: lue.acceptee))


def _procuration(row: Procuration, rang: int | None) -> ProcurationAgent:
    return ProcurationAgent(
        pk=row.inscription_id,
        row=row.pk,
        nom=str(row.inscription.interne),
        groupe=row.inscription.groupe.nom,
        rang=rang,
        courriel=row.courriel,
        telephone=row.telephone,
        mandataire=(row.mandataire.nom_affiche or row.mandataire.email) if row.mandataire else "",
        acceptee=row.etat == EtatProcuration.ACCEPTEE,
        papier=row.papier,
        envoyee_le=row.sent_at,
        fuseau=row.inscription.subdivision.fuseau,
    )


def find_inscription(ine: str) -> Inscription | None:
    """The last one of the interne who has this INE, for permissions to judge."""
    return (
        Inscription.objects.filter(interne__ine__iexact=ine.strip())
        .select_related("interne")
        .order_by("-semestre__code")
        .first()
    )


def find_inscription_by_pk(pk: int) -> Inscription | None:
    return Inscription.objects.select_related("interne").filter(pk=pk).first()


def find_inscription_of_demande(pk: int) -> Inscription | None:
    return Inscription.objects.filter(demandes_statut=pk).first()


def list_representants(visiteur: Visiteur) -> tuple[RepresentantLu, ...]:
    rows = Representant.objects.filter(subdivision__in=whole_subdivisions(visiteur))
    return tuple(
        RepresentantLu(pk=row.pk, courriel=row.courriel, subdivision=row.subdivision.nom)
        for row in rows.select_related("subdivision").order_by("courriel")
    )


def whole_subdivisions(visiteur: Visiteur) -> frozenset[int]:
    """Those that he holds whole: a setting of the subdivision is theirs alone to change."""
    return frozenset(subdivision for subdivision, groupe in visiteur.portees if groupe is None)


def list_subdivisions(visiteur: Visiteur) -> tuple[tuple[int, str], ...]:
    rows = Subdivision.objects.filter(pk__in=whole_subdivisions(visiteur)).order_by("nom")
    return tuple(rows.values_list("pk", "nom"))
