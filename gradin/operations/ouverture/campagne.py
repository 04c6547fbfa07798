"""Open a semestre to proposals, move or end their date, set the parameters of the rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from gradin.data.ouverture.models import ActeOuverture, Ouverture
from gradin.data.referentiel.models import Semestre, Subdivision
from gradin.domain.rang.semestre import parse_semestre
from gradin.domain.reglages.modele import valeur_of
from gradin.domain.reglages.mots import say_valeur
from gradin.domain.reglages.ouverture import REGLAGES_OUVERTURE
from gradin.operations.ouverture.refus import OuvertureRefusee
from gradin.operations.ouverture.trace import Geste, Trace, lock_ouverture
from gradin.operations.permissions import check_can_set_ouverture


@transaction.atomic
def open_ouverture(semestre: str, subdivision: int, limite: int | None, geste: Geste) -> int:
    """Gives back the opening, a new one unless there is one. Raises OuvertureRefusee, Interdit."""
    check_can_set_ouverture(geste.visiteur, subdivision)
    lieu = Subdivision.objects.get(pk=subdivision)
    try:
        code = parse_semestre(semestre).code
    except ValueError as erreur:
        raise OuvertureRefusee(str(erreur), champ="semestre") from erreur
    saison, _ = Semestre.objects.get_or_create(code=code)
    ouverture, neuve = Ouverture.objects.get_or_create(semestre=saison, subdivision=lieu)
    if neuve:
        geste.line(ouverture, Trace.OUVRE).save()
    if limite is not None:
        _set_limite(ouverture, limite, geste)
    return int(ouverture.pk)


@transaction.atomic
def set_limite(pk: int, limite: int | None, geste: Geste) -> None:
    """None ends the proposals now. Raises OuvertureRefusee, Interdit."""
    ouverture = lock_ouverture(pk)
    check_can_set_ouverture(geste.visiteur, ouverture.subdivision_id)
    _set_limite(ouverture, limite, geste)


@transaction.atomic
def set_regles(pk: int, voulues: Mapping[str, Any], geste: Geste) -> int:
    """Stored values by key; gives back how many changed. Raises Interdit."""
    ouverture = lock_ouverture(pk)
    check_can_set_ouverture(geste.visiteur, ouverture.subdivision_id)
    lignes: list[ActeOuverture] = []
    for reglage in REGLAGES_OUVERTURE:
        avant, apres = valeur_of(ouverture.regles, reglage), voulues.get(reglage.cle)
        if apres is None or apres == avant:
            continue
        dite = f"{reglage.mots}\u00a0: {say_valeur(reglage, avant)}"
        lignes.append(geste.line(ouverture, Trace.REGLE, avant=dite, apres=say_valeur(reglage, apres)))
        ouverture.regles = {**ouverture.regles, reglage.cle: apres}
    ouverture.save(update_fields=["regles"])
    ActeOuverture.objects.bulk_create(lignes)
    return len(lignes)


def _set_limite(ouverture: Ouverture, limite: int | None, geste: Geste) -> None:
    if limite == ouverture.limite:
        return
    if limite is not None and limite <= geste.maintenant:
        raise OuvertureRefusee("Cette date est passée. Écrivez une date à venir.", champ="jour")
    avant, apres = _say(ouverture, ouverture.limite), _say(ouverture, limite)
    ouverture.limite = limite
    ouverture.save(update_fields=["limite"])
    acte = Trace.LIMITE if limite is not None else Trace.FERME
    geste.line(ouverture, acte, avant=avant, apres=apres).save()


def _say(ouverture: Ouverture, limite: int | None) -> str:
    if limite is None:
        return ""
    la = datetime.fromtimestamp(limite / 1000, UTC).astimezone(ZoneInfo(ouverture.subdivision.fuseau))
    return f"{la:%d/%m/%Y} à {la:%H} h {la:%M}"
