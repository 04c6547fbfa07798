"""What « Mon classement » draws: points of its scales and words of its steps, from the figures."""

from dataclasses import dataclass
from fractions import Fraction

from gradin.domain.nombres import count_mots
from gradin.queries.classement import Classement

LARGES, ETROITES = (620, 30), (330, 12)
CRANS_MAX = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Echelle:
    """Coordinates as texts: a template would write them with French commas."""

    classe: str
    largeur: str
    gauche: str
    droite: str
    point: str
    texte: str
    ancre: str
    crans: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dessin:
    lu: Classement
    etapes: tuple[object, ...]
    anciennete: str
    comptes: int
    echelles: tuple[Echelle, ...]
    autres: tuple[object, ...]


def draw_classement(lu: Classement) -> Dessin:
    """`etapes` are the first five steps in order; `autres` what parted equals."""
    comptes = sum(semestre.numero is not None for semestre in lu.semestres)
    place = lu.place if lu.rescale else None
    return Dessin(
        lu=lu,
        etapes=lu.etapes[:5],
        anciennete=count_mots(lu.anciennete, "semestre"),
        comptes=comptes,
        echelles=(_draw(lu, place, *LARGES, "large-seul"), _draw(lu, place, *ETROITES, "etroit-seul"))
        if place is not None
        else (),
        autres=lu.etapes[5:],
    )


def _draw(lu: Classement, place: Fraction, largeur: int, marge: int, classe: str) -> Echelle:
    longueur = largeur - 2 * marge
    point = marge + longueur * place
    pas = max(1, -(-lu.effectif_theorique // CRANS_MAX))
    graduations = range(0, lu.effectif_theorique + 1, pas)
    gauche = place < Fraction(1, 5)
    return Echelle(
        classe=classe,
        largeur=str(largeur),
        gauche=str(marge),
        droite=str(largeur - marge),
        point=_write(point),
        texte=_write(point + (14 if gauche else -14)),
        ancre="start" if gauche else "end",
        crans=tuple(
            (_write(marge + Fraction(longueur * n, lu.effectif_theorique)), str(n)) for n in graduations
        ),
    )


def _write(nombre: Fraction | int) -> str:
    return f"{float(nombre):.1f}"
