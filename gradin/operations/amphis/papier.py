"""Enters the sheet of choices made on paper: act after act, each the agent's, as if done in the régie."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gradin.data.amphis.models import Amphi
from gradin.domain.amphi import commands as c
from gradin.domain.amphi.facts import Label
from gradin.domain.amphi.papier import LignePapier, Verdict, enter_line, everybody_present, rehearse
from gradin.domain.amphi.state import EtatAmphi
from gradin.domain.kernel import Motif, Refus
from gradin.operations.amphis.handling import handle
from gradin.operations.amphis.reponse import Reponse
from gradin.operations.permissions import Interdit, check_can_run_amphi
from gradin.queries.etats import lire_etat
from gradin.queries.visiteurs import Visiteur

Handle = Callable[..., Reponse]
EN_MARCHE = "Mettez d’abord l’amphithéâtre en pause : personne ne doit choisir pendant la reprise."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprise:
    """`faites`: lines that are in the journal; `refus`: why the next one is not, empty when all are."""

    faites: int
    refus: str = ""


def preview_papier(amphi_id: int, lignes: Sequence[LignePapier], maintenant: int) -> tuple[Verdict, ...]:
    """What would happen; writes nothing."""
    _, etat = lire_etat(amphi_id)
    if etat.etat is not EtatAmphi.PAUSE:
        return tuple(
            Verdict(ligne=ligne, refus=None if rang else EN_MARCHE) for rang, ligne in enumerate(lignes)
        )
    return rehearse(etat, lignes, everybody_present(etat, c.Contexte(maintenant=maintenant)))


def enter_papier(
    amphi_id: int,
    lignes: Sequence[LignePapier],
    visiteur: Visiteur,
    *,
    maintenant: Callable[[], int],
    cle: str,
    run: Handle = handle,
) -> Reprise:
    """Stops at the first refusal: what stands before it is done. Ends in pause, as it began.

    One short transaction an act, so that other amphis go on; `maintenant` is read for each, since beats go on
    too and an act dated before them looks like an outage. The same key again does nothing twice. Raises
    Interdit.
    """
    row = Amphi.objects.filter(pk=amphi_id).first()
    if row is None or visiteur.compte is None:
        raise Interdit("Cet amphi n’existe pas.", absent=True)
    check_can_run_amphi(visiteur, row)
    if lire_etat(amphi_id)[1].etat is not EtatAmphi.PAUSE:
        return Reprise(faites=0, refus=EN_MARCHE)
    pas = _Pas(amphi=amphi_id, auteur=visiteur.compte, maintenant=maintenant, cle=cle, run=run)
    try:
        return _enter_lines(pas, lignes)
    finally:
        # A bug or a database error mid-sheet must not leave the amphi running either.
        _pause_again(pas)


def _enter_lines(pas: "_Pas", lignes: Sequence[LignePapier]) -> Reprise:
    for rang, ligne in enumerate(lignes):
        suivante = lignes[rang + 1] if rang + 1 < len(lignes) else None
        try:
            enter_line(lambda: lire_etat(pas.amphi)[1], ligne, suivante, pas.act)
        except Refus as dit:
            return Reprise(faites=rang, refus=dit.message)
    return Reprise(faites=len(lignes))


def _pause_again(pas: "_Pas") -> None:
    if lire_etat(pas.amphi)[1].etat is EtatAmphi.EN_COURS:
        pas.act(c.Pauser(label=Label.INCIDENT, texte="Reprise après papier"))


class _Pas:
    """Runs one act after the other, each with a key of its own."""

    def __init__(
        self, *, amphi: int, auteur: int, maintenant: Callable[[], int], cle: str, run: Handle
    ) -> None:
        self.amphi = amphi
        self._auteur, self._maintenant, self._cle, self._run = auteur, maintenant, cle, run
        self._rang = 0

    def act(self, commande: c.ActeAgent) -> None:
        self._rang += 1
        _, etat = lire_etat(self.amphi)
        reponse = self._run(
            self.amphi,
            commande,
            auteur=self._auteur,
            maintenant=self._maintenant(),
            cle=f"{self._cle}-{self._rang}",
            presents=frozenset(etat.lignes),
        )
        if reponse.refusee:
            raise Refus(Motif(str(reponse.corps["motif"])), str(reponse.corps["message"]))
