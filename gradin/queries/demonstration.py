"""The accounts that the « Démonstration » banner offers, when the demonstration is loaded."""

from dataclasses import dataclass, replace
from datetime import date

from gradin.data.amphis.models import Place
from gradin.data.comptes.models import Compte
from gradin.data.internes.models import Interne
from gradin.queries.relais import AmphiDuRelais, compte_of_relais, relais_of_demonstration

RELAIS = "relais-"


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
COURRIELS = tuple(offert.courriel for offert in OFFERTS)
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
    """Those whose account exists; who has had her tour gives way to somebody of the next amphi."""
    presents = set(Compte.objects.filter(email__in=COURRIELS, is_active=True).values_list("email", flat=True))
    offerts = tuple(offert for offert in OFFERTS if offert.courriel in presents)
    if not offerts:
        return ()
    relais = relais_en_cours()
    offerts = tuple(_as_they_are(offert, relais) for offert in offerts)
    suivante = _next_to_choose(relais)
    return offerts if suivante is None else (suivante, *offerts[1:])


def _as_they_are(offert: CompteDemonstration, relais: tuple[AmphiDuRelais, ...]) -> CompteDemonstration:
    siens = [qui for amphi in relais for qui in amphi.personnes if qui.courriel == offert.courriel]
    eu = bool(siens) and siens[0].devant is None
    return replace(offert, role="interne, a eu son tour") if eu else offert


def _next_to_choose(relais: tuple[AmphiDuRelais, ...]) -> CompteDemonstration | None:
    """None while the first of the banner waits for her tour, and once all amphis are over."""
    siens = [(amphi, qui) for amphi in relais if amphi.a_jouer for qui in amphi.personnes]
    attendent = [(amphi, qui) for amphi, qui in siens if qui.devant is not None]
    if not attendent or attendent[0][1].courriel == OFFERTS[0].courriel:
        return None
    amphi, qui = next(((a, q) for a, q in attendent if q.courriel not in COURRIELS), attendent[0])
    quand = "bientôt" if amphi.etat == "en_cours" else "à l’amphi suivant"
    return CompteDemonstration(
        cle=f"{RELAIS}{amphi.pk}", courriel=qui.courriel, nom=qui.nom, role=f"interne, choisit {quand}"
    )


def relais_en_cours() -> tuple[AmphiDuRelais, ...]:
    """The amphis that follow one another, with the people of the banner who choose there."""
    return relais_of_demonstration(COURRIELS)


def compte_of_demonstration(cle: str) -> Compte | None:
    if cle.startswith(RELAIS):
        return compte_of_relais(cle.removeprefix(RELAIS))
    courriel = next((offert.courriel for offert in OFFERTS if offert.cle == cle), "")
    return Compte.objects.filter(email=courriel, is_active=True).first()


def is_empty() -> bool:
    """Nothing has ever been imported here."""
    return not Compte.objects.exists() and not Place.objects.exists()
