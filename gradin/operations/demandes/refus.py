"""Why a demand or a procuration cannot go on: French, says what to do next."""


class DemandeRefusee(Exception):
    """Nothing was changed. `champ`: the field of the form that is wrong, when one is."""

    def __init__(self, message: str, *, champ: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.champ = champ
