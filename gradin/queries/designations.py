"""Names that a person types for an amphi: its number, or `[S/]2027-05/3/approfondissement[/variante]`."""

from gradin.data.amphis.models import Amphi


class AmphiInconnu(LookupError):
    """No amphi, or several, answer to this name; the message is French."""


def amphi_named(nom: str) -> int:
    """The id of the only amphi so named. Raises AmphiInconnu."""
    criteria = {"pk": nom} if nom.isdecimal() else _criteria(nom)
    found = list(Amphi.objects.filter(**criteria).values_list("pk", flat=True)[:2])
    if not found:
        raise AmphiInconnu(f"Aucun amphi ne s’appelle « {nom} ».")
    if len(found) > 1:
        raise AmphiInconnu(f"Plusieurs amphis s’appellent « {nom} » : faites précéder de la subdivision.")
    return found[0]


def _criteria(nom: str) -> dict[str, str]:
    """The semestre is the part that looks like one: what stands before it is the subdivision."""
    parts = nom.strip("/").split("/")
    semestre = next((i for i, part in enumerate(parts[:2]) if _is_semestre(part)), None)
    if semestre is None or not 3 <= len(parts) - semestre <= 4:
        raise AmphiInconnu(f"« {nom} » ne se lit pas. Écrivez un numéro ou 2027-05/3/approfondissement.")
    code, groupe, phase, *variante = parts[semestre:]
    criteria = {
        "semestre__code": code,
        "groupe__code": groupe,
        "phase": phase,
        "variante": variante[0] if variante else "",
    }
    return {**criteria, "subdivision__code__iexact": parts[0]} if semestre else criteria


def _is_semestre(part: str) -> bool:
    return len(part) == 7 and part[4] == "-" and part.replace("-", "").isdecimal()
