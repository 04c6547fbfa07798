"""The ARS takes a campaign from the imported figures (seniority, rang local) to the computed ones, and back.

An act, kept. Everybody's parcours is computed before anything is locked: on SQLite the choices would wait.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gradin.data.amphis.models import ActeCampagne, Campagne
from gradin.data.internes.models import Inscription
from gradin.data.parcours.models import AncienneteImportee
from gradin.data.profils.models import Changement
from gradin.domain.parcours.ecarts import SourceAnciennete
from gradin.domain.rang.anciennete import Semestres
from gradin.operations.imports.salle import tell_salle
from gradin.operations.parcours.refus import ParcoursRefuse
from gradin.operations.permissions import check_can_publish
from gradin.queries.candidats import read_semestres
from gradin.queries.parcours.anciennete import CLE, prove_rangs, read_importees, read_rangs_importes
from gradin.queries.parcours.lignes import compute_for
from gradin.queries.visiteurs import Visiteur

CHAMPS = ("semestres_valides", "surnombres_non_validants", "semestres_recherche")
RANGS = ("rang_local", "effectif_local")
LOT = 500
CHANGE = "Les données ont changé pendant le calcul\u00a0: rien n’est enregistré. Recommencez."
DITES = {
    SourceAnciennete.CALCULEE: "Ancienneté calculée d’après les parcours, rangs locaux prouvés",
    SourceAnciennete.IMPORTEE: "Ancienneté et rangs locaux importés par l’ARS",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Voulu:
    """What one inscription is to hold. `rang`: (rang local, effectif), None where nothing is proved.

    `lus`: what it held when this was computed, without a lock.
    """

    lus: tuple[int | None, ...]
    semestres: Semestres
    rang: tuple[int | None, int | None] | None = None

    def differs(self, une: Inscription) -> bool:
        if _figures(read_semestres(une)) != _figures(self.semestres):
            return True
        return self.rang is not None and (une.rang_local, une.effectif_local) != self.rang


def set_source(
    visiteur: Visiteur,
    semestre: int,
    subdivision: int,
    source: SourceAnciennete,
    *,
    confirme: bool,
    maintenant: datetime,
) -> int:
    """How many internes changed. Run again, it takes what was validated since.

    Lists already published and amphis already started stand: the pre-flight says whom this moves.
    """
    check_can_publish(visiteur, subdivision)
    if not confirme:
        raise ParcoursRefuse("Cochez la confirmation : ce réglage change l’ordre de la liste d’appel.")
    rows = Inscription.objects.filter(semestre=semestre, subdivision=subdivision)
    voulus = _wanted(list(rows.select_related("semestre")), source)
    if attente := tell_salle(len(_differing(rows, voulus))):
        raise ParcoursRefuse(attente)
    return _switch(semestre, subdivision, source, voulus, visiteur, maintenant)


@transaction.atomic
def _switch(
    semestre: int,
    subdivision: int,
    source: SourceAnciennete,
    voulus: dict[int, Voulu],
    visiteur: Visiteur,
    maintenant: datetime,
) -> int:
    campagne, _ = Campagne.objects.select_for_update(of=("self",), no_key=True).get_or_create(
        semestre_id=semestre, subdivision_id=subdivision
    )
    locked = Inscription.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    rows = list(locked.filter(pk__in=voulus))
    if any(_held(une) != voulus[une.pk].lus for une in rows):
        raise ParcoursRefuse(CHANGE)
    changees = _differing(rows, voulus)
    _write(changees, voulus, source, visiteur.courriel, maintenant)
    if source is SourceAnciennete.IMPORTEE:
        AncienneteImportee.objects.filter(inscription__in=voulus).delete()
    campagne.parametres = {**campagne.parametres, CLE: source.value}
    campagne.save(update_fields=["parametres"])
    ActeCampagne.objects.create(
        campagne=campagne,
        auteur_id=visiteur.compte,
        details={"changements": [f"{DITES[source]} : {len(changees)} internes changés"]},
        a=round(maintenant.timestamp() * 1000),
    )
    return len(changees)


def _differing(rows: Iterable[Inscription], voulus: dict[int, Voulu]) -> list[Inscription]:
    return [une for une in rows if une.pk in voulus and voulus[une.pk].differs(une)]


def _wanted(inscriptions: list[Inscription], source: SourceAnciennete) -> dict[int, Voulu]:
    """Whose parcours or exam is not known keeps the imported figure, whatever the campaign uses.

    Whoever has nothing but his own row to go by is left out: what he holds then is right.
    """
    importees = read_importees(inscriptions)
    gardees = AncienneteImportee.objects.filter(inscription__in=importees).values_list(
        "inscription", flat=True
    )
    semestres = {pk: importees[pk] for pk in gardees}
    if source is SourceAnciennete.IMPORTEE:
        gardes = read_rangs_importes(inscriptions)
        rangs = {pk: (lu["rang_local"], lu["effectif_local"]) for pk, lu in gardes.items()}
    else:
        semestres |= {pk: calculee.semestres for pk, calculee in compute_for(inscriptions).items()}
        rangs = {pk: (prouve.calcule, prouve.effectif) for pk, prouve in prove_rangs(inscriptions).items()}
    return {
        une.pk: Voulu(
            lus=_held(une), semestres=semestres.get(une.pk, importees[une.pk]), rang=rangs.get(une.pk)
        )
        for une in inscriptions
        if une.pk in semestres or une.pk in rangs
    }


def _held(une: Inscription) -> tuple[int | None, ...]:
    return tuple(getattr(une, champ) for champ in (*CHAMPS, *RANGS))


def _write(
    changees: list[Inscription],
    voulus: dict[int, Voulu],
    source: SourceAnciennete,
    auteur: str,
    maintenant: datetime,
) -> None:
    calculee = source is SourceAnciennete.CALCULEE
    if calculee:
        _keep_imported(changees, voulus)
    proteges = _protected(changees)
    historique = []
    for une in changees:
        voulu = voulus[une.pk]
        valeurs: dict[str, int | None] = dict(zip(CHAMPS, _figures(voulu.semestres), strict=True))
        valeurs |= dict(zip(RANGS, voulu.rang, strict=True)) if voulu.rang else {}
        historique += [
            _line(une, champ, valeur, auteur, maintenant)
            for champ, valeur in valeurs.items()
            if getattr(une, champ) != valeur
        ]
        for champ, valeur in valeurs.items():
            setattr(une, champ, valeur)
        ecrits = set(valeurs)
        gardes = ecrits if calculee else proteges.get(une.pk, frozenset())
        une.champs_modifies = sorted(set(une.champs_modifies) - ecrits | gardes)
    Inscription.objects.bulk_update(changees, [*CHAMPS, *RANGS, "champs_modifies"], batch_size=LOT)
    Changement.objects.bulk_create(historique, batch_size=LOT)


def _line(une: Inscription, champ: str, valeur: int | None, auteur: str, maintenant: datetime) -> Changement:
    avant = getattr(une, champ)
    return Changement(
        interne_id=une.interne_id,
        champ=champ,
        avant="" if avant is None else str(avant),
        apres="" if valeur is None else str(valeur),
        auteur=auteur,
        at=maintenant,
    )


def _keep_imported(changees: list[Inscription], voulus: dict[int, Voulu]) -> None:
    """Once: what the file said, not what an earlier switch wrote."""
    AncienneteImportee.objects.bulk_create(
        (
            AncienneteImportee(inscription=une, **{champ: getattr(une, champ) for champ in CHAMPS})
            for une in changees
        ),
        batch_size=LOT,
        ignore_conflicts=True,
    )
    par_pk = {une.pk: une for une in changees if voulus[une.pk].rang is not None}
    gardees = [*AncienneteImportee.objects.filter(inscription__in=par_pk, rang__isnull=True)]
    for gardee in gardees:
        une = par_pk[gardee.inscription_id]
        gardee.rang = {champ: getattr(une, champ) for champ in RANGS}
        gardee.rang["proteges"] = sorted(set(RANGS) & set(une.champs_modifies))
    AncienneteImportee.objects.bulk_update(gardees, ["rang"], batch_size=LOT)


def _protected(changees: list[Inscription]) -> dict[int, frozenset[str]]:
    """Columns of the rank that an agent had corrected: coming back to them, imports still respect them."""
    return {pk: frozenset(lu.get("proteges", ())) for pk, lu in read_rangs_importes(changees).items()}


def _figures(semestres: Semestres) -> tuple[int, int, int]:
    return semestres.valides, semestres.surnombre_non_validant, semestres.recherche
