"""The mails of an opening: it starts, it is about to end and something lacks, its postes are published."""

from gradin.data.courriers.models import Envoi
from gradin.operations.ouverture.annonces import announce_due
from gradin.operations.ouverture.avis import give_avis
from gradin.operations.ouverture.campagne import set_limite
from gradin.operations.ouverture.decisions import decide_postes
from gradin.operations.ouverture.publication import publish_postes
from tests.integration.ouverture.conftest import JOUR_MS, Commission

HOPITAL, COORDONNATEUR, AUTRE = (
    "etablissement@role.example",
    "coordonnateur@role.example",
    "psy@role.example",
)


def sent(mot: str) -> set[str]:
    return set(Envoi.objects.filter(cle__contains=mot).values_list("destinataire", flat=True))


def test_partners_are_told_once_then_reminded_of_what_lacks_only(commission: Commission) -> None:
    debut = commission.maintenant
    assert announce_due(debut) == 3 and announce_due(debut) == 0
    assert sent("-debut-") == {HOPITAL, COORDONNATEUR, AUTRE}
    ecrit = Envoi.objects.get(destinataire=HOPITAL)
    assert "mai 2027" in ecrit.sujet and "au plus tard" in ecrit.texte

    # Three days before: nothing proposed, so nothing to advise either.
    assert announce_due(debut + 6 * JOUR_MS) == 0
    assert announce_due(debut + 7 * JOUR_MS) == 1
    assert sent("-rappel-") == {HOPITAL}

    # The date moves: what is reminded then is what lacks then.
    set_limite(commission.ouverture.pk, debut + 20 * JOUR_MS, commission.geste(commission.agent))
    (propose,) = commission.propose(1)
    assert announce_due(debut + 17 * JOUR_MS) == 1
    assert sent("-rappel-") == {HOPITAL, COORDONNATEUR}
    assert (
        "1\u00a0poste attend votre avis"
        in Envoi.objects.get(cle__contains="-rappel-", destinataire=COORDONNATEUR).texte
    )
    give_avis(
        commission.ouverture.pk, [propose.pk], "favorable", "", commission.geste(commission.coordonnateur)
    )
    set_limite(commission.ouverture.pk, debut + 30 * JOUR_MS, commission.geste(commission.agent))
    assert announce_due(debut + 27 * JOUR_MS) == 0
    assert announce_due(debut + 30 * JOUR_MS) == 0


def test_those_whose_postes_are_published_are_told_how_many(commission: Commission) -> None:
    un, deux = commission.propose(2)
    agent = commission.geste(commission.agent)
    decide_postes(commission.ouverture.pk, [un.pk, deux.pk], "accorder", "", agent)
    publish_postes(commission.ouverture.pk, 42, agent)
    assert sent("-publie-") == {HOPITAL, COORDONNATEUR}
    for envoi in Envoi.objects.filter(cle__contains="-publie-"):
        assert "dont 2\u00a0postes de vos services" in envoi.texte
