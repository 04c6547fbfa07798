"""Who may hold several procurations: a setting of the ARS, for the regions whose representatives do."""

from gradin.data.demandes.models import Representant


def allow_several(courriel: str, subdivision: int, maintenant: int) -> None:
    """Done twice, nothing more."""
    Representant.objects.get_or_create(
        courriel=courriel.strip().lower(), subdivision_id=subdivision, defaults={"created_at": maintenant}
    )


def forbid_several(pk: int, subdivisions: frozenset[int]) -> None:
    """Those that he holds already stay; he accepts no other."""
    Representant.objects.filter(pk=pk, subdivision__in=subdivisions).delete()
