"""Make an amphi from any list of internes and any offer, or bring an unstarted one up to date."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F

from gradin.data.amphis.models import Amphi, EtatAmphi, ListeAppel, Offre
from gradin.data.internes.models import Inscription
from gradin.data.postes.models import EtatPoste
from gradin.data.referentiel.models import Groupe, Semestre, Subdivision
from gradin.domain.eligibilite.situation import Severite
from gradin.domain.rang.parametres import MethodeReclassement
from gradin.operations.preparation.horaires import set_sessions
from gradin.operations.preparation.listes import check_not_started, compute_liste, set_places

MEDECINE_GENERALE = "MGE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """What one amphi is made of. `inscriptions` and `postes` are ids.

    `variante` tells apart the amphis of one groupe and phase (« FST douleur », « ambulatoire »);
    `debut` is local, None to keep the hours already set; `precedent` is the amphi before in the chain.
    `parametres` are those of a new amphi; `methode` of rescaling is changed when it is given.
    """

    semestre: Semestre
    subdivision: Subdivision
    groupe: Groupe
    phase: str
    intitule: str
    inscriptions: Collection[int]
    postes: Collection[int]
    variante: str = ""
    precedent: Amphi | None = None
    debut: datetime | None = None
    parametres: dict[str, object] = field(default_factory=dict)
    methode: MethodeReclassement | None = None


def make_amphi(composition: Composition, *, maintenant: datetime, graine: str) -> Amphi:
    """State `valide`, list provisional, sessions cut; the same call again changes nothing.

    Refuses (PreparationRefusee) an amphi that has started. A published list stands as it is.
    """
    with transaction.atomic():
        amphi = find_or_create(composition)
        check_not_started(amphi)
        if published(amphi) is None:
            set_methode(amphi, composition.methode)
            set_places(amphi, read_inscriptions(composition))
        set_offre(amphi, composition.postes)
        liste = compute_liste(amphi, maintenant=maintenant, graine=graine)
        set_sessions(amphi, liste, composition.debut, maintenant=maintenant)
        return amphi


def find_or_create(composition: Composition) -> Amphi:
    """The row is locked until the end of the transaction."""
    amphi, cree = Amphi.objects.select_for_update(of=("self",), no_key=True).get_or_create(
        semestre=composition.semestre,
        subdivision=composition.subdivision,
        groupe=composition.groupe,
        phase=composition.phase,
        variante=composition.variante,
        defaults={
            "intitule": composition.intitule,
            "etat": EtatAmphi.VALIDE,
            "parametres": composition.parametres,
            "precedent": composition.precedent,
        },
    )
    if not cree and not amphi.seq and amphi.precedent_id != _pk(composition.precedent):
        amphi.precedent = composition.precedent
        amphi.save(update_fields=["precedent"])
    if amphi.etat == EtatAmphi.BROUILLON:
        amphi.etat = EtatAmphi.VALIDE
        amphi.save(update_fields=["etat"])
    return amphi


def set_methode(amphi: Amphi, methode: MethodeReclassement | None) -> None:
    if methode is None:
        return
    amphi.parametres["rang"] = {**amphi.parametres.get("rang", {}), "methode": methode.value}
    amphi.save(update_fields=["parametres"])


def read_inscriptions(composition: Composition) -> tuple[Inscription, ...]:
    return tuple(Inscription.objects.filter(pk__in=composition.inscriptions).select_related("interne", "des"))


def set_offre(amphi: Amphi, postes: Collection[int]) -> None:
    """Exactly these postes are offered, withdrawn ones kept out of sight by their state."""
    voulus = set(postes)
    connus = set(Offre.objects.filter(amphi=amphi).values_list("poste_id", flat=True))
    if voulus == connus:
        return
    Offre.objects.filter(amphi=amphi, poste__in=connus - voulus).exclude(
        poste__etat=EtatPoste.POURVU
    ).delete()
    Offre.objects.bulk_create(
        (Offre(amphi=amphi, poste_id=poste) for poste in sorted(voulus - connus)), batch_size=500
    )
    Amphi.objects.filter(pk=amphi.pk).update(version_offre=F("version_offre") + 1)


def published(amphi: Amphi) -> ListeAppel | None:
    return amphi.listes.filter(published_at__isnull=False).first()


def choose_parametres(codes_des: Collection[str]) -> dict[str, object]:
    """Defaults that depend on the groupe (rules.md §4.6): a service twice is refused in médecine générale."""
    if MEDECINE_GENERALE in codes_des:
        return {"deja_valide": Severite.REFUSE.value}
    return {}


def _pk(amphi: Amphi | None) -> int | None:
    return amphi.pk if amphi else None
