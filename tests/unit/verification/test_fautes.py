"""I10: a well-chained journal that tells an unlawful amphi is refused at the line of the fault."""

from dataclasses import replace
from fractions import Fraction

import pytest

from gradin.domain.amphi import commands as c
from gradin.domain.amphi import facts as f
from gradin.domain.amphi.prives import Label, Retour, Voie
from gradin.domain.eligibilite.situation import TypeChoix
from gradin.domain.kernel import Fait, Motif
from tests.unit.amphi.partie import Partie, ligne, poste, session
from tests.unit.verification.verdict import verdict_of

VALIDANT, NON_VALIDANT = TypeChoix.SURNOMBRE_VALIDANT, TypeChoix.SURNOMBRE_NON_VALIDANT


def choisi(internes: int = 3, **options) -> list[Fait]:
    """AmphiDemarre, SessionOuverte, then TourOuvert and ChoixConfirme for each (lines 3, 4; 5, 6…)."""
    partie = Partie(internes, **options)
    partie.choose_all(*[str(i) for i in range(1, internes + 1)])
    return partie.faits


def change(faits: list[Fait], n: int, **champs) -> list[Fait]:
    """Line `n` with other fields; `prive` merged."""
    fait = faits[n - 1]
    if "prive" in champs:
        champs["prive"] = replace(fait.prive, **champs["prive"])  # type: ignore[attr-defined]
    return [*faits[: n - 1], replace(fait, **champs), *faits[n:]]


def found(faits: list[Fait], *, complet: bool = True) -> str:
    """« line: reason » of the refusal."""
    seen = verdict_of(faits, complet=complet)
    assert seen is not None, "nothing found"
    return f"{seen[0]}: {seen[1]}"


# --- What anybody finds ---------------------------------------------------------------------------


def test_two_tours_swapped() -> None:
    faits = choisi()
    swapped = change(change(faits, 3, interne=2), 4, interne=2)
    assert found(swapped, complet=False) == "3: c’est le tour de l’interne 1, non de l’interne 2"


def test_a_choice_outside_the_tour() -> None:
    assert found(change(choisi(), 6, interne=3), complet=False).startswith(
        "6: le tour 2 de l’interne 3 n’est pas"
    )


def test_a_choice_after_the_tour_was_passed() -> None:
    partie = Partie(2)
    choix = partie.choose(1, "1")[0]
    partie = Partie(2)
    partie.pass_open()
    assert found([*partie.faits, choix], complet=False).startswith("6: le tour 1 de l’interne 1")


def test_a_second_choice_of_the_same_interne() -> None:
    faits = choisi(2)
    again = change(change(faits, 5, interne=1), 6, interne=1)
    assert found(again, complet=False).startswith("5: c’est le tour de l’interne 2")


def test_a_tour_number_skipped() -> None:
    assert found(change(choisi(), 5, tour=7), complet=False) == "5: ce devrait être le tour 2"


def test_a_tour_shorter_for_one_person() -> None:
    assert found(change(choisi(), 5, duree_ms=60_000), complet=False).startswith("5: la durée")


def test_a_tour_that_never_opens() -> None:
    faits = choisi(2)
    message = f.MessageDiffuse(a=faits[-1].a + 1, prive=f.MessagePrive(auteur="x", texte="y"))
    assert found([*faits[:4], message], complet=False).startswith("5: le tour de l’interne 2 aurait dû")


def test_a_poste_outside_the_offer() -> None:
    assert found(change(choisi(), 4, poste="99"), complet=False) == "4: le poste 99 n’est pas dans l’offre"


def test_a_withdrawn_poste_chosen() -> None:
    partie = Partie(2)
    partie.do(c.Pauser(auteur="agent:1"))
    partie.do(c.RetirerPoste(poste="4", auteur="agent:1"))
    partie.do(c.Reprendre(auteur="agent:1"))
    partie.choose(1, "1")
    assert found(change(partie.faits, 7, poste="4"), complet=False) == "7: le poste 4 est retiré de l’offre"


def test_a_taken_poste_withdrawn() -> None:
    partie = Partie(2)
    partie.choose(1, "1")
    partie.do(c.Pauser(auteur="agent:1"))
    partie.do(c.RetirerPoste(poste="4", auteur="agent:1"))
    faits = change(partie.faits, 7, poste="1")
    assert found(faits, complet=False) == "7: un poste pourvu est retiré"


def test_a_poste_withdrawn_while_running() -> None:
    partie = Partie(2)
    partie.do(c.Pauser(auteur="agent:1"))
    retrait = partie.do(c.RetirerPoste(poste="4", auteur="agent:1"))[0]
    assert found([*choisi(2)[:3], retrait], complet=False) == "4: un poste ne se retire qu’en pause"


def test_a_tour_opened_during_a_pause() -> None:
    partie = Partie(2)
    partie.do(c.Pauser(auteur="agent:1"))
    partie.pass_open()
    ouvert = choisi(2)[4]
    assert found([*partie.faits, ouvert], complet=False) == "6: un tour s’ouvre pendant une pause"


def test_a_second_holder_where_no_surnombre_is_allowed() -> None:
    faits = change(choisi(surnombre="interdit"), 6, poste="1")
    assert found(faits, complet=False) == "6: le poste 1 est déjà pourvu"


def test_more_holders_in_a_service_than_postes_and_surnombres() -> None:
    offre = [poste("1", "S"), poste("2", "T"), poste("3", "U")]
    faits = choisi(offre=offre, surnombres_max_par_service=1)
    faits = change(change(faits, 6, poste="1"), 8, poste="1")
    assert found(faits, complet=False) == "8: trop de surnombres dans le service S"


def test_a_late_arrival_called_after_a_lower_rank() -> None:
    partie = Partie(4)
    partie.pass_open()
    partie.do(c.Replacer(interne=1, auteur="agent:1"))
    partie.choose(2, "2")
    faits = change(partie.faits, 8, interne=3)
    assert found(faits, complet=False) == "8: c’est le tour de l’interne 1, non de l’interne 3"


def test_somebody_between_the_two_of_a_couple() -> None:
    partie = Partie(4, couples=((1, 3),))
    partie.choose_all("1", "2", "3", "4")
    assert [fait.interne for fait in partie.faits if isinstance(fait, f.TourOuvert)] == [2, 3, 1, 4]
    assert found(change(partie.faits, 7, interne=4), complet=False).startswith(
        "7: c’est le tour de l’interne 1"
    )


def test_a_session_before_its_hour() -> None:
    sessions = (session(1, 1, 2), session(2, 3, 3))
    partie = Partie(3, sessions=sessions)
    partie.choose_all("1", "2")
    late = replace(sessions[1], debut=sessions[1].debut + 1)
    assert found(change(partie.faits, 1, sessions=(sessions[0], late)), complet=False).startswith(
        "7: la session"
    )


def test_somebody_placed_back_who_was_not_passed() -> None:
    back = f.RetourPlace(a=choisi()[4].a, interne=1, prive=f.RetourPrive(auteur="a", retour=Retour.AGENT))
    assert found([*choisi()[:5], back], complet=False).startswith("6: l’interne n’a pas à être replacé")


def test_a_close_that_keeps_silent_about_somebody() -> None:
    partie = Partie(3)
    partie.do(c.Clore(auteur="agent:1", second="agent:2"))
    faits = change(partie.faits, 5, internes=(2,))
    assert found(faits, complet=False) == "5: la clôture tait les internes à venir [3]"


def test_a_fact_after_the_close() -> None:
    partie = Partie(1)
    partie.choose(1, "1")
    partie.do(c.Clore(auteur="agent:1"))
    assert found([*partie.faits, partie.faits[1]], complet=False) == "6: l’amphi est clos"


def test_time_that_goes_back() -> None:
    faits = choisi()
    assert found(change(faits, 4, a=faits[0].a - 1), complet=False) == "4: l’heure recule"


def test_a_long_outage_without_a_pause() -> None:
    partie = Partie(2)
    partie.after(60_000).do(c.ConstaterPanne(de=partie.t - 45_000))
    message = f.MessageDiffuse(a=partie.t, prive=f.MessagePrive(auteur="x", texte="y"))
    assert found([*partie.faits[:4], message], complet=False).startswith("5: la panne")


# --- What only the complete journal finds, said as unknown by the public one ----------------------


def hidden(faits: list[Fait]) -> str:
    """The public level cannot object; the complete one does."""
    assert verdict_of(faits, complet=False) is None
    return found(faits)


def test_a_second_classique_on_a_poste() -> None:
    assert hidden(change(choisi(), 6, poste="1")) == "6: le poste 1 était déjà pourvu pour lui"


def test_a_surnombre_validant_on_the_poste_of_a_better_rank() -> None:
    faits = choisi(liste=[ligne(1), ligne(2, type_choix=VALIDANT), ligne(3)])
    assert hidden(change(faits, 6, poste="1")) == "6: le poste 1 était déjà pourvu pour lui"


def test_a_surnombre_of_any_kind_where_the_policy_forbids_it() -> None:
    faits = choisi(liste=[ligne(1, type_choix=NON_VALIDANT), ligne(2)], internes=2)
    parametres = replace(faits[0].parametres, surnombre="interdit")  # type: ignore[attr-defined]
    assert hidden(change(faits, 1, parametres=parametres)) == "4: cet amphi n’admet pas de surnombre"


def test_a_held_poste_taken() -> None:
    assert hidden(change(choisi(), 1, tenus=("2",))) == "6: le poste 2 était déjà pourvu pour lui"


def test_a_held_poste_added_later_is_still_held() -> None:
    partie = Partie(1)
    partie.do(c.Pauser(auteur="agent:1"))
    partie.do(c.AjouterPoste(poste=poste("9"), auteur="agent:1"))
    partie.do(c.Reprendre(auteur="agent:1"))
    partie.choose(1, "9")
    assert hidden(change(partie.faits, 1, tenus=("9",))) == "7: le poste 9 était déjà pourvu pour lui"


def test_a_reserved_poste_taken_with_no_code_for_it() -> None:
    offre = (poste("1", reserve=("ONC",)), *choisi()[0].offre[1:])  # type: ignore[attr-defined]
    assert hidden(change(choisi(), 1, offre=offre)).startswith("4: le poste 1 ne lui est pas ouvert")


def test_one_surnombre_too_many_without_the_act_that_excuses_it() -> None:
    liste = [ligne(1, type_choix=NON_VALIDANT), ligne(2, type_choix=NON_VALIDANT), ligne(3)]
    offre = [poste("1", "S"), poste("2", "S"), poste("3", "S")]
    partie = Partie(liste=liste, offre=offre, surnombres_max_par_service=1)
    partie.choose(1, "1")
    partie.do(c.ChoisirPour(tour=2, poste="2", depasser=True, auteur="agent:1", motif="accord du chef"))
    assert verdict_of(partie.faits) is None
    assert isinstance(partie.faits[5], f.ActeReserve)
    assert hidden([*partie.faits[:5], *partie.faits[6:]]) == "6: trop de surnombres dans le service S"


def test_a_service_already_validated_where_it_is_refused() -> None:
    faits = choisi(liste=[ligne(1, valides=("S1",)), ligne(2)], internes=2)
    parametres = replace(faits[0].parametres, deja_valide="refuse")  # type: ignore[attr-defined]
    assert hidden(change(faits, 1, parametres=parametres)) == "4: il a déjà validé le service S1"


def test_another_type_de_choix_than_his_own() -> None:
    assert hidden(change(choisi(), 4, prive={"type_choix": NON_VALIDANT})).startswith("4: son type de choix")


def test_a_choice_after_the_end_of_the_tour() -> None:
    partie = Partie(1)
    partie.after(92_000).choose(1, "1")
    late = partie.faits[3].a + 1
    assert verdict_of(partie.faits) is None
    assert hidden(change(partie.faits, 4, a=late)) == "4: le choix est arrivé après la fin du tour"


def test_a_tour_ended_before_its_time() -> None:
    partie = Partie(1)
    partie.after(92_001).tick()
    early = partie.faits[3].a - 1
    assert verdict_of(partie.faits) is None
    assert hidden(change(partie.faits, 4, a=early)) == "4: son temps n’était pas écoulé"


def test_an_absence_judged_too_soon() -> None:
    partie = Partie(1, presents=())
    partie.after(15_001).tick()
    early = partie.faits[3].a - 1
    assert verdict_of(partie.faits) is None
    assert hidden(change(partie.faits, 4, a=early)) == "4: personne ne pouvait encore le dire absent"


def test_a_present_interne_passed_as_absent_by_the_system() -> None:
    partie = Partie(1, presents=())
    partie.after(15_001).tick()
    assert hidden(change(partie.faits, 3, prive={"present": True})).startswith("4: personne ne pouvait")


def test_a_pause_that_an_agent_calls_technical() -> None:
    partie = Partie(1)
    partie.after(40_000).do(c.Pauser(label=Label.TECHNIQUE))
    faits = change(partie.faits, 4, prive={"auteur": "agent:1"})
    assert hidden(faits) == "4: seule la plateforme dit une pause technique"


def test_a_pause_that_steals_time() -> None:
    partie = Partie(1)
    partie.after(40_000).do(c.Pauser(auteur="agent:1"))
    faits = change(partie.faits, 4, prive={"reste_ms": 51_999})
    assert hidden(faits) == "4: le reste du tour devrait être 52000 ms"


def test_an_amenagement_not_given() -> None:
    partie = Partie(liste=[ligne(1, multiplicateur=Fraction(4, 3))])
    assert (
        hidden(change(partie.faits, 3, prive={"duree_ms": 90_000})) == "3: sa durée devrait être de 120000 ms"
    )


def test_the_mandant_choosing_under_a_procuration() -> None:
    partie = Partie(1)
    partie.do(c.FixerProcuration(interne=1, mandataire="m", acceptee=True))
    partie.choose(1, "1", voie=Voie.MANDATAIRE, auteur="m")
    faits = change(partie.faits, 5, prive={"voie": Voie.INTERNE})
    assert hidden(faits) == "5: sous procuration, seul le mandataire choisit"


def test_a_choice_entered_by_the_ars_without_motive() -> None:
    assert hidden(change(choisi(), 4, prive={"voie": Voie.ARS})).startswith("4: un choix saisi par l’ARS")


def test_an_armed_list_that_speaks_too_soon() -> None:
    faits = choisi(liste_armee=True)
    prive = {"voie": Voie.LISTE_ARMEE, "auteur": "systeme"}
    assert hidden(change(faits, 4, prive=prive)) == "4: la liste armée a parlé avant l’heure"


def test_somebody_back_by_himself_twice() -> None:
    partie = Partie(3)
    partie.pass_open()
    partie.do(c.DemanderRetour(interne=1))
    partie.pass_open()
    partie.pass_open()
    partie.do(c.Replacer(interne=1, auteur="agent:1"))
    n = len(partie.faits)
    assert verdict_of(partie.faits) is None
    assert (
        hidden(change(partie.faits, n, prive={"retour": Retour.DEMANDE}))
        == f"{n}: il est déjà revenu une fois de lui-même"
    )


@pytest.mark.parametrize("second", [None, "agent:1"])
def test_a_correction_by_one_agent_alone(second: str | None) -> None:
    partie = Partie(2)
    partie.choose(1, "1")
    partie.do(c.CorrigerChoix(interne=1, poste="2", auteur="agent:1", motif="erreur", second="agent:2"))
    assert verdict_of(partie.faits) is None
    assert hidden(change(partie.faits, 6, prive={"second": second})) == "6: il y faut deux agents différents"


def test_an_absence_foreseen_that_is_called() -> None:
    faits = choisi(liste=[ligne(1), ligne(2)], internes=2)
    liste = (ligne(1, absence_prevue=True), ligne(2))
    assert hidden(change(faits, 1, liste=liste)).startswith("1: l’interne 1, absent prévu")


def test_an_act_that_excuses_another_poste_excuses_nothing() -> None:
    acte = f.RegleDepassee(auteur="a", motif="m", interne=1, poste="9", regle=Motif.SURNOMBRE_PLEIN)
    liste = [ligne(1, type_choix=NON_VALIDANT)]
    faits = Partie(liste=liste, surnombres_max_par_service=0)
    choix = Partie(liste=liste).choose(1, "1")[0]
    assert found([*faits.faits, f.ActeReserve(a=choix.a, prive=acte), choix]).startswith(
        "5: trop de surnombres"
    )
