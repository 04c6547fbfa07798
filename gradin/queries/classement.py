"""« Mon classement »: each step of one's rank with one's own figures, and one's neighbours on the list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from gradin.data.amphis.models import Amphi, Place, Statut
from gradin.data.internes.models import Interne
from gradin.domain.rang.anciennete import Semestres, compute_anciennete
from gradin.domain.rang.explication import Etape
from gradin.domain.rang.parametres import MethodeReclassement
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.listes import ListeLue, explain_ligne, read_liste
from gradin.queries.noms import shorten_name
from gradin.queries.profils import find_ligne, last_inscription, places_of
from gradin.queries.reglages import read_parametres_rang

AVANT, APRES = 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SemestreCompte:
    """One box of the first step: `numero` when it counts, None when it does not."""

    numero: int | None
    nature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionLue:
    annee: int
    reguliere: int
    sienne: bool
    initiale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Voisin:
    rang: int
    nom: str
    moi: bool
    anciennete: int
    promotion_theorique: int
    calcul: str
    rang_affiche: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Classement:
    """`etapes` are the words of the computation; the rest draws it. `calcul`: a single ratio is rescaled."""

    amphi: int
    groupe: str
    regime: str
    semestre: str
    fuseau: str
    rang: int
    choisi: bool
    total: int
    publiee: datetime | None
    empreinte: str
    etapes: tuple[Etape, ...]
    semestres: tuple[SemestreCompte, ...]
    anciennete: int
    promotion: int
    promotion_theorique: int
    promotions: tuple[PromotionLue, ...]
    rang_local: int | None
    effectif_local: int | None
    effectif_theorique: int
    rang_affiche: str
    exact: str
    rescale: bool
    place: Fraction | None
    plus_anciens: int
    meme_anciennete: int
    voisins: tuple[Voisin, ...]


def list_classements(interne: int) -> tuple[Classement, ...]:
    """One for each of his amphis of the semestre whose list is computed."""
    ine = Interne.objects.values_list("ine", flat=True).get(pk=interne)
    lus = (_read(place, ine) for place in places_of(last_inscription(interne)))
    return tuple(lu for lu in lus if lu is not None)


def find_classement(place: int) -> Classement | None:
    """The same for the ARS: what this interne reads of his own rank."""
    row = Place.objects.select_related("inscription__interne").get(pk=place)
    return _read(row, row.inscription.interne.ine)


def _read(place: Place, ine: str) -> Classement | None:
    amphi = Amphi.objects.select_related("semestre", "groupe", "subdivision").get(pk=place.amphi_id)
    liste = read_liste(amphi.pk)
    ligne = find_ligne(liste.lignes, ine) if liste else {}
    if liste is None or "promotion_theorique" not in ligne:
        return None
    parametres = read_parametres_rang(amphi.parametres, liste.graine)
    plus_anciens = sum(une["anciennete"] > ligne["anciennete"] for une in liste.lignes)
    exact = Fraction(ligne["rang_actualise"]) if ligne["rang_actualise"] else None
    return Classement(
        amphi=amphi.pk,
        groupe=amphi.groupe.nom,
        regime=amphi.get_phase_display(),
        semestre=parse_semestre(amphi.semestre.code).libelle,
        fuseau=amphi.subdivision.fuseau,
        rang=ligne["rang"],
        choisi=place.statut == Statut.A_CHOISI,
        total=len(liste.lignes),
        publiee=liste.publiee,
        empreinte=liste.empreinte,
        etapes=explain_ligne(amphi.pk, ine),
        semestres=_boxes(ligne, compute_anciennete(_semestres(ligne), parametres)),
        anciennete=ligne["anciennete"],
        promotion=ligne["promotion"],
        promotion_theorique=ligne["promotion_theorique"],
        promotions=_promotions(ligne, amphi.semestre.code),
        rang_local=ligne["rang_local"],
        effectif_local=ligne["effectif_local"],
        effectif_theorique=ligne["effectif_theorique"],
        rang_affiche=str(ligne["rang_affiche"] or "").replace(".", ","),
        exact=str(exact or ""),
        rescale=parametres.methode is MethodeReclassement.TOUS and exact is not None,
        place=_place(ligne),
        plus_anciens=plus_anciens,
        meme_anciennete=ligne["rang"] - 1 - plus_anciens,
        voisins=_voisins(liste, ligne),
    )


def _semestres(ligne: Mapping[str, Any]) -> Semestres:
    return Semestres(
        valides=ligne["semestres_valides"],
        surnombre_non_validant=ligne["surnombres_non_validants"],
        recherche=ligne["semestres_recherche"],
    )


def _boxes(ligne: Mapping[str, Any], compte: int) -> tuple[SemestreCompte, ...]:
    """Those that count are numbered; what the cap leaves out comes last, without a number."""
    natures = (
        ["validé"] * ligne["semestres_valides"]
        + ["surnombre"] * ligne["surnombres_non_validants"]
        + ["recherche"] * ligne["semestres_recherche"]
    )
    return tuple(
        SemestreCompte(numero=n if n <= compte else None, nature=nature)
        for n, nature in enumerate(natures, start=1)
    )


def _promotions(ligne: Mapping[str, Any], code: str) -> tuple[PromotionLue, ...]:
    """The one he chooses with, between the one before and the one after, as far as these have begun."""
    semestre, sienne = parse_semestre(code), ligne["promotion_theorique"]
    annees = sorted({min(ligne["promotion"], sienne - 1), sienne, sienne + 1})
    return tuple(
        PromotionLue(
            annee=annee,
            reguliere=semestre.regular_anciennete(annee),
            sienne=annee == sienne,
            initiale=annee == ligne["promotion"],
        )
        for annee in annees
        if semestre.regular_anciennete(annee) >= 0
    )


def _place(ligne: Mapping[str, Any]) -> Fraction | None:
    """Where on the scale he stands, between 0 and 1; nothing to draw when it does not fit on it."""
    if not ligne["rang_local"] or not ligne["effectif_local"]:
        return None
    place = Fraction(ligne["rang_local"], ligne["effectif_local"])
    return place if place <= 1 else None


def _voisins(liste: ListeLue, ligne: Mapping[str, Any]) -> tuple[Voisin, ...]:
    autour = range(ligne["rang"] - AVANT, ligne["rang"] + APRES + 1)
    return tuple(
        _voisin(une, moi=une["ine"] == ligne["ine"]) for une in liste.lignes if une["rang"] in autour
    )


def _voisin(ligne: Mapping[str, Any], *, moi: bool) -> Voisin:
    """Only what the call list says of somebody to the others (rules.md §9)."""
    return Voisin(
        rang=ligne["rang"],
        nom="Vous" if moi else shorten_name(ligne["prenom"], ligne["nom"]),
        moi=moi,
        anciennete=ligne["anciennete"],
        promotion_theorique=ligne["promotion_theorique"],
        calcul=f"{ligne['rang_local']} / {ligne['effectif_local']} × {ligne['effectif_theorique']}",
        rang_affiche=str(ligne["rang_affiche"] or "").replace(".", ","),
    )
