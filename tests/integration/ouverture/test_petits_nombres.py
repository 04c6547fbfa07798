"""What a coordonnateur reads of the needs of a tiny DES: not who of it is absent or non validant."""

from gradin.data.internes.models import TypeChoix
from tests.integration.ouverture.conftest import Commission
from tests.integration.ouverture.test_page import client_of, inscribe


def test_below_five_the_count_and_what_follows_from_it_are_the_ars_s_alone(commission: Commission) -> None:
    inscribe("MGE", 3)
    inscribe("MGE", 1, absence_prevue=True)
    client, espace = client_of(commission.coordonnateur), "/mon-espace/ouverture/"
    page = client.get(espace).content.decode()
    assert "<dd>Moins de 5</dd>" in page and "<dd>Non montré</dd>" in page
    ars = client_of(commission.agent).get(f"/gestion/ouverture/{commission.ouverture.pk}/").content.decode()
    assert "1\u00a0absent" in ars and "oins de 5" not in ars

    # One more, non validant: five in all, whoever chooses.
    inscribe("MGE", 1, type_choix=TypeChoix.SURNOMBRE_NON_VALIDANT)
    page = client.get(espace).content.decode()
    assert "<dd>3</dd>" in page and "oins de 5" not in page

    # Two more in the other phase: that phase is not said, and cannot be had by subtraction.
    inscribe("MGE", 2, phase="approfondissement")
    page = client.get(espace).content.decode()
    assert "<dd>3, et moins de 5 dans une phase</dd>" in page and "<dd>Non montré</dd>" in page
