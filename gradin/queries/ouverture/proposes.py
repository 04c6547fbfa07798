"""The postes proposed: for the ARS with opinions and motives, for others what is theirs to read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from gradin.data.ouverture.models import AvisPoste, EtatPropose, PostePropose
from gradin.data.postes.models import Regime
from gradin.data.referentiel.models import Service
from gradin.domain.ouverture import Volet
from gradin.queries.espaces.perimetre import Perimetre
from gradin.queries.ouverture.campagnes import OuvertureLue

SOCLE = (Regime.SOCLE,)
# As they are filtered: withdrawn ones stand among all.
ETATS: tuple[tuple[str, str], ...] = (
    ("", "Tous"),
    (EtatPropose.PROPOSE.value, "À étudier"),
    (EtatPropose.ACCORDE.value, "Accordés"),
    (EtatPropose.REFUSE.value, "Refusés"),
    (EtatPropose.PUBLIE.value, "Publiés"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AvisLu:
    """`at`: ms UTC."""

    sens: str
    sens_dit: str
    texte: str
    auteur: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeLu:
    """`numero`: once published. `motif`: of the refusal. `avis`: of the coordonnateurs of its DES."""

    pk: int
    service: str
    imotep: str
    etablissement: str
    ville: str
    chef: str
    des: str
    code_des: str
    regime: str
    type_poste: str
    reserve: bool
    flechage: str
    observations: str
    allocation: str
    etat: str
    etat_dit: str
    motif: str
    numero: str
    avis: tuple[AvisLu, ...]

    @property
    def is_decidable(self) -> bool:
        return self.etat in (EtatPropose.PROPOSE, EtatPropose.ACCORDE, EtatPropose.REFUSE)


def find_proposes(ouverture: OuvertureLue, ou: Q) -> QuerySet[PostePropose]:
    """`ou`: the reader's perimeter, or a DES and volet."""
    rows = PostePropose.objects.filter(ou, ouverture.siens, ouverture=ouverture.pk)
    return rows.select_related("service__etablissement", "des", "poste").order_by(
        "service__cle_tri", "des__code_des", "pk"
    )


def count_proposes(ouverture: OuvertureLue) -> dict[str, int]:
    """By état, in the reader's part of it."""
    rows = PostePropose.objects.filter(ouverture.siens, ouverture=ouverture.pk).order_by()
    return dict(rows.values_list("etat").annotate(nombre=Count("pk")))


def of_volet(code_des: str, volet: Volet) -> Q:
    socle = Q(regime__in=SOCLE)
    return Q(des__code_des=code_des) & (socle if volet is Volet.SOCLE else ~socle)


def read_proposes(rows: QuerySet[PostePropose]) -> tuple[ProposeLu, ...]:
    return tuple(read_propose(row) for row in rows.prefetch_related("avis__auteur"))


def read_propose(row: PostePropose) -> ProposeLu:
    service = row.service
    return ProposeLu(
        pk=row.pk,
        service=service.nom,
        imotep=service.imotep,
        etablissement=service.etablissement.nom,
        ville=service.etablissement.ville,
        chef=service.chef,
        des=row.des.intitule,
        code_des=row.des.code_des,
        regime=row.get_regime_display(),
        type_poste=row.type_poste,
        reserve=row.reserve,
        flechage=row.flechage,
        observations=row.observations,
        allocation=row.poste.allocation if row.poste else row.allocation,
        etat=row.etat,
        etat_dit=row.get_etat_display(),
        motif=row.motif,
        numero=row.poste.numero if row.poste else "",
        avis=tuple(_avis(avis) for avis in row.avis.all()),
    )


def services_of(perimetre: Perimetre) -> tuple[Service, ...]:
    """Where a partner may propose: the services of his établissements."""
    lieux = {part.pk for part in perimetre.parts if part.colonne == "etablissement" and part.pk}
    rows = Service.objects.filter(etablissement__in=lieux).select_related("etablissement")
    return tuple(rows.order_by("cle_tri", "pk"))


def _avis(row: AvisPoste) -> AvisLu:
    return AvisLu(
        sens=row.sens,
        sens_dit=row.get_sens_display(),
        texte=row.texte,
        auteur=row.auteur.nom_affiche or row.auteur.email,
        at=row.at,
    )
