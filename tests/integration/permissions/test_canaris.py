"""Tokens hidden in one interne's private fields appear only where they may: everything is searched."""

import io
import re
import zipfile
from collections.abc import Iterator
from io import StringIO
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import transaction

from gradin.data.amphis.models import Fait, Favori
from gradin.data.courriers.models import Envoi
from gradin.domain.amphi.commands import Pauser
from gradin.domain.amphi.facts import Label
from gradin.live.canal import AUDIENCES
from gradin.live.lecture import read_tranche
from gradin.live.temps import maintenant_ms
from gradin.operations.courriers import redige
from gradin.queries.journal import export_jsonl
from tests.factories.live import play
from tests.integration.permissions.matrice import MATRICE
from tests.integration.permissions.monde import JETONS, QUI, Monde, make_monde, path_of

pytestmark = pytest.mark.django_db
LUI = "canari"
# Who reads what the ARS holds of him.
ARS = ("agent", "administrateur")
EXPORTS = (
    "/postes/?format=csv",
    "/postes/?format=xlsx",
    "/affectations/?format=csv",
    "/affectations/?format=xlsx",
    "/amphis/{amphi}/liste-appel/?format=csv",
    "/amphis/{amphi}/liste-appel/?q=Interne2",
)
TEMOIN = "texte-de-pause-canari"
SECRETS = {**JETONS, "texte": TEMOIN}
TYPE = re.compile(r"surnombre.non.validant", re.IGNORECASE)
# Say the words of a type without saying whose.
PARLENT_DU_TYPE = ("mon-profil/statut/", "api/v1/openapi.json", "informations/", "api/v1/docs")


@pytest.fixture
def monde() -> Monde:
    monde = make_monde()
    play(monde.mien, Pauser(label=Label.REPAS, texte=TEMOIN), maintenant_ms())
    return monde


def _pages(monde: Monde, qui: str) -> Iterator[tuple[str, bytes]]:
    for route, ligne in MATRICE.items():
        for cote in ("mien", "autre")[: len(ligne) // 2]:
            chemin = path_of(route, monde.objets[cote])
            yield route, monde.ask(qui, "get", chemin)[1]
    for export in EXPORTS:
        yield export, monde.ask(qui, "get", export.format(amphi=monde.mien.pk))[1]


def _text(corps: bytes) -> str:
    """A workbook is a zip: its tokens are searched unpacked."""
    if corps.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(corps)) as archive:
            corps = b"".join(archive.read(nom) for nom in sorted(archive.namelist()))
    return corps.decode("utf-8", "replace")


def _found(corps: bytes) -> list[str]:
    texte = _text(corps)
    return [nom for nom, jeton in SECRETS.items() if jeton in texte]


@pytest.mark.parametrize("qui", [qui for qui in QUI if qui not in (LUI, *ARS)])
def test_no_page_shows_his_secrets_to_anybody_else(monde: Monde, qui: str) -> None:
    fuites = [(route, nom) for route, corps in _pages(monde, qui) for nom in _found(corps)]
    permis: set[tuple[str, str]] = set()
    if qui in ("ailleurs", "agent_ailleurs"):
        # They have the same tokens of their own: a search, a refusal.
        permis = {(route, nom) for route, nom in fuites if nom in ("recherche", "motif")}
    assert set(fuites) - permis == set()


def test_the_tokens_are_really_there_for_those_who_may_read_them(monde: Monde) -> None:
    lus = {nom for _, corps in _pages(monde, LUI) for nom in _found(corps)}
    assert lus >= set(JETONS)
    lus = {nom for _, corps in _pages(monde, "agent") for nom in _found(corps)}
    assert lus >= {"ine", "naissance_dite", "telephone", "motif", "texte"}


@pytest.mark.parametrize("qui", ["public", "interne", "ailleurs", "mandataire", "representant", "faculte"])
def test_no_page_shows_a_type_de_choix_to_others(monde: Monde, qui: str) -> None:
    disent = [
        route
        for route, corps in _pages(monde, qui)
        if TYPE.search(_text(corps)) and not route.startswith(PARLENT_DU_TYPE)
    ]
    assert disent == []


@pytest.mark.parametrize("qui", ["public", "interne", "mandataire", "representant", "agent"])
def test_no_page_changes_with_his_favourites(monde: Monde, qui: str) -> None:
    """Neither value, number nor order: the pages of others are the same to the byte without them."""
    avec = dict(_steady(monde, qui))
    with transaction.atomic():
        Favori.objects.all().delete()
        sans = dict(_steady(monde, qui))
        transaction.set_rollback(True)
    assert [route for route in avec if avec[route] != sans[route]] == []


@pytest.mark.parametrize(
    "page", ["/postes/", "/affectations/", "/postes/suggestions/", "/amphis/{}/liste-appel/"]
)
@pytest.mark.parametrize("qui", ["public", "interne", "representant"])
def test_searching_for_a_secret_finds_as_little_as_searching_for_nonsense(
    monde: Monde, qui: str, page: str
) -> None:
    adresse = page.format(monde.mien.pk)
    for jeton in (JETONS["ine"], JETONS["telephone"], JETONS["courriel"]):
        secret, rien = (_answer(monde, qui, adresse, mot) for mot in (jeton, "introuvable"))
        assert secret == rien


def _answer(monde: Monde, qui: str, adresse: str, mot: str) -> str:
    """Without the word itself, which the page repeats, and without the hour."""
    texte = _text(monde.ask(qui, "get", f"{adresse}?q={mot}")[1])
    for dit in (quote(mot), mot):
        texte = texte.replace(dit, "")
    return re.sub(r"[A-Za-z0-9]{64}|\d+", "", texte)


def _steady(monde: Monde, qui: str) -> Iterator[tuple[str, str]]:
    """Without what each request draws or counts by itself."""
    for route, corps in _pages(monde, qui):
        if corps.startswith(b"%PDF"):
            continue
        texte = re.sub(r'name="cle" value="[^"]*"|[A-Za-z0-9]{64}|[\w-]{43}=?|[\w-]{36}', "", _text(corps))
        yield route, re.sub(r"\d+", "", texte)


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
