"""The acts of the ARS, from their JSON: who may, what is checked, two agents where the rules ask for two."""

from datetime import UTC, datetime
from typing import Any

import pytest

from gradin.data.amphis.models import (
    ActeAgent,
    Affectation,
    Amphi,
    EtatAmphi,
    Fait,
    ListeAppel,
    Place,
    Proposition,
)
from gradin.data.internes.models import Inscription, Phase, TypeChoix
from gradin.data.postes.models import Poste
from gradin.operations.amphis import Reponse, confirm_choix, run_commande_agent
from gradin.operations.permissions import Interdit
from gradin.operations.preparation.listes import compute_liste
from gradin.queries.visiteurs import ANONYME, Visiteur
from tests.factories.amphis import T0, make_amphi, make_inscription, make_poste, visiteur
from tests.factories.comptes import make_agent
from tests.factories.live import alive, choose, start, state
from tests.factories.referentiel import make_des, make_subdivision

pytestmark = pytest.mark.django_db


def agent(courriel: str = "agent@ars.example") -> Visiteur:
    return make_agent(make_subdivision(), courriel)


def order(amphi: Amphi, maintenant: int, par: Visiteur | None = None, **corps: Any) -> Reponse:
    alive(maintenant)
    return run_commande_agent(amphi.pk, corps, par or agent(), maintenant)


def test_from_the_draft_to_the_first_tour() -> None:
    amphi = make_amphi()
    Amphi.objects.filter(pk=amphi.pk).update(etat=EtatAmphi.BROUILLON)
    ListeAppel.objects.filter(amphi=amphi).update(published_at=None, empreinte="")
    compute_liste(amphi, maintenant=datetime.fromtimestamp(T0 / 1000, UTC), graine="graine")
    assert order(amphi, T0, type="demarrer").corps["motif"] == "etat_incompatible"
    acts = ("valider", "ouvrir", "publier_liste", "demarrer")
    assert [order(amphi, T0, type=one).statut for one in acts] == [201, 201, 201, 201]
    assert len(ListeAppel.objects.get(amphi=amphi).empreinte) == 64
    assert [order(amphi, T0, type=one).statut for one in ("valider", "ouvrir", "demarrer")] == [200, 200, 200]
    assert list(ActeAgent.objects.values_list("acte", flat=True)) == ["valider", "ouvrir", "publier_liste"]
    assert state(amphi).tour is not None


def test_an_amphi_outside_his_scope_does_not_exist_for_an_agent() -> None:
    amphi = make_amphi()
    with pytest.raises(Interdit) as refusal:
        order(amphi, T0, make_agent(make_subdivision("LYON", "Lyon"), "lyon@ars.example"), type="pause")
    assert refusal.value.absent
    for other in (visiteur(amphi, 1), ANONYME):
        with pytest.raises(Interdit) as refusal:
            order(amphi, T0, other, type="pause")
        assert not refusal.value.absent


@pytest.mark.parametrize(
    "corps",
    [
        {"type": "passer"},
        {"type": "passer", "tour": "1"},
        {"type": "passer", "tour": True},
        {"type": "prolonger", "tour": 1, "ms": -5},
        {"type": "multiplicateur", "interne": 1, "multiplicateur": "1e9999999"},
        {"type": "corriger_liste", "motif": "x", "liste": [{"interne": [1], "rang": 9}]},
        {"type": "corriger_liste", "motif": "x", "liste": [{"interne": 1, "rang": 10**30}]},
        {"type": "corriger_liste", "motif": "x", "liste": [{"interne": 1, "rang": 0}]},
        {"type": "corriger_liste", "motif": "x", "liste": [{"interne": 1, "rang": True}]},
        {"type": "corriger_liste", "motif": "x", "liste": [{"ine": "\ud800\x00", "rang": 9}]},
        {
            "type": "corriger_liste",
            "motif": "x",
            "liste": [{"ine": "a", "rang": 8}, {"ine": "a ", "rang": 9}],
        },
        {"type": "pause", "label": "la maladie de quelqu’un"},
        {"type": "message", "texte": "x" * 2_001},
        {"type": "message", "texte": ["x"]},
        {"type": "coupler", "internes": [1]},
        {"type": "multiplicateur", "interne": 1, "multiplicateur": "4/0"},
        {"type": "ajouter_poste", "poste": "999"},
        {"type": "corriger_liste", "liste": "1"},
        {"type": "n_importe_quoi"},
        {},
    ],
)
def test_a_wrong_value_is_refused_and_nothing_is_written(corps: dict[str, Any]) -> None:
    amphi = make_amphi()
    seq = start(amphi).seq
    reponse = order(amphi, T0 + 1_000, **corps)
    assert reponse.statut == 422
    assert state(amphi).seq == seq


def test_two_clicks_on_passer_skip_one_person() -> None:
    amphi = make_amphi()
    start(amphi)
    assert order(amphi, T0 + 1_000, type="passer", tour=1).statut == 201
    second = order(amphi, T0 + 1_000, agent("autre@ars.example"), type="passer", tour=1)
    assert (second.statut, second.corps["motif"]) == (409, "deja_passe")
    tour = state(amphi).tour
    assert tour is not None and tour.interne == 2


def test_a_text_is_cleaned_of_what_no_screen_shows() -> None:
    amphi = make_amphi()
    start(amphi)
    assert order(amphi, T0 + 1_000, type="message", texte=" Bonjour\x00\r\n à tous ").statut == 201
    assert Fait.objects.get(fait="MessageDiffuse").ouverture.prive["texte"] == "Bonjour\n à tous"


def test_a_correction_waits_for_a_second_agent() -> None:
    amphi = make_amphi()
    start(amphi)
    choose(amphi, 1, "2", T0 + 1_000)
    acte = {"type": "corriger_choix", "interne": 1, "poste": "3", "motif": "erreur de saisie"}
    proposed = order(amphi, T0 + 2_000, **acte)
    assert proposed.statut == 202
    assert order(amphi, T0 + 2_500, **acte).corps["proposition"] == proposed.corps["proposition"]
    own = order(amphi, T0 + 3_000, type="approuver", proposition=proposed.corps["proposition"])
    assert own.corps["motif"] == "second_agent_requis"
    approve = {"type": "approuver", "proposition": proposed.corps["proposition"]}
    assert order(amphi, T0 + 4_000, agent("autre@ars.example"), **approve).statut == 201
    rows = Affectation.objects.order_by("n").values_list("poste__numero", "annulee")
    assert list(rows) == [("2", True), ("3", False)]
    prive = Fait.objects.get(fait="ChoixAnnule").ouverture.prive
    assert prive["second"] and prive["second"] != prive["auteur"]
    assert [Poste.objects.get(numero=one).etat for one in ("2", "3")] == ["libre", "pourvu"]


def test_a_proposition_is_void_when_what_was_shown_has_changed() -> None:
    amphi = make_amphi()
    start(amphi)
    close = {"type": "clore", "motif": "fin anticipée"}
    proposed = order(amphi, T0 + 1_000, **close)
    assert (proposed.statut, proposed.corps["apercu"]["internes"]) == (202, [1, 2, 3])
    choose(amphi, 1, "2", T0 + 2_000)
    approve = {"type": "approuver", "proposition": proposed.corps["proposition"]}
    late = order(amphi, T0 + 3_000, agent("autre@ars.example"), **approve)
    assert late.corps["motif"] == "proposition_perimee"


def test_a_proposition_lasts_a_day() -> None:
    amphi = make_amphi()
    start(amphi)
    order(amphi, T0 + 500, type="pause")
    proposed = order(amphi, T0 + 1_000, type="clore", motif="fin anticipée")
    approve = {"type": "approuver", "proposition": proposed.corps["proposition"]}
    late = order(amphi, T0 + 1_000 + 24 * 3600 * 1000, agent("autre@ars.example"), **approve)
    assert late.corps["motif"] == "proposition_perimee"


def test_an_approval_repeated_with_its_key_is_answered_alike() -> None:
    amphi = make_amphi()
    start(amphi)
    proposed = order(amphi, T0 + 1_000, type="clore", motif="fin anticipée")
    approve = {"type": "approuver", "proposition": proposed.corps["proposition"]}
    second = agent("autre@ars.example")
    answers = [run_commande_agent(amphi.pk, approve, second, T0 + 1_500, "cle") for _ in range(2)]
    assert [one.statut for one in answers] == [201, 200]
    assert answers[0].corps == answers[1].corps
    assert Amphi.objects.get(pk=amphi.pk).etat == EtatAmphi.CLOS


def test_an_approval_repeated_with_another_key_does_nothing_more() -> None:
    amphi = make_amphi()
    start(amphi)
    choose(amphi, 1, "2", T0 + 1_000)
    proposed = order(amphi, T0 + 2_000, type="corriger_choix", interne=1, poste="3", motif="erreur de saisie")
    approve = {"type": "approuver", "proposition": proposed.corps["proposition"]}
    second = agent("autre@ars.example")
    alive(T0 + 3_000)
    answers = [run_commande_agent(amphi.pk, approve, second, T0 + 3_000, cle) for cle in ("un", "deux")]
    assert [one.statut for one in answers] == [201, 200]
    assert answers[1].corps == {"deja": True, "seq": answers[0].seq}
    assert Affectation.objects.count() == 2


def test_nobody_is_asked_to_approve_what_the_rules_refuse() -> None:
    amphi = make_amphi(reserves={"3": ["99"]})
    start(amphi)
    choose(amphi, 1, "2", T0 + 1_000)
    correct = {"type": "corriger_choix", "interne": 1, "poste": "3", "motif": "erreur de saisie"}
    assert order(amphi, T0 + 2_000, **correct).corps["motif"] == "poste_reserve"
    relist = {"type": "corriger_liste", "liste": [{"interne": 2, "rang": 3}], "motif": "oubli"}
    assert order(amphi, T0 + 2_000, **relist).corps["motif"] == "liste_invalide"


def test_two_ranks_are_exchanged() -> None:
    amphi = make_amphi()
    start(amphi)
    lines = [{"interne": 2, "rang": 3}, {"interne": 3, "rang": 2}]
    proposed = order(amphi, T0 + 1_000, type="corriger_liste", liste=lines, motif="oubli")
    approve = {"type": "approuver", "proposition": proposed.corps["proposition"]}
    assert order(amphi, T0 + 2_000, agent("autre@ars.example"), **approve).statut == 201
    places = Place.objects.filter(amphi=amphi).order_by("numero").values_list("numero", "rang")
    assert list(places) == [(1, 1), (2, 3), (3, 2)]


def test_an_interne_of_another_subdivision_is_not_added() -> None:
    amphi = make_amphi()
    start(amphi)
    inscription = make_inscription(9, Phase.SOCLE)
    Inscription.objects.filter(pk=inscription.pk).update(subdivision=make_subdivision("LYON", "Lyon"))
    added = order(
        amphi, T0 + 1_000, type="corriger_liste", liste=[{"ine": "socle-00009", "rang": 4}], motif="oubli"
    )
    assert (added.statut, added.corps["champ"]) == (422, "ine")


def test_a_proposition_keeps_only_what_the_act_says() -> None:
    amphi = make_amphi()
    start(amphi)
    order(amphi, T0 + 1_000, type="clore", motif="fin anticipée", autre="\ud800\x00")
    assert Proposition.objects.get().acte == {"type": "clore", "motif": "fin anticipée"}


def test_the_offer_changes_with_its_version() -> None:
    amphi = make_amphi(reserves={"3": ["99"]})
    start(amphi)
    make_poste("50")
    order(amphi, T0 + 1_000, type="pause")
    for acte in ("ajouter_poste", "retirer_poste"):
        assert order(amphi, T0 + 2_000, type=acte, poste="50").statut == 201
    assert order(amphi, T0 + 2_000, type="lever_reserve", poste="3").statut == 201
    assert Poste.objects.get(numero="50").etat == "retire"
    assert not Poste.objects.get(numero="3").reserve
    amphi.refresh_from_db()
    assert amphi.version_offre == 4


def test_a_type_changed_by_the_ars_stays_with_the_interne() -> None:
    amphi = make_amphi()
    start(amphi)
    changed = order(amphi, T0 + 1_000, type="type_choix", interne=2, type_choix="surnombre_validant")
    assert changed.statut == 201
    order(amphi, T0 + 1_000, type="multiplicateur", interne=2, multiplicateur="4/3")
    inscription = Inscription.objects.get(places__amphi=amphi, places__numero=2)
    assert (inscription.type_choix, inscription.multiplicateur) == (TypeChoix.SURNOMBRE_VALIDANT, "4/3")


def test_two_agents_correct_the_list_and_add_an_interne() -> None:
    amphi = make_amphi()
    start(amphi)
    make_inscription(9, Phase.SOCLE)
    lines = [{"interne": 2, "rang": 4}, {"ine": "socle-00009", "rang": 2}]
    proposed = order(amphi, T0 + 1_000, type="corriger_liste", liste=lines, motif="oubli")
    assert proposed.statut == 202, proposed.corps
    approve = {"type": "approuver", "proposition": proposed.corps["proposition"]}
    assert order(amphi, T0 + 2_000, agent("autre@ars.example"), **approve).statut == 201
    places = Place.objects.filter(amphi=amphi).order_by("numero").values_list("numero", "rang", "statut")
    assert list(places) == [
        (1, 1, "en_cours"),
        (2, 4, "a_venir"),
        (3, 3, "a_venir"),
        (4, 2, "a_venir"),
    ]


def test_an_interne_confirms_for_himself_and_a_stranger_may_not() -> None:
    amphi = make_amphi()
    start(amphi)
    alive(T0 + 1_000)
    asked = {"poste": "2", "tour": 1, "vu": 3, "cle": "clic", "maintenant": T0 + 1_000}
    assert confirm_choix(visiteur(amphi, 2), amphi.pk, **asked).corps["motif"] == "pas_votre_tour"
    assert confirm_choix(visiteur(amphi, 1), amphi.pk, **asked).statut == 201
    for stranger in (ANONYME, agent()):
        with pytest.raises(Interdit):
            confirm_choix(stranger, amphi.pk, **asked)


def test_an_amphi_not_started_says_so() -> None:
    amphi = make_amphi()
    asked = {"poste": "2", "tour": 1, "vu": None, "cle": "clic", "maintenant": T0}
    assert confirm_choix(visiteur(amphi, 1), amphi.pk, **asked).corps["motif"] == "amphi_non_demarre"


def test_a_reserved_poste_needs_one_of_its_codes() -> None:
    make_des("99", "Autre")
    amphi = make_amphi(reserves={"3": ["99"]})
    start(amphi)
    assert choose(amphi, 1, "3", T0 + 1_000).corps["motif"] == "poste_reserve"


def test_the_start_waits_for_what_must_be_acknowledged() -> None:
    amphi = make_amphi(internes=3, postes=2)
    asked = order(amphi, T0, type="demarrer")
    assert (asked.statut, asked.corps["motif"]) == (409, "prevol_a_confirmer")
    assert "postes_insuffisants" in asked.corps["codes"]
    assert not Place.objects.filter(amphi=amphi, numero__isnull=False).exists()
    assert order(amphi, T0, type="demarrer", confirme=asked.corps["codes"]).statut == 201
    assert ActeAgent.objects.get(acte="demarrer").details["codes"] == asked.corps["codes"]


def test_long_before_the_announced_hour_the_start_is_asked_for_by_name() -> None:
    amphi = make_amphi(debut=T0 + 3_601_000)
    asked = order(amphi, T0, type="demarrer")
    assert (asked.statut, asked.corps["motif"]) == (409, "prevol_a_confirmer")
    assert asked.corps["codes"] == ["en_avance"] and "est annoncé" in asked.corps["message"]
    assert order(amphi, T0 + 1_000, type="demarrer").statut == 201


def test_what_blocks_the_pre_flight_refuses_the_start() -> None:
    amphi = make_amphi()
    ListeAppel.objects.filter(amphi=amphi).update(published_at=None)
    blocked = order(amphi, T0, type="demarrer", confirme=["liste_non_publiee"])
    assert (blocked.statut, blocked.corps["motif"]) == (409, "prevol_bloque")
    assert blocked.corps["constats"]
