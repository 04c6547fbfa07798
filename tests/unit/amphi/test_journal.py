"""The journal: format, chain, commitments, nothing low-entropy in the open, every fact there and back."""

import hashlib
import json
from fractions import Fraction

import pytest

from gradin.domain.amphi import commands as c
from gradin.domain.amphi.codec import from_json, to_json
from gradin.domain.amphi.empreintes import canonical, from_iso, iso
from gradin.domain.amphi.engine import fold
from gradin.domain.amphi.facts import FAITS
from gradin.domain.amphi.journal import GENESE, commitment, decode, encode, line_hash, write
from gradin.domain.amphi.lecture import empreinte
from gradin.domain.amphi.parametres import Parametres
from tests.unit.amphi.partie import T0, Partie, ligne, poste, salts

DEPART = ["amphi", "couples", "empreinte_liste", "format", "hors_choix"]
DEPART += ["liste", "offre", "parametres", "sessions", "tenus"]
DEUX = {"auteur": "agent:1", "second": "agent:2", "motif": "élève"}


def full_amphi():
    """Every kind of fact at least once."""
    liste = [
        ligne(1, multiplicateur=Fraction(4, 3), figures=(("rang_actualise", "2330/307"),)),
        *map(ligne, range(2, 7)),
        ligne(7, type_choix=c.TypeChoix.SURNOMBRE_VALIDANT),
    ]
    offre = [*(poste(str(i)) for i in range(1, 7)), poste("7", reserve=["PED"])]
    options = {"couples": ((4, 5),), "tenus": ("6",), "surnombres_max_par_service": 0}
    partie = Partie(liste=liste, offre=offre, presents=range(2, 8), empreinte_liste="ab" * 32, **options)
    partie.after(1_000).do(c.ConstaterPanne(de=T0 + 500))
    partie.after(60_000).tick()
    for commande in (
        c.DemanderRetour(interne=1),
        c.Message(texte="Bonjour à tous", auteur="agent:1"),
        c.Prolonger(tour=2, ms=5_000, auteur="agent:1"),
        c.Pauser(auteur="agent:1", texte="Café", label="repas"),
        c.AjouterPoste(poste=poste("8"), auteur="agent:1"),
        c.RetirerPoste(poste="5", auteur="agent:1"),
        c.LeverReserve(poste="7", auteur="agent:1"),
        c.Decoupler(interne=4, auteur="agent:1"),
        c.Coupler(internes=(4, 5), auteur="agent:1"),
        c.ChangerTypeChoix(interne=6, type_choix=c.TypeChoix.SURNOMBRE_NON_VALIDANT, auteur="agent:1"),
        c.ChangerMultiplicateur(interne=3, multiplicateur=Fraction(3, 2), auteur="agent:1"),
        c.FixerProcuration(interne=3, mandataire="compte:9"),
        c.AnnulerProcuration(interne=3),
        c.CorrigerListe(liste=(ligne(8),), **DEUX),
        c.Reprendre(auteur="agent:1"),
    ):
        partie.do(commande)
    partie.choose(2, "1")
    partie.do(c.CorrigerChoix(interne=2, poste="2", **DEUX))
    partie.presents = frozenset()
    partie.pass_open()
    partie.do(c.MarquerPresent(interne=3))
    for _ in range(3):
        partie.pass_open()
    partie.do(c.ChoisirPour(tour=partie.etat.dernier_tour, poste="1", depasser=True, motif="accord"))
    partie.do(c.MarquerHorsChoix(interne=8))
    partie.pass_open()
    partie.do(c.Rattraper(auteur="agent:1"))
    partie.do(c.Clore(**DEUX))
    return partie


@pytest.fixture(scope="module")
def amphi():
    return full_amphi()


@pytest.fixture(scope="module")
def lignes(amphi):
    return write(0, GENESE, amphi.faits, salts())


def test_this_amphi_has_every_kind_of_fact(amphi):
    assert {type(fait) for fait in amphi.faits} == set(FAITS)


def test_fold_of_the_stored_lines_is_the_state(amphi, lignes):
    relues = [json.loads(json.dumps(ligne.complete())) for ligne in lignes]
    faits = [decode(r["fait"], from_iso(r["a"]), r["p"], r.get("prive")) for r in relues]
    assert fold(faits) == amphi.etat


def test_numbers_follow_from_one_without_gap_and_each_hash_covers_the_line_before(lignes):
    h = "0" * 64
    for n, une in enumerate(lignes, start=1):
        corps = {"a": iso(une.a), "c": une.c, "fait": une.fait, "n": n, "p": une.p}
        texte = json.dumps(corps, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        h = hashlib.sha256(f"{h}\n{texte}".encode()).hexdigest()
        assert (une.n, une.h) == (n, h)


def test_written_in_two_parts_the_chain_is_the_same(amphi, lignes):
    sels = salts()
    debut = write(0, GENESE, amphi.faits[:9], sels)
    assert debut + write(9, debut[-1].h, amphi.faits[9:], sels) == lignes


def test_line_hash_depends_on_the_line_before():
    un = line_hash(GENESE, a=iso(T0), c=None, fait="X", n=1, p={})
    assert un != line_hash("1" * 64, a=iso(T0), c=None, fait="X", n=1, p={})


def test_private_part_is_committed_to_with_its_sel(lignes):
    for une in lignes:
        if une.prive is None:
            assert (une.c, une.sel) == (None, None)
        else:
            assert une.c == hashlib.sha256(une.sel.encode() + b"\n" + canonical(une.prive)).hexdigest()
    assert [une.fait for une in lignes if une.c is None] == ["PanneConstatee"]


def test_each_line_of_the_list_has_its_own_commitment_and_opening(lignes):
    depart = lignes[0]
    sels = set()
    for publique, ouverture in zip(depart.p["liste"], depart.prive["liste"], strict=True):
        assert publique["interne"] == ouverture["interne"]
        assert publique["c"] == commitment(ouverture["sel"], ouverture["prive"])
        sels.add(ouverture["sel"])
    assert len(sels) == len(depart.p["liste"])


def test_public_part_tells_no_type_cause_author_or_free_text(lignes):
    publiques = json.dumps([ligne.publique() for ligne in lignes], ensure_ascii=False)
    for secret in (
        "surnombre_validant",
        "surnombre_non_validant",
        'absent"',
        "agent:",
        "Café",
        "Bonjour",
        "élève",
        "compte:9",
        "interne:",
        "4/3",
        "3/2",
        "2330/307",
        "mandataire",
    ):
        assert secret not in publiques


def test_public_keys_of_each_fact_are_those_of_the_reference(lignes):
    cles = {ligne.fait: sorted(ligne.p) for ligne in lignes}
    assert cles == {
        "AmphiDemarre": sorted(
            [
                *["amphi", "couples", "empreinte_liste", "format", "hors_choix", "liste"],
                *["offre", "parametres", "sessions", "tenus"],
            ]
        ),
        "ListeCorrigee": ["liste"],
        "SessionOuverte": ["session"],
        "PauseDebutee": ["label"],
        "PauseTerminee": [],
        "PanneConstatee": ["a", "de"],
        "TourOuvert": ["duree_ms", "interne", "tour"],
        "TourProlonge": ["ms", "tour"],
        "TourPasse": ["interne", "tour"],
        "RetourPlace": ["interne"],
        "ChoixConfirme": ["interne", "poste", "tour"],
        "ChoixAnnule": ["n"],
        "PosteAjoute": ["des", "poste", "reserve", "service"],
        "PosteRetire": ["poste"],
        "ReserveLevee": ["poste"],
        "CoupleForme": ["internes"],
        "CoupleDefait": ["internes"],
        "HorsChoixConstate": ["interne"],
        "RattrapageOuvert": ["internes"],
        "AmphiClos": ["internes"],
        "MessageDiffuse": [],
        "ActeReserve": [],
    }


def test_pause_and_close_carry_the_hash_of_the_state_they_met(amphi, lignes):
    etats = {ligne.n: fold(amphi.faits[: ligne.n - 1]) for ligne in lignes if "etat" in (ligne.prive or {})}
    assert len(etats) == 2
    pause, cloture = etats
    assert lignes[pause - 1].prive["etat"] == empreinte(etats[pause])
    assert lignes[cloture - 1].prive["etat"] == empreinte(fold(amphi.faits[: cloture - 2]))


def test_canonical_is_sorted_dense_composed_and_without_floats():
    assert canonical({"b": "é", "a": [1, None, True]}) == '{"a":[1,null,true],"b":"é"}'.encode()
    with pytest.raises(ValueError, match="float"):
        canonical({"a": [{"b": 1.5}]})


def test_iso_keeps_the_milliseconds():
    assert iso(1_806_908_412_345) == "2027-04-05T07:00:12.345Z"
    assert from_iso("2027-04-05T07:00:12.345Z") == 1_806_908_412_345


def test_parametres_go_to_json_and_back_and_missing_ones_take_their_default():
    parametres = Parametres(duree_tour_ms=60_000, surnombres_max_par_service=1)
    assert from_json(Parametres, json.loads(json.dumps(to_json(parametres)))) == parametres
    assert from_json(Parametres, {}) == Parametres()


def test_every_fact_is_encoded_with_json_types_only(amphi):
    for fait in amphi.faits:
        nom, p, prive = encode(fait)
        assert json.loads(json.dumps([nom, p, prive])) == [nom, p, prive]
