"""How an individual demand goes on: whose step, and when."""

from gradin.domain.demandes.etats import (
    ACTEURS,
    ATTENDENT,
    DECIDEES,
    Acteur,
    EtatIndividuelle,
    Pas,
    next_etat,
    steps_of,
)

E = EtatIndividuelle


def test_the_way_of_a_demand_that_wants_an_opinion() -> None:
    etat: EtatIndividuelle | None = E.DEPOSEE
    for pas, acteur in (
        (Pas.INSTRUIRE, Acteur.ARS),
        (Pas.AVISER, Acteur.COORDONNATEUR),
        (Pas.ACCEPTER, Acteur.ARS),
    ):
        assert etat is not None
        etat = next_etat(etat, pas, acteur, avis_attendu=True)
    assert etat is E.ACCEPTEE


def test_it_is_not_accepted_before_the_opinion_unless_none_is_wanted() -> None:
    assert next_etat(E.EN_INSTRUCTION, Pas.ACCEPTER, Acteur.ARS, avis_attendu=True) is None
    assert next_etat(E.EN_INSTRUCTION, Pas.ACCEPTER, Acteur.ARS, avis_attendu=False) is E.ACCEPTEE
    assert next_etat(E.DEPOSEE, Pas.ACCEPTER, Acteur.ARS, avis_attendu=False) is None


def test_each_step_belongs_to_its_actor() -> None:
    for etat in EtatIndividuelle:
        for pas in Pas:
            for acteur in set(Acteur) - set(ACTEURS[pas]):
                assert next_etat(etat, pas, acteur, avis_attendu=False) is None


def test_an_interne_withdraws_only_what_waits_and_the_ars_reopens_only_what_is_decided() -> None:
    for etat in EtatIndividuelle:
        retire = next_etat(etat, Pas.RETIRER, Acteur.INTERNE, avis_attendu=True)
        assert (retire is E.RETIREE) == (etat in ATTENDENT)
        rouvre = next_etat(etat, Pas.ROUVRIR, Acteur.ARS, avis_attendu=True)
        assert (rouvre is E.EN_INSTRUCTION) == (etat in DECIDEES)


def test_what_the_page_of_the_ars_offers_at_each_state() -> None:
    def offered(etat: EtatIndividuelle) -> tuple[Pas, ...]:
        return steps_of(etat, Acteur.ARS, avis_attendu=True)

    assert offered(E.DEPOSEE) == (Pas.INSTRUIRE, Pas.REFUSER)
    assert offered(E.EN_INSTRUCTION) == (Pas.AVISER, Pas.REFUSER)
    assert offered(E.AVIS_RENDU) == (Pas.AVISER, Pas.ACCEPTER, Pas.REFUSER)
    assert offered(E.ACCEPTEE) == (Pas.ROUVRIR,)
    assert offered(E.RETIREE) == ()
