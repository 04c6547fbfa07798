"""Why a preparation cannot be done, in French, with what to do next."""


class PreparationRefusee(Exception):
    """Nothing was written for this amphi."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
