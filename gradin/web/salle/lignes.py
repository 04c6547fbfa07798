"""One line per poste as an interne sees it now: the page without JavaScript, and its filters."""

from collections.abc import Iterable
from dataclasses import dataclass

from gradin.domain.kernel import PHRASES, Motif
from gradin.domain.recherche import read_word, split_words, spread, vocabulary
from gradin.queries.salle_offre import PosteLu, ServiceLu
from gradin.queries.salle_suivi import Ouverts


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """`etat`: libre, pourvu, reserve, retire. `motif`: why it is not open to me, empty when it is."""

    numero: str
    specialite: str
    etablissement: str
    ville: str
    service: str
    chef: str
    flechage: str
    allocation: str
    reserve: str
    etat: str
    motif: str

    @property
    def ouvert(self) -> bool:
        return not self.motif


def read_lines(services: Iterable[ServiceLu], ouverts: Ouverts) -> tuple[Ligne, ...]:
    return tuple(_line(service, poste, ouverts) for service in services for poste in service.postes)


def keep(lignes: Iterable[Ligne], etat: str, mots: tuple[tuple[str, ...], ...]) -> tuple[Ligne, ...]:
    """Each of `mots` is one word typed, as the words that it may stand for."""
    return tuple(
        ligne
        for ligne in lignes
        if ligne.etat != "retire"
        and _is_kept(ligne, etat)
        and all(any(lu in _text(ligne) for lu in lus) for lus in mots)
    )


def read_words(texte: str, lignes: Iterable[Ligne]) -> tuple[tuple[str, ...], ...]:
    """Words without case or accents; one that stands nowhere is forgiven a slip, as in the lists."""
    mots = split_words(texte)
    textes = [_text(ligne) for ligne in lignes] if mots else []

    def stands(cherche: str) -> bool:
        return any(cherche in lu for lu in textes)

    return tuple(read_word(mot, stands, lambda: vocabulary(textes))[0] for mot in mots)


def _line(service: ServiceLu, poste: PosteLu, ouverts: Ouverts) -> Ligne:
    motif = ouverts.interdits.get(poste.numero)
    etat = ouverts.postes.get(poste.numero, "libre")
    return Ligne(
        numero=poste.numero,
        specialite=poste.specialite,
        etablissement=service.etablissement,
        ville=service.ville,
        service=service.nom,
        chef=service.chef,
        flechage=poste.flechage,
        allocation=poste.allocation,
        reserve=poste.reserve,
        etat="reserve" if etat == "libre" and motif is Motif.POSTE_RESERVE else etat,
        motif=_reason(poste, motif),
    )


def _reason(poste: PosteLu, motif: Motif | None) -> str:
    if motif is None:
        return ""
    return f"Réservé à\u00a0: {poste.reserve}" if motif is Motif.POSTE_RESERVE else PHRASES[motif]


def _is_kept(ligne: Ligne, etat: str) -> bool:
    match etat:
        case "ouvert":
            return ligne.ouvert
        case "libre":
            return ligne.etat != "pourvu"
        case "pourvu":
            return ligne.etat == "pourvu"
        case _:
            return True


def _text(ligne: Ligne) -> str:
    return spread(
        " ".join(
            (
                ligne.numero,
                ligne.service,
                ligne.etablissement,
                ligne.ville,
                ligne.chef,
                ligne.specialite,
                ligne.flechage,
            )
        )
    )
