"""The three lists of « Mon espace »: internes, affectations, postes. Plain rows, nothing private in them.

Never the INE, a birth date, a contact nor a type de choix: whoever is not the ARS has no use for them.
"""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from gradin.data.amphis.models import Affectation, Amphi, EtatAmphi
from gradin.data.internes.models import Inscription
from gradin.data.postes.models import EtatPoste, Poste
from gradin.queries.espaces.perimetre import Perimetre
from gradin.queries.public.amphis import names_are_public
from gradin.queries.public.semestres import SemestreLu
from gradin.queries.public.textes import words_in


@dataclass(frozen=True, slots=True, kw_only=True)
class InterneLu:
    nom: str
    prenom: str
    des: str
    phase: str
    promotion: str
    semestres: str
    ufr: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArriveeLue:
    """`chosen_at`: ms UTC."""

    nom: str
    prenom: str
    des: str
    phase: str
    numero: str
    etablissement: str
    service: str
    chef: str
    imotep: str
    flechage: str
    chosen_at: int
    fuseau: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PosteLu:
    numero: str
    etat: str
    etablissement: str
    service: str
    chef: str
    imotep: str
    des: str
    groupe: str
    regime: str
    type_poste: str
    reserve: str
    flechage: str


def find_internes(perimetre: Perimetre, semestre: SemestreLu, q: str) -> QuerySet[Inscription]:
    rows = Inscription.objects.filter(perimetre.inscriptions(), semestre=semestre.pk)
    rows = rows.filter(words_in("interne__recherche", q)) if q else rows
    return rows.select_related("interne__ufr", "des").order_by("interne__cle_tri", "pk")


def find_arrivees(perimetre: Perimetre, semestre: SemestreLu, q: str) -> QuerySet[Affectation]:
    """Those whose names may be read: a choice of a live amphi is named when everybody may name it."""
    rows = Affectation.objects.filter(perimetre.affectations(), named_by_now(semestre), annulee=False)
    if q:
        rows = rows.filter(words_in("poste__recherche", q) | words_in("interne__recherche", q))
    liees = rows.select_related("poste__service__etablissement", "poste__subdivision", "interne", "amphi")
    return liees.order_by("interne__cle_tri", "pk")


def find_postes(perimetre: Perimetre, semestre: SemestreLu, q: str) -> QuerySet[Poste]:
    """Withdrawn ones are no offer."""
    rows = Poste.objects.filter(perimetre.postes(), semestre=semestre.pk).exclude(etat=EtatPoste.RETIRE)
    rows = rows.filter(words_in("recherche", q)) if q else rows
    return rows.select_related("service__etablissement", "des", "groupe").order_by(
        "service__cle_tri", Length("numero"), "numero"
    )


def named_by_now(semestre: SemestreLu) -> Q:
    """Amphis whose names are public or that are over, and what the ARS gave outside any amphi."""
    amphis = Amphi.objects.filter(semestre=semestre.pk).only("pk", "etat", "parametres")
    nommes = [a.pk for a in amphis if a.etat == EtatAmphi.CLOS or names_are_public(a)]
    return Q(semestre=semestre.pk) & (Q(amphi__in=nommes) | Q(amphi=None))


def read_interne(row: Inscription) -> InterneLu:
    interne = row.interne
    return InterneLu(
        nom=interne.nom,
        prenom=interne.prenom,
        des=row.des.intitule,
        phase=row.get_phase_display(),
        promotion=str(row.promotion),
        semestres=str(row.semestres_valides),
        ufr=str(interne.ufr or ""),
    )


def read_arrivees(rows: list[Affectation]) -> list[ArriveeLue]:
    """The interne's own DES and phase are those of that semestre."""
    qui = Inscription.objects.filter(
        interne__in=[row.interne_id for row in rows], semestre__in={row.semestre_id for row in rows}
    )
    miennes = {(lue.interne_id, lue.semestre_id): lue for lue in qui.select_related("des")}
    return [_read_arrivee(row, miennes.get((row.interne_id, row.semestre_id))) for row in rows]


def _read_arrivee(row: Affectation, inscription: Inscription | None) -> ArriveeLue:
    poste, service = row.poste, row.poste.service
    return ArriveeLue(
        nom=row.interne.nom,
        prenom=row.interne.prenom,
        des=inscription.des.intitule if inscription else "",
        phase=inscription.get_phase_display() if inscription else "",
        numero=poste.numero,
        etablissement=service.etablissement.nom,
        service=service.nom,
        chef=service.chef,
        imotep=service.imotep,
        flechage=poste.flechage,
        chosen_at=row.chosen_at,
        fuseau=poste.subdivision.fuseau,
    )


def read_poste(row: Poste) -> PosteLu:
    service = row.service
    return PosteLu(
        numero=row.numero,
        etat=row.etat,
        etablissement=service.etablissement.nom,
        service=service.nom,
        chef=service.chef,
        imotep=service.imotep,
        des=row.des.intitule,
        groupe=row.groupe.nom,
        regime=row.get_regime_display(),
        type_poste=row.type_poste,
        reserve=", ".join(row.reserve_a or [row.des.code_des]) if row.reserve else "",
        flechage=row.flechage,
    )
