"""Which postes stand on no valid agrément, where the campaign of choice uses them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from gradin.data.agrements.models import Agrement, EtatAgrement
from gradin.data.amphis.models import Amphi, Campagne, Offre
from gradin.data.ouverture.models import EtatPropose, Ouverture, PostePropose
from gradin.data.postes.models import EtatPoste, Poste
from gradin.data.referentiel.models import Semestre
from gradin.domain.agrements import AgrementTenu, DefautAgrement, PosteAgree, find_defauts
from gradin.domain.rang.semestre import parse_semestre
from gradin.domain.reglages.modele import valeur_of
from gradin.domain.reglages.table import PAR_CLE
from gradin.queries.reglages import campagne_of

UTILISER = PAR_CLE["agrements"]


def uses_agrements(semestre: int, subdivision: int) -> bool:
    return bool(valeur_of(campagne_of(semestre, subdivision), UTILISER))


def semestre_uses_agrements(code: str) -> bool:
    """In one subdivision at least."""
    rows = Campagne.objects.filter(semestre__code=code).values_list("parametres", flat=True)
    return any(valeur_of(parametres, UTILISER) for parametres in rows)


def opening_uses_agrements(ouverture: int) -> bool:
    row = Ouverture.objects.get(pk=ouverture)
    return uses_agrements(row.semestre_id, row.subdivision_id)


def defauts_of_proposes(ouverture: int, cibles: Iterable[int] = ()) -> Mapping[int, DefautAgrement]:
    """Those agreed or published, then `cibles`, take the capacity first."""
    rows = PostePropose.objects.filter(ouverture=ouverture).exclude(
        etat__in=(EtatPropose.REFUSE, EtatPropose.RETIRE)
    )
    lus = [*rows.select_related("ouverture__semestre", "service", "des").order_by("pk")]
    if not lus:
        return {}
    premiers = set(cibles)
    lus.sort(key=lambda un: (un.etat == EtatPropose.PROPOSE, un.pk not in premiers, un.pk))
    semestre = lus[0].ouverture.semestre
    postes = [
        PosteAgree(cle=str(un.pk), service=un.service.imotep, des=un.des.code_des, regime=un.regime)
        for un in lus
    ]
    defauts = _judge(postes, lus[0].ouverture.subdivision_id, parse_semestre(semestre.code).debut)
    return {int(cle): defaut for cle, defaut in defauts.items()}


def list_sans_agrement(amphi: Amphi) -> tuple[str, ...]:
    """Numéros of the amphi's offer without a valid agrément; none where agréments are not used."""
    if not valeur_of(amphi.parametres, UTILISER):
        return ()
    offerts = Offre.objects.filter(amphi=amphi).exclude(poste__etat=EtatPoste.RETIRE)
    rows = Poste.objects.filter(pk__in=offerts.values("poste")).select_related("service", "des")
    postes = [_agree(un.numero, un) for un in rows.filter(motif_agrement="").order_by("cle_tri")]
    return tuple(_judge(postes, amphi.subdivision_id, parse_semestre(amphi.semestre.code).debut))


def defauts_of_postes(semestre: Semestre, postes: Sequence[Poste]) -> Mapping[int, DefautAgrement]:
    """Position → what each lacks, saved or not yet; the other open postes take the capacity first.

    Those closed or with a motive lack nothing, nor does any where agréments are not used.
    """
    defauts: dict[int, DefautAgrement] = {}
    for subdivision in {un.subdivision_id for un in postes} - {None} if semestre.pk else ():
        siens = {
            str(place): un
            for place, un in enumerate(postes)
            if un.subdivision_id == subdivision and _asks(un)
        }
        if not siens or not uses_agrements(semestre.pk, subdivision):
            continue
        autres = Poste.objects.filter(semestre=semestre, subdivision=subdivision, motif_agrement="").exclude(
            etat=EtatPoste.RETIRE
        )
        places = {un.service.imotep for un in siens.values()}
        tenus = autres.filter(service__imotep__in=places).select_related("service", "des").order_by("cle_tri")
        vus = {un.pk for un in siens.values()}
        avant = [_agree(f"poste {un.pk}", un) for un in tenus if un.pk not in vus]
        juges = [*avant, *(_agree(cle, un) for cle, un in siens.items())]
        trouves = _judge(juges, subdivision, parse_semestre(semestre.code).debut)
        defauts |= {int(cle): defaut for cle, defaut in trouves.items() if cle in siens}
    return defauts


def _asks(poste: Poste) -> bool:
    return not poste.motif_agrement and poste.etat != EtatPoste.RETIRE


def _agree(cle: str, poste: Poste) -> PosteAgree:
    return PosteAgree(cle=cle, service=poste.service.imotep, des=poste.des.code_des, regime=poste.regime)


def _judge(postes: list[PosteAgree], subdivision: int, debut: date) -> Mapping[str, DefautAgrement]:
    services = {poste.service for poste in postes}
    rows = Agrement.objects.filter(subdivision=subdivision, service__imotep__in=services)
    tenus = [_tenu(row) for row in rows.select_related("service", "des")]
    return find_defauts(postes, tenus, debut)


def _tenu(row: Agrement) -> AgrementTenu:
    return AgrementTenu(
        service=row.service.imotep,
        des=row.des.code_des,
        phases=frozenset(row.phases),
        capacite=row.capacite,
        du=row.du,
        au=row.au,
        valide=row.etat == EtatAgrement.VALIDE,
    )
