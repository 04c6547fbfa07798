"""What a second agent is asked to approve, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gradin.domain.amphi.state import Etat, Statut
from gradin.queries.regie.personnes import Personne
from gradin.queries.regie.propositions import PropositionLue
from gradin.web.regie.catalogue import ACTES


@dataclass(frozen=True, slots=True, kw_only=True)
class PropositionDite:
    pk: int
    titre: str
    effet: str
    motif: str
    auteur: str
    created_at: int
    mienne: bool


def describe_all(
    attendues: Iterable[PropositionLue], etat: Etat, personnes: Mapping[int, Personne]
) -> list[PropositionDite]:
    return [
        PropositionDite(
            pk=lue.pk,
            titre=_title(lue),
            effet=describe(lue.acte, etat, personnes),
            motif=str(lue.acte.get("motif", "")),
            auteur=lue.auteur,
            created_at=lue.created_at,
            mienne=lue.mienne,
        )
        for lue in attendues
    ]


def describe(acte: Mapping[str, object], etat: Etat, personnes: Mapping[int, Personne]) -> str:
    """What changes, by name: the second agent approves this and nothing else."""
    match acte.get("type"):
        case "corriger_choix":
            return _correction(acte, etat, personnes)
        case "corriger_liste":
            return _ranks(acte, etat, personnes)
        case "clore":
            return describe_close(etat, personnes)
        case _:
            return ""


def describe_close(etat: Etat, personnes: Mapping[int, Personne]) -> str:
    """Names whoever still has a tour to come."""
    attendent = [n for n in etat.ordre if etat.statuts[n] is Statut.A_VENIR]
    if not attendent:
        return "Personne n’attend plus son tour."
    noms = ", ".join(_name(n, personnes) for n in attendent)
    return f"{len(attendent)} à venir n’auront pas leur tour\u00a0: {noms}."


def _title(lue: PropositionLue) -> str:
    acte = ACTES.get(str(lue.acte.get("type")))
    return acte.titre if acte else str(lue.acte.get("type"))


def _correction(acte: Mapping[str, object], etat: Etat, personnes: Mapping[int, Personne]) -> str:
    interne = acte.get("interne")
    if not isinstance(interne, int) or interne not in etat.lignes:
        return ""
    choix = etat.choix.get(interne)
    avant = f"n° {choix.poste}" if choix else "aucun poste"
    apres = f"n° {acte['poste']}" if acte.get("poste") else "aucun poste"
    return f"{_name(interne, personnes)}, rang {etat.lignes[interne].rang}\u00a0: {avant} devient {apres}."


def _ranks(acte: Mapping[str, object], etat: Etat, personnes: Mapping[int, Personne]) -> str:
    lignes = acte.get("liste")
    mots = []
    for ligne in lignes if isinstance(lignes, list) else []:
        interne, rang = ligne.get("interne"), ligne.get("rang")
        if interne in etat.lignes:
            mots.append(f"{_name(interne, personnes)}\u00a0: rang {etat.lignes[interne].rang} devient {rang}")
        else:
            mots.append(f"INE {ligne.get('ine')} ajouté au rang {rang}")
    return "\u202f; ".join(mots)


def _name(interne: int, personnes: Mapping[int, Personne]) -> str:
    personne = personnes.get(interne)
    return personne.entier if personne else f"interne n° {interne}"
