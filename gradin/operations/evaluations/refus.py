"""What the evaluations refuse: French, says what to do next."""


class EvaluationRefusee(Exception):
    """Nothing was written."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
