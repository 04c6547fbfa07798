"""From criteria to postes: codes compared, texts searched without accents, words forgiven one slip."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial, reduce
from operator import or_

from django.db.models import Q, QuerySet

from gradin.data.postes.models import EtatPoste, Poste, Regime
from gradin.data.referentiel.models import Groupe, Specialite
from gradin.domain.recherche import (
    find_texts,
    is_forgiven,
    read_word,
    split_pieces,
    split_words,
    vocabulary,
)
from gradin.domain.texte import fold
from gradin.queries.recherche.criteres import FiltrePostes

TEXTES = {
    "etablissement": "service__etablissement__nom",
    "service": "service__nom",
    "chef": "service__chef",
    "flechage": "flechage",
    "type": "type_poste",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouvaille:
    """The postes found, and (word typed, words read instead) for those that had a slip."""

    postes: QuerySet[Poste]
    corrections: tuple[tuple[str, tuple[str, ...]], ...] = ()


def find_postes(filtre: FiltrePostes) -> Trouvaille:
    """Withdrawn postes are left out unless `etat=retire` asks for them."""
    offerts = _scope(filtre)
    postes = offerts.filter(etat__in=filtre.etat) if filtre.etat else offerts.exclude(etat=EtatPoste.RETIRE)
    for nom, valeurs in filtre.criteres.items():
        postes = postes.filter(_condition(nom, valeurs, offerts))
    condition, corrigees = _read_words(split_words(filtre.q), offerts)
    return Trouvaille(postes=postes.filter(condition), corrections=corrigees)


def _scope(filtre: FiltrePostes) -> QuerySet[Poste]:
    postes = Poste.objects.all()
    if filtre.semestre:
        postes = postes.filter(semestre__code=filtre.semestre)
    if filtre.subdivision:
        postes = postes.filter(subdivision__code__iexact=filtre.subdivision)
    return postes if filtre.amphi is None else postes.filter(amphis=filtre.amphi)


def _condition(nom: str, valeurs: tuple[str, ...], offerts: QuerySet[Poste]) -> Q:
    if nom not in TEXTES:
        return CODES[nom](valeurs)
    condition = _some_text(TEXTES[nom], valeurs, offerts)
    # A service is also named by its IMOTEP.
    return condition | Q(service__imotep__in=valeurs) if nom == "service" else condition


def _some_text(champ: str, valeurs: tuple[str, ...], offerts: QuerySet[Poste]) -> Q:
    """Stored texts that hold all the words of one of the values: no store folds accents by itself."""
    textes = [*offerts.order_by().values_list(champ, flat=True).distinct()]
    lus = {texte for valeur in valeurs for texte in find_texts(textes, split_words(valeur))}
    return Q(**{f"{champ}__in": lus})


def codes_of(rows: Iterable[tuple[int | str, str, str]], valeurs: tuple[str, ...]) -> list[int | str]:
    """Keys whose code or label is one of the values or, for another value, whose label holds its words."""
    connus = [
        (cle, {fold(code), fold(mot), fold(f"{code} - {mot}")}, f"{code} {mot}") for cle, code, mot in rows
    ]
    entiers = {nom for _, noms, _ in connus for nom in noms}
    noms_voulus = {fold(valeur) for valeur in valeurs} & entiers
    ailleurs = [valeur for valeur in valeurs if fold(valeur) not in entiers]
    mots = [mot for _, _, mot in connus]
    lus = {mot for valeur in ailleurs for mot in find_texts(mots, split_words(valeur))}
    return [cle for cle, noms, mot in connus if mot in lus or noms & noms_voulus]


def _des(valeurs: tuple[str, ...]) -> Q:
    rows = Specialite.objects.values_list("pk", "code_des", "intitule")
    return Q(des__in=codes_of(rows, valeurs))


def _groupe(valeurs: tuple[str, ...]) -> Q:
    rows = Groupe.objects.values_list("pk", "code", "nom")
    return Q(groupe__in=codes_of(rows, valeurs))


def _regime(valeurs: tuple[str, ...]) -> Q:
    rows = ((regime.value, regime.value, regime.label) for regime in Regime)
    return Q(regime__in=codes_of(rows, valeurs))


def _departement(valeurs: tuple[str, ...]) -> Q:
    return Q(service__etablissement__departement__in=[valeur.upper() for valeur in valeurs])


def _imotep(valeurs: tuple[str, ...]) -> Q:
    """The first figures are enough."""
    return reduce(or_, (Q(service__imotep__startswith=valeur) for valeur in valeurs))


def _reserve(valeurs: tuple[str, ...]) -> Q:
    voulus = {fold(valeur)[:3] for valeur in valeurs}
    return Q(reserve__in=[vrai for vrai, mot in ((True, "oui"), (False, "non")) if mot in voulus])


CODES: dict[str, Callable[[tuple[str, ...]], Q]] = {
    "des": _des,
    "groupe": _groupe,
    "regime": _regime,
    "departement": _departement,
    "imotep": _imotep,
    "numero": lambda valeurs: Q(numero__in=valeurs),
    "reserve": _reserve,
}


def _read_words(
    mots: tuple[str, ...], offerts: QuerySet[Poste]
) -> tuple[Q, tuple[tuple[str, tuple[str, ...]], ...]]:
    """What each word stands for in the search keys, and those that had a slip with what is read instead."""

    def stands(cherche: str) -> bool:
        return offerts.filter(recherche__contains=cherche).exists()

    lues = {mot: read_word(mot, stands, partial(_near, mot, offerts)) for mot in mots}
    condition = Q()
    for cherches, _ in lues.values():
        condition &= reduce(or_, (Q(recherche__contains=cherche) for cherche in cherches))
    corrigees = {
        mot: tuple(map(str.strip, cherches)) for mot, (cherches, est_autre) in lues.items() if est_autre
    }
    return condition, tuple(corrigees.items())


def _near(mot: str, offerts: QuerySet[Poste]) -> frozenset[str]:
    """The words of the postes that may hold what was meant: the store sorts the others out first."""
    if not is_forgiven(mot):
        return frozenset()
    proches = reduce(or_, (Q(recherche__contains=piece) for piece in split_pieces(mot)))
    return vocabulary(offerts.filter(proches).order_by().values_list("recherche", flat=True).iterator(2_000))
