"""The accounts that the « Démonstration » banner offers, when the demonstration is loaded."""

from dataclasses import dataclass
from datetime import date, datetime

from gradin.data.amphis.models import Place, Statut
from gradin.data.comptes.models import Compte
from gradin.data.internes.models import Interne


@dataclass(frozen=True, slots=True, kw_only=True)
class CompteDemonstration:
    cle: str
    courriel: str
    nom: str
    role: str


# The people of the demonstration file that one click signs in as.
OFFERTS = (
    CompteDemonstration(
        cle="interne-bientot",
        courriel="camille.lhermite@exemple.fr",
        nom="Camille L’Hermite",
        role="interne, choisit bientôt",
    ),
    CompteDemonstration(
        cle="interne",
        courriel="jeanne.chabert@exemple.fr",
        nom="Jeanne Chabert",
        role="interne, plus loin dans la liste",
    ),
    CompteDemonstration(cle="agent", courriel="agent@gradin.demo", nom="Dominique Arnal", role="ARS"),
)
# Left without an account, so that sign-up can be tried: on a list that is called the day after.
A_INSCRIRE = "aline.guerin@exemple.fr"


@dataclass(frozen=True, slots=True, kw_only=True)
class InscriptionAEssayer:
    """What the sign-up page asks of her, as the roster holds it."""

    prenom: str
    nom: str
    ne_le: date | None
    courriel: str
    ine: str
    telephone: str


def inscription_a_essayer() -> InscriptionAEssayer | None:
    """None outside the demonstration, and once she has signed up."""
    row = Interne.objects.filter(courriel=A_INSCRIRE, compte=None).first()
    if row is None:
        return None
    champs = ("prenom", "nom", "ne_le", "courriel", "ine", "telephone")
    return InscriptionAEssayer(**{champ: getattr(row, champ) for champ in champs})


def comptes_demonstration() -> tuple[CompteDemonstration, ...]:
    """Those whose account exists: none outside the demonstration."""
    courriels = [offert.courriel for offert in OFFERTS]
    presents = set(Compte.objects.filter(email__in=courriels, is_active=True).values_list("email", flat=True))
    return tuple(offert for offert in OFFERTS if offert.courriel in presents)


def compte_of_demonstration(cle: str) -> Compte | None:
    courriel = next((offert.courriel for offert in OFFERTS if offert.cle == cle), "")
    return Compte.objects.filter(email=courriel, is_active=True).first()


@dataclass(frozen=True, slots=True, kw_only=True)
class AmphiDemonstration:
    """The live amphi of the demonstration, and what is left to see in it."""

    pk: int
    code: str
    etat: str
    debut: datetime | None
    attend: bool


def amphi_en_direct() -> AmphiDemonstration | None:
    """Where the first interne of the banner chooses; `attend`: her tour is still to come."""
    place = (
        Place.objects.select_related("amphi__semestre", "amphi__groupe")
        .filter(inscription__interne__courriel=OFFERTS[0].courriel, amphi__seq__gt=0)
        .first()
    )
    if place is None:
        return None
    amphi = place.amphi
    return AmphiDemonstration(
        pk=amphi.pk,
        code=f"{amphi.semestre.code}/{amphi.groupe.code}/{amphi.phase}",
        etat=amphi.etat,
        debut=amphi.debut,
        attend=place.statut in (Statut.A_VENIR, Statut.EN_COURS),
    )


def is_empty() -> bool:
    """Nothing has ever been imported here."""
    return not Compte.objects.exists() and not Place.objects.exists()
