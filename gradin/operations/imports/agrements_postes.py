"""Where the campaign uses agréments, no poste comes in, or opens again, without one or a motive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gradin.data.postes.models import Poste
from gradin.data.referentiel.models import Semestre
from gradin.domain.agrements import MOTS
from gradin.operations.imports.anomalies import Anomalie
from gradin.operations.imports.postes import ENTETES
from gradin.queries.agrements.validite import defauts_of_postes

# A change of one of these asks again; another correction leaves a poste as it stands.
DEMANDENT = frozenset({"service", "des", "regime", "etat", "motif_agrement"})
MOTIF = "motif_agrement"


def tell_sans_agrement(
    semestre: Semestre, postes: Sequence[tuple[int, Poste]], feuille: str
) -> Iterator[Anomalie]:
    """One line a poste that has neither; `postes`: with the line of the file that each comes from."""
    defauts = defauts_of_postes(semestre, [poste for _, poste in postes])
    for place, (ligne, poste) in enumerate(postes):
        if place in defauts:
            yield Anomalie(
                feuille=feuille,
                ligne=ligne,
                colonne=ENTETES[MOTIF],
                message=f"le poste n° {poste.numero} n’a pas d’agrément valide ({MOTS[defauts[place]]}). "
                "Faites enregistrer l’agrément de son service, ou écrivez son "
                f"«\u00a0{ENTETES[MOTIF]}\u00a0».",
            )
