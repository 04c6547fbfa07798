"""Writes what the two files of a campaign say: lines already known and unchanged are left alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gradin.data.appariement.models import CampagneAppariement, Candidature, SiteAppariement
from gradin.data.internes.models import Interne
from gradin.domain.texte import fold
from gradin.operations.appariement.liens import revoke
from gradin.operations.imports.salle import check_salle

Lu = Mapping[str, Any]
LOT = 500
REFERENCES = ("service", "subdivision", "groupe", "des")


def write_sites(
    campagne: CampagneAppariement, lus: Sequence[Lu], feuille: str, maintenant: int
) -> tuple[int, int]:
    """(created, changed). Raises FichierRefuse when the room would wait for it."""
    rows = SiteAppariement.objects.filter(campagne=campagne).select_related(*REFERENCES)
    connus = {site.code: site for site in rows}
    neufs = [lu for lu in lus if lu["code"] not in connus]
    changes = [
        (site, lu) for lu in lus if (site := connus.get(lu["code"])) is not None and _differs(site, lu)
    ]
    check_salle(len(neufs) + len(changes), feuille)
    SiteAppariement.objects.bulk_create(
        [SiteAppariement(campagne=campagne, **lu) for lu in neufs], batch_size=LOT
    )
    for site, lu in changes:
        if site.courriel != lu["courriel"]:
            # The link was mailed to somebody who answers for this site no more.
            revoke(site.pk, maintenant)
        for champ, valeur in lu.items():
            setattr(site, champ, valeur)
        site.save()
    return len(neufs), len(changes)


def write_candidats(
    campagne: CampagneAppariement, lus: Sequence[Lu], feuille: str, maintenant: int
) -> tuple[int, int]:
    """(created, changed). Somebody whom the roster does not know is added to it, with nothing but this."""
    internes = {un.ine: un for un in Interne.objects.filter(ine__in=[lu["ine"] for lu in lus])}
    rows = Candidature.objects.filter(campagne=campagne).select_related("subdivision", "des", "interne")
    connues = {un.interne.ine: un for un in rows}
    neufs = [lu for lu in lus if lu["ine"] not in connues]
    changees = [
        (une, voulue)
        for lu in lus
        if (une := connues.get(lu["ine"])) is not None and _differs(une, voulue := _wanted(lu))
    ]
    check_salle(len(neufs) + len(changees), feuille)
    for lu in neufs:
        interne = internes.get(lu["ine"]) or _create_interne(lu)
        Candidature.objects.create(campagne=campagne, interne=interne, **_wanted(lu))
    for une, voulue in changees:
        Candidature.objects.filter(pk=une.pk).update(**voulue)
    return len(neufs), len(changees)


def _wanted(lu: Lu) -> dict[str, Any]:
    return {"subdivision": lu["subdivision"], "des": lu["des"], "rang": lu["rang"]}


def _differs(row: SiteAppariement | Candidature, voulus: Lu) -> bool:
    return any(getattr(row, champ) != valeur for champ, valeur in voulus.items())


def _create_interne(lu: Lu) -> Interne:
    return Interne.objects.create(
        ine=lu["ine"],
        nom=lu["nom"],
        prenom=lu["prenom"],
        courriel=lu["courriel"],
        cle_tri=fold(f"{lu['nom']} {lu['prenom']}")[:400],
        recherche=fold(f"{lu['nom']} {lu['prenom']} {lu['ine']}"),
    )
