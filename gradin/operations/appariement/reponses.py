"""The answers of both sides, one at a time and kept at once: a note of a candidate, a rank of a site."""

from collections.abc import Mapping
from datetime import UTC, datetime

from django.db import transaction

from gradin.data.appariement.models import (
    Candidature,
    ModeCampagne,
    NoteSite,
    RangCandidat,
    SiteAppariement,
    TourCampagne,
)
from gradin.domain.appariement.calendrier import Etape
from gradin.domain.appariement.campagne import NOTE_MAXIMALE
from gradin.operations.appariement.campagnes import lock_tour
from gradin.operations.appariement.refus import AppariementRefuse
from gradin.queries.appariement.tours import (
    candidats_of,
    count_own_notes,
    count_own_rangs,
    places_of,
    read_tour,
)


@transaction.atomic
def set_note(tour: int, candidature: int, site: int, note: int | None, maintenant: int) -> int:
    """None takes the note back. Gives back how many sites are marked now. Raises AppariementRefuse."""
    row = lock_tour(tour)
    _check_open(row, Etape.VOEUX, maintenant, "Les vœux ne se notent que pendant leur fenêtre.")
    un = candidats_of(row).filter(pk=candidature).first()
    if un is None:
        raise AppariementRefuse("Vous avez déjà un site\u00a0: ce tour ne vous concerne pas.")
    if note is not None and not 0 <= note <= NOTE_MAXIMALE:
        raise AppariementRefuse(f"Une note va de 0 à {NOTE_MAXIMALE}.")
    if not SiteAppariement.objects.filter(pk=site, des=un.des_id, pk__in=places_of(row)).exists():
        raise AppariementRefuse("Ce site n’est pas offert à votre DES dans ce tour.")
    if note is None:
        NoteSite.objects.filter(tour=row, candidature=candidature, site=site).delete()
    else:
        NoteSite.objects.update_or_create(
            tour=row, candidature=un, site_id=site, defaults={"note": note, "updated_at": maintenant}
        )
    return count_own_notes(row, candidature).get(candidature, 0)


@transaction.atomic
def take_notes_back(tour: int, candidature: int, maintenant: int) -> int:
    """The notes of his last round on the platform, for the sites that still have a seat; how many."""
    row = lock_tour(tour)
    _check_open(row, Etape.VOEUX, maintenant, "Les vœux ne se notent que pendant leur fenêtre.")
    avant = NoteSite.objects.filter(candidature=candidature, tour__campagne=row.campagne_id)
    dernier = avant.exclude(tour=row).filter(tour__numero__lt=row.numero).order_by("-tour__numero").first()
    if dernier is None:
        return 0
    anciennes = avant.filter(tour=dernier.tour_id, site__in=places_of(row)).values_list("site", "note")
    rows = [
        NoteSite(tour=row, candidature_id=candidature, site_id=site, note=note, updated_at=maintenant)
        for site, note in anciennes
    ]
    NoteSite.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def set_rangs(tour: int, site: int, rangs: Mapping[int, int | None], maintenant: int) -> int:
    """Candidature → rank, 0 refuses, None takes it back. Gives back how many are ranked now."""
    row = lock_tour(tour)
    if row.campagne.mode == ModeCampagne.RANG:
        raise AppariementRefuse(
            "Cette campagne se fait dans l’ordre des rangs\u00a0: les sites ne classent pas."
        )
    _check_open(row, Etape.CLASSEMENT, maintenant, "Les candidats ne se classent que pendant leur fenêtre.")
    un = SiteAppariement.objects.filter(pk=site, campagne=row.campagne_id, pk__in=places_of(row)).first()
    if un is None:
        raise AppariementRefuse("Ce site n’a plus de place dans ce tour\u00a0: il n’a personne à classer.")
    siens = set(candidats_of(row).filter(des=un.des_id).values_list("pk", flat=True))
    if not rangs.keys() <= siens:
        raise AppariementRefuse("Un de ces candidats n’est pas de ce tour. Rechargez la page.")
    if any(rang is not None and not 0 <= rang <= len(siens) for rang in rangs.values()):
        raise AppariementRefuse(f"Un rang va de 1 à {len(siens)}, ou 0 pour refuser.")
    retires = [pk for pk, rang in rangs.items() if rang is None]
    RangCandidat.objects.filter(tour=row, site=un, candidature__in=retires).delete()
    RangCandidat.objects.bulk_create(
        (
            RangCandidat(tour=row, site=un, candidature_id=pk, rang=rang, updated_at=maintenant)
            for pk, rang in rangs.items()
            if rang is not None
        ),
        update_conflicts=True,
        unique_fields=["tour", "site", "candidature"],
        update_fields=["rang", "updated_at"],
    )
    return count_own_rangs(row).get(site, 0)


def write_presentation(candidature: int, texte: str) -> None:
    Candidature.objects.filter(pk=candidature).update(presentation=texte.strip()[:4_000])


def _check_open(row: TourCampagne, etape: Etape, maintenant: int, sinon: str) -> None:
    lu = read_tour(row, datetime.fromtimestamp(maintenant / 1000, UTC))
    if lu.hors_plateforme or lu.etape is not etape:
        raise AppariementRefuse(f"{sinon} Rien n’a été enregistré.")
