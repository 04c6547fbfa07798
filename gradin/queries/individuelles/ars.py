"""The ARS's queue of individual demands in its scope, filtered; the facts that stand beside one."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from gradin.data.amphis.models import Affectation, Place
from gradin.data.demandes.models import DemandeIndividuelle
from gradin.data.internes.models import Inscription
from gradin.domain.demandes.effets import anciennete_after
from gradin.domain.demandes.etats import ATTENDENT, DECIDEES, Acteur, EtatIndividuelle
from gradin.domain.demandes.natures import DEMARCHES
from gradin.domain.rang.anciennete import Semestres, compute_anciennete
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.individuelles.a_ecrire import find_to_apply
from gradin.queries.individuelles.anciennete import parametres_of
from gradin.queries.individuelles.lecture import IndividuelleLue, read_all, with_all
from gradin.queries.individuelles.restes import Reste, effets_de, list_restes
from gradin.queries.public.textes import words_in
from gradin.queries.visiteurs import Visiteur

PAR_PAGE = 50
GROUPES: Mapping[str, tuple[EtatIndividuelle, ...]] = {
    "attente": ATTENDENT,
    "deposee": (EtatIndividuelle.DEPOSEE,),
    "en_instruction": (EtatIndividuelle.EN_INSTRUCTION,),
    "avis_rendu": (EtatIndividuelle.AVIS_RENDU,),
    "decidees": DECIDEES,
    "toutes": tuple(EtatIndividuelle),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltreSituations:
    nature: str = ""
    etat: str = "attente"
    q: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaitLu:
    """One line of « Ce que dit la liste »."""

    nom: str
    valeur: str


def find_situations(agent: Visiteur, filtre: FiltreSituations) -> QuerySet[DemandeIndividuelle]:
    """Oldest first while they wait, latest decision first afterwards."""
    etats = [etat.value for etat in GROUPES.get(filtre.etat, ATTENDENT)]
    rows = DemandeIndividuelle.objects.filter(_scope(agent), etat__in=etats)
    rows = rows.filter(nature=filtre.nature) if filtre.nature else rows
    rows = rows.filter(words_in("inscription__interne__recherche", filtre.q)) if filtre.q else rows
    attend = set(etats) <= {etat.value for etat in ATTENDENT}
    return rows.order_by("asked_at", "pk") if attend else rows.order_by("-decided_at", "-asked_at", "-pk")


def read_situations(rows: QuerySet[DemandeIndividuelle]) -> tuple[IndividuelleLue, ...]:
    return read_all(with_all(rows), Acteur.ARS)


def count_natures(agent: Visiteur) -> tuple[tuple[str, str, int], ...]:
    """(kind, words, how many wait), every kind."""
    attend = DemandeIndividuelle.objects.filter(_scope(agent), etat__in=[un.value for un in ATTENDENT])
    comptes = dict(attend.order_by().values_list("nature").annotate(n=Count("pk")))
    return tuple(
        (nature.value, demarche.titre, comptes.get(nature.value, 0)) for nature, demarche in DEMARCHES.items()
    )


def find_situation(pk: int) -> DemandeIndividuelle | None:
    """For permissions to judge."""
    return with_all(DemandeIndividuelle.objects.filter(pk=pk)).first()


def read_situation(demande: DemandeIndividuelle) -> IndividuelleLue:
    return read_all([demande], Acteur.ARS)[0]


def list_to_apply(agent: Visiteur) -> tuple[tuple[DemandeIndividuelle, tuple[Reste, ...]], ...]:
    """Accepted ones that the roster does not say yet, in full: they are few."""
    rows = with_all(find_to_apply(_scope(agent))).order_by("decided_at")
    lus = ((row, list_restes(row)) for row in rows)
    return tuple((row, restes) for row, restes in lus if restes)


def facts_of(demande: DemandeIndividuelle) -> tuple[FaitLu, ...]:
    """What the roster, the call lists and the affectations say of him now."""
    inscription = demande.inscription
    semestres = Semestres(
        valides=inscription.semestres_valides,
        surnombre_non_validant=inscription.surnombres_non_validants,
        recherche=inscription.semestres_recherche,
    )
    parametres = parametres_of(inscription)
    apres = anciennete_after(semestres, effets_de(demande), parametres)
    return (
        FaitLu(nom="DES et phase", valeur=f"{inscription.des.intitule}, {inscription.get_phase_display()}"),
        FaitLu(nom="Groupe", valeur=inscription.groupe.nom),
        FaitLu(nom="Promotion", valeur=str(inscription.promotion)),
        FaitLu(nom="Semestres validés", valeur=str(inscription.semestres_valides)),
        FaitLu(nom="Semestres de recherche", valeur=str(inscription.semestres_recherche)),
        FaitLu(
            nom="Ancienneté",
            valeur=f"{compute_anciennete(semestres, parametres)} aujourd’hui, {apres} si elle est acceptée "
            "et une fois ces semestres passés",
        ),
        *_places(inscription),
        *_affectations(demande),
        *_autres(demande),
    )


def _places(inscription: Inscription) -> tuple[FaitLu, ...]:
    places = Place.objects.filter(inscription__interne=inscription.interne_id).select_related("amphi")
    return tuple(
        FaitLu(
            nom=f"Amphi {place.amphi.intitule}",
            valeur=f"rang {place.rang or '–'}, {place.get_statut_display().lower()}, "
            f"amphi {place.amphi.get_etat_display().lower()}",
        )
        for place in places.order_by("amphi__semestre__code", "amphi")
    )


def _affectations(demande: DemandeIndividuelle) -> tuple[FaitLu, ...]:
    codes = [un.semestre for un in effets_de(demande)]
    rows = Affectation.objects.filter(
        interne=demande.inscription.interne_id, semestre__code__in=codes, annulee=False
    ).select_related("semestre", "poste__service")
    return tuple(
        FaitLu(
            nom=f"Affectation {parse_semestre(row.semestre.code).libelle}",
            valeur=f"n° {row.poste.numero}, {row.poste.service.nom}",
        )
        for row in rows
    )


def _autres(demande: DemandeIndividuelle) -> tuple[FaitLu, ...]:
    rows = DemandeIndividuelle.objects.filter(inscription__interne=demande.inscription.interne_id).exclude(
        pk=demande.pk
    )
    return tuple(
        FaitLu(
            nom="Autre demande",
            valeur=f"{row.get_nature_display()}, {parse_semestre(row.debut).libelle}\u00a0: "
            f"{row.get_etat_display().lower()}",
        )
        for row in rows
    )


def _scope(agent: Visiteur) -> Q:
    dans = Q(pk__in=())
    for subdivision, groupe in agent.portees if agent.is_agent else ():
        ici = Q(inscription__subdivision=subdivision)
        dans |= ici if groupe is None else ici & Q(inscription__groupe=groupe)
    return dans
