"""Acts of the ARS whose JSON names rows, or that change rows besides the journal (offer, added internes)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import F

from gradin.data.amphis.models import Amphi, Offre, Place
from gradin.data.internes.models import Inscription
from gradin.data.postes.models import Poste
from gradin.domain.amphi import commands as c
from gradin.domain.amphi.depart import LigneListe
from gradin.domain.amphi.state import Etat
from gradin.domain.kernel import Motif, Refus
from gradin.operations.amphis.choix_par_voeux import wishes_given
from gradin.operations.amphis.depart import ligne_of, poste_offert, procuration_of
from gradin.operations.amphis.handling import handle, lock_amphi
from gradin.operations.amphis.lecture_corps import invalid, read_commande, read_value
from gradin.operations.amphis.reponse import Reponse
from gradin.queries.etats import lire_etat
from gradin.queries.parcours.utiles import INCONNU, judge_amphi

Corps = Mapping[str, Any]
Given = Callable[[Amphi, Corps], dict[str, Any]]


def read_acte(amphi_id: int, nom: str, corps: Corps) -> c.ActeAgent:
    """The engine's command; raises Refus on a wrong value or an unknown act."""
    if nom not in c.COMMANDES:
        raise Refus(Motif.ACTE_INCONNU, acte=nom)
    given = GIVEN.get(nom)
    read = given(Amphi.objects.get(pk=amphi_id), corps) if given else {}
    return read_commande(nom, corps, read)


def act(amphi_id: int, commande: c.ActeAgent, corps: Corps, **who: Any) -> Reponse:
    """`handle`, then in the same transaction the rows that go with the act. `who`: as for `handle`."""
    suite = SUITES.get(type(commande))
    if suite is None:
        return handle(amphi_id, commande, **who)
    with transaction.atomic():
        amphi = lock_amphi(amphi_id)
        reponse = handle(amphi_id, commande, **who)
        if reponse.faits and not reponse.refusee:
            suite(amphi, commande, corps)
    return reponse


def _offered(amphi: Amphi, corps: Corps) -> dict[str, Any]:
    """A poste of the same semestre and subdivision, prepared in the gestion."""
    return {"poste": poste_offert(_poste(amphi, str(corps.get("poste"))))}


def _poste(amphi: Amphi, numero: str) -> Poste:
    poste = (
        Poste.objects.select_related("service", "des")
        .filter(semestre=amphi.semestre_id, subdivision=amphi.subdivision_id, numero=numero)
        .first()
    )
    if poste is None:
        raise Refus(
            Motif.VALEUR_INVALIDE,
            f"Le poste n°\u00a0{numero[:20]} n’existe pas dans ce semestre. Vérifiez le numéro.",
            champ="poste",
        )
    return poste


def _corrected(amphi: Amphi, corps: Corps) -> dict[str, Any]:
    """`liste`: [{interne, rang}] for ranks that change, [{ine, rang}] for internes who are added."""
    lines = corps.get("liste")
    if not isinstance(lines, list) or not 0 < len(lines) <= 200:
        raise invalid("liste", "manque")
    if not all(isinstance(line, dict) for line in lines):
        raise invalid("liste", "n’est pas possible")
    ines = [_ine(line) for line in lines if "ine" in line]
    if len(set(ines)) < len(ines):
        raise invalid("ine", "est donné deux fois")
    _, etat = lire_etat(amphi.pk)
    corrected: list[LigneListe] = []
    added = len(etat.lignes)
    for line in lines:
        rang = read_value("rang", int, line.get("rang"))
        if rang == 0:
            raise invalid("rang", "n’est pas possible")
        if "ine" in line:
            added += 1
            corrected.append(_new_line(amphi, _ine(line), added, rang))
        else:
            corrected.append(_moved_line(etat, read_value("interne", int, line.get("interne")), rang))
    return {"liste": tuple(corrected)}


def _ine(line: Mapping[str, Any]) -> str:
    return str(read_value("ine", str, line["ine"]))


def _moved_line(etat: Etat, interne: int, rang: int) -> LigneListe:
    if interne not in etat.lignes:
        raise Refus(Motif.INTERNE_INCONNU, interne=interne)
    return replace(etat.lignes[interne], rang=rang)


def _new_line(amphi: Amphi, ine: str, numero: int, rang: int) -> LigneListe:
    """Of this semestre and this subdivision: the other internes are other agents'."""
    inscription = (
        Inscription.objects.select_related("interne", "des", "desc", "semestre")
        .filter(semestre=amphi.semestre_id, subdivision=amphi.subdivision_id, interne__ine=ine)
        .first()
    )
    if inscription is None:
        raise invalid("ine", "n’est pas inscrit à ce semestre")
    if Place.objects.filter(amphi=amphi, inscription=inscription).exists():
        raise invalid("ine", "est déjà sur la liste")
    place = Place(amphi=amphi, inscription=inscription, numero=numero, rang=rang)
    juges = judge_amphi(amphi, [inscription])
    return ligne_of(place, {}, procuration_of(inscription), juges.get(inscription.pk, INCONNU))


def _enter_offre(amphi: Amphi, commande: c.AjouterPoste, corps: Corps) -> None:
    poste = _poste(amphi, commande.poste.poste)
    Offre.objects.get_or_create(amphi=amphi, poste=poste)
    _new_version(amphi)


def _enter_liste(amphi: Amphi, commande: c.CorrigerListe, corps: Corps) -> None:
    """A place for each interne added; the corrected ranks of the others follow the journal."""
    _, etat = lire_etat(amphi.pk)
    for line, ligne in zip(corps["liste"], commande.liste, strict=True):
        if "ine" in line:
            inscription = Inscription.objects.get(semestre=amphi.semestre_id, interne__ine=_ine(line))
            Place.objects.create(
                amphi=amphi,
                inscription=inscription,
                numero=ligne.interne,
                rang=ligne.rang,
                statut=str(etat.statuts[ligne.interne]),
            )


def _withdraw(amphi: Amphi, commande: c.RetirerPoste, corps: Corps) -> None:
    _new_version(amphi)


def _open_to_all(amphi: Amphi, commande: c.LeverReserve, corps: Corps) -> None:
    """The pages of the offer read the row."""
    Poste.objects.filter(
        semestre=amphi.semestre_id, subdivision=amphi.subdivision_id, numero=commande.poste
    ).update(reserve=False, reserve_a=[])
    _new_version(amphi)


def _new_version(amphi: Amphi) -> None:
    Amphi.objects.filter(pk=amphi.pk).update(version_offre=F("version_offre") + 1)


GIVEN: Mapping[str, Given] = {
    "ajouter_poste": _offered,
    "corriger_liste": _corrected,
    "choisir_par_voeux": wishes_given,
}
SUITES: Mapping[type[c.ActeAgent], Callable[[Amphi, Any, Corps], None]] = {
    c.CorrigerListe: _enter_liste,
    c.AjouterPoste: _enter_offre,
    c.RetirerPoste: _withdraw,
    c.LeverReserve: _open_to_all,
}
