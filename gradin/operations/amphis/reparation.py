"""Read rows changed by hand, written again from the journal; the caller holds the amphi's lock."""

from collections import defaultdict
from collections.abc import Mapping

from gradin.data.amphis.models import Affectation, Amphi, Fait, Place
from gradin.data.postes.models import Poste
from gradin.domain.amphi.engine import echeance
from gradin.domain.amphi.lecture import etat_poste
from gradin.domain.amphi.state import Choix, Etat
from gradin.operations.amphis import sql
from gradin.operations.amphis.sql import AmphiVerrouille
from gradin.queries.etats import fold_whole, forget
from gradin.queries.lectures import shared_postes


def repair_rows(amphi: AmphiVerrouille) -> None:
    """What the journal cannot give back (a place added by hand) stays: the caller compares again.

    Raises IntegrityError when a row of another amphi stands in the way.
    """
    forget(amphi.pk)
    vue = fold_whole(amphi.pk)
    _repair_statuts(amphi, vue.etat)
    _repair_postes(amphi, vue.etat)
    _repair_affectations(amphi, vue.etat)
    sql.update_amphi(
        amphi.pk,
        seq=vue.seq,
        empreinte=vue.empreinte,
        etat=str(vue.etat.etat),
        echeance=echeance(vue.etat),
    )


def _repair_statuts(amphi: AmphiVerrouille, etat: Etat) -> None:
    rows = Place.objects.filter(amphi=amphi.pk, numero__isnull=False).values_list("numero", "statut")
    faux: Mapping[str, list[int]] = defaultdict(list)
    for numero, lu in rows:
        if numero is not None and (attendu := etat.statuts.get(numero)) and str(attendu) != lu:
            faux[str(attendu)].append(numero)
    for statut, numeros in faux.items():
        sql.update_statuts(amphi.pk, statut, numeros)


def _repair_postes(amphi: AmphiVerrouille, etat: Etat) -> None:
    des_autres = shared_postes(Amphi.objects.get(pk=amphi.pk), etat)
    faux: Mapping[str, list[str]] = defaultdict(list)
    for numero, lu in Poste.objects.filter(amphis=amphi.pk).values_list("numero", "etat"):
        if numero in etat.postes and numero not in des_autres and etat_poste(etat, numero) != lu:
            faux[etat_poste(etat, numero)].append(numero)
    for attendu, numeros in faux.items():
        sql.update_postes(amphi, attendu, numeros)


def _repair_affectations(amphi: AmphiVerrouille, etat: Etat) -> None:
    """What no line says is annulled first: it may hold the poste of one that is written again."""
    rows = Affectation.objects.filter(amphi=amphi.pk)
    choisis = {choix.n: (numero, choix) for numero, choix in etat.choix.items()}
    rows.filter(annulee=False).exclude(n__in=choisis).update(annulee=True)
    internes = dict(Place.objects.filter(amphi=amphi.pk).values_list("numero", "inscription__interne"))
    columns = ("n", "annulee", "interne", "poste__numero", "type_choix")
    lues = {n: tuple(lue) for n, *lue in rows.filter(n__in=choisis).values_list(*columns)}
    for n, (numero, choix) in choisis.items():
        attendue = (False, internes.get(numero), choix.poste, str(choix.type_choix))
        if n not in lues:
            _insert(amphi, numero, choix)
        elif lues[n] != attendue:
            poste = Poste.objects.get(
                semestre=amphi.semestre_id, subdivision=amphi.subdivision_id, numero=choix.poste
            )
            rows.filter(n=n).update(
                annulee=False, interne=attendue[1], poste=poste, type_choix=str(choix.type_choix)
            )


def _insert(amphi: AmphiVerrouille, numero: int, choix: Choix) -> None:
    a = Fait.objects.values_list("a", flat=True).get(amphi=amphi.pk, n=choix.n)
    sql.insert_affectation(
        amphi, interne=numero, poste=choix.poste, type_choix=str(choix.type_choix), n=choix.n, a=a
    )
