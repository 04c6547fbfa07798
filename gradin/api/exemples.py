"""One example an address: what is asked, and what is answered. They stand in the OpenAPI document."""

from typing import Any

BASE = "https://gradin.example.fr/api/v1"
JETON = '-H "Authorization: Bearer $JETON"'
JSON = "-H 'Content-Type: application/json'"
CLE = '-H "Idempotency-Key: $(uuidgen)"'
POSTE = {
    "poste": "2665",
    "etat": "libre",
    "groupe": "1",
    "groupe_nom": "Médecine générale",
    "des": "MGE",
    "des_intitule": "Médecine générale",
    "departement": "38",
    "etablissement": "CHU Grenoble Alpes",
    "ville": "Grenoble",
    "service": "38000105",
    "service_nom": "Médecine polyvalente",
    "chef": "Pr Martin",
    "regime": "socle",
    "type": "Hospitalier",
    "reserve": False,
    "reserve_a": [],
    "flechage": "",
    "observations": "",
    "allocation": "300 € brut par mois",
}
AMPHI = {"id": 7, "code": "LYON/2027-05/1/socle", "intitule": "Médecine générale, phase socle"}
FAIT = {
    "n": 412,
    "a": "2027-04-05T07:00:12.345Z",
    "fait": "ChoixConfirme",
    "p": {"tour": 45, "interne": 45, "poste": "1234"},
}

HORS_AFFECTATION = ("etat", "groupe_nom", "reserve", "reserve_a", "observations", "regime", "allocation")

# Method and path after the base → what follows `curl -s`, and the answer (None: not JSON).
EXEMPLES: dict[tuple[str, str], tuple[str, Any]] = {
    ("post", "/jetons"): (
        f'-X POST {BASE}/jetons {JSON} -d \'{{"courriel":"camille@exemple.fr","mot_de_passe":"…"}}\'',
        {"jeton": "kP3…", "expire_le": "2027-04-05T19:00:00Z"},
    ),
    ("get", "/moi"): (
        f"{BASE}/moi {JETON}",
        {
            "nom": "Camille L’Hermite",
            "roles": ["interne"],
            "interne": {"nom": "Camille L’Hermite"},
            "amphis": [AMPHI | {"etat": "en_cours", "rang": 45, "interne": 45, "statut": "a_venir"}],
            "procurations": [],
        },
    ),
    ("get", "/postes"): (
        f"'{BASE}/postes?etat=libre&des=MGE&departement=38&par_page=1'",
        {"resultats": [POSTE], "total": 41, "page": 1, "par_page": 1},
    ),
    ("get", "/affectations"): (
        f"'{BASE}/affectations?amphi=7&par_page=1'",
        {
            "resultats": [
                {nom: POSTE[nom] for nom in POSTE if nom not in HORS_AFFECTATION}
                | {"amphi": 7, "a": 1806908471234, "regime": "socle", "des_interne": "MGE"}
                | {"interne": "Camille L."}
            ],
            "total": 12,
            "page": 1,
            "par_page": 1,
        },
    ),
    ("get", "/schemas/{nom}.json"): (f"{BASE}/schemas/postes.json", {"name": "postes", "encoding": "utf-8"}),
    ("get", "/amphis"): (
        f"'{BASE}/amphis?semestre=2027-05'",
        [
            AMPHI
            | {"semestre": "2027-05", "subdivision": "LYON", "groupe": "1", "groupe_nom": "Médecine générale"}
            | {"phase": "socle", "etat": "en_cours", "debut": 1806908400000, "fin": 1806930000000}
            | {"ouverture_favoris": 1806303600000, "seq": 411, "offre": 3, "internes": 150, "postes": 151}
        ],
    ),
    ("get", "/amphis/{amphi}"): (
        f"{BASE}/amphis/7 -H 'If-None-Match: \"410-3-public\"'",
        AMPHI
        | {"seq": 411, "offre": 3, "etat": "en_cours", "session": 1}
        | {
            "sessions": [
                {"session": 1, "debut": 1806908400000, "fin": 1806910200000, "rang_de": 1, "rang_a": 30}
            ]
        }
        | {
            "tour": {
                "tour": 45,
                "interne": 45,
                "debut": 1806908472000,
                "fin": 1806908562000,
                "suspendu": None,
            }
        }
        | {"pause": None, "retours": [], "couples": [], "couple_attendu": None}
        | {"liste": [{"interne": 45, "rang": 45, "statut": "en_cours", "poste": None}]}
        | {"postes": [{"poste": "1234", "etat": "libre"}]}
        | {"compteurs": {"offerts": 151, "choisis": 44, "restants": 107}},
    ),
    ("get", "/amphis/{amphi}/offre"): (
        f"{BASE}/amphis/7/offre",
        {
            "amphi": 7,
            "offre": 3,
            "postes": [
                {nom: POSTE[nom] for nom in POSTE if nom not in ("etat", "groupe_nom", "service_nom")}
                | {"nom": POSTE["service_nom"]}
            ],
        },
    ),
    ("get", "/amphis/{amphi}/journal"): (
        f"{BASE}/amphis/7/journal > amphi.jsonl && python3 verify_journal.py amphi.jsonl",
        None,
    ),
    ("get", "/moi/amphis/{amphi}"): (
        f"{BASE}/moi/amphis/7 {JETON}",
        {"amphi": 7, "seq": 411, "interne": 45, "rang": 45, "nom": "Camille L’Hermite", "statut": "en_cours"}
        | {"type_choix": "classique", "liste_armee": False, "tour": 45, "fin": 1806908562000, "poste": None}
        | {"interdits": [], "avertissements": [], "favoris": [{"poste": "1234"}], "procuration": None},
    ),
    ("get", "/amphis/{amphi}/favoris"): (
        f"{BASE}/amphis/7/favoris {JETON}",
        [{"poste": "1234"}, {"service": "38000105"}],
    ),
    ("put", "/amphis/{amphi}/favoris"): (
        f'-X PUT {BASE}/amphis/7/favoris {JETON} {JSON} -d \'[{{"poste":"1234"}}]\'',
        [{"poste": "1234"}],
    ),
    ("get", "/mes-attestations"): (f"{BASE}/mes-attestations {JETON}", []),
    ("get", "/mes-attestations/{semestre}.pdf"): (
        f"{BASE}/mes-attestations/2027-05.pdf {JETON} -o attestation.pdf",
        None,
    ),
    ("post", "/amphis/{amphi}/choix"): (
        f'-X POST {BASE}/amphis/7/choix {JETON} {CLE} {JSON} -d \'{{"poste":"1234","tour":45,"vu":411}}\'',
        {"recu": {"n": 412, "h": "9f2c…", "interne": 45, "poste": "1234", "sel": "…", "prive": {}}},
    ),
    ("post", "/amphis/{amphi}/commandes"): (
        f'-X POST {BASE}/amphis/7/commandes {JETON} {CLE} {JSON} -d \'{{"type":"pause","vu":411}}\'',
        {"seq": 412},
    ),
    ("get", "/amphis/{amphi}/direct"): (f"-N '{BASE}/amphis/7/direct?depuis=411'", None),
    ("get", "/amphis/{amphi}/faits"): (
        f"'{BASE}/amphis/7/faits?depuis=411&attente=25'",
        {"seq": 412, "maintenant": 1806908472400, "resync": False, "faits": [FAIT], "moi": None},
    ),
}


def add_examples(paths: dict[str, Any], prefixe: str) -> None:
    """`x-codeSamples` for the asking, `example` for the answer of success."""
    for (methode, chemin), (demande, reponse) in EXEMPLES.items():
        operation = paths[prefixe + chemin][methode]
        operation["x-codeSamples"] = [{"lang": "Shell", "source": f"curl -s {demande}"}]
        for statut in ("200", "201") if reponse is not None else ():
            if statut in operation["responses"]:
                operation["responses"][statut]["content"]["application/json"]["example"] = reponse
