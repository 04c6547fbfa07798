"""The amphis of an agent's scope with every figure of their preparation, in a handful of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Count, Q

from gradin.data.amphis.models import Amphi, EtatAmphi, Offre, Place, SessionChoix, Statut
from gradin.data.postes.models import EtatPoste
from gradin.queries.prevol import examine
from gradin.queries.public.amphis import etat_shown
from gradin.queries.public.semestres import SemestreLu
from gradin.queries.rangs.perimees import count_perimes, read_dernieres
from gradin.queries.visiteurs import Visiteur

COMMENCES = (EtatAmphi.EN_COURS, EtatAmphi.PAUSE, EtatAmphi.CLOS)
# The whole pre-flight costs: it is read here for what starts soon, in the régie for the rest.
BIENTOT = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneAmphi:
    """`bloquants` and `a_confirmer`: of the pre-flight, None when it was not run here.

    `suit_trop_tot`: it begins before the amphi whose postes it shares is over. `perimes`: internes whose
    figures are no longer those of the provisional list. `empreinte`: of the last version.
    """

    pk: int
    subdivision: int
    groupe: str
    code: str
    phase: str
    phase_mot: str
    etat: str
    internes: int
    sans_rang: int
    postes: int
    sessions: int
    choisis: int
    debut: datetime | None
    fin: datetime | None
    favoris: datetime | None
    fuseau: str
    calculee: bool
    publiee: bool
    ex_aequo: int
    suit_trop_tot: bool = False
    bloquants: int | None = None
    a_confirmer: int = 0
    perimes: int = 0
    empreinte: str = ""

    @property
    def titre(self) -> str:
        return f"{self.groupe}, {self.phase_mot.lower()}"

    @property
    def is_started(self) -> bool:
        return self.etat in COMMENCES

    @property
    def is_publishable(self) -> bool:
        """Nothing known stands against freezing its figures."""
        contre = self.publiee or self.sans_rang or self.ex_aequo or self.perimes
        return self.calculee and not (contre or self.is_started)


@dataclass(frozen=True, slots=True, kw_only=True)
class Liste:
    """The last version of a call list, as far as preparation looks at it."""

    publiee: bool
    sans_rang: int
    ex_aequo: int
    empreinte: str = ""
    perimes: int = 0


def list_lignes(agent: Visiteur, semestre: SemestreLu, maintenant: datetime) -> tuple[LigneAmphi, ...]:
    """In the order of their hours, then of their groupes."""
    amphis = Amphi.objects.filter(scope_of(agent), semestre=semestre.pk)
    rows = [
        *amphis.select_related("semestre", "groupe", "subdivision", "precedent").order_by(
            "debut", "groupe__nom", "phase", "pk"
        )
    ]
    pks = [row.pk for row in rows]
    listes, places = read_listes(rows), count_places(pks)
    postes, sessions = count_postes(pks), count_sessions(pks)
    return tuple(
        read_ligne(
            row,
            listes.get(row.pk),
            places.get(row.pk, (0, 0)),
            postes.get(row.pk, 0),
            sessions.get(row.pk, 0),
            maintenant,
        )
        for row in rows
    )


def scope_of(agent: Visiteur, vers: str = "") -> Q:
    """Rows of his subdivisions, or of his groupes there; nothing for nobody. `vers`: the way to them."""
    parts = (
        Q(**{f"{vers}subdivision": subdivision} | ({} if groupe is None else {f"{vers}groupe": groupe}))
        for subdivision, groupe in agent.portees
    )
    return reduce(or_, parts, Q(pk__in=()))


def read_ligne(
    row: Amphi, liste: Liste | None, places: tuple[int, int], postes: int, sessions: int, maintenant: datetime
) -> LigneAmphi:
    avant, etat = row.precedent, etat_shown(row, maintenant)
    prevol = run_prevol(row, liste, maintenant)
    return LigneAmphi(
        pk=row.pk,
        subdivision=row.subdivision_id,
        groupe=row.groupe.nom,
        code=row.groupe.code,
        phase=row.phase,
        phase_mot=row.get_phase_display() + (f" ({row.variante})" if row.variante else ""),
        etat=etat,
        internes=places[0],
        choisis=places[1],
        sans_rang=liste.sans_rang if liste else 0,
        postes=postes,
        sessions=sessions,
        debut=row.debut,
        fin=row.fin,
        favoris=row.ouverture_favoris,
        fuseau=row.subdivision.fuseau,
        calculee=liste is not None,
        publiee=liste is not None and liste.publiee,
        ex_aequo=liste.ex_aequo if liste else 0,
        suit_trop_tot=bool(avant and avant.fin and row.debut and row.debut < avant.fin and not row.seq),
        bloquants=prevol[0],
        a_confirmer=prevol[1],
        perimes=liste.perimes if liste else 0,
        empreinte=liste.empreinte if liste else "",
    )


def run_prevol(row: Amphi, liste: Liste | None, maintenant: datetime) -> tuple[int | None, int]:
    """(what blocks, what asks for a name); nothing to run before the list is published."""
    loin = row.debut is None or row.debut > maintenant + BIENTOT
    if row.etat in COMMENCES or liste is None or not liste.publiee or loin:
        return None, 0
    rapport = examine(row.pk)
    return len(rapport.bloquants), len(rapport.a_confirmer)


def read_listes(amphis: Collection[Amphi]) -> dict[int, Liste]:
    """The last version of each."""
    dernieres = read_dernieres(amphi.pk for amphi in amphis)
    perimes = count_perimes(amphis, dernieres)
    return {
        pk: Liste(
            publiee=row.published_at is not None,
            sans_rang=sum(figure.get("rang_local", 0) is None for figure in row.figures),
            ex_aequo=0 if row.ties_confirmed_at else len(row.a_confirmer),
            empreinte=row.empreinte,
            perimes=perimes.get(pk, 0),
        )
        for pk, row in dernieres.items()
    }


def count_places(amphis: Iterable[int]) -> dict[int, tuple[int, int]]:
    """By amphi: internes on the list, those who have chosen."""
    choisis = Count("pk", filter=Q(statut=Statut.A_CHOISI))
    rows = Place.objects.filter(amphi__in=amphis).values("amphi").order_by()
    return {
        pk: (n, faits)
        for pk, n, faits in rows.annotate(n=Count("pk"), faits=choisis).values_list("amphi", "n", "faits")
    }


def count_postes(amphis: Iterable[int]) -> dict[int, int]:
    rows = Offre.objects.filter(amphi__in=amphis).exclude(poste__etat=EtatPoste.RETIRE).order_by()
    return dict(rows.values("amphi").annotate(n=Count("pk")).values_list("amphi", "n"))


def count_sessions(amphis: Iterable[int]) -> dict[int, int]:
    rows = SessionChoix.objects.filter(amphi__in=amphis).order_by()
    return dict(rows.values("amphi").annotate(n=Count("pk")).values_list("amphi", "n"))
