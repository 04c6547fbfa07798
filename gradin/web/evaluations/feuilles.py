"""The sheets of the workbook for the commissions."""

from collections.abc import Sequence

from gradin.documents.classeur import Cellule, Feuille

LIEU = ("Subdivision", "Établissement", "Service", "IMOTEP", "Questionnaire")
ENTETES = (*LIEU, "Période", "Évaluations", "Question", "Réponse", "Nombre", "Part (%)", "Moyenne sur 5")


def make_feuilles(
    resultats: Sequence[Sequence[Cellule]], commentaires: Sequence[Sequence[Cellule]]
) -> tuple[Feuille, ...]:
    return (
        Feuille(
            nom="Résultats",
            titre="Cinq évaluations au moins par période\u00a0; en dessous, rien n’est montré.",
            entetes=ENTETES,
            lignes=resultats,
        ),
        Feuille(
            nom="Commentaires",
            titre="Relus et publiés, sans date et sans ordre.",
            entetes=(*LIEU, "Question", "Commentaire"),
            lignes=commentaires,
        ),
    )
