"""The order of calls a second time, from the facts alone: the reference that the engine must agree with."""


class Appel:
    """Who is called: the reference of thirty lines, fed with facts, knowing nothing of the state's lists."""

    def __init__(self):
        self.restent, self.retours, self.couples, self.suit = set(), set(), [], None

    def read(self, faits):
        for fait in faits:
            getattr(self, "on_" + type(fait).__name__, lambda fait: None)(fait)

    def on_AmphiDemarre(self, fait):
        self.rang = {one.interne: one.rang for one in fait.liste}
        self.restent = set(self.rang) - set(fait.hors_choix)
        self.hors, self.couples, self.ouvert = set(fait.hors_choix), [*fait.couples], None

    def on_ListeCorrigee(self, fait):
        self.restent |= {one.interne for one in fait.liste if one.interne not in self.rang}
        self.rang |= {one.interne: one.rang for one in fait.liste}
        self.couples = [tuple(sorted(paire, key=self.rang.get)) for paire in self.couples]

    def on_TourOuvert(self, fait):
        attendent = {un for un, _ in self.couples}
        file = sorted(self.retours or self.restent - attendent, key=self.rang.get)
        file = [self.suit] if self.suit else file
        assert fait.interne == file[0]
        self.ouvert, self.suit = fait.interne, None
        self.restent -= {fait.interne}
        self.retours -= {fait.interne}

    def _closed(self, fait):
        if fait.interne == self.ouvert:
            self.suit = next((un for un, autre in self.couples if autre == fait.interne), None)
            self.couples = [paire for paire in self.couples if fait.interne not in paire]
            self.ouvert = None

    on_TourPasse = on_ChoixConfirme = _closed

    def on_HorsChoixConstate(self, fait):
        self._closed(fait)
        self.suit = None if self.suit == fait.interne else self.suit
        self.couples = [paire for paire in self.couples if fait.interne not in paire]
        self.restent -= {fait.interne}
        self.retours -= {fait.interne}
        self.hors |= {fait.interne}

    def on_RetourPlace(self, fait):
        self.restent |= {fait.interne}
        self.retours |= set() if fait.interne in self.hors else {fait.interne}
        self.hors -= {fait.interne}

    def on_CoupleForme(self, fait):
        self.couples.append(fait.internes)

    def on_CoupleDefait(self, fait):
        self.couples.remove(fait.internes)

    def on_RattrapageOuvert(self, fait):
        self.restent |= set(fait.internes)
