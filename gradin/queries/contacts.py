"""How to reach the ARS, for every page and mail that sends somebody to it."""

from gradin.data.comptes.models import Compte, Role
from gradin.data.referentiel.models import Subdivision


def contact_of_ars() -> str:
    """« , au 01 23 45 67 89 ou à internes@ars.example (du lundi…) », empty when no region gave anything."""
    ars = assistance_of_ars()
    moyens = [
        f"{mot} {moyen}" for mot, moyen in (("au", ars.get("telephone")), ("à", ars.get("courriel"))) if moyen
    ]
    horaires = f" ({ars['horaires']})" if ars.get("horaires") else ""
    return f", {' ou '.join(moyens)}{horaires}" if moyens else ""


def assistance_of_ars() -> dict[str, str]:
    """For `composants/assistance.html` and the tag `joindre`: the first subdivision that gives a way."""
    row = Subdivision.objects.exclude(contact_courriel="", contact_telephone="").first()
    if row is None:
        return {}
    return {
        "courriel": row.contact_courriel,
        "telephone": row.contact_telephone,
        "horaires": row.contact_horaires,
    }


def agents_of_groupe(subdivision: int, groupe: int) -> tuple[str, ...]:
    """Names of the agents whose scope is this groupe there: who to ask for when calling the ARS."""
    rows = Compte.objects.filter(role=Role.AGENT, is_active=True).exclude(nom_affiche="")
    siens = rows.filter(portees__subdivision=subdivision, portees__groupe=groupe).distinct()
    return tuple(siens.order_by("nom_affiche").values_list("nom_affiche", flat=True))
