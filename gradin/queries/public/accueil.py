"""The home page of everybody: how much there is, which amphi is live or next."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from gradin.data.amphis.models import (
    Affectation,
    Amphi,
    EtatAmphi,
    Place,
    Statut,
)
from gradin.data.postes.models import EtatPoste, Poste
from gradin.data.referentiel.models import Subdivision
from gradin.queries.public.amphis import AmphiLu, find_amphi
from gradin.queries.public.semestres import SemestreLu

EN_DIRECT = (EtatAmphi.EN_COURS, EtatAmphi.PAUSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nombres:
    """As many amphis as their public list has; `debut`, `fin`: hours of those validated."""

    postes: int
    amphis: int
    affectes: int
    debut: datetime | None
    fin: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Siege:
    """What the hémicycle needs of an interne; before the start his rank stands for his number."""

    interne: int
    rang: int
    statut: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLu:
    nom: str
    courriel: str
    telephone: str


def count_all(semestre: SemestreLu) -> Nombres:
    amphis = Amphi.objects.filter(semestre=semestre.pk)
    heures = [*amphis.exclude(etat=EtatAmphi.BROUILLON).values_list("debut", "fin")]
    return Nombres(
        postes=Poste.objects.filter(semestre=semestre.pk).exclude(etat=EtatPoste.RETIRE).count(),
        amphis=amphis.count(),
        affectes=Affectation.objects.filter(semestre=semestre.pk, annulee=False).count(),
        debut=min((debut for debut, _ in heures if debut), default=None),
        fin=max((fin for _, fin in heures if fin), default=None),
    )


def featured_amphi(semestre: SemestreLu, maintenant: datetime) -> AmphiLu | None:
    """The one live now, somebody choosing if possible, else the next to come."""
    amphis = Amphi.objects.filter(semestre=semestre.pk)
    direct = amphis.filter(etat__in=EN_DIRECT).annotate(
        attend=~Exists(Place.objects.filter(amphi=OuterRef("pk"), statut=Statut.EN_COURS))
    )
    futurs = amphis.filter(etat__in=(EtatAmphi.VALIDE, EtatAmphi.OUVERT), debut__isnull=False)
    row = direct.order_by("attend", "etat", "pk").first() or futurs.order_by("debut", "pk").first()
    return find_amphi(row.pk, maintenant) if row else None


def other_live_amphis(semestre: SemestreLu, but: int, maintenant: datetime) -> list[AmphiLu]:
    pks = Amphi.objects.filter(semestre=semestre.pk, etat__in=EN_DIRECT).exclude(pk=but).order_by("pk")
    lus = (find_amphi(pk, maintenant) for pk in pks.values_list("pk", flat=True)[:4])
    return [lu for lu in lus if lu is not None]


def seats_of(amphi: int) -> list[Siege]:
    rows = Place.objects.filter(amphi=amphi, rang__isnull=False).order_by("rang")
    return [
        Siege(interne=numero or rang, rang=rang, statut=statut)
        for numero, rang, statut in rows.values_list("numero", "rang", "statut")
        if rang is not None
    ]


def contacts() -> list[ContactLu]:
    return [
        ContactLu(nom=s.nom, courriel=s.contact_courriel, telephone=s.contact_telephone)
        for s in Subdivision.objects.all()
    ]
