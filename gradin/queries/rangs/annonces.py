"""What the publication of a call list tells one interne: his rank, and the one before it was corrected."""

from __future__ import annotations

from dataclasses import dataclass

from gradin.data.amphis.models import ListeAppel
from gradin.data.internes.models import Interne


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnonceRang:
    """`avant`: None when this version is the first, or when he was not on the one before."""

    nom: str
    courriel: str
    subdivision: str
    amphi: str
    rang: int
    total: int
    avant: int | None
    corrigee: bool


def annonce_of(amphi: int, version: int, interne: int) -> AnnonceRang:
    """Raises ListeAppel.DoesNotExist, Interne.DoesNotExist, KeyError when he is not on the list."""
    liste = ListeAppel.objects.select_related("amphi__subdivision").get(amphi=amphi, version=version)
    qui = Interne.objects.select_related("compte").get(pk=interne)
    avant = ListeAppel.objects.filter(amphi=amphi, version__lt=version, published_at__isnull=False).first()
    return AnnonceRang(
        nom=str(qui),
        courriel=qui.compte.email if qui.compte else qui.courriel,
        subdivision=liste.amphi.subdivision.nom,
        amphi=liste.amphi.intitule,
        rang=_rangs(liste)[qui.ine],
        total=len(liste.figures),
        avant=_rangs(avant).get(qui.ine) if avant else None,
        corrigee=avant is not None,
    )


def _rangs(liste: ListeAppel) -> dict[str, int]:
    return {ligne["ine"]: ligne["rang"] for ligne in liste.figures}
