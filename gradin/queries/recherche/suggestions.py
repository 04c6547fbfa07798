"""What each criterion may be asked: short lists given whole, long ones searched while typing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Length

from gradin.data.postes.models import Poste, Regime
from gradin.data.referentiel.models import Groupe, Semestre, Service, Specialite
from gradin.domain.recherche import has_words, split_words

SUGGESTIONS = 12
COLONNES = {
    "chef": "service__chef",
    "imotep": "service__imotep",
    "etablissement": "service__etablissement__nom",
    "service": "service__nom",
    "numero": "numero",
    "flechage": "flechage",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Valeur:
    """`valeur` goes into the address, `mot` is read by people."""

    valeur: str
    mot: str


def short_lists(semestre: str) -> dict[str, tuple[Valeur, ...]]:
    """The criteria whose values are few, each with the values that the offer of this semestre has."""
    return {nom: tuple(lire(semestre)) for nom, lire in COURTES.items()}


def suggest(champ: str, semestre: str, amorce: str) -> tuple[str, ...]:
    """A few values of a long list that hold the words typed; those that begin so first."""
    mots = split_words(amorce)
    if champ not in COLONNES or not mots:
        return ()
    offerts = Poste.objects.filter(semestre__code=semestre).order_by()
    textes = offerts.values_list(COLONNES[champ], flat=True).distinct()
    trouves = [texte for texte in textes if texte and has_words(texte, mots)]
    trouves.sort(key=lambda texte: (not has_words(texte[: len(amorce)], mots[:1]), texte))
    return tuple(trouves[:SUGGESTIONS])


def _regimes(semestre: str) -> Iterable[Valeur]:
    presents = {*_offered(semestre).values_list("regime", flat=True).distinct()}
    return [Valeur(valeur=regime.value, mot=regime.label) for regime in Regime if regime.value in presents]


def _des(semestre: str) -> Iterable[Valeur]:
    offerts = Specialite.objects.filter(pk__in=_offered(semestre).values("des"))
    return [Valeur(valeur=des.code_des, mot=str(des)) for des in offerts]


def _groupes(semestre: str) -> Iterable[Valeur]:
    groupes = Groupe.objects.filter(pk__in=_offered(semestre).values("groupe"))
    ordonnes = groupes.order_by(Length("code"), "code")
    return [Valeur(valeur=groupe.code, mot=str(groupe)) for groupe in ordonnes]


def _types(semestre: str) -> Iterable[Valeur]:
    mots = _offered(semestre).values_list("type_poste", flat=True).distinct()
    return [Valeur(valeur=mot, mot=mot) for mot in sorted(mots)]


def _departements(semestre: str) -> Iterable[Valeur]:
    services = Service.objects.filter(pk__in=_offered(semestre).values("service")).order_by()
    codes = services.values_list("etablissement__departement", flat=True).distinct()
    return [Valeur(valeur=code, mot=code) for code in sorted(codes) if code]


def _reserves(semestre: str) -> Iterable[Valeur]:
    return [Valeur(valeur="oui", mot="Réservé"), Valeur(valeur="non", mot="Non réservé")]


def _offered(semestre: str) -> QuerySet[Poste]:
    """By its key, found once: a join costs as much as the rest."""
    cle = Semestre.objects.filter(code=semestre).values_list("pk", flat=True).first()
    return Poste.objects.filter(semestre=cle).order_by()


COURTES: dict[str, Callable[[str], Iterable[Valeur]]] = {
    "regime": _regimes,
    "des": _des,
    "groupe": _groupes,
    "type": _types,
    "departement": _departements,
    "reserve": _reserves,
}
