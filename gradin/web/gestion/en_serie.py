"""One act of the régie on several amphis of a subdivision: a refusal of one stops no other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

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
    faits, refus = 0, defaultdict(list)
    for pk, acte in corps.items():
        reponse = by_writer(run_commande_agent)(pk, acte, agent, maintenant_ms(), None)
        if reponse.statut >= REFUSE:
            refus[str(reponse.corps["message"])].append(reponse.corps)
        else:
            faits += 1
    if faits:
        messages.success(request, f"{count_mots(faits, *mots).capitalize()}.")
    for message, tous in refus.items():
        messages.error(request, say_refus(message, tous))
    if not corps:
        messages.info(request, "Rien n’est coché\u00a0: choisissez au moins un amphi.")


def say_refus(message: str, refus: Sequence[Mapping[str, Any]]) -> SafeString:
    """Once for all whom it stops, with the way to where each is mended when the refusal gives one."""
    liens = format_html_join(
        "", ' <a href="{}">{}</a>', ((un["lien"], un["intitule"]) for un in refus if "lien" in un)
    )
    return format_html("{}\u00a0: {}{}", count_mots(len(refus), "refus", "refus"), message, liens)
