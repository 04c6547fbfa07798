"""A couple: asked by one, accepted by the other, granted by the ARS; then the journal forms it."""

import pytest

from gradin.data.courriers.models import Envoi
from gradin.data.demandes.models import DemandeCouple, EtatCouple
from gradin.domain.amphi.commands import Coupler, Decoupler
from gradin.operations.demandes import couples
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.operations.permissions import Interdit
from gradin.queries.couples import couples_of_amphi, own_couples
from tests.factories.amphis import T0, compte_of, make_amphi, visiteur
from tests.factories.comptes import make_agent
from tests.factories.live import play, start, state

pytestmark = pytest.mark.django_db


def test_a_couple_agreed_by_three_stands_in_the_first_fact() -> None:
    amphi = make_amphi(internes=4)
    un, deux, trois = (visiteur(amphi, rang) for rang in (1, 2, 3))
    agent = make_agent(amphi.subdivision)
    place = amphi.places.get(rang=3).pk
    pk = couples.propose_couple(un, amphi.pk, place, maintenant=T0 - 10)
    assert couples_of_amphi(amphi.pk) == () and own_couples(deux.interne or 0, amphi.pk) == ()
    with pytest.raises(Interdit):
        couples.accept_couple(deux, pk, maintenant=T0 - 9)
    with pytest.raises(DemandeRefusee, match="n’attend plus"):
        couples.grant_couple(agent, pk, maintenant=T0 - 9)
    couples.accept_couple(trois, pk, maintenant=T0 - 8)
    couples.grant_couple(agent, pk, maintenant=T0 - 7)
    with pytest.raises(DemandeRefusee, match="déjà en couple"):
        couples.propose_couple(deux, amphi.pk, place, maintenant=T0 - 6)
    start(amphi)
    assert state(amphi).couples == ((1, 3),)


def test_each_step_is_told_by_mail_to_whom_it_concerns() -> None:
    amphi = make_amphi(internes=4)
    un, trois, quatre = (visiteur(amphi, rang) for rang in (1, 3, 4))
    place = amphi.places.get(rang=3).pk
    evincee = couples.propose_couple(quatre, amphi.pk, place, maintenant=T0 - 10)
    pk = couples.propose_couple(un, amphi.pk, place, maintenant=T0 - 9)
    couples.accept_couple(trois, pk, maintenant=T0 - 8)
    couples.grant_couple(make_agent(amphi.subdivision), pk, maintenant=T0 - 7)
    couples.leave_couple(trois, pk, maintenant=T0 - 6)
    recus = [(e.cle.split("-")[2], e.destinataire) for e in Envoi.objects.order_by("pk")]
    a = {rang: compte_of(amphi, rang).email for rang in (1, 3, 4)}
    assert recus == [
        ("propose", a[3]),
        ("propose", a[3]),
        ("accepte", a[1]),
        ("fini", a[4]),
        ("accorde", a[1]),
        ("accorde", a[3]),
        ("fini", a[1]),
    ]
    assert DemandeCouple.objects.get(pk=evincee).etat == EtatCouple.RETIRE


def test_a_couple_granted_while_the_amphi_runs_is_formed_at_once_and_left_in_time() -> None:
    amphi = make_amphi(internes=4)
    start(amphi)
    deux, quatre = visiteur(amphi, 2), visiteur(amphi, 4)
    pk = couples.propose_couple(quatre, amphi.pk, amphi.places.get(rang=2).pk, maintenant=T0)
    couples.accept_couple(deux, pk, maintenant=T0)
    couples.grant_couple(make_agent(amphi.subdivision), pk, maintenant=T0)
    assert state(amphi).couples == ((2, 4),)
    couples.leave_couple(deux, pk, maintenant=T0)
    assert state(amphi).couples == ()
    assert DemandeCouple.objects.get().etat == EtatCouple.RETIRE


def test_a_couple_undone_by_the_regie_ends_its_demand_and_cannot_break_the_next_one() -> None:
    amphi = make_amphi(internes=4)
    start(amphi)
    deux, quatre = visiteur(amphi, 2), visiteur(amphi, 4)
    pk = couples.propose_couple(quatre, amphi.pk, amphi.places.get(rang=2).pk, maintenant=T0)
    couples.accept_couple(deux, pk, maintenant=T0)
    couples.grant_couple(make_agent(amphi.subdivision), pk, maintenant=T0)
    play(amphi, Decoupler(interne=4), T0)
    demande = DemandeCouple.objects.get()
    assert (demande.etat, demande.ended_at) == (EtatCouple.RETIRE, T0)
    play(amphi, Coupler(internes=(3, 4)), T0)
    DemandeCouple.objects.update(etat=EtatCouple.ACCORDE, ended_at=None)
    couples.leave_couple(quatre, pk, maintenant=T0)
    assert state(amphi).couples == ((3, 4),)


def test_who_was_taken_off_the_list_before_the_start_is_refused_in_words() -> None:
    amphi = make_amphi(internes=3)
    un, deux = visiteur(amphi, 1), visiteur(amphi, 2)
    pk = couples.propose_couple(un, amphi.pk, amphi.places.get(rang=2).pk, maintenant=T0)
    couples.accept_couple(deux, pk, maintenant=T0)
    amphi.places.get(rang=2).delete()
    with pytest.raises(DemandeRefusee, match="n’est plus sur la liste"):
        couples.grant_couple(make_agent(amphi.subdivision), pk, maintenant=T0)
    couples.leave_couple(un, pk, maintenant=T0)
    assert DemandeCouple.objects.get().etat == EtatCouple.RETIRE
