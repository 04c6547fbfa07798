"""What the evaluations refuse: French, says what to do next."""


class EvaluationRefusee(Exception):
    """Nothing was written. `champ`: the field of the form that is wrong, when one is."""

    def __init__(self, message: str, *, champ: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.champ = champ
