"""Where the campaign uses agréments, a poste is agreed with a valid one, or with a motive."""

from datetime import UTC, datetime

import pytest

from gradin.data.agrements.models import Agrement
from gradin.data.amphis.models import Campagne
from gradin.data.postes.models import Poste
from gradin.operations.ouverture.decisions import decide_postes
from gradin.operations.ouverture.refus import OuvertureRefusee
from gradin.operations.roster.postes import add_poste, correct_lot, correct_poste
from gradin.operations.roster.verrous import CorrectionRefusee
from gradin.queries.prevol import list_sans_agrement
from gradin.queries.roster.lignes import ligne_poste
from tests.factories.amphis import make_amphi
from tests.factories.comptes import make_agent
from tests.factories.referentiel import make_services
from tests.integration.ouverture.conftest import Commission, commission  # noqa: F401

MAINTENANT = datetime(2027, 3, 1, tzinfo=UTC)


def test_without_the_parameter_nothing_is_asked_with_it_a_motive_is(commission: Commission) -> None:  # noqa: F811
    un, deux, trois = sorted(commission.propose(3), key=lambda propose: propose.pk)
    pk, geste = commission.ouverture.pk, commission.geste(commission.agent)
    assert decide_postes(pk, [un.pk], "accorder", "", geste) == 1
    Campagne.objects.create(
        semestre=commission.ouverture.semestre,
        subdivision=commission.ouverture.subdivision,
        parametres={"agrements": True},
    )
    with pytest.raises(OuvertureRefusee, match="aucun agrément"):
        decide_postes(pk, [deux.pk], "accorder", "", geste)
    Agrement.objects.create(
        subdivision=commission.ouverture.subdivision,
        service=make_services(["1"])[0],
        des=commission.des,
        phases=["socle"],
        capacite=2,
        du="2026-11-02",
        au="2027-05-02",
    )
    assert decide_postes(pk, [deux.pk], "accorder", "", geste) == 1
    with pytest.raises(OuvertureRefusee, match="capacité"):
        decide_postes(pk, [trois.pk], "accorder", "", geste)
    assert decide_postes(pk, [trois.pk], "accorder", "Besoin urgent.", geste) == 1
    trois.refresh_from_db()
    assert (trois.etat, trois.motif) == ("accorde", "Besoin urgent.")


@pytest.mark.django_db
def test_a_poste_by_hand_or_file_asks_for_an_agrement_or_its_motive() -> None:
    amphi = make_amphi(internes=1, postes=2)
    Campagne.objects.create(
        semestre=amphi.semestre, subdivision=amphi.subdivision, parametres={"agrements": True}
    )
    agent, code = make_agent(amphi.subdivision), amphi.semestre.code
    connu = amphi.postes.get(numero="1")
    saisie = {**ligne_poste(connu), "numero": "77"}
    with pytest.raises(CorrectionRefusee, match="aucun agrément") as refus:
        add_poste(saisie, code, agent)
    assert refus.value.champ == "motif_agrement"
    motivee = saisie | {"motif_agrement": "Ouverture urgente."}
    nouveau = Poste.objects.get(pk=add_poste(motivee, code, agent))
    assert nouveau.motif_agrement == "Ouverture urgente."
    # An older poste keeps what it is until what agréments judge changes.
    correct_poste(connu.pk, {"flechage": "Garde"}, agent, maintenant=MAINTENANT)
    with pytest.raises(CorrectionRefusee, match="n° 77"):
        correct_poste(nouveau.pk, {"motif_agrement": ""}, agent, maintenant=MAINTENANT)
    correct_poste(connu.pk, {"etat": "ferme"}, agent, maintenant=MAINTENANT, motif="Travaux.")
    with pytest.raises(CorrectionRefusee, match="agrément"):
        correct_lot([connu.pk], "etat", "ouvert", agent, maintenant=MAINTENANT)
    amphi.parametres = {**amphi.parametres, "agrements": True}
    assert "77" not in list_sans_agrement(amphi)


@pytest.mark.django_db
def test_the_pre_flight_names_postes_without_a_valid_agrement() -> None:
    amphi = make_amphi(internes=2, postes=3)
    assert list_sans_agrement(amphi) == ()
    amphi.parametres = {**amphi.parametres, "agrements": True}
    assert list_sans_agrement(amphi) == ("1", "2", "3")
    poste = amphi.postes.get(numero="2")
    Agrement.objects.create(
        subdivision=amphi.subdivision,
        service=poste.service,
        des=poste.des,
        phases=["socle", "approfondissement"],
        capacite=1,
        du="2026-11-02",
        au="2028-01-01",
    )
    assert list_sans_agrement(amphi) == ("1", "3")
