"""The clock writes: a window opens, closes tomorrow with answers lacking, a site took no part in the run."""

from datetime import timedelta

from gradin.data.appariement.models import LienResponsable, TourCampagne
from gradin.data.courriers.models import Envoi
from gradin.domain.appariement.calendrier import Etape, Fenetres
from gradin.operations.appariement.annonces import notify_due
from gradin.operations.appariement.campagnes import set_fenetres
from gradin.operations.appariement.reponses import set_note, set_rangs
from gradin.operations.appariement.resultats import settle_due
from gradin.queries.appariement.tours import fenetres_of
from gradin.web.appariement.acces import instant
from tests.factories.amphis import T0
from tests.factories.appariement import HEURE, Campagne
from tests.integration.appariement.conftest import answer, run

JOUR = 86_400_000


def stretch(campagne: Campagne) -> None:
    """Round 1: three days of marks from T0, then three of ranks; no other round."""
    TourCampagne.objects.exclude(pk=campagne.tour().pk).delete()
    jours = dict(zip(Fenetres.__slots__, (0, 3, 3, 6, 7, 8), strict=True))
    bornes = {nom: instant(T0) + timedelta(days=n) for nom, n in jours.items()}
    TourCampagne.objects.update(**bornes)


def read_mails() -> dict[str, str]:
    lus = {envoi.destinataire: envoi.texte for envoi in Envoi.objects.all()}
    Envoi.objects.all().delete()
    return lus


def test_candidates_are_told_that_marks_open_and_reminded_the_day_before(campagne: Campagne) -> None:
    campagne.row.notes_au_moins = 3
    campagne.row.save()
    stretch(campagne)
    tour = campagne.tour().pk
    assert notify_due(T0 - 1) == 0
    assert notify_due(T0) == 3 and notify_due(T0 + 10_000) == 0
    lus = read_mails()
    assert lus.keys() == {campagne.compte(rang).email for rang in range(3)}
    assert "au moins 3 sites" in lus[campagne.compte(0).email] and "jusqu’à" in lus[campagne.compte(0).email]
    for rang, notes in ((0, 3), (1, 2)):
        for site in campagne.sites[:notes]:
            set_note(tour, campagne.candidatures[rang].pk, site.pk, 4, T0)
    assert notify_due(T0 + 2 * JOUR - 1) == 0
    assert notify_due(T0 + 2 * JOUR) == 2 and notify_due(T0 + 3 * JOUR - 1) == 0
    lus = read_mails()
    assert "Il vous reste un site à noter" in lus[campagne.compte(1).email]
    assert "Il vous reste 3 sites à noter" in lus[campagne.compte(2).email]
    assert "0 sur 3 à ce jour" in lus[campagne.compte(2).email]
    assert campagne.compte(0).email not in lus
    voulues = {nom: getattr(fenetres_of(campagne.tour()), nom) for nom in Fenetres.__slots__}
    voulues |= {nom: at + 24 * HEURE for nom, at in voulues.items() if nom != "voeux_ouvre"}
    set_fenetres(tour, Fenetres(**voulues), campagne.agent, T0)
    assert notify_due(T0 + 3 * JOUR) == 2


def test_sites_are_told_by_a_link_that_ranks_open_and_reminded_the_day_before(campagne: Campagne) -> None:
    stretch(campagne)
    tour = campagne.tour().pk
    assert notify_due(T0 + 3 * JOUR) == 3
    lus = read_mails()
    assert lus.keys() == {f"site{rang}@hopital.example" for rang in (1, 2, 3)}
    assert all(
        "/appariement/lien/" in texte and "classements sont ouverts" in texte for texte in lus.values()
    )
    assert LienResponsable.objects.filter(revoked_at=None).count() == 3
    rangs = {un.pk: 1 for un in campagne.candidatures}
    set_rangs(tour, campagne.sites[0].pk, rangs, T0 + 4 * JOUR)
    assert notify_due(T0 + 5 * JOUR) == 2
    lus = read_mails()
    assert lus.keys() == {"site2@hopital.example", "site3@hopital.example"}
    assert "Il vous reste 3 candidats à classer" in lus["site2@hopital.example"]
    assert "0 sur 3 à ce jour" in lus["site2@hopital.example"]
    # Whoever ranks by the link of the first mail goes on.
    assert not LienResponsable.objects.exclude(revoked_at=None).exists()
    assert LienResponsable.objects.count() == 3
    bornes = fenetres_of(campagne.tour())
    voulues = {nom: getattr(bornes, nom) for nom in Fenetres.__slots__}
    voulues |= {nom: voulues[nom] + 24 * HEURE for nom in ("classement_clot", "resultat_at", "refus_jusque")}
    set_fenetres(tour, Fenetres(**voulues), campagne.agent, T0 + 5 * JOUR)
    assert set(LienResponsable.objects.values_list("expires_at", flat=True)) == {T0 + 9 * JOUR}


def test_a_site_left_out_is_told_so_with_its_count_at_the_hour_of_the_result(campagne: Campagne) -> None:
    answer(campagne, rangs={0: {0: 2, 1: 1, 2: 3}, 1: {0: 1}, 2: {0: 1, 1: 1, 2: 2}})
    run(campagne)
    assert campagne.tour().sites_ecartes == {str(campagne.sites[1].pk): [1, 3]}
    TourCampagne.objects.exclude(pk=campagne.tour().pk).delete()
    campagne.at(Etape.RESULTAT)
    settle_due(T0)
    lus = read_mails()
    assert "n’y a pas pris part" in lus["site2@hopital.example"] and "1 sur 3" in lus["site2@hopital.example"]
    assert "n’y a pas pris part" not in lus["site1@hopital.example"]
