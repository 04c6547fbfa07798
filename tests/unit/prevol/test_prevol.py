"""Each fault seeded in an amphi is found with its name and remedy; a sound amphi gives no alarm."""

from dataclasses import replace

import pytest

from gradin.domain.eligibilite.situation import (
    Candidat,
    Place,
    PolitiqueSurnombre,
    Reglement,
    Severite,
    TypeChoix,
)
from gradin.domain.prevol.dossier import CodeConstat, Dossier, Gravite, InternePrevol
from gradin.domain.prevol.rapport import examine_amphi


def interne(nom, *codes, **fields):
    candidat = Candidat(
        rang=1,
        codes=frozenset(codes or ("EDN",)),
        type_choix=fields.pop("type_choix", TypeChoix.CLASSIQUE),
        affecte=fields.pop("affecte", False),
        valides=fields.pop("valides", frozenset()),
    )
    facts = {"phase": "approfondissement", "annees": 4, "semestres_valides": 3} | fields
    return InternePrevol(nom=nom, candidat=candidat, **facts)


def poste(numero, *reserve, service="84000105", tenu=False):
    return Place(poste=numero, service=service, reserve=frozenset(reserve), tenu=tenu)


SAIN = Dossier(
    amphi=7,
    phase="approfondissement",
    reglement=Reglement(),
    liste_publiee=True,
    internes=(interne("Ana Roux"), interne("Bo Noël", "MGE")),
    postes=(poste("1"), poste("2", "EDN"), poste("3")),
    semestres_minimaux=2,
)


def find(dossier, code):
    return [constat for constat in examine_amphi(dossier).constats if constat.code is code]


def seed(**fields):
    """The sound amphi with a third interne who has this fault."""
    return replace(SAIN, internes=(*SAIN.internes, interne("Zoé Petit", **fields)))


def test_sound_amphi_gives_no_alarm():
    assert examine_amphi(SAIN).constats == ()


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (CodeConstat.DEJA_AFFECTE, {"affecte": True}),
        (CodeConstat.DEUX_LISTES, {"listes_en_cours": ("Ambulatoire",)}),
        (CodeConstat.MAQUETTE_TERMINEE, {"semestres_valides": 8}),
        (CodeConstat.AUTRE_REGIME, {"phase": "socle"}),
        (CodeConstat.CONSOLIDATION, {"phase": "consolidation"}),
        (CodeConstat.RANG_MANQUANT, {"rang_manquant": True}),
    ],
)
def test_whoever_may_not_choose_blocks_the_start(code, fault):
    (constat,) = examine_amphi(seed(**fault)).constats
    assert constat.code is code
    assert constat.gravite is Gravite.BLOQUE
    assert constat.qui == ("Zoé Petit",)
    assert "Zoé Petit" in constat.message
    assert not examine_amphi(seed(**fault)).peut_demarrer


def test_a_finding_about_somebody_leads_to_where_he_is_corrected():
    (constat,) = examine_amphi(seed(rang_manquant=True, fiche="/gestion/internes/7/corriger/")).constats
    assert constat.lien == "/gestion/internes/7/corriger/"


@pytest.mark.parametrize("fault", [{"affecte": True}, {"listes_en_cours": ("Ambulatoire",)}])
def test_whoever_is_hors_choix_may_be_affecte_or_expected_elsewhere(fault):
    assert examine_amphi(seed(**fault, choisit=False)).constats == ()


def test_fst_adds_semesters_to_the_des():
    assert examine_amphi(seed(semestres_valides=8, en_plus=2)).constats == ()


def test_unknown_length_of_des_is_not_judged():
    assert examine_amphi(seed(semestres_valides=14, annees=None)).constats == ()


def test_amphi_of_mixed_phases_does_not_judge_the_regime():
    assert examine_amphi(replace(seed(phase="socle"), phase="")).constats == ()


def test_unpublished_list_blocks():
    (constat,) = examine_amphi(replace(SAIN, liste_publiee=False)).constats
    assert (constat.code, constat.gravite) == (CodeConstat.LISTE_NON_PUBLIEE, Gravite.BLOQUE)


def test_a_choice_by_wishes_without_dates_blocks_and_leads_to_where_they_are_announced():
    (constat,) = examine_amphi(replace(SAIN, voeux_annonces=False)).constats
    assert (constat.code, constat.gravite) == (CodeConstat.VOEUX_SANS_DATE, Gravite.BLOQUE)
    assert constat.lien == SAIN.lien_prechoix


def test_list_that_the_data_have_left_behind_is_acknowledged():
    (oublie,) = examine_amphi(replace(SAIN, oublies=tuple(f"Interne {n}" for n in range(14)))).constats
    assert (oublie.code, oublie.gravite) == (CodeConstat.ABSENTS_DE_LA_LISTE, Gravite.A_CONFIRMER)
    assert "14 internes manquent" in oublie.message and "Interne 11 et 2 autres" in oublie.message
    (constat,) = examine_amphi(replace(SAIN, perimes=("Ana Roux",))).constats
    assert (constat.code, constat.gravite) == (CodeConstat.LISTE_PERIMEE, Gravite.A_CONFIRMER)
    assert constat.qui == ("Ana Roux",)


def test_empty_list_blocks():
    (constat,) = examine_amphi(replace(SAIN, internes=(), postes=())).constats
    assert constat.code is CodeConstat.LISTE_VIDE


def test_unconfirmed_tie_blocks_and_names_both():
    (constat,) = examine_amphi(replace(SAIN, ex_aequo=(("Ana Roux", "Bo Noël"),))).constats
    assert constat.code is CodeConstat.EX_AEQUO
    assert constat.qui == ("Ana Roux", "Bo Noël")


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (CodeConstat.SEMESTRES_INSUFFISANTS, {"semestres_valides": 1}),
        (CodeConstat.PROCURATION_EN_ATTENTE, {"procuration_en_attente": True}),
    ],
)
def test_what_an_agent_acknowledges_by_name(code, fault):
    (constat,) = examine_amphi(seed(**fault)).constats
    assert (constat.code, constat.gravite, constat.qui) == (code, Gravite.A_CONFIRMER, ("Zoé Petit",))
    assert examine_amphi(seed(**fault)).peut_demarrer


def test_no_semester_at_all_is_said_in_words():
    (constat,) = examine_amphi(seed(semestres_valides=0)).constats
    assert "n’a aucun semestre validé pour une phase" in constat.message


@pytest.mark.parametrize(
    ("code", "fact"),
    [
        (CodeConstat.AUTRE_GROUPE, {"groupe_habituel": "2 - SPECIALITES MEDICALES"}),
        (CodeConstat.EFFECTIF_COMPTE, {"effectif_compte": True}),
    ],
)
def test_what_is_only_good_to_know(code, fact):
    (constat,) = examine_amphi(seed(**fact)).constats
    assert (constat.code, constat.gravite) == (code, Gravite.A_SAVOIR)


def test_fewer_postes_than_internes_is_counted():
    dossier = replace(SAIN, postes=(poste("1"), poste("2", tenu=True)))
    (constat,) = find(dossier, CodeConstat.POSTES_INSUFFISANTS)
    assert "1 poste pour 2 internes" in constat.message
    assert constat.gravite is Gravite.A_CONFIRMER


def test_surnombre_needs_no_poste_of_his_own():
    surnombre = interne("Zoé Petit", type_choix=TypeChoix.SURNOMBRE_VALIDANT)
    dossier = replace(SAIN, internes=(*SAIN.internes, surnombre), postes=(poste("1"), poste("2")))
    assert examine_amphi(dossier).constats == ()


def test_reserved_poste_without_a_taker_is_named():
    dossier = replace(SAIN, postes=(*SAIN.postes, poste("9", "PSY")))
    (constat,) = examine_amphi(dossier).constats
    assert (constat.code, constat.qui) == (CodeConstat.RESERVE_SANS_PRENEUR, ("9",))


def test_taker_may_come_in_a_later_amphi_of_the_chain():
    later = Candidat(rang=1, codes=frozenset({"PSY"}))
    dossier = replace(SAIN, postes=(*SAIN.postes, poste("9", "PSY")), attendus_apres=(later,))
    assert examine_amphi(dossier).constats == ()


def test_internes_who_share_too_few_lawful_postes_are_named():
    dossier = replace(SAIN, postes=(poste("1", "EDN"), poste("2", "EDN"), poste("3", "EDN")))
    (constat,) = examine_amphi(dossier).constats
    assert (constat.code, constat.qui) == (CodeConstat.COUPLAGE_IMPOSSIBLE, ("Bo Noël",))


def test_service_already_validated_counts_where_the_amphi_refuses_it():
    seul = interne("Ana Roux", valides=frozenset({"84000105"}))
    dossier = replace(SAIN, internes=(seul,), postes=(poste("1"),))
    refuse = replace(dossier, reglement=Reglement(deja_valide=Severite.REFUSE))
    assert examine_amphi(dossier).constats == ()
    assert [c.code for c in examine_amphi(refuse).constats] == [CodeConstat.COUPLAGE_IMPOSSIBLE]


def test_surnombre_whom_the_policy_forbids_is_named():
    surnombre = interne("Zoé Petit", type_choix=TypeChoix.SURNOMBRE_NON_VALIDANT)
    dossier = replace(
        SAIN,
        internes=(*SAIN.internes, surnombre),
        reglement=Reglement(politique=PolitiqueSurnombre.INTERDIT),
    )
    (constat,) = examine_amphi(dossier).constats
    assert (constat.code, constat.qui) == (CodeConstat.COUPLAGE_IMPOSSIBLE, ("Zoé Petit",))


def test_what_blocks_comes_first_and_every_finding_links_somewhere():
    rapport = examine_amphi(replace(seed(semestres_valides=1), liste_publiee=False))
    assert [c.gravite for c in rapport.constats] == [Gravite.BLOQUE, Gravite.A_CONFIRMER]
    assert all(constat.lien.startswith("/") for constat in rapport.constats)
