"""The CNIL's rule as Django asks for it, and the words that go with it."""

from typing import Any

from django.core.exceptions import ValidationError

from gradin.domain.mot_de_passe import EXIGE, estimate_bits

AIDE = (
    "12 caractères avec minuscules, majuscules, chiffres et caractères spéciaux\u202f; "
    "ou 14 sans caractère spécial\u202f; ou une phrase de sept mots."
)


class Force:
    """A validator of AUTH_PASSWORD_VALIDATORS."""

    def validate(self, password: str, user: Any = None) -> None:
        if estimate_bits(password) < EXIGE:
            raise ValidationError(f"Ce mot de passe est trop facile à deviner. Prenez {AIDE}")

    def get_help_text(self) -> str:
        return AIDE
