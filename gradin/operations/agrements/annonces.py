"""Tells the ARS, once a month, the agréments that end within six months."""

from collections import Counter
from datetime import timedelta

from gradin.data.agrements.models import Agrement, EtatAgrement
from gradin.data.referentiel.models import Subdivision
from gradin.operations.agrements.delais import day_of
from gradin.operations.courriers import Lettre, Lien, compose, enqueue
from gradin.operations.courriers.adresse import site_url

PROCHES = timedelta(days=183)


def tell_expiring(maintenant: int) -> int:
    """How many mails; the same month twice is one."""
    lieux = Subdivision.objects.exclude(contact_courriel="")
    return sum(_tell(lieu, maintenant) for lieu in lieux)


def _tell(lieu: Subdivision, maintenant: int) -> int:
    jour = day_of(maintenant, lieu.fuseau)
    rows = Agrement.objects.filter(
        subdivision=lieu, etat=EtatAgrement.VALIDE, au__gte=jour, au__lt=jour + PROCHES
    )
    par_des = Counter(rows.values_list("des__intitule", flat=True))
    if not par_des:
        return 0
    lettre = Lettre(
        modele="agrements-expirent",
        valeurs={
            "nombre": str(par_des.total()),
            "des": ", ".join(f"{des} ({nombre})" for des, nombre in sorted(par_des.items())),
            "lien": Lien(mots="Voir ces agréments", adresse=site_url("/gestion/agrements/")),
        },
        signature=f"Agence régionale de santé, {lieu.nom}",
    )
    enqueue(f"agrements-expirent-{lieu.pk}-{jour:%Y%m}", lieu.contact_courriel, compose(lettre), maintenant)
    return 1
