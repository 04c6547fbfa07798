"""One act of the régie on several amphis of a subdivision: a refusal of one stops no other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from gradin.domain.nombres import count_mots
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.amphis import run_commande_agent
from gradin.queries.visiteurs import Visiteur

REFUSE = 400


def run_all(
    request: HttpRequest, agent: Visiteur, corps: Mapping[int, Mapping[str, Any]], mots: tuple[str, str]
) -> None:
    """`corps`: by amphi, the act as the API takes it; `mots`: what was done, for one and for several."""
    comptes: Counter[str] = Counter()
    for pk, acte in corps.items():
        reponse = by_writer(run_commande_agent)(pk, acte, agent, maintenant_ms(), None)
        comptes[str(reponse.corps["message"]) if reponse.statut >= REFUSE else ""] += 1
    if faits := comptes.pop("", 0):
        messages.success(request, f"{count_mots(faits, *mots).capitalize()}.")
    for message, nombre in comptes.items():
        messages.error(request, f"{count_mots(nombre, 'refus', 'refus')}\u00a0: {message}")
    if not corps:
        messages.info(request, "Rien n’est coché\u00a0: choisissez au moins un amphi.")
