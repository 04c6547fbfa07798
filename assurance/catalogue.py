"""Every experiment: its module, the stores it runs on, and its share of the minutes."""

from dataclasses import dataclass

SQLITE, POSTGRESQL, AUCUN = "sqlite", "postgresql", "-"
DEUX = (SQLITE, POSTGRESQL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """`nom`: of its module under `experiences`. `poids`: its share on each store. `base`: it gets one."""

    nom: str
    magasins: tuple[str, ...] = (AUCUN,)
    poids: float = 1.0
    base: bool = True


EXPERIENCES = (
    Experience(nom="exploration", poids=3),
    Experience(nom="simulation", poids=2),
    Experience(nom="falsification"),
    Experience(nom="courses", magasins=DEUX),
    Experience(nom="morts", magasins=DEUX, poids=2),
    Experience(nom="coupures", magasins=(SQLITE,), poids=2),
    Experience(nom="secours", magasins=(POSTGRESQL,), poids=2),
    Experience(nom="exercice", magasins=DEUX),
    Experience(nom="base", magasins=(POSTGRESQL,)),
    Experience(nom="trames", magasins=(SQLITE,)),
    Experience(nom="disque", magasins=(SQLITE,)),
    Experience(nom="horloge", magasins=(SQLITE,)),
    Experience(nom="reconnexions", magasins=(SQLITE,)),
    Experience(nom="reseau", magasins=(SQLITE,)),
    Experience(nom="radio", magasins=(SQLITE,)),
    Experience(nom="mobiles", magasins=(SQLITE,)),
    Experience(nom="lents", magasins=(SQLITE,), poids=2),
    Experience(nom="roulement", magasins=(POSTGRESQL,), poids=2),
    Experience(nom="relais", magasins=(POSTGRESQL,)),
    Experience(nom="horloges", magasins=(POSTGRESQL,)),
    Experience(nom="equipe", magasins=(POSTGRESQL,)),
    Experience(nom="endurance", magasins=(SQLITE,), poids=4),
    Experience(nom="suites", magasins=DEUX, base=False),
    Experience(nom="mutants", magasins=("unit", *DEUX), base=False),
)
