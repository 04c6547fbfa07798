"""The result of a wave: played at its closing, once, told by mail, read at the visibility chosen."""

import pytest

from gradin.data.amphis.models import Amphi
from gradin.data.courriers.models import Envoi
from gradin.data.prechoix.models import Prechoix, Visibilite
from gradin.domain.prechoix.voeux import add_voeux
from gradin.operations.courriers.enqueue import instant
from gradin.operations.prechoix import resultat
from gradin.operations.prechoix.amorce import Amorce, read_amorce
from gradin.operations.prechoix.resultat import close_due
from gradin.operations.prechoix.voeux import VoeuxRefuses, edit_voeux
from gradin.queries.prechoix import read_resultat
from tests.factories.amphis import T0, make_amphi
from tests.factories.live import choose, start
from tests.integration.prechoix.conftest import APRES, MAINTENANT, open_wave, place_of, wish

VOEUX = {1: "1 2", 2: "1 2", 3: "1 2", 5: "4"}


def test_a_wave_is_counted_once_and_told_to_those_who_took_part(amphi: Amphi) -> None:
    wish(amphi, VOEUX)
    assert close_due(T0) == 0
    assert (close_due(APRES), close_due(APRES)) == (1, 0)
    places = {rang: place_of(amphi, rang) for rang in (1, 2, 3, 4, 5)}
    obtenus = Prechoix.objects.get().resultat["obtenus"]
    assert [obtenus[str(place)] for place in places.values()] == ["1", "2", None, None, "4"]
    assert set(Envoi.objects.values_list("cle", flat=True)) == {
        f"prechoix-{Prechoix.objects.get().pk}-{places[rang]}" for rang in VOEUX
    }
    assert not any(numero in envoi.texte for envoi in Envoi.objects.all() for numero in ("n° 1", "Service"))


def test_a_wave_that_cannot_be_counted_holds_back_no_other(
    amphi: Amphi, monkeypatch: pytest.MonkeyPatch
) -> None:
    rompue, saine = Prechoix.objects.get(), open_wave(make_amphi(internes=3, postes=4, variante="B"))

    def read(lu: Amphi, maintenant: int) -> Amorce | None:
        if lu == amphi:
            raise ValueError(lu)
        return read_amorce(lu, maintenant)

    monkeypatch.setattr(resultat, "read_amorce", read)
    assert close_due(APRES) == 1
    assert list(Prechoix.objects.filter(calcule_at=None)) == [rompue]
    monkeypatch.undo()
    assert close_due(APRES) == 1
    assert set(Prechoix.objects.exclude(calcule_at=None)) == {rompue, saine}


def test_a_wave_counts_the_lists_touched_or_kept_while_it_was_open(amphi: Amphi) -> None:
    """Those of another wave were filed under another visibility: their owners are not in its result."""
    wish(amphi, VOEUX)
    close_due(APRES)
    seconde = open_wave(amphi, Visibilite.NOMS, instant(APRES + 2 * 86_400_000))
    edit_voeux(place_of(amphi, 2), add_voeux(()), seconde.ouvre_at)
    fin = APRES + 4 * 86_400_000
    close_due(fin)
    lu = read_resultat(amphi.pk, instant(fin), place=place_of(amphi, 2))
    assert lu is not None and lu.chiffres is not None and lu.lignes is not None
    assert (lu.chiffres.deposes, lu.mien and lu.mien.numero) == (1, "1")
    assert [ligne.rang for ligne in lu.lignes if ligne.poste] == [2]
    assert Envoi.objects.filter(cle__startswith=f"prechoix-{seconde.pk}-").count() == 1


@pytest.mark.parametrize(
    ("visibilite", "chiffres", "noms"),
    [(Visibilite.MOI, False, False), (Visibilite.NOMBRES, True, False), (Visibilite.NOMS, True, True)],
)
def test_each_reads_what_the_visibility_says(
    amphi: Amphi, visibilite: Visibilite, chiffres: bool, noms: bool
) -> None:
    Prechoix.objects.update(visibilite=visibilite)
    wish(amphi, VOEUX)
    close_due(APRES)
    lu = read_resultat(amphi.pk, instant(APRES), place=place_of(amphi, 2))
    assert lu is not None and lu.mien is not None and lu.mien.numero == "2"
    assert (lu.chiffres is not None, lu.lignes is not None) == (chiffres, noms)
    conduit = read_resultat(amphi.pk, instant(APRES), conduit=True)
    assert conduit is not None and conduit.chiffres is not None
    assert (conduit.chiffres.deposes, conduit.chiffres.servis, conduit.chiffres.sans) == (4, 3, 1)
    assert (conduit.lignes is not None) is noms


def test_during_the_amphi_it_plays_what_is_left(amphi: Amphi) -> None:
    wish(amphi, VOEUX)
    start(amphi, T0)
    choose(amphi, 1, "2", T0 + 1_000)
    close_due(APRES)
    obtenus = Prechoix.objects.get().resultat["obtenus"]
    assert str(place_of(amphi, 1)) not in obtenus
    assert obtenus[str(place_of(amphi, 3))] == "1"


def test_wishes_change_only_while_a_wave_is_open(amphi: Amphi) -> None:
    with pytest.raises(VoeuxRefuses):
        edit_voeux(place_of(amphi, 1), add_voeux(["1"]), instant(APRES))
    with pytest.raises(VoeuxRefuses):
        edit_voeux(place_of(amphi, 1), add_voeux(["99"]), MAINTENANT)
