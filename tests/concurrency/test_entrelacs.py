"""Two commands that meet: the order of the lock decides, and both orders are lawful."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection

from gradin.data.amphis.models import Amphi, Fait
from gradin.data.internes.models import Phase
from tests.ampleur import times
from tests.factories.amphis import T0, compte_of, make_amphi
from tests.factories.live import alive, choose, start, state
from tests.factories.ouvrier import Ouvrier, database_url

pytestmark = pytest.mark.django_db(transaction=True)

TOURS = 40
# Of what meets seldom enough elsewhere: as many as can fail, more in `make assurance`.
RENCONTRES = min(times(4), TOURS // 4)


@pytest.fixture(scope="module")
def two(django_db_setup: None) -> Iterator[tuple[Ouvrier, Ouvrier]]:
    with closing(Ouvrier()) as one, closing(Ouvrier()) as other:
        yield one, other


@pytest.fixture
def amphi() -> Amphi:
    amphi = make_amphi(internes=TOURS, postes=TOURS)
    start(amphi)
    return amphi


def meet(two: tuple[Ouvrier, Ouvrier], one: dict[str, Any], other: dict[str, Any]) -> list[dict[str, Any]]:
    two[0].ask(**one)
    two[1].ask(**other)
    return [runner.answer() for runner in two]


def confirm(amphi: Amphi, maintenant: int) -> dict[str, Any]:
    tour = state(amphi).tour
    assert tour is not None
    return {
        "amphi": amphi.pk,
        "maintenant": maintenant,
        "commande": "ConfirmChoix",
        "interne": tour.interne,
        "tour": tour.tour,
        "poste": str(tour.interne),
        "auteur": compte_of(amphi, tour.interne).pk,
        "cle": f"choix-{tour.tour}",
    }


def ends(amphi: Amphi, tour: int) -> list[str]:
    """The facts that ended this tour."""
    faits = Fait.objects.filter(amphi=amphi, fait__in=("ChoixConfirme", "TourPasse"))
    return [fait.fait for fait in faits if fait.p["tour"] == tour]


def test_confirm_meets_expiry(amphi: Amphi, two: tuple[Ouvrier, Ouvrier]) -> None:
    """Received in the last millisecond of the grace, while the clock strikes."""
    for numero in range(1, TOURS + 1):
        tour = state(amphi).tour
        assert tour is not None
        fin = tour.fin + 2_000
        alive(fin)
        strike = {"amphi": amphi.pk, "maintenant": fin + 100, "commande": "Echoir"}
        chosen, _ = meet(two, confirm(amphi, fin), strike)
        ended = ends(amphi, numero)
        assert len(ended) == 1
        if ended == ["ChoixConfirme"]:
            assert chosen["statut"] == 201
        else:
            assert (chosen["statut"], chosen["corps"]["motif"]) == (409, "temps_ecoule")


def test_confirm_meets_pause(amphi: Amphi, two: tuple[Ouvrier, Ouvrier]) -> None:
    maintenant = T0
    for numero in range(1, TOURS // 2 + 1):
        maintenant += 1_000
        alive(maintenant)
        pause = {"amphi": amphi.pk, "maintenant": maintenant, "commande": "Pauser"}
        chosen, paused = meet(two, confirm(amphi, maintenant), pause)
        assert paused["statut"] == 201
        if chosen["statut"] == 409:
            assert chosen["corps"]["motif"] == "amphi_en_pause"
            assert ends(amphi, numero) == []
        resume = {"amphi": amphi.pk, "maintenant": maintenant + 1, "commande": "Reprendre"}
        assert two[0].play(**resume)["statut"] == 201
        again = two[1].play(**confirm_of(amphi, numero, maintenant + 2))
        assert again["statut"] == (200 if chosen["statut"] == 201 else 201)
        assert ends(amphi, numero) == ["ChoixConfirme"]


def confirm_of(amphi: Amphi, numero: int, maintenant: int) -> dict[str, Any]:
    """The same click as `confirm`, sent again after it."""
    return {
        "amphi": amphi.pk,
        "maintenant": maintenant,
        "commande": "ConfirmChoix",
        "interne": numero,
        "tour": numero,
        "poste": str(numero),
        "auteur": compte_of(amphi, numero).pk,
        "cle": f"choix-{numero}",
    }


def test_confirm_meets_skip(amphi: Amphi, two: tuple[Ouvrier, Ouvrier]) -> None:
    """In one instant: either he has chosen and nobody is skipped, or he is told that he was."""
    for numero in range(1, RENCONTRES + 1):
        maintenant = T0 + numero
        alive(maintenant)
        skip = {"amphi": amphi.pk, "maintenant": maintenant, "commande": "Passer", "tour": numero}
        chosen, skipped = meet(two, confirm(amphi, maintenant), skip)
        assert sorted((chosen["statut"], skipped["statut"])) == [201, 409]
        refused = chosen if chosen["statut"] == 409 else skipped
        assert refused["corps"]["motif"] == "deja_passe"
        assert ends(amphi, numero) == ["TourPasse" if refused is chosen else "ChoixConfirme"]


def test_late_arrival_meets_expiry(amphi: Amphi, two: tuple[Ouvrier, Ouvrier]) -> None:
    """He comes back while a tour ends by time: whichever is written first, he is next or has it."""
    for _ in range(RENCONTRES):
        tour = state(amphi).tour
        assert tour is not None
        here = {"amphi": amphi.pk}
        alive(tour.debut)
        absent = {**here, "maintenant": tour.debut, "commande": "MarquerAbsent", "tour": tour.tour}
        assert two[0].play(**absent)["statut"] == 201
        ouvert = state(amphi).tour
        assert ouvert is not None
        fin = ouvert.fin + 2_100
        alive(fin)
        retour = {**here, "maintenant": fin, "commande": "ConnecterRetour", "interne": tour.interne}
        arrived, _ = meet(two, retour, {**here, "maintenant": fin, "commande": "Echoir"})
        assert arrived["statut"] == 201 and ends(amphi, ouvert.tour) == ["TourPasse"]
        apres = state(amphi)
        assert apres.tour is not None
        assert apres.tour.interne == tour.interne or apres.retours == {tour.interne}
        # Whoever came in first is gone before the next meeting.
        if apres.tour.interne != tour.interne:
            skip = {**here, "maintenant": fin, "commande": "Passer", "tour": apres.tour.tour}
            assert two[0].play(**skip)["statut"] == 201
        encore = state(amphi).tour
        assert encore is not None and encore.interne == tour.interne
        leave = {**here, "maintenant": fin, "commande": "Passer", "tour": encore.tour}
        assert two[0].play(**leave)["statut"] == 201


def test_resume_meets_expiry(amphi: Amphi, two: tuple[Ouvrier, Ouvrier]) -> None:
    """The clock of another process strikes for the end that the pause took away: nothing ends."""
    for numero in range(1, RENCONTRES + 1):
        tour = state(amphi).tour
        assert tour is not None
        avant, apres = tour.fin + 1_900, tour.fin + 2_100
        here = {"amphi": amphi.pk}
        alive(avant)
        assert two[0].play(**here, maintenant=avant, commande="Pauser")["statut"] == 201
        alive(apres)
        resume = {**here, "maintenant": apres, "commande": "Reprendre"}
        resumed, _ = meet(two, resume, {**here, "maintenant": apres, "commande": "Echoir"})
        assert resumed["statut"] == 201 and ends(amphi, numero) == []
        rendu = state(amphi).tour
        assert rendu is not None and (rendu.tour, rendu.fin + 2_000 - apres) == (numero, 100)
        skip = {**here, "maintenant": apres, "commande": "Passer", "tour": numero}
        assert two[0].play(**skip)["statut"] == 201


@pytest.mark.postgresql
def test_a_choice_that_does_not_get_the_lock_in_time_is_not_kept_and_may_be_sent_again(amphi: Amphi) -> None:
    """`lock_timeout` is shipped: whoever holds the amphi's row too long costs a click, never a choice."""
    with psycopg.connect(database_url()) as other, connection.cursor() as cursor:
        other.execute("SELECT id FROM amphis_amphi WHERE id = %s FOR UPDATE", [amphi.pk])
        cursor.execute("SET lock_timeout = '50ms'")
        with pytest.raises(OperationalError, match="lock timeout"):
            choose(amphi, 1, "1", T0 + 1_000, "choix-1")
        cursor.execute("RESET lock_timeout")
    assert ends(amphi, 1) == [] and state(amphi).tour is not None
    assert choose(amphi, 1, "1", T0 + 1_000, "choix-1").statut == 201


def test_two_agents_skip_one_person(amphi: Amphi, two: tuple[Ouvrier, Ouvrier]) -> None:
    for numero in range(1, TOURS + 1):
        maintenant = T0 + numero
        alive(maintenant)
        skip = {"amphi": amphi.pk, "maintenant": maintenant, "commande": "Passer", "tour": numero}
        answers = meet(two, skip, skip)
        assert sorted(one["statut"] for one in answers) == [201, 409]
        assert ends(amphi, numero) == ["TourPasse"]


def test_two_clocks_end_a_tour_once(amphi: Amphi, two: tuple[Ouvrier, Ouvrier]) -> None:
    for numero in range(1, TOURS + 1):
        tour = state(amphi).tour
        assert tour is not None
        fin = tour.fin + 2_100
        alive(fin)
        strike = {"amphi": amphi.pk, "maintenant": fin, "commande": "Echoir"}
        meet(two, strike, strike)
        assert ends(amphi, numero) == ["TourPasse"]
    assert state(amphi).tour is None


def test_one_click_sent_by_two_processes_is_one_choice(amphi: Amphi, two: tuple[Ouvrier, Ouvrier]) -> None:
    for numero in range(1, TOURS + 1):
        maintenant = T0 + numero
        alive(maintenant)
        click = confirm(amphi, maintenant)
        answers = meet(two, click, click)
        assert sorted(one["statut"] for one in answers) == [200, 201]
        assert answers[0]["corps"] == answers[1]["corps"]
        assert ends(amphi, numero) == ["ChoixConfirme"]


def test_the_mandataire_meets_the_end_of_his_procuration(amphi: Amphi, two: tuple[Ouvrier, Ouvrier]) -> None:
    """One winner, and both are told."""
    mandataire = compte_of(amphi, TOURS).pk
    for numero in range(1, TOURS // 2 + 1):
        maintenant = T0 + 10 * numero
        alive(maintenant)
        given = {"commande": "FixerProcuration", "mandataire": f"compte:{mandataire}", "acceptee": True}
        here = {"amphi": amphi.pk, "maintenant": maintenant, "interne": numero}
        assert two[0].play(**here, **given)["statut"] == 201
        choice = {**confirm(amphi, maintenant), "voie": "mandataire", "auteur": mandataire}
        chosen, ended = meet(two, choice, {**here, "commande": "AnnulerProcuration"})
        assert sorted((chosen["statut"], ended["statut"])) == [201, 409]
        if chosen["statut"] == 201:
            assert ended["corps"]["motif"] == "deja_affecte"
        else:
            assert chosen["corps"]["motif"] == "procuration_inactive"
            assert two[0].play(**confirm(amphi, maintenant + 1))["statut"] == 201


def test_two_acts_on_a_pause_and_the_clock(amphi: Amphi, two: tuple[Ouvrier, Ouvrier]) -> None:
    """Resumed twice while the clock strikes: the tour has what was left, once."""
    for numero in range(1, TOURS // 2 + 1):
        tour = state(amphi).tour
        assert tour is not None
        maintenant = tour.debut + 1_000
        alive(maintenant)
        here = {"amphi": amphi.pk}
        assert two[0].play(**here, maintenant=maintenant, commande="Pauser")["statut"] == 201
        later = maintenant + 600_000
        alive(later)
        resume = {**here, "maintenant": later, "commande": "Reprendre"}
        answers = meet(two, resume, {**resume})
        assert sorted(one["statut"] for one in answers) == [200, 201]
        resumed = state(amphi).tour
        assert resumed is not None and resumed.fin - later == 89_000
        skip = {**here, "maintenant": later, "commande": "Passer", "tour": numero}
        assert two[0].play(**skip)["statut"] == 201


def test_the_close_meets_the_last_confirm(two: tuple[Ouvrier, Ouvrier]) -> None:
    for phase in (Phase.SOCLE, Phase.ANCIEN_REGIME, Phase.APPROFONDISSEMENT):
        amphi = make_amphi(internes=1, postes=3, phase=phase)
        start(amphi)
        alive(T0 + 1_000)
        here = {"amphi": amphi.pk, "maintenant": T0 + 1_000, "auteur": compte_of(amphi, 1).pk}
        choice = {**confirm(amphi, T0 + 1_000), "poste": str(len(phase) % 3 + 1)}
        chosen, closed = meet(two, choice, {**here, "commande": "Clore", "second": "compte:0"})
        assert closed["statut"] == 201
        assert (chosen["statut"] == 201) == (1 in state(amphi).choix)
        if chosen["statut"] != 201:
            assert chosen["corps"]["motif"] in ("amphi_clos", "deja_passe", "poste_pourvu")
