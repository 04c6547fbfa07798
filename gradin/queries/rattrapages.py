"""The announced rattrapage of an amphi: its hour, and what the mail that tells it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from gradin.data.amphis.models import ActeAgent, Fait
from gradin.data.internes.models import Interne
from gradin.queries.procurations import mandataire_of
from gradin.queries.reports import say_moment

ACTE = "annoncer_rattrapage"
OUVERTURE = "RattrapageOuvert"


@dataclass(frozen=True, slots=True, kw_only=True)
class RattrapageLu:
    """`debut`, `annonce_le`: ms UTC. `prevenus`: how many were written to."""

    debut: int
    annonce_le: int
    prevenus: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AvisLu:
    """`pour`: the mandant, when it is written to who chooses in his place."""

    nom: str
    courriel: str
    subdivision: str
    intitule: str
    quand: str
    pour: str


def read_rattrapage(amphi: int) -> RattrapageLu | None:
    """The last one announced, until it opens."""
    acte = ActeAgent.objects.filter(amphi=amphi, acte=ACTE).order_by("-a", "-pk").first()
    if acte is None or Fait.objects.filter(amphi=amphi, fait=OUVERTURE).exists():
        return None
    return RattrapageLu(debut=acte.details["debut"], annonce_le=acte.a, prevenus=acte.details["prevenus"])


def avis_of(acte: int, interne: int, *, au_mandataire: bool) -> AvisLu:
    """Raises ActeAgent.DoesNotExist, Interne.DoesNotExist; Procuration.DoesNotExist once it has ended."""
    fait = ActeAgent.objects.select_related("amphi__subdivision").get(pk=acte)
    qui = Interne.objects.select_related("compte").get(pk=interne)
    nom, courriel, pour = str(qui), qui.compte.email if qui.compte else qui.courriel, ""
    if au_mandataire:
        compte = mandataire_of(interne, fait.amphi.semestre_id)
        nom, courriel, pour = compte.nom_affiche or compte.email, compte.email, str(qui)
    quand = say_moment(
        datetime.fromtimestamp(fait.details["debut"] / 1000, UTC), fait.amphi.subdivision.fuseau
    )
    return AvisLu(
        nom=nom,
        courriel=courriel,
        subdivision=fait.amphi.subdivision.nom,
        intitule=fait.amphi.intitule,
        quand=quand,
        pour=pour,
    )
