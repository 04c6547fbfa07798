"""What the two files of a campaign change, and its writing: lines known and unchanged are left alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import Model

from gradin.data.appariement.models import CampagneAppariement, Candidature, SiteAppariement
from gradin.data.internes.models import Interne
from gradin.domain.texte import fold
from gradin.operations.appariement.liens import revoke
from gradin.operations.imports.comparaison import Champs
from gradin.operations.imports.salle import check_salle

Lu: TypeAlias = Mapping[str, Any]
LOT = 500
REFERENCES = ("service__etablissement", "subdivision", "groupe", "des")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ecart:
    """`changes`: a known row, its fields that differ. `absents`: known lines that the file does not name."""

    neufs: tuple[Lu, ...]
    changes: tuple[tuple[SiteAppariement | Candidature, Lu], ...]
    absents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ecriture:
    """What was written, with what the changed rows held before."""

    crees: tuple[Model, ...]
    changes: tuple[tuple[Model, Champs], ...]


def compare_sites(campagne: CampagneAppariement, lus: Sequence[Lu]) -> Ecart:
    rows = SiteAppariement.objects.filter(campagne=campagne).select_related(*REFERENCES)
    return _compare("code", {site.code: site for site in rows}, [(lu, lu) for lu in lus])


def compare_candidats(campagne: CampagneAppariement, lus: Sequence[Lu]) -> Ecart:
    rows = Candidature.objects.filter(campagne=campagne).select_related("subdivision", "des", "interne")
    connues = {un.interne.ine: un for un in rows}
    return _compare("ine", connues, [(lu, _wanted(lu)) for lu in lus])


def write_sites(campagne: CampagneAppariement, ecart: Ecart, feuille: str, maintenant: int) -> Ecriture:
    """Raises FichierRefuse when the room would wait for it."""
    check_salle(len(ecart.neufs) + len(ecart.changes), feuille)
    crees = SiteAppariement.objects.bulk_create(
        [SiteAppariement(campagne=campagne, **lu) for lu in ecart.neufs], batch_size=LOT
    )
    for site, champs in ecart.changes:
        if "courriel" in champs:
            # The link was mailed to somebody who answers for this site no more.
            revoke(site.pk, maintenant)
    return Ecriture(crees=tuple(crees), changes=_apply(ecart))


def write_candidats(campagne: CampagneAppariement, ecart: Ecart, feuille: str, maintenant: int) -> Ecriture:
    """Somebody whom the roster does not know is added to it, with nothing but this."""
    check_salle(len(ecart.neufs) + len(ecart.changes), feuille)
    internes = {un.ine: un for un in Interne.objects.filter(ine__in=[lu["ine"] for lu in ecart.neufs])}
    crees: list[Model] = []
    for lu in ecart.neufs:
        interne = internes.get(lu["ine"])
        if interne is None:
            interne = _create_interne(lu)
            crees.append(interne)
        crees.append(Candidature.objects.create(campagne=campagne, interne=interne, **_wanted(lu)))
    return Ecriture(crees=tuple(crees), changes=_apply(ecart))


def _compare(
    cle: str, connus: Mapping[str, SiteAppariement | Candidature], lus: Sequence[tuple[Lu, Lu]]
) -> Ecart:
    """`lus`: a line, and what it asks of its row."""
    ecarts = [
        (row, {champ: valeur for champ, valeur in voulus.items() if getattr(row, champ) != valeur})
        for lu, voulus in lus
        if (row := connus.get(lu[cle])) is not None
    ]
    dits = {lu[cle] for lu, _ in lus}
    return Ecart(
        neufs=tuple(lu for lu, _ in lus if lu[cle] not in connus),
        changes=tuple((row, champs) for row, champs in ecarts if champs),
        absents=tuple(sorted(connus.keys() - dits)),
    )


def _apply(ecart: Ecart) -> tuple[tuple[Model, Champs], ...]:
    faits: list[tuple[Model, Champs]] = []
    for row, champs in ecart.changes:
        faits.append((row, {champ: getattr(row, champ) for champ in champs}))
        for champ, valeur in champs.items():
            setattr(row, champ, valeur)
        row.save(update_fields=[*champs])
    return tuple(faits)


def _wanted(lu: Lu) -> dict[str, Any]:
    return {"subdivision": lu["subdivision"], "des": lu["des"], "rang": lu["rang"]}


def _create_interne(lu: Lu) -> Interne:
    return Interne.objects.create(
        ine=lu["ine"],
        nom=lu["nom"],
        prenom=lu["prenom"],
        courriel=lu["courriel"],
        cle_tri=fold(f"{lu['nom']} {lu['prenom']}")[:400],
        recherche=fold(f"{lu['nom']} {lu['prenom']} {lu['ine']}"),
    )
