"""What says no in the matching: French, and what to do next."""


class AppariementRefuse(ValueError):
    """Shown as it is to whoever asked. `champ`: the field of the form that is wrong, when one is."""

    def __init__(self, message: str, *, champ: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.champ = champ
