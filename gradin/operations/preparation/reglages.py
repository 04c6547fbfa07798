"""Change the settings of an amphi, or of a campaign: checked as a whole, kept with their author."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from gradin.data.amphis.models import ActeCampagne, Amphi, Campagne, ListeAppel
from gradin.domain.reglages.modele import Reglage, valeur_of, with_valeur
from gradin.domain.reglages.mots import say_valeur
from gradin.domain.reglages.table import PAR_CLE
from gradin.operations.amphis.actes_avant import record_acte
from gradin.operations.amphis.handling import lock_amphi
from gradin.operations.calendrier import note_moves
from gradin.operations.courriers.enqueue import instant
from gradin.operations.preparation.horaires import choose_debut, cut_amphi, favoris_of, store_sessions
from gradin.operations.preparation.listes import compute_liste
from gradin.operations.preparation.refus import PreparationRefusee
from gradin.queries.reglages import read_parametres_sessions, why_fixed

ACTE = "parametres"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangementReglage:
    """One value that differs; both as stored."""

    reglage: Reglage
    avant: Any
    apres: Any

    @property
    def dit(self) -> str:
        avant, apres = say_valeur(self.reglage, self.avant), say_valeur(self.reglage, self.apres)
        return f"{self.reglage.mots}\u00a0: {avant} → {apres}"


def list_changements(
    parametres: Mapping[str, Any], voulus: Mapping[str, Any]
) -> tuple[ChangementReglage, ...]:
    """`voulus`: stored values by key; what is the same is no change."""
    rows = (
        ChangementReglage(reglage=PAR_CLE[cle], avant=valeur_of(parametres, PAR_CLE[cle]), apres=valeur)
        for cle, valeur in voulus.items()
    )
    return tuple(row for row in rows if row.avant != row.apres)


def apply_changements(
    parametres: Mapping[str, Any], changements: tuple[ChangementReglage, ...]
) -> dict[str, Any]:
    """The new settings. Raises PreparationRefusee when they do not stand together."""
    neufs = dict(parametres)
    for un in changements:
        neufs = with_valeur(neufs, un.reglage, un.apres)
    try:
        read_parametres_sessions(neufs)
    except ValueError as erreur:
        raise PreparationRefusee(str(erreur)) from None
    return neufs


def check_free(amphi: Amphi, liste: ListeAppel | None, changements: tuple[ChangementReglage, ...]) -> None:
    """Raises PreparationRefusee for what only acts may still change."""
    for un in changements:
        raison = why_fixed(un.reglage, commence=bool(amphi.seq), publiee=_published(liste))
        if raison:
            raise PreparationRefusee(f"{un.reglage.mots}\u00a0: {raison}")


def keep_free(amphi: Amphi, voulus: Mapping[str, Any]) -> dict[str, Any]:
    """Of the settings of a campaign, those that may still change in this amphi."""
    publiee = amphi.listes.filter(published_at__isnull=False).exists()
    return {
        cle: valeur
        for cle, valeur in voulus.items()
        if not why_fixed(PAR_CLE[cle], commence=bool(amphi.seq), publiee=publiee)
    }


def follow_campagne(
    amphi_id: int, voulus: Mapping[str, Any], *, auteur: int | None, maintenant: int
) -> tuple[ChangementReglage, ...]:
    """What of the campaign's change may still be done here; the rest stays as this amphi has it."""
    libres = keep_free(Amphi.objects.get(pk=amphi_id), voulus)
    return change_amphi(amphi_id, libres, auteur=auteur, maintenant=maintenant)


@transaction.atomic
def change_amphi(
    amphi_id: int, voulus: Mapping[str, Any], *, auteur: int | None, maintenant: int
) -> tuple[ChangementReglage, ...]:
    """Settings, then what follows from them: the list, the sessions, the date of the favourites."""
    amphi = lock_amphi(amphi_id)
    liste = amphi.listes.order_by("-version").first()
    changements = list_changements(amphi.parametres, voulus)
    if not changements:
        return ()
    check_free(amphi, liste, changements)
    amphi.parametres = apply_changements(amphi.parametres, changements)
    amphi.save(update_fields=["parametres"])
    _follow(amphi, liste, changements, maintenant)
    details = {"changements": [un.dit for un in changements]}
    record_acte(amphi, ACTE, auteur=auteur, maintenant=maintenant, details=details)
    note_moves(maintenant)
    return changements


@transaction.atomic
def change_campagne(
    semestre: int, subdivision: int, voulus: Mapping[str, Any], *, auteur: int | None, maintenant: int
) -> tuple[ChangementReglage, ...]:
    """For the amphis to come; those that exist are changed one by one, by `change_amphi`."""
    campagne, _ = Campagne.objects.select_for_update(of=("self",), no_key=True).get_or_create(
        semestre_id=semestre, subdivision_id=subdivision
    )
    changements = list_changements(campagne.parametres, voulus)
    if not changements:
        return ()
    campagne.parametres = apply_changements(campagne.parametres, changements)
    campagne.save(update_fields=["parametres"])
    ActeCampagne.objects.create(
        campagne=campagne,
        auteur_id=auteur,
        details={"changements": [un.dit for un in changements]},
        a=maintenant,
    )
    return changements


def touches(changements: tuple[ChangementReglage, ...], debut: str) -> bool:
    return any(un.reglage.cle.startswith(debut) for un in changements)


def _follow(
    amphi: Amphi, liste: ListeAppel | None, changements: tuple[ChangementReglage, ...], maintenant: int
) -> None:
    """A published list stands: its figures were refused above."""
    if liste is None:
        return
    if touches(changements, "rang.") and not _published(liste):
        liste = compute_liste(amphi, maintenant=instant(maintenant), graine=liste.graine)
    if touches(changements, "sessions.") and amphi.debut is not None:
        store_sessions(amphi, cut_amphi(amphi, liste, choose_debut(amphi, None)), instant(maintenant))
    elif touches(changements, "jours_avant_favoris") and amphi.debut is not None:
        amphi.ouverture_favoris = favoris_of(amphi, amphi.debut, instant(maintenant))
        amphi.save(update_fields=["ouverture_favoris"])


def _published(liste: ListeAppel | None) -> bool:
    return liste is not None and liste.published_at is not None
