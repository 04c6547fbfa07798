"""What a partner reads of an opening: his part of it, and what waits for him on his first page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from gradin.data.comptes.models import Role
from gradin.data.ouverture.models import EtatPropose, PostePropose
from gradin.data.referentiel.models import Specialite
from gradin.queries.espaces.perimetre import Perimetre
from gradin.queries.ouverture.campagnes import OuvertureLue, list_suivies
from gradin.queries.ouverture.comptes import read_lignes, sum_lignes
from gradin.queries.ouverture.proposes import ProposeLu, find_proposes
from gradin.queries.visiteurs import Visiteur

# Fewer internes than this in a DES and volet: the ARS alone reads how many of them choose.
SEUIL, MOINS = 5, "moins de 5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attente:
    """`sans_avis`: postes of his DES on which this coordonnateur said nothing yet."""

    ouverture: OuvertureLue
    is_open: bool
    proposes: int
    accordes: int
    refuses: int
    publies: int
    sans_avis: int


def find_suivie(perimetre: Perimetre, pk: int | None) -> OuvertureLue | None:
    """The one asked for, else the latest; nothing of another subdivision."""
    suivies = list_suivies(perimetre)
    if pk is None:
        return suivies[0] if suivies else None
    return next((lue for lue in suivies if lue.pk == pk), None)


def find_siens(perimetre: Perimetre, ouverture: OuvertureLue) -> QuerySet[PostePropose]:
    """What an établissement withdrew is between it and the ARS."""
    rows = find_proposes(ouverture, perimetre.proposes())
    return rows if perimetre.role == Role.ETABLISSEMENT else rows.exclude(etat=EtatPropose.RETIRE)


def read_attente(
    visiteur: Visiteur, perimetre: Perimetre, maintenant: int, laquelle: OuvertureLue | None = None
) -> Attente | None:
    """Of the latest opening, unless another is named."""
    ouverture = laquelle or find_suivie(perimetre, None)
    if ouverture is None:
        return None
    rows = find_siens(perimetre, ouverture).order_by()
    etats = [*rows.values_list("etat", flat=True)]
    return Attente(
        ouverture=ouverture,
        is_open=ouverture.is_open(maintenant),
        proposes=etats.count(EtatPropose.PROPOSE),
        accordes=etats.count(EtatPropose.ACCORDE),
        refuses=etats.count(EtatPropose.REFUSE),
        publies=etats.count(EtatPropose.PUBLIE),
        sans_avis=rows.filter(without_avis_of(visiteur)).count(),
    )


def without_avis_of(visiteur: Visiteur) -> Q:
    """A coordonnateur has still to say something of it: the ARS has not decided."""
    return Q(etat=EtatPropose.PROPOSE) & ~Q(avis__auteur=visiteur.compte)


@dataclass(frozen=True, slots=True, kw_only=True)
class BesoinsDits:
    """`internes`: who will choose; `requis`: what follows from it. Words where somebody could be guessed."""

    internes: str
    requis: str
    ouverts: int


def say_besoins(perimetre: Perimetre, ouverture: OuvertureLue) -> BesoinsDits:
    """The needs of the DES of a coordonnateur, who sits in the commission: no type de choix is told apart.

    Knowing the two or three internes of a DES and volet, he would read in the count which of them is absent
    or non validant: below `SEUIL` neither the count nor what is computed from it is said.
    """
    siens = {part.pk for part in perimetre.parts if part.colonne == "specialite"}
    lignes = [un for un in read_lignes(replace(ouverture, groupes=None)) if un.besoin.des in siens]
    totaux = sum_lignes(lignes)
    petites = [un for un in lignes if 0 < un.besoin.tous < SEUIL]
    if not petites:
        return BesoinsDits(internes=str(totaux.internes), requis=str(totaux.requis), ouverts=totaux.ouverts)
    grandes = sum_lignes(un for un in lignes if un not in petites).internes
    return BesoinsDits(
        internes=f"{grandes}, et {MOINS} dans une phase" if grandes else MOINS.capitalize(),
        requis="Non montré",
        ouverts=totaux.ouverts,
    )


def hide_advice(lus: tuple[ProposeLu, ...]) -> tuple[ProposeLu, ...]:
    """Opinions and motives are between the coordonnateur, the établissement and the ARS."""
    return tuple(replace(lu, motif="", avis=()) for lu in lus)


def hide_avis(lus: tuple[ProposeLu, ...]) -> tuple[ProposeLu, ...]:
    return tuple(replace(lu, avis=()) for lu in lus)


def list_des() -> tuple[tuple[int, str], ...]:
    """Key and name of every DES, by name."""
    return tuple(Specialite.objects.order_by("intitule").values_list("pk", "intitule"))
