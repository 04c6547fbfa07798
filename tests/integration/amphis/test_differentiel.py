"""I30: the same commands, in memory and through the store, give the same facts and the same state."""

import pytest

from gradin.data.amphis.models import Amphi
from gradin.domain.amphi import commands as c
from gradin.domain.amphi.empreintes import GENESE
from gradin.domain.amphi.engine import fold
from gradin.domain.amphi.journal import write
from gradin.domain.amphi.lecture import empreinte
from gradin.domain.kernel import Refus
from gradin.operations.amphis import handle
from gradin.queries.journal import lire_lignes
from tests.ampleur import times
from tests.factories.amphis import make_amphi
from tests.factories.live import alive, start
from tests.unit.amphi.partie import salts
from tests.unit.verification.simulation import Hasard, as_bytes
from tests.unit.verification.verdict import verdict

pytestmark = pytest.mark.django_db

COUPS = 60
# What needs rows that an amphi in memory has not: a poste or an interne that was never prepared.
HORS_MEMOIRE = (c.AjouterPoste, c.CorrigerListe)


class Double(Hasard):
    """Each command of an amphi played at random is sent to both."""

    def __init__(self, graine: int, amphi: Amphi) -> None:
        self.amphi = amphi
        super().__init__(graine, internes=amphi.places.count(), postes=7)
        self.partie.faits = [ligne.to_fait() for ligne in lire_lignes(amphi.pk)]
        self.partie.etat = fold(self.partie.faits)
        # The clock looks on both sides at once.
        self.partie.tick = list  # type: ignore[method-assign]

    def _move_time(self) -> None:
        super()._move_time()
        self.partie.ailleurs, self.partie.armee = frozenset(), ()
        self._try(c.Echoir() if self.tirage.random() < 0.7 else None)

    def _try(self, commande: c.Commande | None) -> None:
        if commande is None or isinstance(commande, HORS_MEMOIRE):
            return
        partie = self.partie
        alive(partie.t)
        refus = None
        try:
            partie.do(commande)
        except Refus as dit:
            refus = dit.motif
        reponse = handle(self.amphi.pk, commande, auteur=None, maintenant=partie.t, presents=partie.presents)
        assert reponse.corps.get("motif") == refus, commande
        assert reponse.seq == partie.etat.seq, commande


@pytest.mark.parametrize("graine", range(times(1)))
def test_the_same_commands_give_the_same_journal_and_the_same_state(graine: int) -> None:
    amphi = make_amphi(internes=6, postes=7)
    start(amphi)
    double = Double(graine, amphi)
    faits = double.play(COUPS)
    lignes = list(lire_lignes(amphi.pk))
    memoire = write(0, GENESE, faits, salts())
    assert [(un.fait, un.p, un.a) for un in lignes] == [(un.fait, un.p, un.a) for un in memoire]
    assert empreinte(fold([ligne.to_fait() for ligne in lignes])) == empreinte(double.partie.etat)
    assert verdict(as_bytes(lignes, complet=True)) is None
    assert len(lignes) >= COUPS // 3
