"""What lies outside the amphi: presence, other amphis, the chain, armed lists, outages, bugs."""

import logging
from pkgutil import resolve_name

import pytest
from django.db import IntegrityError

from gradin.data.amphis.models import Affectation, Amphi, Battement, EtatAmphi, Fait, Place
from gradin.data.courriers.models import Envoi
from gradin.data.internes.models import Inscription, Phase, TypeChoix
from gradin.data.postes.models import Poste
from gradin.domain.amphi import engine
from gradin.domain.amphi.commands import (
    Clore,
    ConfirmChoix,
    CorrigerChoix,
    Echoir,
    Pauser,
    Reprendre,
    RetirerPoste,
)
from gradin.operations.amphis import (
    beat,
    beat_now,
    clear_presence,
    constater_au_demarrage,
    demarrer_amphi,
    handle,
    register_presence,
)
from tests.factories.amphis import T0, add_favoris, make_amphi
from tests.factories.live import alive, choose, pass_time, play, start, state

pytestmark = pytest.mark.django_db


def facts(amphi: Amphi) -> list[str]:
    return list(Fait.objects.filter(amphi=amphi).order_by("n").values_list("fait", flat=True))


def test_absence_follows_the_registered_presence() -> None:
    amphi = make_amphi()
    register_presence(lambda amphi_id: frozenset({2}))
    try:
        start(amphi)
        pass_time(amphi, T0 + 15_101)
        assert Place.objects.get(amphi=amphi, numero=1).statut == "passe"
        pass_time(amphi, T0 + 31_000)
        tour = state(amphi).tour
        assert tour is not None and tour.interne == 2
    finally:
        clear_presence()


def _make_in_two_amphis(*, internes: int = 2) -> tuple[Amphi, Amphi]:
    """The same internes in two amphis of the semestre, each with its own postes."""
    one = make_amphi(internes=internes)
    other = make_amphi(internes=internes, variante="ambulatoire", postes=1)
    return one, other


def test_a_choice_here_ends_the_tour_elsewhere_at_once() -> None:
    one, other = _make_in_two_amphis()
    start(one)
    start(other)
    choose(one, 1, "2", T0 + 1_000)
    assert facts(other)[-2:] == ["HorsChoixConstate", "TourOuvert"]
    assert Place.objects.get(amphi=other, numero=1).statut == "hors_choix"


def test_the_unique_index_is_the_net_when_the_other_amphi_was_not_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, other = _make_in_two_amphis()
    start(one)
    start(other)
    monkeypatch.setattr("gradin.operations.amphis.handling._wake_others", lambda *seen: None)
    monkeypatch.setattr("gradin.operations.amphis.sql.read_ailleurs", lambda amphi: frozenset())
    choose(one, 1, "2", T0 + 1_000)
    refused = choose(other, 1, "1", T0 + 1_500)
    assert (refused.statut, refused.corps["motif"]) == (409, "deja_affecte")
    assert Affectation.objects.count() == 1


def test_a_poste_given_elsewhere_to_a_classique_is_refused_by_the_index() -> None:
    """Two amphis outside any chain offer the same poste: an error of preparation that doubles nothing."""
    one = make_amphi(internes=1, postes=1)
    other = make_amphi(internes=1, postes=1, phase=Phase.APPROFONDISSEMENT)
    start(one)
    start(other)
    assert choose(one, 1, "1", T0 + 1_000).statut == 201
    refused = choose(other, 1, "1", T0 + 1_500)
    assert (refused.statut, refused.corps["motif"]) == (409, "poste_pourvu")


def test_a_chain_waits_for_its_first_amphi_and_takes_over_what_is_held() -> None:
    first = make_amphi(internes=1, postes=2, phase=Phase.ANCIEN_REGIME)
    later = make_amphi(internes=1, postes=2, phase=Phase.APPROFONDISSEMENT, precedent=first)
    start(first)
    blocked = demarrer_amphi(later.pk, auteur=None, maintenant=T0 + 500)
    assert blocked.corps["motif"] == "amont_ouvert"
    assert not Place.objects.filter(amphi=later, numero__isnull=False).exists()
    choose(first, 1, "2", T0 + 1_000)
    play(first, Clore(), T0 + 2_000)
    start(later, T0 + 3_000)
    assert state(later).tenus == {"2"}
    late = play(first, CorrigerChoix(interne=1, motif="erreur", second="compte:2"), T0 + 4_000)
    assert late.corps["motif"] == "aval_ouvert"
    assert choose(later, 1, "2", T0 + 5_000).corps["motif"] == "poste_pourvu"


def test_a_poste_withdrawn_while_prepared_is_not_offered() -> None:
    amphi = make_amphi()
    Poste.objects.filter(numero="4").update(etat="retire")
    start(amphi)
    assert set(state(amphi).postes) == {"1", "2", "3"}
    play(amphi, Pauser(), T0 + 500)
    assert play(amphi, RetirerPoste(poste="3"), T0 + 1_000).statut == 201


def test_the_armed_list_chooses_when_time_runs_out() -> None:
    amphi = make_amphi(parametres={"liste_armee": True})
    Inscription.objects.filter(places__amphi=amphi, places__rang=1).update(liste_armee=True)
    add_favoris(amphi, 1, ["3", "2"])
    start(amphi)
    pass_time(amphi, T0 + 92_101)
    choice = Affectation.objects.get(amphi=amphi)
    assert (choice.poste.numero, choice.type_choix) == ("3", TypeChoix.CLASSIQUE)


def test_a_short_outage_is_given_back_and_a_long_one_pauses() -> None:
    amphi = make_amphi()
    start(amphi)
    alive(T0 + 40_000)
    handle(amphi.pk, Echoir(), auteur=None, maintenant=T0 + 65_000)
    tour = state(amphi).tour
    assert tour is not None and tour.fin == T0 + 90_000 + 25_000
    alive(T0 + 66_000)
    handle(amphi.pk, Echoir(), auteur=None, maintenant=T0 + 200_000)
    assert facts(amphi)[3:] == ["PanneConstatee", "PanneConstatee", "PauseDebutee"]
    assert Amphi.objects.get(pk=amphi.pk).etat == EtatAmphi.PAUSE


def test_a_process_that_starts_alone_gives_back_the_time_since_the_last_beat() -> None:
    amphi = make_amphi()
    start(amphi)
    assert beat("seul", T0 + 2_000)
    assert constater_au_demarrage(T0 + 3_500, "seul") == (amphi.pk,)
    assert facts(amphi)[-1] == "PanneConstatee"
    tour = state(amphi).tour
    assert tour is not None and tour.fin == T0 + 90_000 + 1_500


@pytest.mark.postgresql
def test_a_process_that_joins_another_finds_no_outage() -> None:
    amphi = make_amphi()
    start(amphi)
    beat("vivant", T0 + 3_000)
    assert constater_au_demarrage(T0 + 3_500, "nouveau") == ()
    assert "PanneConstatee" not in facts(amphi)


def test_a_beat_after_a_silence_does_not_hide_it() -> None:
    amphi = make_amphi()
    start(amphi)
    alive(T0 + 10_000)
    assert beat("moi", T0 + 15_000)
    tour = state(amphi).tour
    assert facts(amphi)[-1] == "PanneConstatee"
    assert tour is not None and tour.fin == T0 + 90_000 + 5_000
    assert beat("moi", T0 + 16_000)
    assert facts(amphi).count("PanneConstatee") == 1


def test_a_beat_that_waited_counts_from_when_it_could_write() -> None:
    amphi = make_amphi()
    start(amphi)
    alive(T0 + 10_000)
    assert beat_now("moi", lambda: T0 + 14_000)
    assert facts(amphi)[-1] == "PanneConstatee"


def test_nobody_beats_when_nothing_runs() -> None:
    make_amphi()
    assert not beat("moi", T0)
    assert not Battement.objects.exists()


def test_an_armed_choice_that_the_index_refuses_pauses_the_amphi() -> None:
    """Its poste is held in an amphi outside the chain: only a person can tell what was meant."""
    one = make_amphi(internes=1, postes=1)
    other = make_amphi(internes=1, postes=1, phase=Phase.APPROFONDISSEMENT, parametres={"liste_armee": True})
    Inscription.objects.filter(places__amphi=other).update(liste_armee=True)
    add_favoris(other, 1, ["1"])
    start(one)
    start(other)
    choose(one, 1, "1", T0 + 1_000)
    with pytest.raises(IntegrityError):
        pass_time(other, T0 + 92_101)
    assert facts(other)[-1] == "PauseDebutee"
    assert Affectation.objects.count() == 1


class Broken(Exception):
    pass


def test_a_bug_in_a_choice_writes_nothing_and_pauses(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    amphi = make_amphi()
    start(amphi)

    def broken(*args: object) -> None:
        raise Broken

    monkeypatch.setitem(engine.DECISIONS, ConfirmChoix, broken)
    with pytest.raises(Broken), caplog.at_level(logging.CRITICAL):
        choose(amphi, 1, "2", T0 + 1_000)
    assert facts(amphi)[-1] == "PauseDebutee"
    assert not Affectation.objects.exists()
    assert caplog.records


ETAPES = (
    "seance.decide",
    "seance.fold",
    "seance.write_decision",
    "seance.corps_of",
    "seance.keep_answer",
    "ecriture.write",
    "ecriture.sql.insert_lignes",
    "ecriture.write_rows",
    "ecriture.enqueue_choix",
    "ecriture._end_couples",
    "ecriture.echeance",
    "ecriture.sql.update_amphi",
    "ecriture.sql.notify",
)


def test_a_bug_at_any_step_of_a_choice_writes_nothing_and_pauses() -> None:
    """I57: one after the other, in one amphi that an agent resumes; then the choice goes through."""
    amphi = make_amphi()
    start(amphi)
    for n, etape in enumerate(ETAPES, start=1):
        t = T0 + n * 1_000
        with pytest.MonkeyPatch.context() as essai, pytest.raises(Broken):
            _break_once(essai, f"gradin.operations.amphis.{etape}")
            choose(amphi, 1, "2", t, cle=f"cle-{n}")
        assert facts(amphi)[-1] == "PauseDebutee", etape
        assert not Affectation.objects.exists() and not Envoi.objects.exists(), etape
        assert play(amphi, Reprendre(), t + 500).statut == 201
    assert choose(amphi, 1, "2", T0 + 60_000, cle="cle-1").statut == 201


def _break_once(essai: pytest.MonkeyPatch, adresse: str) -> None:
    """The pause that follows takes some of the same steps, whole again."""
    vraie, appels = resolve_name(adresse), []

    def broken(*args: object, **options: object) -> object:
        appels.append(args)
        if len(appels) == 1:
            raise Broken
        return vraie(*args, **options)

    essai.setattr(adresse, broken)


def test_a_bug_in_what_somebody_else_sends_leaves_the_chooser_his_tour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    amphi = make_amphi()
    start(amphi)

    def broken(*args: object) -> None:
        raise Broken

    monkeypatch.setitem(engine.DECISIONS, ConfirmChoix, broken)
    with pytest.raises(Broken):
        play(amphi, ConfirmChoix(interne=2, poste="2", tour=1), T0 + 1_000)
    assert facts(amphi)[-1] == "TourOuvert"


def test_a_bug_in_what_is_due_pauses_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    amphi = make_amphi()
    start(amphi)

    def broken(*args: object) -> None:
        raise Broken

    monkeypatch.setitem(engine.DECISIONS, Echoir, broken)
    with pytest.raises(Broken):
        play(amphi, RetirerPoste(poste="3"), T0 + 1_000)
    assert facts(amphi)[-1] == "PauseDebutee"


def test_a_bug_in_an_act_of_the_ars_pauses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    amphi = make_amphi()
    start(amphi)

    def broken(*args: object) -> None:
        raise Broken

    monkeypatch.setitem(engine.DECISIONS, RetirerPoste, broken)
    with pytest.raises(Broken):
        play(amphi, RetirerPoste(poste="3"), T0 + 1_000)
    assert facts(amphi)[-1] == "TourOuvert"


def test_a_choice_and_its_mail_are_one_transaction() -> None:
    amphi = make_amphi()
    start(amphi)
    n = choose(amphi, 1, "2", T0 + 1_000).corps["recu"]["n"]
    assert Envoi.objects.get().cle == f"choix-{amphi.pk}-{n}"
