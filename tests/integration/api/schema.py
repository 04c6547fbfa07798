"""OpenAPI read by the tests: what to ask from a schema, and whether an answer has its form."""

from typing import Any

from hypothesis import strategies as st

TEXTES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", "1", "2", "-numero", "libre", "\x00", "'", "é" * 300, "2027-05", "9" * 40]),
)
ENTIERS = st.one_of(st.integers(0, 5), st.integers(), st.sampled_from([2**31, 2**63, 10**30]))
N_IMPORTE = st.one_of(st.none(), st.booleans(), ENTIERS, TEXTES, st.lists(TEXTES, max_size=2))
TYPES: dict[str, Any] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}


def follow(schema: dict[str, Any], racine: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = racine["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def values(schema: dict[str, Any], racine: dict[str, Any]) -> st.SearchStrategy[Any]:
    """What fits, and now and then what does not."""
    schema = follow(schema, racine)
    if "anyOf" in schema:
        return st.one_of(*(values(un, racine) for un in schema["anyOf"]))
    match schema.get("type"):
        case "object":
            champs = {nom: values(un, racine) for nom, un in schema.get("properties", {}).items()}
            return st.one_of(
                st.fixed_dictionaries(champs), st.fixed_dictionaries({}, optional=champs), N_IMPORTE
            )
        case "array":
            return st.one_of(st.lists(values(schema.get("items", {}), racine), max_size=3), N_IMPORTE)
        case "integer":
            return st.one_of(ENTIERS, N_IMPORTE)
        case "string":
            return st.one_of(TEXTES, N_IMPORTE)
    return N_IMPORTE


def find_fault(valeur: Any, schema: dict[str, Any], racine: dict[str, Any], ici: str = "corps") -> str:
    """The first thing that is not as the schema says; empty when all is."""
    schema = follow(schema, racine)
    if "anyOf" in schema:
        fautes = [find_fault(valeur, un, racine, ici) for un in schema["anyOf"]]
        return "" if "" in fautes else fautes[0]
    attendu = TYPES.get(schema.get("type", ""))
    if attendu and (not isinstance(valeur, attendu) or (isinstance(valeur, bool) and attendu is int)):
        return f"{ici}: {valeur!r} is no {schema['type']}"
    if isinstance(valeur, list):
        return next(
            filter(None, (find_fault(un, schema.get("items", {}), racine, f"{ici}[]") for un in valeur)), ""
        )
    if isinstance(valeur, dict):
        return _find_fault_inside(valeur, schema, racine, ici)
    return ""


def _find_fault_inside(
    valeur: dict[str, Any], schema: dict[str, Any], racine: dict[str, Any], ici: str
) -> str:
    if absents := set(schema.get("required", ())) - valeur.keys():
        return f"{ici}: {sorted(absents)} missing"
    champs = schema.get("properties", {})
    communs = champs.keys() & valeur.keys()
    return next(filter(None, (find_fault(valeur[c], champs[c], racine, f"{ici}.{c}") for c in communs)), "")
