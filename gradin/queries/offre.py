"""The offer of an amphi: the columns of its postes that do not move with the choices."""

from typing import Any

from gradin.data.amphis.models import Amphi, Offre


def read_offre(amphi: Amphi) -> dict[str, Any]:
    """Everything here is public; the states stand in the snapshot."""
    rows = Offre.objects.filter(amphi=amphi.pk).order_by("poste__cle_tri", "poste__numero")
    return {
        "amphi": amphi.pk,
        "offre": amphi.version_offre,
        "postes": [dict(zip(COLONNES, row, strict=True)) for row in rows.values_list(*COLONNES.values())],
    }


# JSON name → path from Offre.
COLONNES = {
    "poste": "poste__numero",
    "service": "poste__service__imotep",
    "nom": "poste__service__nom",
    "chef": "poste__service__chef",
    "etablissement": "poste__service__etablissement__nom",
    "ville": "poste__service__etablissement__ville",
    "departement": "poste__service__etablissement__departement",
    "des": "poste__des__code_des",
    "des_intitule": "poste__des__intitule",
    "groupe": "poste__groupe__code",
    "regime": "poste__regime",
    "type": "poste__type_poste",
    "reserve": "poste__reserve",
    "reserve_a": "poste__reserve_a",
    "flechage": "poste__flechage",
    "observations": "poste__observations",
    "allocation": "poste__allocation",
}
