"""Find the amphi that somebody names on the command line: an id, or its code."""

from __future__ import annotations

from django.db import connection

from gradin.data.amphis.models import Amphi, EtatAmphi

EXEMPLE = "2027-05/3/approfondissement"


class AmphiInconnu(ValueError):
    """The message is French and lists what exists."""


def find_amphi(reference: str) -> int:
    """Id of the amphi `12`, or `[S/]2027-05/3/approfondissement[/variante]`. Raises AmphiInconnu."""
    texte = reference.strip().strip("/")
    if texte.isascii() and texte.isdigit():
        return _only(reference, list(Amphi.objects.filter(pk=int(texte)).values_list("pk", flat=True)))
    parts = texte.split("/")
    named = parts[0] if len(parts) > 3 and not _is_semestre(parts[0]) else ""
    rest = parts[1:] if named else parts
    if len(rest) not in (3, 4) or not _is_semestre(rest[0]):
        raise AmphiInconnu(
            f"« {reference} » ne désigne pas un amphi. Donnez son numéro, ou son code comme {EXEMPLE}."
        )
    variante = rest[3] if len(rest) == 4 else ""
    amphis = Amphi.objects.filter(
        semestre__code=rest[0], groupe__code__iexact=rest[1], phase=rest[2], variante__iexact=variante
    )
    if named:
        amphis = amphis.filter(subdivision__code__iexact=named)
    return _only(reference, list(amphis.values_list("pk", flat=True)))


def write_code(amphi: Amphi) -> str:
    """The code of an amphi, subdivision first: what `find_amphi` reads."""
    parts = (amphi.subdivision.code, amphi.semestre.code, amphi.groupe.code, amphi.phase, amphi.variante)
    return "/".join(part for part in parts if part)


def _only(reference: str, pks: list[int]) -> int:
    if len(pks) == 1:
        return pks[0]
    if pks:
        raise AmphiInconnu(f"Plusieurs amphis répondent à « {reference} ». Ajoutez la subdivision devant.")
    amphis = Amphi.objects.select_related("semestre", "subdivision", "groupe").order_by("pk")[:60]
    connus = ", ".join(write_code(amphi) for amphi in amphis)
    suite = f"Amphis connus : {connus}." if connus else "Aucun n’existe : lancez prepare-amphis d’abord."
    raise AmphiInconnu(f"Aucun amphi ne répond à « {reference} ». {suite}")


def _is_semestre(texte: str) -> bool:
    return len(texte) == 7 and texte[4] == "-" and texte.replace("-", "").isdigit()


def codes_en_cours() -> tuple[str, ...]:
    """Of the amphis where somebody may be choosing. A base whose tables are not made yet has none.

    Asks for the columns that every version has: it is read before the migrations are applied.
    """
    if Amphi._meta.db_table not in connection.introspection.table_names():
        return ()
    rows = Amphi.objects.filter(etat=EtatAmphi.EN_COURS)
    parts = rows.values_list("subdivision__code", "semestre__code", "groupe__code", "phase").order_by("pk")
    return tuple("/".join(part) for part in parts)
