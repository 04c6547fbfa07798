"""Small words of the régie: names, types de choix, durations."""

from fractions import Fraction

from gradin.domain.eligibilite.situation import TypeChoix

INSECABLE = "\u00a0"
TYPES = {
    TypeChoix.CLASSIQUE: "classique",
    TypeChoix.SURNOMBRE_VALIDANT: "surnombre validant",
    TypeChoix.SURNOMBRE_NON_VALIDANT: "surnombre non validant",
}


def say_minutes(ms: int) -> str:
    """« 12 min », « 1 h 05 »; under a minute « moins d’une minute »."""
    minutes = ms // 60_000
    if minutes < 1:
        return "moins d’une minute"
    heures, reste = divmod(minutes, 60)
    return f"{heures}{INSECABLE}h{INSECABLE}{reste:02d}" if heures else f"{minutes}{INSECABLE}min"


def say_seconds(ms: int) -> str:
    return f"{max(0, round(ms / 1000))}{INSECABLE}s"


def say_multiplicateur(multiplicateur: Fraction) -> str:
    """« × 1,33 »."""
    return f"×{INSECABLE}{float(multiplicateur):.2f}".rstrip("0").rstrip(".").replace(".", ",")


def count(nombre: int, singulier: str, pluriel: str) -> str:
    return f"{nombre}{INSECABLE}{singulier if nombre < 2 else pluriel}"
