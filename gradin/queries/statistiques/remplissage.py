"""Postes offerts, choisis, restants: by semestre, département and établissement."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from gradin.data.amphis.models import Affectation
from gradin.data.internes.models import TypeChoix
from gradin.data.postes.models import EtatPoste
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.statistiques.filtre import (
    FiltreStatistiques,
    amphis_of,
    brought_of,
    offered_of,
    waiting_of,
)
from gradin.queries.visiteurs import Visiteur


@dataclass(frozen=True, slots=True, kw_only=True)
class Compte:
    offerts: int = 0
    choisis: int = 0

    @property
    def restants(self) -> int:
        return self.offerts - self.choisis

    @property
    def taux(self) -> float | None:
        """Hundredths of the postes offerts that were chosen; None when there were none."""
        return 100 * self.choisis / self.offerts if self.offerts else None

    def plus(self, autre: "Compte") -> "Compte":
        return Compte(offerts=self.offerts + autre.offerts, choisis=self.choisis + autre.choisis)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lieu:
    """An établissement; `departement` may be empty."""

    nom: str
    ville: str
    departement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneSemestre:
    """`surnombres` None: a semester chosen elsewhere, of which only postes are known."""

    code: str
    libelle: str
    compte: Compte
    surnombres: int | None
    en_cours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneLieu:
    """`avant`: the semester before; its rate is None when the place offered nothing then."""

    nom: str
    detail: str
    compte: Compte
    avant: Compte

    @property
    def ecart(self) -> float | None:
        """Points of rate gained since the semester before."""
        if self.compte.taux is None or self.avant.taux is None:
            return None
        return self.compte.taux - self.avant.taux


# (code of the semestre, établissement) to what was offered and chosen there.
Comptes = Mapping[tuple[str, Lieu], Compte]


def count_places(agent: Visiteur, filtre: FiltreStatistiques) -> Comptes:
    """Two queries, whatever the number of semesters: what was chosen here, what was brought."""
    comptes: dict[tuple[str, Lieu], Compte] = defaultdict(Compte)
    for code, nom, ville, departement, offerts, choisis in (*_here(agent, filtre), *_brought(agent, filtre)):
        lieu = Lieu(nom=nom, ville=ville, departement=departement)
        comptes[code, lieu] = comptes[code, lieu].plus(Compte(offerts=offerts, choisis=choisis))
    return comptes


def _here(agent: Visiteur, filtre: FiltreStatistiques) -> Iterable[tuple]:
    """A poste that a chain of amphis shares counts once."""
    lieu = "poste__service__etablissement"
    return (
        offered_of(agent, filtre)
        .values_list("amphi__semestre__code", f"{lieu}__nom", f"{lieu}__ville", f"{lieu}__departement")
        .annotate(
            offerts=Count("poste", distinct=True),
            choisis=Count("poste", distinct=True, filter=Q(poste__etat=EtatPoste.POURVU)),
        )
    )


def _brought(agent: Visiteur, filtre: FiltreStatistiques) -> Iterable[tuple]:
    lieu = "service__etablissement"
    return (
        brought_of(agent, filtre)
        .order_by()
        .values_list("semestre__code", f"{lieu}__nom", f"{lieu}__ville", f"{lieu}__departement")
        .annotate(total=Sum("offerts"), pris=Sum("pourvus"))
    )


def by_semestre(agent: Visiteur, filtre: FiltreStatistiques, comptes: Comptes) -> list[LigneSemestre]:
    surnombres = _surnombres(agent, filtre)
    ouverts = {*waiting_of(agent, filtre).values_list("semestre__code", flat=True)}
    totaux: dict[str, Compte] = defaultdict(Compte)
    for (code, _), compte in comptes.items():
        totaux[code] = totaux[code].plus(compte)
    return [
        LigneSemestre(
            code=code,
            libelle=parse_semestre(code).libelle,
            compte=totaux[code],
            surnombres=surnombres.get(code),
            en_cours=code in ouverts,
        )
        for code in filtre.semestres
    ]


def _surnombres(agent: Visiteur, filtre: FiltreStatistiques) -> dict[str, int]:
    """How many, of the semesters chosen here."""
    amphis = amphis_of(agent, filtre)
    connus = dict.fromkeys(amphis.values_list("semestre__code", flat=True), 0)
    rows = Affectation.objects.filter(amphi__in=amphis, annulee=False).exclude(type_choix=TypeChoix.CLASSIQUE)
    return connus | dict(rows.values_list("semestre__code").annotate(nombre=Count("pk")))


def by_departement(
    filtre: FiltreStatistiques, comptes: Comptes, nommer: Callable[[str], str]
) -> list[LigneLieu]:
    """`nommer`: the name of a département from its code."""
    return _by(filtre, comptes, lambda lieu: (lieu.departement, ""), nommer)


def by_etablissement(filtre: FiltreStatistiques, comptes: Comptes) -> list[LigneLieu]:
    return _by(filtre, comptes, lambda lieu: (lieu.nom, lieu.ville), str)


def _by(
    filtre: FiltreStatistiques,
    comptes: Comptes,
    cle: Callable[[Lieu], tuple[str, str]],
    nommer: Callable[[str], str],
) -> list[LigneLieu]:
    """Those that offered something in the semestre looked at, the emptiest first."""
    maintenant, avant = _sums(comptes, filtre.semestre, cle), _sums(comptes, _before(filtre), cle)
    lignes = [
        LigneLieu(nom=nommer(nom), detail=detail, compte=compte, avant=avant.get((nom, detail), Compte()))
        for (nom, detail), compte in maintenant.items()
    ]
    return sorted(lignes, key=lambda ligne: (ligne.compte.taux or 0, -ligne.compte.restants, ligne.nom))


def _before(filtre: FiltreStatistiques) -> str:
    return filtre.semestres[-2] if len(filtre.semestres) > 1 else ""


def _sums(
    comptes: Comptes, semestre: str, cle: Callable[[Lieu], tuple[str, str]]
) -> dict[tuple[str, str], Compte]:
    sommes: dict[tuple[str, str], Compte] = defaultdict(Compte)
    for (code, lieu), compte in comptes.items():
        if code == semestre:
            sommes[cle(lieu)] = sommes[cle(lieu)].plus(compte)
    return sommes
