"""A procuration from its sending to its end, before and during an amphi; the journal says the same."""

import pytest

from gradin.data.amphis.models import Amphi
from gradin.data.comptes.models import Compte
from gradin.data.courriers.models import Envoi
from gradin.data.demandes.models import EtatProcuration, Mouvement, Procuration
from gradin.operations.amphis import confirm_choix
from gradin.operations.amphis.reponse import Reponse
from gradin.operations.demandes.acceptation import (
    ESSAIS,
    accept_procuration,
    decline_invitation,
    renounce,
)
from gradin.operations.demandes.procuration import (
    DUREE_LIEN_MS,
    Contact,
    cancel_procuration,
    record_procuration_papier,
    resend_procuration,
)
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.operations.demandes.representants import allow_several
from gradin.operations.demandes.secret import code_of, jeton_of
from gradin.operations.permissions import Audience, Interdit, acces
from gradin.queries.prevol import examine
from gradin.queries.procurations import list_mandats
from gradin.queries.visiteurs import visiteur_of
from tests.factories.amphis import T0, compte_of, make_amphi
from tests.factories.comptes import make_agent, make_compte
from tests.factories.live import alive, start, state
from tests.factories.referentiel import make_semestre
from tests.integration.demandes.conftest import MARCEL, TELEPHONE, accept, give, inscription_of

pytestmark = pytest.mark.django_db


def choose(amphi: Amphi, compte: int, poste: str, pour: int | None = None, at: int = T0 + 1_000) -> Reponse:
    alive(at)
    etat = state(amphi)
    return confirm_choix(
        visiteur_of(Compte.objects.get(pk=compte)),
        amphi.pk,
        poste=poste,
        tour=etat.dernier_tour,
        vu=etat.seq,
        cle=None,
        maintenant=at,
        pour=pour,
    )


def cancel(amphi: Amphi, rang: int, at: int) -> None:
    alive(at)
    cancel_procuration(inscription_of(amphi, rang).pk, auteur=compte_of(amphi, rang).pk, maintenant=at)


def test_it_binds_from_its_sending_and_the_refusal_names_the_mandataire(amphi: Amphi) -> None:
    give(amphi, 1)
    start(amphi)
    reponse = choose(amphi, compte_of(amphi, 1).pk, "1")
    assert reponse.corps["motif"] == "mandataire_seul"
    assert MARCEL in reponse.corps["message"]


def test_it_binds_at_once_in_an_amphi_that_runs(amphi: Amphi) -> None:
    start(amphi)
    alive(T0 + 500)
    procuration = give(amphi, 1, maintenant=T0 + 500)
    assert choose(amphi, compte_of(amphi, 1).pk, "1").corps["motif"] == "mandataire_seul"
    assert state(amphi).procurations[1].mandataire == f"procuration:{procuration.pk}"


def test_the_mandataire_who_accepted_chooses_and_the_mandant_gets_the_mail(amphi: Amphi) -> None:
    mandataire = accept(give(amphi, 1))
    start(amphi)
    reponse = choose(amphi, mandataire, "2")
    assert reponse.statut == 201, reponse.corps
    assert reponse.corps["recu"]["prive"]["voie"] == "mandataire"
    assert Envoi.objects.filter(cle__startswith="choix-").count() == 1


def test_acceptance_during_the_tour_gives_the_choice(amphi: Amphi) -> None:
    procuration = give(amphi, 1)
    start(amphi)
    alive(T0 + 500)
    mandataire = accept(procuration, maintenant=T0 + 500)
    assert choose(amphi, mandataire, "2").statut == 201


def test_the_three_mails_of_the_manual_wait_in_the_outbox(amphi: Amphi) -> None:
    procuration = give(amphi, 1)
    envoi = Envoi.objects.get(cle=f"procuration-{procuration.pk}-envoi1")
    invitation = Envoi.objects.get(cle=f"procuration-{procuration.pk}-invitation1")
    assert envoi.destinataire == compte_of(amphi, 1).email
    assert f"Votre demande de procuration vient d’être envoyée à {MARCEL}." in envoi.texte
    assert "Annuler la procuration" in envoi.texte
    assert invitation.destinataire == MARCEL
    assert "Prénom Interne1 vous convie à sa demande de procuration." in invitation.texte
    assert jeton_of(procuration) in invitation.texte and jeton_of(procuration) in invitation.html
    assert code_of(procuration) not in envoi.texte + envoi.html + invitation.texte + invitation.html


def test_the_link_serves_once(amphi: Amphi) -> None:
    procuration = give(amphi, 1)
    accept(procuration)
    with pytest.raises(DemandeRefusee, match="ne sert plus"):
        accept(procuration, make_compte("autre@x.example").pk)


def test_the_link_dies_with_a_newer_invitation_and_after_a_week(amphi: Amphi) -> None:
    procuration = give(amphi, 1)
    ancien, code = jeton_of(procuration), code_of(procuration)
    resend_procuration(inscription_of(amphi, 1).pk, auteur=compte_of(amphi, 1).pk, maintenant=T0 - 900)
    with pytest.raises(DemandeRefusee, match="plus récent"):
        accept_procuration(ancien, code, compte=None, maintenant=T0 - 800)
    with pytest.raises(DemandeRefusee, match="renvoyer"):
        accept(procuration, maintenant=T0 + DUREE_LIEN_MS)


def test_a_forged_link_opens_nothing(amphi: Amphi) -> None:
    procuration = give(amphi, 1)
    for jeton in ("", "faux", f"{procuration.cle}.1~signature", jeton_of(procuration)[:-1]):
        with pytest.raises(DemandeRefusee):
            accept_procuration(jeton, code_of(procuration), compte=None, maintenant=T0)


def test_without_the_mandants_code_a_mistyped_address_opens_nothing(amphi: Amphi) -> None:
    procuration = give(amphi, 1)
    faux = "000000" if code_of(procuration) != "000000" else "111111"
    for _ in range(ESSAIS):
        with pytest.raises(DemandeRefusee, match="pas le bon"):
            accept_procuration(jeton_of(procuration), faux, compte=None, maintenant=T0)
    with pytest.raises(DemandeRefusee, match="Trop de codes"):
        accept(procuration)
    assert not Compte.objects.filter(email=MARCEL).exists()
    resend_procuration(inscription_of(amphi, 1).pk, auteur=compte_of(amphi, 1).pk, maintenant=T0 - 900)
    assert accept(procuration)


def test_one_person_has_one_account(amphi: Amphi) -> None:
    connu = compte_of(amphi, 2)
    procuration = give(amphi, 1, connu.email)
    with pytest.raises(DemandeRefusee, match="connectez-vous"):
        accept(procuration)
    assert accept(procuration, connu.pk) == connu.pk


def test_an_interne_of_the_same_amphi_keeps_his_own_role_beside(amphi: Amphi) -> None:
    """C09: he chooses for himself at his tour, for his mandant at the other."""
    ami = compte_of(amphi, 2)
    accept(give(amphi, 1, ami.email), ami.pk)
    start(amphi)
    assert choose(amphi, ami.pk, "1").corps["motif"] == "pas_votre_tour"
    assert choose(amphi, ami.pk, "1", pour=1).statut == 201
    assert choose(amphi, ami.pk, "2", at=T0 + 2_000).statut == 201
    assert acces(visiteur_of(ami), amphi).numero == 2


def test_one_procuration_for_each_mandataire_and_semestre(amphi: Amphi) -> None:
    mandataire = accept(give(amphi, 1))
    with pytest.raises(DemandeRefusee, match="qu’une"):
        accept(give(amphi, 2), mandataire)


def test_a_representative_may_hold_many(amphi: Amphi) -> None:
    mandataire = accept(give(amphi, 1))
    allow_several(MARCEL, amphi.subdivision_id, T0)
    accept(give(amphi, 2), mandataire)
    assert [mandat.rang for mandat in list_mandats(mandataire)] == [1, 2]
    start(amphi)
    with pytest.raises(Interdit):
        choose(amphi, mandataire, "1")
    assert choose(amphi, mandataire, "1", pour=1).statut == 201
    assert choose(amphi, mandataire, "2", pour=2, at=T0 + 2_000).statut == 201


def test_cancelling_gives_the_choice_back_at_once_and_tells_both(amphi: Amphi) -> None:
    """Also to who has just used his right: it is not remembered."""
    procuration = give(amphi, 1)
    mandataire = accept(procuration)
    start(amphi)
    assert choose(amphi, mandataire, "hors de l'offre", at=T0 + 400).statut == 409
    cancel(amphi, 1, T0 + 500)
    with pytest.raises(Interdit):
        choose(amphi, mandataire, "1")
    assert choose(amphi, compte_of(amphi, 1).pk, "1").statut == 201
    assert Envoi.objects.filter(cle=f"procuration-{procuration.pk}-annulee").exists()
    fin = Envoi.objects.get(cle=f"procuration-{procuration.pk}-fin")
    assert fin.destinataire == MARCEL


def test_cancelling_after_the_choice_is_refused_and_says_what_was_chosen(amphi: Amphi) -> None:
    mandataire = accept(give(amphi, 1))
    start(amphi)
    choose(amphi, mandataire, "3")
    with pytest.raises(DemandeRefusee, match="n° 3"):
        cancel(amphi, 1, T0 + 2_000)
    assert Procuration.objects.get().ended_at is None


def test_changing_of_mandataire_replaces_the_first_one_who_is_told(amphi: Amphi) -> None:
    ancien = give(amphi, 1)
    mandataire = accept(ancien)
    start(amphi)
    alive(T0 + 500)
    nouveau = give(amphi, 1, "robert@mandataires.example", maintenant=T0 + 500)
    with pytest.raises(Interdit):
        choose(amphi, mandataire, "1")
    ancien.refresh_from_db()
    assert ancien.etat == EtatProcuration.ANNULEE
    assert Envoi.objects.filter(cle=f"procuration-{ancien.pk}-fin").exists()
    assert choose(amphi, accept(nouveau, maintenant=T0 + 900), "1").statut == 201


def test_the_one_invited_may_decline_and_the_mandataire_may_renounce(amphi: Amphi) -> None:
    decline_invitation(jeton_of(give(amphi, 1)), maintenant=T0 - 700)
    procuration = give(amphi, 1, maintenant=T0 - 600)
    mandataire = accept(procuration)
    start(amphi)
    alive(T0 + 500)
    renounce(procuration.cle, compte=mandataire, maintenant=T0 + 500)
    assert choose(amphi, compte_of(amphi, 1).pk, "1").statut == 201


def test_nobody_is_his_own_mandataire_nor_an_agent_anybodys(amphi: Amphi) -> None:
    with pytest.raises(DemandeRefusee, match="la vôtre"):
        give(amphi, 1, compte_of(amphi, 1).email.upper())
    with pytest.raises(DemandeRefusee, match="la vôtre"):
        accept(give(amphi, 1), compte_of(amphi, 1).pk)
    agent = make_agent(amphi.subdivision)
    with pytest.raises(DemandeRefusee, match="gestionnaire"):
        accept(Procuration.objects.get(ended_at=None), agent.compte)


def test_a_paper_is_recorded_until_the_tour(amphi: Amphi) -> None:
    agent = make_agent(amphi.subdivision).compte
    assert agent is not None
    start(amphi)
    alive(T0 + 500)
    contact = Contact(courriel=MARCEL, telephone=TELEPHONE)
    with pytest.raises(DemandeRefusee, match="tour est ouvert"):
        record_procuration_papier(inscription_of(amphi, 1).pk, contact, agent=agent, maintenant=T0 + 500)
    pk = record_procuration_papier(inscription_of(amphi, 2).pk, contact, agent=agent, maintenant=T0 + 500)
    assert Procuration.objects.get(pk=pk).papier
    assert set(state(amphi).procurations) == {2}
    assert Mouvement.objects.get(procuration=pk).auteur_id == agent


def test_the_preflight_names_those_not_accepted(amphi: Amphi) -> None:
    procuration = give(amphi, 2)

    def named() -> list[tuple[str, ...]]:
        return [c.qui for c in examine(amphi.pk).a_confirmer if c.code == "procuration_en_attente"]

    assert named() == [("Prénom Interne2",)]
    accept(procuration)
    assert named() == []


def test_the_mandataire_reads_the_room_and_a_stranger_does_not(amphi: Amphi) -> None:
    mandataire = visiteur_of(Compte.objects.get(pk=accept(give(amphi, 1))))
    droit = acces(mandataire, amphi)
    assert droit.audience is Audience.AMPHI and droit.place is None and len(droit.mandants) == 1
    etranger = visiteur_of(make_compte("etranger@x.example"))
    assert acces(etranger, amphi).audience is Audience.PUBLIC
    cancel(amphi, 1, T0)
    assert acces(mandataire, amphi).audience is Audience.PUBLIC


def test_one_of_a_past_semestre_is_void(amphi: Amphi) -> None:
    """C13."""
    mandataire = accept(give(amphi, 1))
    suivant = make_amphi(internes=1, variante="suivant")
    Amphi.objects.filter(pk=suivant.pk).update(semestre=make_semestre("2027-11"))
    assert list_mandats(mandataire) == ()
    assert acces(visiteur_of(Compte.objects.get(pk=mandataire)), amphi).audience is Audience.PUBLIC


def test_every_step_is_kept_with_its_author(amphi: Amphi) -> None:
    mandataire = accept(give(amphi, 1))
    cancel(amphi, 1, T0)
    mandant = compte_of(amphi, 1).pk
    assert list(Mouvement.objects.values_list("acte", "auteur")) == [
        ("envoi", mandant),
        ("acceptation", mandataire),
        ("annulee", mandant),
    ]
