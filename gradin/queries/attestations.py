"""Attestations: one's own, semester by semester, and what anybody may verify of one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Q, QuerySet, Subquery

from gradin.data.amphis.models import Affectation, Fait
from gradin.data.attestations.models import Attestation as Delivree
from gradin.data.attestations.models import Exemplaire
from gradin.documents.attestation import Attestation, Lignes, empreinte_of, enonces_of, recu_of
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.recus import fiche_of, say_instant


class Verdict(StrEnum):
    """What the verification says of a code."""

    VALIDE = "valide"
    CHANGEE = "changee"
    REMPLACEE = "remplacee"
    ANNULEE = "annulee"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestationLue:
    """One line of « Mes attestations »; `semestre` is the code that its address holds."""

    affectation: int
    semestre: str
    libelle: str
    poste: str
    service: str
    etablissement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoixAnnule:
    """`le`: ms UTC. `devient` is empty when no poste was given instead."""

    libelle: str
    poste: str
    service: str
    le: int | None
    fuseau: str
    devient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """`enonces` and `recu` only when they are those of the paper; `le`: when it lost its worth, ms UTC."""

    attestation: int
    verdict: Verdict
    enonces: Lignes = ()
    recu: Lignes = ()
    le: int | None = None
    fuseau: str = "Europe/Paris"


def list_attestations(interne: int) -> tuple[AttestationLue, ...]:
    """Every standing choice made on the platform, the latest first."""
    rows = _choices().filter(interne=interne, annulee=False).order_by("-semestre__code")
    return tuple(_read(row) for row in rows)


def list_annulments(interne: int) -> tuple[ChoixAnnule, ...]:
    """Choices of his that the ARS annulled, the latest first; `devient`: the poste given instead."""
    rows = [*_choices().filter(interne=interne, annulee=True).order_by("-pk")]
    tenus = dict(
        _choices().filter(interne=interne, annulee=False).values_list("amphi", "poste__numero").order_by()
    )
    return tuple(
        ChoixAnnule(
            libelle=parse_semestre(row.semestre.code).libelle,
            poste=row.poste.numero,
            service=row.poste.service.nom,
            le=_annulled_at(row),
            fuseau=row.poste.subdivision.fuseau,
            devient=tenus.get(row.amphi_id or 0, ""),
        )
        for row in rows
    )


def find_own(interne: int, semestre: str) -> int | None:
    """The affectation that this interne's attestation of that semestre states, if any."""
    rows = _choices().filter(interne=interne, annulee=False, semestre__code=semestre)
    return rows.values_list("pk", flat=True).first()


def find_choices(lignes: Collection[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """(amphi, n) → the affectation made at line `n`, without those annulled since."""
    if not lignes:
        return {}
    each = reduce(or_, (Q(amphi=amphi, n=n) for amphi, n in lignes))
    rows = Affectation.objects.filter(each, annulee=False)
    return {(row.amphi_id or 0, row.n or 0): row.pk for row in rows.only("pk", "amphi", "n")}


def read_attestation(affectation: int, code: str, adresse: str) -> Attestation:
    """All that the page says, as the platform knows it now. Raises KeyError for no such choice."""
    return read_attestations({affectation: (code, adresse)})[affectation]


def read_attestations(codes: Mapping[int, tuple[str, str]]) -> dict[int, Attestation]:
    """Many at once: affectation → its code and the address that verifies it."""
    if not codes:
        # Django compiles the eight tables of an empty question too: a third of the price of a mail.
        return {}
    return {row.pk: _attestation(row, *codes[row.pk]) for row in _choices().filter(pk__in=codes)}


def verify_code(code: str) -> Verification | None:
    """None for a code that no attestation has. Shows nothing that the bearer's paper does not."""
    row = Delivree.objects.filter(code=code).first()
    if row is None:
        return None
    affectation = _choices().get(pk=row.affectation_id)
    fuseau = affectation.poste.subdivision.fuseau
    if affectation.annulee:
        le = _annulled_at(affectation)
        return Verification(attestation=row.pk, verdict=Verdict.ANNULEE, le=le, fuseau=fuseau)
    if row.revoked_at is not None:
        return Verification(attestation=row.pk, verdict=Verdict.REMPLACEE, le=row.revoked_at, fuseau=fuseau)
    attestation = _attestation(affectation, code, "")
    if empreinte_of(attestation) != row.empreinte:
        return Verification(attestation=row.pk, verdict=Verdict.CHANGEE, fuseau=fuseau)
    return Verification(
        attestation=row.pk,
        verdict=Verdict.VALIDE,
        enonces=enonces_of(attestation),
        recu=recu_of(attestation),
        fuseau=fuseau,
    )


def is_delivered(attestation: int, sha256: str) -> bool:
    """Whether a file with this hash is one that the platform made for this attestation."""
    return Exemplaire.objects.filter(attestation=attestation, sha256=sha256).exists()


def _choices() -> QuerySet[Affectation]:
    """With `h`, the hash of the line of the journal that each is; none for what the ARS gave before."""
    lignes = Fait.objects.filter(amphi=OuterRef("amphi"), n=OuterRef("n"))
    choisies = Q(n__isnull=False, amphi__isnull=False) | Q(hors_choix__isnull=False)
    rows = Affectation.objects.filter(choisies).select_related(
        "interne",
        "semestre",
        "amphi",
        "hors_choix",
        "poste__subdivision",
        "poste__des",
        "poste__service__etablissement",
    )
    return rows.annotate(h=Subquery(lignes.values("h")[:1]))


def _read(row: Affectation) -> AttestationLue:
    service = row.poste.service
    return AttestationLue(
        affectation=row.pk,
        semestre=row.semestre.code,
        libelle=parse_semestre(row.semestre.code).libelle,
        poste=row.poste.numero,
        service=service.nom,
        etablissement=service.etablissement.nom,
    )


def _attestation(row: Any, code: str, adresse: str) -> Attestation:
    """`row`: an Affectation, and the `h` of its line."""
    donne = getattr(row, "hors_choix", None)
    assert donne or (row.amphi is not None and row.n is not None)
    subdivision = row.poste.subdivision
    choisi = datetime.fromtimestamp(row.chosen_at // 1000, UTC)
    return Attestation(
        nom=str(row.interne),
        semestre=parse_semestre(row.semestre.code),
        fiche=fiche_of(row.poste),
        emetteur=f"Agence régionale de santé, {subdivision.nom}",
        intitule="" if donne else row.amphi.intitule,
        chosen_at=row.chosen_at,
        choisi=say_instant(row.chosen_at, subdivision.fuseau),
        n=row.n or 0,
        h=row.h or "",
        code=code,
        adresse=adresse,
        delivree_le=choisi.astimezone(ZoneInfo(subdivision.fuseau)).date(),
        voie=donne.get_nature_display() if donne else "",
    )


def _annulled_at(affectation: Any) -> int | None:
    if donne := getattr(affectation, "hors_choix", None):
        return int(donne.annulled_at or 0) or None
    faits = Fait.objects.filter(amphi=affectation.amphi, fait="ChoixAnnule", p__n=affectation.n)
    return faits.values_list("a", flat=True).first()
