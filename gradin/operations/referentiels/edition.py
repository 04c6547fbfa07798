"""Add a row of reference data, or rename one; what is found by its name follows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q, QuerySet

from gradin.data.amphis.models import Amphi
from gradin.data.imports.models import ChangementReferentiel
from gradin.data.postes.models import Poste
from gradin.data.referentiel.models import Etablissement, Groupe, Service, Specialite
from gradin.domain.texte import fold
from gradin.operations.imports.comparaison_postes import write_cles
from gradin.operations.imports.referentiel import write_cles_service
from gradin.operations.referentiels.tables import TABLES, ReferentielRefuse, TableReferentiel, is_national
from gradin.operations.referentiels.usages import tell_commences

LOT = 500
CLES = ("cle_tri", "recherche")


def save_ligne(
    nom: str, pk: int | None, champs: Mapping[str, Any], *, auteur: str, maintenant: datetime
) -> int:
    """A new row, or this one changed. Raises ReferentielRefuse."""
    table = TABLES[nom]
    with transaction.atomic():
        objet = table.kind() if pk is None else table.kind.objects.select_for_update(of=("self",)).get(pk=pk)
        avant = {} if pk is None else {champ: getattr(objet, champ) for champ in table.champs}
        if pk is not None and is_national(objet):
            raise ReferentielRefuse(
                "Ce DES est de la liste nationale\u00a0: ni son code ni son nom ne changent ici."
            )
        if (
            isinstance(objet, Specialite)
            and avant
            and champs.get("code_des", objet.code_des) != objet.code_des
        ):
            _check_code_free(objet)
        for champ, valeur in champs.items():
            setattr(objet, champ, valeur)
        _write_own_cles(objet)
        _check(table, objet)
        objet.save()
        if pk is not None:
            refresh_postes(postes_of(objet))
        _record(table, objet, avant, auteur, maintenant)
    return int(objet.pk)


def _check_code_free(specialite: Specialite) -> None:
    """The journal names it by this code."""
    noms = tell_commences(specialite)
    if noms:
        raise ReferentielRefuse(
            f"Des amphis commencés le nomment dans leur journal ({noms})\u00a0: son code reste tel quel.",
            champ="code_des",
        )


def record(nom: str, objet: str, champ: str, avant: str, apres: str, auteur: str, at: datetime) -> None:
    ChangementReferentiel.objects.create(
        nature=nom, objet=objet[:300], champ=champ, avant=avant, apres=apres, auteur=auteur, at=at
    )


def postes_of(objet: Any) -> QuerySet[Poste]:
    """Postes that are sorted and found by the name of this row."""
    conditions = {
        Service: Q(service=objet.pk),
        Etablissement: Q(service__etablissement=objet.pk),
        Groupe: Q(groupe=objet.pk),
        Specialite: Q(des=objet.pk),
    }
    return Poste.objects.filter(conditions.get(type(objet), Q(pk__in=())))


def refresh_postes(postes: QuerySet[Poste]) -> None:
    """Their keys, those of their services, and the offers that are kept built."""
    rows = list(postes.select_related("service__etablissement", "groupe", "des"))
    services = {row.service_id: row.service for row in rows}
    for service in services.values():
        write_cles_service(service)
    for row in rows:
        write_cles(row)
    Service.objects.bulk_update(services.values(), CLES, batch_size=LOT)
    Poste.objects.bulk_update(rows, CLES, batch_size=LOT)
    amphis = Amphi.objects.filter(offre__poste__in=postes).distinct().values("pk")
    Amphi.objects.filter(pk__in=amphis).update(version_offre=F("version_offre") + 1)


def _write_own_cles(objet: Any) -> None:
    match objet:
        case Service():
            write_cles_service(objet)
        case Etablissement():
            objet.cle_tri = fold(objet.nom)[:200]
        case _:
            return


def _check(table: TableReferentiel, objet: Any) -> None:
    """What the table's own constraints say, at its field."""
    memes = table.kind.objects.exclude(pk=objet.pk).filter(**{c: getattr(objet, c) for c in table.cle})
    if memes.exists():
        raise ReferentielRefuse(
            f"Un autre {table.un} a déjà ce nom ou ce code. Fusionnez les deux, ou écrivez-le autrement.",
            champ=table.cle[0],
        )
    try:
        objet.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as erreur:
        champ, messages = next(iter(erreur.message_dict.items()))
        raise ReferentielRefuse(messages[0], champ=champ) from None


def _record(
    table: TableReferentiel, objet: Any, avant: Mapping[str, Any], auteur: str, maintenant: datetime
) -> None:
    if not avant:
        record(table.nom, str(objet), "ajout", "", str(objet), auteur, maintenant)
    for champ, valeur in avant.items():
        if valeur != getattr(objet, champ):
            apres = str(getattr(objet, champ) or "")
            record(table.nom, str(objet), champ, str(valeur or ""), apres, auteur, maintenant)
