"""What a subdivision set for each kind of demand, over the defaults of the kind."""

from dataclasses import dataclass
from datetime import date

from gradin.data.demandes.models import ReglageDemande
from gradin.data.referentiel.models import Subdivision
from gradin.domain.demandes.effets import following, last_day
from gradin.domain.demandes.natures import DEMARCHES, Demarche, Nature
from gradin.domain.rang.semestre import Saison, Semestre

OFFERTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ReglageLu:
    """In force. `delai`: days before the semestre; `propre`: set by the subdivision."""

    demarche: Demarche
    delai: int
    ouverte: bool
    envoyer_a: str
    propre: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SemestreOffert:
    """One that may be asked for; `limite`: the last day to file; `tard`: it is over."""

    code: str
    libelle: str
    limite: date
    tard: bool


def read_reglage(subdivision: int, nature: Nature) -> ReglageLu:
    row = ReglageDemande.objects.filter(subdivision=subdivision, nature=nature.value).first()
    return _read(DEMARCHES[nature], row)


def list_reglages(subdivision: int) -> tuple[ReglageLu, ...]:
    """Every kind, in the order of the page."""
    rows = {row.nature: row for row in ReglageDemande.objects.filter(subdivision=subdivision)}
    return tuple(_read(demarche, rows.get(nature.value)) for nature, demarche in DEMARCHES.items())


def list_semestres(reglage: ReglageLu, jour: date) -> tuple[SemestreOffert, ...]:
    """The next ones, from the first that has not begun."""
    return tuple(
        SemestreOffert(
            code=semestre.code,
            libelle=semestre.libelle,
            limite=last_day(semestre.code, reglage.delai),
            tard=jour > last_day(semestre.code, reglage.delai),
        )
        for semestre in following(_first_after(jour), OFFERTS)
    )


def list_lieux(subdivisions: frozenset[int]) -> tuple[tuple[int, str], ...]:
    return tuple(Subdivision.objects.filter(pk__in=subdivisions).order_by("nom").values_list("pk", "nom"))


def _read(demarche: Demarche, row: ReglageDemande | None) -> ReglageLu:
    return ReglageLu(
        demarche=demarche,
        delai=demarche.delai if row is None or row.delai is None else row.delai,
        ouverte=row is None or row.ouverte,
        envoyer_a=row.envoyer_a if row else "",
        propre=row is not None,
    )


def _first_after(jour: date) -> Semestre:
    possibles = (
        Semestre(annee=jour.year, saison=Saison.ETE),
        Semestre(annee=jour.year, saison=Saison.HIVER),
        Semestre(annee=jour.year + 1, saison=Saison.ETE),
    )
    return next(un for un in possibles if un.debut > jour)
