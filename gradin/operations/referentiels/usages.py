"""Started amphis whose journal names a row of the reference data: that row stays as it is."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from gradin.data.amphis.models import Amphi, Offre
from gradin.data.referentiel.models import Groupe, Service, Specialite, Subdivision
from gradin.operations.imports.demande import ETATS_COMMENCES


def tell_commences(objet: Any) -> str:
    """Their names, three at most; nothing when none names it."""
    amphis = Amphi.objects.filter(_uses(objet), etat__in=ETATS_COMMENCES).distinct()
    return ", ".join(amphis.values_list("intitule", flat=True)[:3])


def amphis_reserving(code: str) -> set[int]:
    """Started amphis that offer a poste reserved to this code, FST or option (no store reads the list)."""
    offres = Offre.objects.filter(amphi__etat__in=ETATS_COMMENCES).exclude(poste__reserve_a=[])
    rows = offres.values_list("amphi", "poste__reserve_a")
    return {amphi for amphi, codes in rows if code in codes}


def _uses(objet: Any) -> Q:
    """Amphis whose journal may name this row."""
    match objet:
        case Subdivision():
            return Q(subdivision=objet)
        case Groupe():
            return Q(groupe=objet)
        case Specialite():
            siens = Q(places__inscription__des=objet) | Q(places__inscription__desc=objet)
            return Q(postes__des=objet) | siens | Q(pk__in=amphis_reserving(objet.code_des))
        case Service():
            return Q(postes__service=objet)
        case _:
            return Q(pk__in=())
