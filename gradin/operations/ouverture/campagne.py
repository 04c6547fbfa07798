"""Open a semestre to proposals, move or end their date, set the parameters of the rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from gradin.data.amphis.models import ActeCampagne, Campagne
from gradin.data.ouverture.models import ActeOuverture, Ouverture
from gradin.data.referentiel.models import Semestre, Subdivision
from gradin.domain.rang.semestre import parse_semestre
from gradin.domain.reglages.modele import Reglage, valeur_of
from gradin.domain.reglages.mots import say_valeur
from gradin.domain.reglages.ouverture import REGLAGES_OUVERTURE
from gradin.operations.ouverture.refus import OuvertureRefusee
from gradin.operations.ouverture.trace import Geste, Trace, lock_ouverture
from gradin.operations.permissions_offre import check_can_set_ouverture
from gradin.queries.reglages import OUVERTURE, regles_ouverture_of


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
    regles = dict(regles_ouverture_of(saison.pk, subdivision))
    ouverture, neuve = Ouverture.objects.get_or_create(
        semestre=saison, subdivision=lieu, defaults={"regles": regles}
    )
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
    changees = _changed(ouverture.regles, voulues)
    ActeOuverture.objects.bulk_create(
        geste.line(ouverture, Trace.REGLE, avant=avant, apres=say_valeur(reglage, voulues[reglage.cle]))
        for reglage, avant in changees
    )
    ouverture.regles = {**ouverture.regles, **{reglage.cle: voulues[reglage.cle] for reglage, _ in changees}}
    ouverture.save(update_fields=["regles"])
    return len(changees)


@transaction.atomic
def set_regles_campagne(semestre: int, subdivision: int, voulues: Mapping[str, Any], geste: Geste) -> int:
    """The same rule, whether an opening holds it yet or the campaign still does. Raises Interdit."""
    check_can_set_ouverture(geste.visiteur, subdivision)
    ouverture = Ouverture.objects.filter(semestre=semestre, subdivision=subdivision).first()
    if ouverture is not None:
        return set_regles(ouverture.pk, voulues, geste)
    campagne, _ = Campagne.objects.select_for_update(of=("self",), no_key=True).get_or_create(
        semestre_id=semestre, subdivision_id=subdivision
    )
    stockees = campagne.parametres.get(OUVERTURE, {})
    changees = _changed(stockees, voulues)
    if not changees:
        return 0
    neuves = {reglage.cle: voulues[reglage.cle] for reglage, _ in changees}
    campagne.parametres = {**campagne.parametres, OUVERTURE: {**stockees, **neuves}}
    campagne.save(update_fields=["parametres"])
    dites = [f"{avant} → {say_valeur(reglage, voulues[reglage.cle])}" for reglage, avant in changees]
    ActeCampagne.objects.create(
        campagne=campagne, auteur_id=geste.auteur, details={"changements": dites}, a=geste.maintenant
    )
    return len(changees)


def _changed(stockees: Mapping[str, Any], voulues: Mapping[str, Any]) -> list[tuple[Reglage, str]]:
    """Each that differs, with what it was in words."""
    return [
        (reglage, f"{reglage.mots}\u00a0: {say_valeur(reglage, avant)}")
        for reglage in REGLAGES_OUVERTURE
        if voulues.get(reglage.cle) not in (None, avant := valeur_of(stockees, reglage))
    ]


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
