"""What the data give now of a call list: the one computation that storing, comparing and publishing share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from gradin.data.amphis.models import Amphi
from gradin.data.internes.models import Inscription
from gradin.domain.rang.construction import build_liste
from gradin.domain.rang.liste import ListeAppel
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.candidats import list_candidats
from gradin.queries.rangs.figures import write_figures
from gradin.queries.reglages import read_parametres_rang


def compute_figures(
    amphi: Amphi, graine: str, inscriptions: Iterable[Inscription], effectifs: Counter[tuple[int, int]]
) -> tuple[ListeAppel, list[dict[str, Any]]]:
    """The list of these internes and its lines as they would be stored. Inscriptions come with their interne.

    `effectifs`: of the whole roster, by groupe and promotion.
    """
    par_ine = {inscription.interne.ine: inscription for inscription in inscriptions}
    liste = build_liste(
        parse_semestre(amphi.semestre.code),
        list_candidats(par_ine.values(), effectifs),
        read_parametres_rang(amphi.parametres, graine),
    )
    return liste, write_figures(liste, par_ine)
