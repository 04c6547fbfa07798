"""The result of a wave, counted once when it closes; a mail tells that it can be read."""

import logging
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from gradin.data.amphis.models import Place
from gradin.data.prechoix.models import Prechoix
from gradin.documents.courriel import Courrier, Lien
from gradin.domain.amphi.lecture import etat_poste
from gradin.domain.amphi.state import EtatPoste
from gradin.domain.amphi.voeux import prechoix
from gradin.domain.prechoix.bilan import Bilan, sum_up
from gradin.operations.courriers.adresse import site_url
from gradin.operations.courriers.enqueue import enqueue, instant
from gradin.operations.courriers.modeles import Lettre, compose
from gradin.operations.prechoix.amorce import Amorce, read_amorce
from gradin.queries.prechoix import counted_from, wishes_of

logger = logging.getLogger(__name__)


def close_due(maintenant: int) -> int:
    """Counts every wave that is over and is not counted yet; how many."""
    dues = Prechoix.objects.filter(calcule_at=None, clot_at__lte=instant(maintenant))
    return sum(_attempt(pk, maintenant) for pk in list(dues.values_list("pk", flat=True)))


def _attempt(pk: int, maintenant: int) -> bool:
    """One that fails is tried again at the next look; the others do not wait for it."""
    try:
        return count_result(pk, maintenant)
    except Exception:
        logger.exception("préchoix %s: its result could not be counted", pk)
        return False


def count_result(pk: int, maintenant: int) -> bool:
    """False when another process has done it. Played and worded first: the writer waits for neither."""
    vague = Prechoix.objects.select_related("amphi").get(pk=pk)
    par_voeux = bool(vague.amphi.parametres.get("par_voeux"))
    voeux = wishes_of(vague.amphi_id, depuis=counted_from(vague, par_voeux=par_voeux))
    amorce = read_amorce(vague.amphi, maintenant)
    bilan = play_wishes(amorce, voeux) if amorce is not None else sum_up({}, {}, {})
    lettres = _word(vague, [place for place in bilan.obtenus if place in voeux])
    fini = {"resultat": _json(bilan), "calcule_at": instant(maintenant)}
    with transaction.atomic():
        if not Prechoix.objects.filter(pk=pk, calcule_at=None).update(**fini):
            return False
        for cle, destinataire, courrier in lettres:
            enqueue(cle, destinataire, courrier, maintenant)
    return True


def play_wishes(amorce: Amorce, voeux: Mapping[int, tuple[str, ...]]) -> Bilan:
    """The choice by wishes, not final. `voeux` and the result by place."""
    etat = amorce.etat
    par_numero = {numero: voeux.get(place, ()) for numero, place in amorce.places.items()}
    restent = etat.change(ordre=tuple(numero for numero in etat.ordre if numero not in amorce.ailleurs))
    obtenus = prechoix(restent, par_numero)
    services: dict[str, list[str]] = defaultdict(list)
    for numero, poste in etat.postes.items():
        if etat_poste(etat, numero) is EtatPoste.LIBRE:
            services[poste.service].append(numero)
    return sum_up({amorce.places[numero]: poste for numero, poste in obtenus.items()}, voeux, services)


def _json(bilan: Bilan) -> dict[str, Any]:
    return {
        "obtenus": {str(place): poste for place, poste in bilan.obtenus.items()},
        "deposes": bilan.deposes,
        "disputes": [
            {"service": un.service, "premiers": un.premiers, "postes": un.postes} for un in bilan.disputes
        ],
    }


def _word(vague: Prechoix, places: list[int]) -> list[tuple[str, str, Courrier]]:
    """(key, recipient, mail) for whoever filed wishes; what he would get stays on the platform."""
    rows = Place.objects.filter(pk__in=places).select_related("inscription__interne")
    lien = Lien(mots="Lire mon résultat", adresse=site_url(f"/mon-amphi/voeux/?amphi={vague.amphi_id}"))
    lettres = []
    for row in rows:
        interne = row.inscription.interne
        if not interne.courriel:
            continue
        lettre = Lettre(
            modele="prechoix-resultat",
            valeurs={"nom": str(interne), "amphi": vague.amphi.intitule, "lien": lien},
        )
        lettres.append((f"prechoix-{vague.pk}-{row.pk}", interne.courriel, compose(lettre)))
    return lettres
