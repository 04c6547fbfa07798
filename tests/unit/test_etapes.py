"""The path of a semester: what is done, what blocks and with which link, the one act that comes next."""

from datetime import UTC, datetime, timedelta

from gradin.queries.cockpit.amphis import LigneAmphi
from gradin.queries.cockpit.chemin import Comptes, Statut
from gradin.queries.cockpit.etapes import build_etapes, next_suite

MAINTENANT = datetime(2027, 4, 1, 12, tzinfo=UTC)


def make_ligne(**faits: object) -> LigneAmphi:
    """Validated, on its way to Monday, nothing published."""
    debut = MAINTENANT + timedelta(days=4)
    base = {
        "pk": 7,
        "subdivision": 1,
        "groupe": "Pédiatrie",
        "code": "6",
        "phase": "socle",
        "phase_mot": "Phase socle",
        "etat": "valide",
        "internes": 10,
        "sans_rang": 0,
        "postes": 12,
        "sessions": 1,
        "choisis": 0,
        "debut": debut,
        "fin": debut + timedelta(hours=1),
        "favoris": None,
        "fuseau": "Europe/Paris",
        "calculee": True,
        "publiee": False,
        "ex_aequo": 0,
    }
    return LigneAmphi(**{**base, **faits})  # type: ignore[arg-type]


def walk(*amphis: LigneAmphi, **comptes: object):
    base = {"semestre": "2027-05", "subdivision": "LYON", "internes": 10, "postes": 12, "amphis": amphis}
    etapes = build_etapes(Comptes(**{**base, **comptes}), MAINTENANT)  # type: ignore[arg-type]
    suite = next_suite(etapes)
    return {etape.cle: etape for etape in etapes}, suite


def test_each_step_leads_to_the_next_act() -> None:
    assert walk(internes=0, postes=0)[1].acte == "internes"
    assert walk(postes=0)[1].acte == "postes"
    assert walk()[1].acte == "preparer"
    assert walk(make_ligne(), sans_amphi=2)[1].acte == "preparer"
    assert walk(make_ligne())[1].acte == "publier"
    publie = make_ligne(publiee=True, etat="ouvert", bloquants=0)
    assert walk(publie)[1].href == "/regie/amphis/7/"
    etapes, suite = walk(make_ligne(publiee=True, etat="clos", choisis=10))
    assert suite is None and {etape.statut for etape in etapes.values()} == {Statut.FAIT}


def test_what_cannot_be_done_yet_waits_without_figures() -> None:
    etapes, _ = walk(internes=0, postes=0)
    assert etapes["roster"].statut is Statut.A_FAIRE and etapes["roster"].ici
    assert {etapes[cle].statut for cle in ("amphis", "listes", "sessions", "ouverture")} == {Statut.ATTEND}
    assert (etapes["listes"].chiffres, etapes["postes"].chiffres) == ("", "0 poste offert")


def test_what_blocks_is_named_with_the_link_that_mends_it() -> None:
    etapes, _ = walk(
        make_ligne(ex_aequo=1),
        make_ligne(pk=8, suit_trop_tot=True),
        make_ligne(pk=9, publiee=True, bloquants=2),
        sans_rang=3,
        manques=(("PSY", "Psychiatrie", 14, 16),),
    )
    liens = {cle: etape.blocages[0].href for cle, etape in etapes.items() if etape.blocages}
    assert liens == {
        "roster": "/gestion/internes/?semestre=2027-05&subdivision=LYON&a_voir=sans_rang",
        "postes": "/gestion/postes/?semestre=2027-05&subdivision=LYON&des=PSY",
        "listes": "/gestion/amphis/7/liste/ex-aequo/",
        "sessions": "/gestion/amphis/8/reporter/",
        "controle": "/gestion/amphis/9/controle/",
    }
    assert etapes["postes"].blocages[0].texte == "Psychiatrie\u00a0: 14 postes, il en faut 16"
    assert etapes["roster"].ici and not etapes["postes"].ici


def test_a_blocked_amphi_is_not_the_one_to_start() -> None:
    bloque = make_ligne(publiee=True, etat="ouvert", bloquants=1)
    pret = make_ligne(pk=8, publiee=True, etat="ouvert", bloquants=0)
    assert walk(bloque, pret)[1].href == "/regie/amphis/8/"


def test_the_fourth_thing_that_blocks_is_only_counted() -> None:
    etapes, _ = walk(*(make_ligne(pk=n, sans_rang=1) for n in range(5)))
    assert [b.texte for b in etapes["listes"].blocages][-1] == "2 autres listes à régler"


def test_postes_opened_here_come_before_the_postes_until_an_amphi_is_prepared() -> None:
    etapes, suite = walk(postes=0, ouverture=4, a_etudier=3)
    assert [*etapes][:3] == ["roster", "offre", "postes"] and etapes["offre"].ici
    assert suite.href == "/gestion/ouverture/4/"
    etapes, suite = walk(postes=0, ouverture=4, a_publier=2)
    assert suite.href == "/gestion/ouverture/4/publier/" and etapes["offre"].statut is Statut.A_FAIRE
    assert walk(postes=0, ouverture=4)[0]["offre"].statut is Statut.FAIT
    apres = walk(make_ligne(), ouverture=4, a_etudier=3)[0]
    assert "offre" not in apres and apres["postes"].chiffres == "12 postes offerts, 3 proposés à étudier"
