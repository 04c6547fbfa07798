"""How to reach the ARS, for pages and mails of people who have no account yet."""

from gradin.data.referentiel.models import Subdivision


def contact_of_ars() -> str:
    """« , à internes@ars.example ou au 01 23 45 67 89 », empty when no region gave anything."""
    row = Subdivision.objects.exclude(contact_courriel="", contact_telephone="").first()
    if row is None:
        return ""
    moyens = [
        f"{mot} {moyen}"
        for mot, moyen in (("à", row.contact_courriel), ("au", row.contact_telephone))
        if moyen
    ]
    return ", " + " ou ".join(moyens)


def assistance_of_ars() -> dict[str, str]:
    """The same for `composants/assistance.html`."""
    row = Subdivision.objects.exclude(contact_courriel="", contact_telephone="").first()
    return {"courriel": row.contact_courriel, "telephone": row.contact_telephone} if row else {}
