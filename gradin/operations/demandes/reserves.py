"""What an agent should know before he accepts a demand: papers missing, amphis that hold what it changes."""

from dataclasses import dataclass

from gradin.data.demandes.models import DemandeIndividuelle
from gradin.data.internes.models import Inscription
from gradin.domain.demandes.natures import DEMARCHES, Nature
from gradin.operations.roster.verrous import verrous_of_inscriptions
from gradin.queries.individuelles.restes import effets_de


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """`lien`: where an agent does what acceptance will not; empty for a paper."""

    mots: str
    lien: str = ""


def reserves_of(demande: DemandeIndividuelle) -> tuple[Reserve, ...]:
    """Empty when nothing stands in the way: acceptance needs no second word then."""
    return (*_papers(demande), *_amphis(demande))


def _papers(demande: DemandeIndividuelle) -> tuple[Reserve, ...]:
    recues = set(demande.pieces.values_list("piece", flat=True))
    attendues = DEMARCHES[Nature(demande.nature)].pieces
    return tuple(
        Reserve(mots=f"Pièce pas encore reçue\u00a0: {piece}.") for piece in attendues if piece not in recues
    )


def _amphis(demande: DemandeIndividuelle) -> tuple[Reserve, ...]:
    derogation = demande.nature == Nature.DEROGATION_DESC.value
    codes = [un.semestre for un in effets_de(demande) if un.absent or derogation]
    rows = Inscription.objects.filter(interne=demande.inscription.interne_id, semestre__code__in=codes)
    quoi = "la dérogation" if derogation else "l’absence prévue"
    return tuple(
        Reserve(
            mots=f"L’amphi «\u00a0{verrou.intitule}\u00a0» a commencé\u00a0: {quoi} n’y sera pas écrite.",
            lien=verrou.lien,
        )
        for verrou in verrous_of_inscriptions([row.pk for row in rows]).values()
        if verrou.commence
    )
