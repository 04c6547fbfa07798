"""A faculty writes a version of a maquette; the ARS lifts its check for somebody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from gradin.data.internes.models import Inscription
from gradin.data.parcours.models import Derogation, Encadrement, VersionMaquette
from gradin.data.referentiel.models import Specialite
from gradin.domain.maquettes.ecriture import read_maquette, write_maquette
from gradin.domain.maquettes.modele import MaquetteInvalide
from gradin.operations.droits import Acte
from gradin.operations.parcours.refus import ParcoursRefuse
from gradin.operations.permissions import check_can_manage_inscription, check_can_read_espace
from gradin.queries.visiteurs import Visiteur


@transaction.atomic
def write_version(
    visiteur: Visiteur, des: int, contenu: Mapping[str, Any], *, motif: str, maintenant: datetime
) -> int:
    """The number of the new version; the same content again writes none. Raises ParcoursRefuse."""
    check_can_read_espace(visiteur, Acte.ECRIRE_MAQUETTES)
    specialite = Specialite.objects.select_for_update(of=("self",), no_key=True).get(pk=des)
    try:
        maquette = read_maquette({**contenu, "des": specialite.code_des, "version": 0})
    except (MaquetteInvalide, ValueError) as erreur:
        raise ParcoursRefuse(str(erreur)) from None
    siennes = VersionMaquette.objects.filter(des=specialite, promotion_de=maquette.promotion_de)
    derniere = siennes.order_by("-version").first()
    ecrite = write_maquette(maquette)
    if derniere is not None and {**derniere.contenu, "version": 0} == ecrite:
        return int(derniere.version)
    version = (siennes.aggregate(n=Max("version"))["n"] or 0) + 1
    VersionMaquette.objects.create(
        des=specialite,
        promotion_de=maquette.promotion_de,
        version=version,
        contenu={**ecrite, "version": version},
        motif=motif.strip()[:200],
        auteur_id=visiteur.compte,
        created_at=maintenant,
    )
    return version


@transaction.atomic
def set_encadrements(visiteur: Visiteur, dits: Mapping[int, bool]) -> int:
    """By établissement; how many changed."""
    check_can_read_espace(visiteur, Acte.ECRIRE_MAQUETTES)
    connus = dict(Encadrement.objects.values_list("etablissement", "universitaire"))
    changes = {pk: dit for pk, dit in dits.items() if connus.get(pk) is not dit}
    for pk, dit in changes.items():
        Encadrement.objects.update_or_create(etablissement_id=pk, defaults={"universitaire": dit})
    return len(changes)


@transaction.atomic
def set_derogation(visiteur: Visiteur, inscription: int, motif: str, maintenant: datetime) -> bool:
    """An empty motive takes it back. It is sealed with the start of the amphi, like the rest of the list."""
    row = Inscription.objects.select_for_update(of=("self",), no_key=True).get(pk=inscription)
    check_can_manage_inscription(visiteur, row)
    motif = motif.strip()[:300]
    if not motif:
        Derogation.objects.filter(inscription=row).delete()
        return False
    Derogation.objects.update_or_create(
        inscription=row,
        defaults={"motif": motif, "auteur_id": visiteur.compte, "created_at": maintenant},
    )
    return True
