"""Préchoix as each may read them: its waves, one's own wishes, the result at the visibility chosen."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from gradin.data.amphis.models import Place
from gradin.data.internes.models import TypeChoix
from gradin.data.postes.models import EtatPoste, Poste
from gradin.data.prechoix.models import ListeVoeux, Prechoix, Visibilite, Voeu
from gradin.data.referentiel.models import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Vague:
    """`etat`: a_venir, ouvert, clos (not yet counted), pret."""

    pk: int
    ouvre: datetime
    clot: datetime
    visibilite: str
    visibilite_dite: str
    etat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoeuLu:
    rang: int
    numero: str
    service: str
    imotep: str
    lieu: str
    specialite: str
    flechage: str
    allocation: str
    reserve: str
    etat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MesVoeux:
    """`offerts`: (numéro, words) of what may still be added. `depose`: the last gesture on the list."""

    place: int
    partage: bool
    depose: datetime | None
    voeux: tuple[VoeuLu, ...]
    offerts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PosteObtenu:
    numero: str
    service: str
    lieu: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeLue:
    service: str
    lieu: str
    premiers: int
    postes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneResultat:
    rang: int | None
    nom: str
    poste: PosteObtenu | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chiffres:
    deposes: int
    effectif: int
    servis: int
    disputes: tuple[DisputeLue, ...]

    @property
    def sans(self) -> int:
        """Filed wishes, and would get nothing."""
        return self.deposes - self.servis


@dataclass(frozen=True, slots=True, kw_only=True)
class Resultat:
    """`moi`: this reader took part; `mien`: what he would get.

    `chiffres`, `lignes`: None when not his to read.
    """

    vague: Vague
    calcule: datetime
    moi: bool
    mien: PosteObtenu | None
    chiffres: Chiffres | None
    lignes: tuple[LigneResultat, ...] | None


def list_vagues(amphi: int, maintenant: datetime) -> tuple[Vague, ...]:
    return tuple(_vague(row, maintenant) for row in Prechoix.objects.filter(amphi=amphi))


def last_closing(amphi: int) -> datetime | None:
    """Of the waves that are not counted yet: wishes may change until then."""
    return Prechoix.objects.filter(amphi=amphi, calcule_at=None).aggregate(Max("clot_at"))["clot_at__max"]


def current_vague(amphi: int, maintenant: datetime) -> Vague | None:
    """The open one, else the next one, else the last."""
    vagues = list_vagues(amphi, maintenant)
    par_etat = {vague.etat: vague for vague in reversed(vagues)}
    return par_etat.get("ouvert") or par_etat.get("a_venir") or (vagues[-1] if vagues else None)


def is_open(amphi: int, maintenant: datetime) -> bool:
    """Whether wishes may be changed now."""
    return Prechoix.objects.filter(amphi=amphi, ouvre_at__lte=maintenant, clot_at__gt=maintenant).exists()


def wishes_of(
    amphi: int, *, partages: bool = False, depuis: datetime | None = None
) -> Mapping[int, tuple[str, ...]]:
    """By place. `partages`: only those whose owners agreed to share. `depuis`: only those touched since."""
    rows = Voeu.objects.filter(liste__place__amphi=amphi)
    if partages:
        rows = rows.filter(liste__partage=True)
    if depuis is not None:
        rows = rows.filter(liste__depose_at__gte=depuis)
    voeux: dict[int, list[str]] = defaultdict(list)
    for place, numero in rows.order_by("liste", "ordre").values_list("liste__place", "poste__numero"):
        voeux[place].append(numero)
    return {place: tuple(numeros) for place, numeros in voeux.items()}


def own_wishes(place: int) -> tuple[str, ...]:
    rows = Voeu.objects.filter(liste__place=place).order_by("ordre")
    return tuple(rows.values_list("poste__numero", flat=True))


def read_voeux(place: int) -> MesVoeux:
    amphi = Place.objects.values_list("amphi", flat=True).get(pk=place)
    miens = own_wishes(place)
    rows = Poste.objects.filter(amphis=amphi).select_related("service__etablissement", "des")
    postes = {poste.numero: poste for poste in rows.order_by("cle_tri", "pk")}
    liste = ListeVoeux.objects.filter(place=place).first()
    return MesVoeux(
        place=place,
        partage=liste is not None and liste.partage,
        depose=liste.depose_at if liste is not None else None,
        voeux=tuple(
            _voeu(rang, postes[numero])
            for rang, numero in enumerate((n for n in miens if n in postes), start=1)
        ),
        offerts=tuple(
            (numero, f"{poste.service.nom}, {poste.service.etablissement.nom}")
            for numero, poste in postes.items()
            if numero not in miens and poste.etat != EtatPoste.RETIRE
        ),
    )


def is_of_another_wave(mes: MesVoeux, vague: Vague, *, par_voeux: bool) -> bool:
    """Wishes that this wave will not count unless their owner touches or confirms them."""
    depuis = counted_from(vague, par_voeux=par_voeux)
    return bool(mes.voeux) and depuis is not None and (mes.depose is None or mes.depose < depuis)


def _voeu(rang: int, poste: Poste) -> VoeuLu:
    return VoeuLu(
        rang=rang,
        numero=poste.numero,
        service=poste.service.nom,
        imotep=poste.service.imotep,
        lieu=poste.service.etablissement.nom,
        specialite=str(poste.des),
        flechage=poste.flechage,
        allocation=poste.allocation,
        reserve=(", ".join(poste.reserve_a) or poste.des.intitule) if poste.reserve else "",
        etat=poste.etat,
    )


def read_resultat(
    amphi: int, maintenant: datetime, *, place: int | None = None, conduit: bool = False
) -> Resultat | None:
    """The last result. `conduit`: read by who opens préchoix here, who reads its figures in any case."""
    row = Prechoix.objects.filter(amphi=amphi, calcule_at__isnull=False).last()
    if row is None or row.resultat is None or row.calcule_at is None:
        return None
    obtenus = {int(pk): numero for pk, numero in row.resultat["obtenus"].items()}
    postes = _postes(amphi)
    mien = obtenus.get(place) if place is not None else None
    chiffres = conduit or row.visibilite != Visibilite.MOI
    return Resultat(
        vague=_vague(row, maintenant),
        calcule=row.calcule_at,
        moi=place in obtenus,
        mien=postes.get(mien) if mien else None,
        chiffres=_chiffres(row.resultat, obtenus) if chiffres else None,
        lignes=_lignes(amphi, obtenus, postes) if row.visibilite == Visibilite.NOMS else None,
    )


def _chiffres(resultat: Mapping[str, object], obtenus: Mapping[int, str | None]) -> Chiffres:
    disputes: list[dict[str, object]] = resultat["disputes"]  # type: ignore[assignment]
    rows = Service.objects.filter(imotep__in=[un["service"] for un in disputes])
    services = {row.imotep: row for row in rows.select_related("etablissement")}
    return Chiffres(
        deposes=int(str(resultat["deposes"])),
        effectif=len(obtenus),
        servis=sum(numero is not None for numero in obtenus.values()),
        disputes=tuple(
            DisputeLue(
                service=service.nom,
                lieu=service.etablissement.nom,
                premiers=int(str(un["premiers"])),
                postes=int(str(un["postes"])),
            )
            for un in disputes
            if (service := services.get(str(un["service"])))
        ),
    )


def _lignes(
    amphi: int, obtenus: Mapping[int, str | None], postes: Mapping[str, PosteObtenu]
) -> tuple[LigneResultat, ...]:
    """Classiques alone: two names on one poste would tell who is in surnombre (rules.md §9)."""
    rows = Place.objects.filter(amphi=amphi, pk__in=[*obtenus], inscription__type_choix=TypeChoix.CLASSIQUE)
    rows = rows.select_related("inscription__interne")
    return tuple(
        LigneResultat(
            rang=row.rang, nom=str(row.inscription.interne), poste=postes.get(obtenus[row.pk] or "")
        )
        for row in rows.order_by("rang", "pk")
    )


def _postes(amphi: int) -> Mapping[str, PosteObtenu]:
    rows = Poste.objects.filter(amphis=amphi).select_related("service__etablissement")
    return {
        row.numero: PosteObtenu(
            numero=row.numero, service=row.service.nom, lieu=row.service.etablissement.nom
        )
        for row in rows
    }


def _vague(row: Prechoix, maintenant: datetime) -> Vague:
    etat = "pret" if row.calcule_at else "clos"
    if row.calcule_at is None and maintenant < row.clot_at:
        etat = "ouvert" if row.ouvre_at <= maintenant else "a_venir"
    return Vague(
        pk=row.pk,
        ouvre=row.ouvre_at,
        clot=row.clot_at,
        visibilite=row.visibilite,
        visibilite_dite=row.get_visibilite_display(),
        etat=etat,
    )


def count_wishes(amphi: int, depuis: datetime | None = None) -> tuple[int, int, int]:
    """(who filed wishes since, who shares them, places): numbers, nobody named."""
    listes = ListeVoeux.objects.filter(place__amphi=amphi, voeux__isnull=False).distinct()
    deposees = listes if depuis is None else listes.filter(depose_at__gte=depuis)
    return deposees.count(), listes.filter(partage=True).count(), Place.objects.filter(amphi=amphi).count()


def counted_from(vague: Prechoix | Vague, *, par_voeux: bool) -> datetime | None:
    """A wave counts the lists touched since it opened: who filed for another one agreed to that one alone.

    None: every list. Where postes are given by wishes they hold until the last closing, touched again or not.
    """
    if par_voeux:
        return None
    return vague.ouvre_at if isinstance(vague, Prechoix) else vague.ouvre
