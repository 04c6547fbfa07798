"""Why something about an account is refused: words for the page, saying what to do next."""


class CompteRefuse(Exception):
    """`champ` is the field of the form that the message belongs to, when there is one."""

    def __init__(self, message: str, *, champ: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.champ = champ
