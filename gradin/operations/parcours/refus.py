"""What the parcours refuses: French, says what to do next."""


class ParcoursRefuse(Exception):
    """Nothing was written."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
