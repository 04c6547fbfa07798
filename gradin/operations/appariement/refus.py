"""What says no in the matching: French, and what to do next."""


class AppariementRefuse(ValueError):
    """Shown as it is to whoever asked."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
