"""Which account does a proved identity sign in? One that exists, never a new one."""

from gradin.data.comptes.models import Compte
from gradin.data.internes.models import Interne


def compte_of_identite(courriel: str, rpps: str) -> Compte | None:
    """The account of that e-mail, else of the only interne with that RPPS. Empty words find nobody."""
    if courriel:
        compte = Compte.objects.filter(email__iexact=courriel, is_active=True).first()
        if compte is not None:
            return compte
    internes = Interne.objects.filter(rpps=rpps, compte__is_active=True).select_related("compte")[:2]
    trouves = list(internes) if rpps else []
    return trouves[0].compte if len(trouves) == 1 else None
