"""The receipt of a choice: its fiche, its line of the journal, and for its owner the opening."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from gradin.data.amphis.models import Affectation, Fait, FaitPrive
from gradin.data.internes.models import Interne
from gradin.data.postes.models import Poste
from gradin.documents.fiche import Fiche


@dataclass(frozen=True, slots=True, kw_only=True)
class Ouverture:
    """What opens the commitment `c` of a line: SHA-256(sel + "\\n" + canonical(prive))."""

    sel: str
    prive: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recu:
    """One choice. `courriel`, `nom`, `voie` and `ouverture` are for its owner alone."""

    amphi: int
    intitule: str
    subdivision: str
    fuseau: str
    n: int
    a: int
    h: str
    interne: int
    nom: str
    courriel: str
    poste: str
    fiche: Fiche
    voie: str
    annulee: bool
    ouverture: Ouverture | None


def recu_of(amphi: int, n: int) -> Recu:
    """The whole receipt, for its owner or the platform itself. Raises Affectation.DoesNotExist."""
    affectation = (
        Affectation.objects.select_related(
            "amphi__subdivision", "interne__compte", "poste__des", "poste__service__etablissement"
        )
        .filter(amphi=amphi, n=n)
        .get()
    )
    fait = Fait.objects.get(amphi=amphi, n=n)
    return _recu(affectation, fait, FaitPrive.objects.filter(fait=fait).first())


def own_recu(interne: int, amphi: int) -> Recu | None:
    """The receipt of this interne's standing choice in this amphi, if any."""
    n = (
        Affectation.objects.filter(amphi=amphi, interne=interne, annulee=False)
        .exclude(n=None)
        .values_list("n", flat=True)
        .first()
    )
    return None if n is None else recu_of(amphi, n)


def recu_json(recu: Recu) -> dict[str, object]:
    """The body of POST …/choix and of the downloaded receipt, for the owner only.

    `verify_journal --recu` reads this form.
    """
    body: dict[str, object] = {
        "amphi": recu.amphi,
        "n": recu.n,
        "h": recu.h,
        "a": iso_of(recu.a),
        "interne": recu.interne,
        "poste": recu.poste,
    }
    if recu.ouverture is not None:
        body |= {"sel": recu.ouverture.sel, "prive": dict(recu.ouverture.prive)}
    return body


def fiche_of(poste: Poste) -> Fiche:
    """`poste` comes with its des, service and établissement."""
    service = poste.service
    return Fiche(
        specialite=str(poste.des),
        etablissement=service.etablissement.nom,
        service=service.nom,
        chef=service.chef,
        numero=poste.numero,
        reserve=poste.reserve,
        flechage=poste.flechage,
    )


def iso_of(ms: int) -> str:
    """As the journal writes an instant: 2027-04-05T07:00:12.345Z."""
    seconds, rest = divmod(ms, 1000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest:03d}Z"


def heure_of(recu: Recu) -> str:
    return say_instant(recu.a, recu.fuseau)


def say_instant(ms: int, fuseau: str) -> str:
    """As a person says it, in the subdivision's time zone: 5 avril 2027 à 9 h 00 min 12 s."""
    at = datetime.fromtimestamp(ms // 1000, ZoneInfo(fuseau))
    jour = "1er" if at.day == 1 else str(at.day)
    return f"{jour} {MOIS[at.month - 1]} {at.year} à {at.hour} h {at.minute:02d} min {at.second:02d} s"


MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def _recu(affectation: Affectation, fait: Fait, ouverture: FaitPrive | None) -> Recu:
    amphi = affectation.amphi
    assert amphi is not None
    prive = ouverture.prive if ouverture else {}
    return Recu(
        amphi=amphi.pk,
        intitule=amphi.intitule,
        subdivision=amphi.subdivision.nom,
        fuseau=amphi.subdivision.fuseau,
        n=fait.n,
        a=fait.a,
        h=fait.h,
        interne=fait.p["interne"],
        nom=str(affectation.interne),
        courriel=_courriel(affectation.interne),
        poste=affectation.poste.numero,
        fiche=fiche_of(affectation.poste),
        voie=str(prive.get("voie", "")),
        annulee=affectation.annulee,
        ouverture=Ouverture(sel=ouverture.sel, prive=prive) if ouverture else None,
    )


def _courriel(interne: Interne) -> str:
    """Where he signs in is where he reads; before that, what the roster holds."""
    return interne.compte.email if interne.compte else interne.courriel
