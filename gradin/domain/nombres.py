"""Numbers with their words, in French: 0 and 1 take the singular."""


def count_mots(nombre: int, singulier: str, pluriel: str = "") -> str:
    """`1 poste`, `3 postes`, `1 350 postes`; `pluriel` when an s at the end is not enough."""
    chiffres = f"{nombre:,}".replace(",", "\u202f")
    return f"{chiffres} {singulier if abs(nombre) < 2 else pluriel or f'{singulier}s'}"
