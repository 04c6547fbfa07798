"""Tokens hidden in one interne's private fields appear only where they may: everything is searched."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from io import StringIO
from urllib.parse import quote

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from gradin.data.amphis.models import Fait
from gradin.data.courriers.models import Envoi
from gradin.domain.amphi.commands import Clore, Pauser, Reprendre
from gradin.domain.amphi.facts import Label
from gradin.live.canal import AUDIENCES
from gradin.live.lecture import read_tranche
from gradin.live.temps import maintenant_ms
from gradin.operations.courriers import redige
from gradin.queries.journal import export_jsonl
from tests.factories.live import choose, play
from tests.integration.permissions.jetons import JETONS, REPONSE
from tests.integration.permissions.monde import PARTENAIRES, Monde, make_monde
from tests.integration.permissions.recolte import DEMANDEURS, ESPACES, TEMOIN, TEMOINS, Pages, Recolte

pytestmark = pytest.mark.django_db
LUI = "canari"
# Who reads what the ARS holds of him.
ARS = ("agent", "administrateur")
SECRETS = {**JETONS, "texte": TEMOIN, "reponse": REPONSE, "condensat": "md5$", "argon": "$argon2"}
TYPE = re.compile(r"surnombre.non.validant", re.IGNORECASE)
# Say the words of a type without saying whose.
PARLENT_DU_TYPE = (
    "mon-profil/statut/",
    "mon-parcours/ajouter/",
    "api/v1/openapi.json",
    "informations/",
    "api/v1/docs",
)
# What the ARS itself never reads of anybody (rules.md §9).
MEME_PAS_L_ARS = {"recherche", "note", "reponse", "condensat", "argon"}

# What each request draws by itself, or counts with the clock: keys, tokens, presence, the age of the pause.
PASSAGER = re.compile(
    r'name="cle" value="[^"]*"|[A-Za-z0-9]{64}|[\w-]{43}=?|[\w-]{36}'
    r'|"presence": ?(true|false)|En pause depuis[^<]*'
)
# What they show moves with the minute; that no favourite stands there is what the canaries look for.
DE_LA_MINUTE = {
    f"get {cote} {route}"
    for cote in ("mien", "autre")
    for route in ("regie/", "regie/amphis/<int:pk>/", "amphis/<int:pk>/ecran/")
}


@pytest.fixture
def monde() -> Monde:
    monde = make_monde()
    play(monde.mien, Pauser(label=Label.REPAS, texte=TEMOIN), maintenant_ms())
    return monde


def _text(corps: bytes) -> str:
    return _unpacked(corps) if corps.startswith((b"PK", b"%PDF")) else corps.decode("utf-8", "replace")


@cache
def _unpacked(corps: bytes) -> str:
    """A workbook is a zip: its tokens are searched unpacked; a PDF is read as its reader does."""
    if corps.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(corps)) as archive:
            corps = b"".join(archive.read(nom) for nom in sorted(archive.namelist()))
    if corps.startswith(b"%PDF") and b"%%EOF" in corps:
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(corps)).pages)
    return corps.decode("utf-8", "replace")


def _found(corps: bytes) -> list[str]:
    texte = _text(corps)
    return [nom for nom, jeton in SECRETS.items() if jeton in texte]


def _leaks(pages: Iterable[tuple[str, bytes]]) -> set[tuple[str, str]]:
    return {(route, nom) for route, corps in pages for nom in _found(corps)}


@pytest.mark.parametrize("qui", [qui for qui in DEMANDEURS if qui not in (LUI, *ARS)])
def test_no_page_shows_his_secrets_to_anybody_else(recolte: Recolte, qui: str) -> None:
    fuites = _leaks(recolte.pages[qui])
    if qui in ("ailleurs", "agent_ailleurs"):
        # They have the same tokens of their own: a search, a refusal, a note.
        fuites = {(route, nom) for route, nom in fuites if nom not in ("recherche", "motif", "note")}
    assert fuites == set()


@pytest.mark.parametrize("qui", [qui for qui in ARS if qui in DEMANDEURS])
def test_the_ars_reads_neither_notes_searches_nor_answers(recolte: Recolte, qui: str) -> None:
    assert {(route, nom) for route, nom in _leaks(recolte.pages[qui]) if nom in MEME_PAS_L_ARS} == set()


def test_the_tokens_are_really_there_for_those_who_may_read_them(recolte: Recolte) -> None:
    lus = {nom for _, nom in _leaks(recolte.pages[LUI])}
    assert lus >= set(JETONS) and not lus & {"reponse", "condensat", "argon"}
    lus = {nom for _, nom in _leaks(recolte.pages["agent"])}
    assert lus >= {"ine", "naissance_dite", "telephone", "motif", "texte"}


@pytest.mark.parametrize("qui", [qui for qui in DEMANDEURS if qui not in (LUI, "agent_ailleurs", *ARS)])
def test_no_page_shows_a_type_de_choix_to_others(recolte: Recolte, qui: str) -> None:
    disent = [
        route
        for route, corps in recolte.pages[qui]
        if TYPE.search(_text(corps)) and not route.endswith(PARLENT_DU_TYPE)
    ]
    assert disent == []


@pytest.mark.parametrize("qui", TEMOINS)
def test_no_page_changes_with_his_favourites(recolte: Recolte, qui: str) -> None:
    """Neither value, number nor order: the pages of others are the same to the byte without them."""
    avec, sans = (dict(_steady(pages[qui])) for pages in (recolte.pages, recolte.sans_favoris))
    autres = [route for route in sans if avec[route] != sans[route]]
    assert sans and {*autres} <= DE_LA_MINUTE


def test_partners_read_who_comes_and_nothing_more(monde: Monde) -> None:
    """Once the canari has chosen and his amphi is over he is named to them: name, poste, DES."""
    play(monde.mien, Reprendre(), maintenant_ms())
    choose(monde.mien, 2, "2", maintenant_ms())
    play(monde.mien, Clore(second="compte:1"), maintenant_ms())
    adresses = ["/mon-espace/"] + [
        f"/mon-espace/{liste}/{suite}" for liste in ESPACES for suite in ("", "?format=csv", "?format=xlsx")
    ]
    for qui in PARTENAIRES:
        pages = [(adresse, monde.ask(qui, "get", adresse)[1]) for adresse in adresses]
        assert any("Interne2" in _text(corps) for _, corps in pages), qui
        assert _leaks(pages) == set(), qui
        assert not any(TYPE.search(_text(corps)) for _, corps in pages), qui


def test_searching_for_a_secret_finds_as_little_as_searching_for_nonsense(monde: Monde) -> None:
    publiques = ["/postes/", "/affectations/", "/postes/suggestions/", "/amphis/{}/liste-appel/"]
    siennes = [f"/mon-espace/{liste}/" for liste in ESPACES]
    cherches = dict.fromkeys(("public", "interne", "representant"), publiques) | {"coordonnateur": siennes}
    for qui, page in ((qui, page) for qui, pages in cherches.items() for page in pages):
        adresse = page.format(monde.mien.pk)
        rien = _answer(monde, qui, adresse, "introuvable")
        for jeton in (JETONS["ine"], JETONS["telephone"], JETONS["courriel"]):
            assert _answer(monde, qui, adresse, jeton) == rien, f"{qui} {adresse} {jeton}"


def _answer(monde: Monde, qui: str, adresse: str, mot: str) -> str:
    """Without the word itself, which the page repeats, and without the hour."""
    texte = _text(monde.ask(qui, "get", f"{adresse}?q={mot}")[1])
    for dit in (quote(mot), mot):
        texte = texte.replace(dit, "")
    return re.sub(r"[A-Za-z0-9]{64}|\d+", "", texte)


def _steady(pages: Pages) -> Iterator[tuple[str, str]]:
    """Without what each request draws or counts by itself; a route's pages one after the other."""
    textes: dict[str, str] = {}
    for route, corps in pages:
        if not corps.startswith(b"%PDF"):
            textes[route] = textes.get(route, "") + _text(corps)
    for route, texte in textes.items():
        brut = re.sub(PASSAGER, "", texte)
        yield route, re.sub(r"\d+", "", brut)


def test_the_stream_and_the_long_poll_carry_none_to_public_and_amphi(monde: Monde) -> None:
    tranche = read_tranche(monde.mien.pk, 0)
    for audience in AUDIENCES:
        corps = b"".join(tranche.blocs[audience])
        attendus = {"temps", "texte"} if audience == "regie" else set()
        assert set(_found(corps)) <= attendus, audience
        if audience != "regie":
            assert not TYPE.search(corps.decode())


def test_the_public_export_of_the_journal_carries_none(monde: Monde) -> None:
    texte = "\n".join(export_jsonl(monde.mien.pk))
    assert _found(texte.encode()) == [] and not TYPE.search(texte)
    assert Fait.objects.filter(amphi=monde.mien).count() == len(texte.splitlines())


def test_mails_to_others_carry_none(monde: Monde) -> None:
    for envoi in Envoi.objects.exclude(cle__startswith="essai-"):
        redige(envoi)
        if envoi.destinataire != JETONS["courriel"]:
            assert _found(f"{envoi.sujet}\n{envoi.texte}\n{envoi.html}".encode()) == []


def test_the_call_list_that_the_ars_exports_names_by_ine_and_nothing_more(monde: Monde) -> None:
    sortie = StringIO()
    call_command("show_liste", str(monde.mien.pk), format="csv", stdout=sortie)
    assert set(_found(sortie.getvalue().encode())) <= {"ine"}
