"""Demands of agréments with their opinions: for the ARS, for the coordonnateur, for the service itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gradin.data.agrements.models import (
    ActeAgrement,
    AvisAgrement,
    DemandeAgrement,
    EtatDemandeAgrement,
    NatureAgrement,
)
from gradin.queries.agrements.liste import say_phases
from gradin.queries.espaces.perimetre import Perimetre
from gradin.queries.visiteurs import Visiteur

ETATS: tuple[tuple[str, str], ...] = (
    (EtatDemandeAgrement.DEPOSEE.value, "À décider"),
    (EtatDemandeAgrement.ACCORDEE.value, "Accordées"),
    (EtatDemandeAgrement.REFUSEE.value, "Refusées"),
    (EtatDemandeAgrement.RETIREE.value, "Retirées"),
    ("toutes", "Toutes"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AvisLu:
    sens: str
    sens_dit: str
    texte: str
    auteur: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RepriseLue:
    """A decision that the ARS went back on: what it was, and why."""

    avant: str
    motif: str
    auteur: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandeLue:
    """`ecart`: what its head of service says is wrong about the site. `tenu`: the agrément it is about."""

    pk: int
    service: str
    etablissement: str
    ville: str
    nature: str
    nature_dite: str
    des: str
    phases: str
    liste_phases: tuple[str, ...]
    capacite: int
    chef: str
    texte: str
    ecart: str
    tenu: str
    etat: str
    etat_dit: str
    motif: str
    du: date | None
    au: date | None
    filed_at: int
    fuseau: str
    avis: tuple[AvisLu, ...]
    reprises: tuple[RepriseLue, ...] = ()

    @property
    def is_decided(self) -> bool:
        return self.etat in (EtatDemandeAgrement.ACCORDEE, EtatDemandeAgrement.REFUSEE)

    @property
    def is_decidable(self) -> bool:
        return self.etat == EtatDemandeAgrement.DEPOSEE

    @property
    def is_chef(self) -> bool:
        return self.nature == NatureAgrement.CHEF


def find_demandes(ou: Q) -> QuerySet[DemandeAgrement]:
    rows = DemandeAgrement.objects.filter(ou)
    return rows.select_related(
        "dossier__service__etablissement", "dossier__campagne__subdivision", "des", "agrement"
    )


def read_demandes(rows: QuerySet[DemandeAgrement]) -> tuple[DemandeLue, ...]:
    return tuple(read_demande(row) for row in rows.prefetch_related("avis__auteur", "actes__auteur"))


def read_demande(row: DemandeAgrement) -> DemandeLue:
    service, tenu = row.dossier.service, row.agrement
    return DemandeLue(
        pk=row.pk,
        service=service.nom,
        etablissement=service.etablissement.nom,
        ville=service.etablissement.ville,
        nature=row.nature,
        nature_dite=row.get_nature_display(),
        des=row.des.intitule,
        phases=say_phases(row.phases),
        liste_phases=tuple(row.phases),
        capacite=row.capacite,
        chef=row.chef or row.dossier.chef,
        texte=row.texte,
        ecart=row.dossier.site,
        tenu=f"{say_phases(tenu.phases)}, {tenu.capacite} internes, jusqu’au {tenu.au:%d/%m/%Y}"
        if tenu
        else "",
        etat=row.etat,
        etat_dit=row.get_etat_display(),
        motif=row.motif,
        du=row.du,
        au=row.au,
        filed_at=row.filed_at,
        fuseau=row.dossier.campagne.subdivision.fuseau,
        avis=tuple(_avis(avis) for avis in row.avis.all()),
        reprises=tuple(_reprise(acte) for acte in row.actes.all() if acte.acte == "revenir"),
    )


def say_decision(un: DemandeAgrement) -> str:
    """« Accordée, du 02/11/2027 au 01/11/2032 », « Refusée : encadrement insuffisant »."""
    dates = f", du {un.du:%d/%m/%Y} au {un.au:%d/%m/%Y}" if un.du and un.au else ""
    motif = f"\u00a0: {un.motif}" if un.motif else ""
    return f"{un.get_etat_display()}{dates}{motif}"


def find_siennes(perimetre: Perimetre) -> QuerySet[DemandeAgrement]:
    """Of the DES of a coordonnateur, not withdrawn; those to decide first."""
    rows = find_demandes(perimetre.agrements()).exclude(etat=EtatDemandeAgrement.RETIREE)
    return rows.order_by("dossier__service__cle_tri", "pk")


def find_attendues(perimetre: Perimetre, visiteur: Visiteur) -> QuerySet[DemandeAgrement]:
    """To decide, and on which he has said nothing."""
    avisees = AvisAgrement.objects.filter(auteur=visiteur.compte).values("demande")
    return find_siennes(perimetre).filter(etat=EtatDemandeAgrement.DEPOSEE).exclude(pk__in=avisees)


def _avis(row: AvisAgrement) -> AvisLu:
    return AvisLu(
        sens=row.sens,
        sens_dit=row.get_sens_display(),
        texte=row.texte,
        auteur=row.auteur.nom_affiche or row.auteur.email,
        at=row.at,
    )


def _reprise(row: ActeAgrement) -> RepriseLue:
    auteur = row.auteur
    return RepriseLue(
        avant=str(row.details.get("avant", "")),
        motif=str(row.details.get("motif", "")),
        auteur=(auteur.nom_affiche or auteur.email) if auteur else "",
        at=row.a,
    )
