"""Where the campaign uses agréments, a poste is agreed with a valid one, or with a motive."""

import pytest

from gradin.data.agrements.models import Agrement
from gradin.data.amphis.models import Campagne
from gradin.operations.ouverture.decisions import decide_postes
from gradin.operations.ouverture.refus import OuvertureRefusee
from gradin.queries.prevol import list_sans_agrement
from tests.factories.amphis import make_amphi
from tests.factories.referentiel import make_services
from tests.integration.ouverture.conftest import Commission, commission  # noqa: F401


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
