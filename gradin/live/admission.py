"""Who may listen: judged once through Django, and again all together every 30 seconds."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from typing import TypeVar

from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from gradin.data.amphis.models import Amphi, Place
from gradin.data.comptes.models import Compte, Jeton
from gradin.data.demandes.models import EtatProcuration
from gradin.live.lecteur import Droit
from gradin.live.lecture import AmphiInconnu
from gradin.operations.permissions import Audience, acces
from gradin.queries.jetons import compte_of_jeton
from gradin.queries.visiteurs import visiteur_of

# SQLite takes 32,766 parameters in one query.
LOT = 10_000
T = TypeVar("T")


class JetonInconnu(Exception):
    """A token was given and nobody is behind it."""


def judge(amphi_id: int, session: str, jeton: str, maintenant: int) -> Droit:
    """The right of a session or a token; without either, or signed out, the public's."""
    amphi = Amphi.objects.filter(pk=amphi_id).first()
    if amphi is None:
        raise AmphiInconnu(amphi_id)
    compte = _account(session, jeton, maintenant)
    if compte is None:
        return Droit(amphi=amphi_id)
    access = acces(visiteur_of(compte), amphi)
    if access.audience is Audience.PUBLIC:
        return Droit(amphi=amphi_id)
    return Droit(
        amphi=amphi_id,
        audience=str(access.audience),
        compte=compte.pk,
        interne=access.numero,
        mandants=tuple(one.numero for one in access.mandants if one.numero is not None),
        session="" if jeton else session,
        jeton=hashlib.sha256(jeton.encode()).hexdigest() if jeton else "",
        secret=_digest(compte.password),
    )


def _account(session: str, jeton: str, maintenant: int) -> Compte | None:
    if jeton:
        compte = compte_of_jeton(jeton, _instant(maintenant))
        if compte is None:
            raise JetonInconnu
        return compte
    request = HttpRequest()
    request.session = SessionStore(session)
    user = get_user(request)
    return user if isinstance(user, Compte) and user.is_active else None


def ended(droits: Collection[Droit], maintenant: int) -> frozenset[Droit]:
    """Those whose session, token, account or place no longer stands."""
    nommes = [droit for droit in droits if not droit.anonyme]
    sessions = _live_sessions({droit.session for droit in nommes if droit.session}, maintenant)
    jetons = _live_tokens({droit.jeton for droit in nommes if droit.jeton}, maintenant)
    secrets = _live_accounts({droit.compte for droit in nommes if droit.compte is not None})
    audiences = _Audiences(nommes)
    return frozenset(
        droit
        for droit in nommes
        if not (droit.session in sessions or droit.jeton in jetons)
        or secrets.get(droit.compte) != droit.secret
        or not audiences.still(droit)
    )


class _Audiences:
    """Places are read at once for everybody, scopes once per agent and amphi."""

    def __init__(self, droits: Iterable[Droit]) -> None:
        self._regie: dict[tuple[int, int | None], str] = {}
        amphis = {droit.amphi for droit in droits if droit.audience == "amphi"}
        places = Place.objects.filter(amphi__in=amphis).order_by()
        self._places = frozenset(places.values_list("amphi", "inscription__interne__compte", "numero"))
        mandats = places.filter(
            inscription__procurations__ended_at=None,
            inscription__procurations__etat=EtatProcuration.ACCEPTEE,
        )
        mandataire = "inscription__procurations__mandataire"
        self._mandats = frozenset(mandats.values_list("amphi", mandataire, "numero"))

    def still(self, droit: Droit) -> bool:
        if droit.audience == "amphi":
            return self._still_here(droit)
        key = (droit.amphi, droit.compte)
        if key not in self._regie:
            self._regie[key] = self._judge(*key)
        return self._regie[key] == droit.audience

    def _still_here(self, droit: Droit) -> bool:
        """On the list, or mandataire of all whom he speaks for; before the start nobody has a number."""
        mandants = {(droit.amphi, droit.compte, numero) for numero in droit.mandants}
        if not mandants <= self._mandats:
            return False
        moi = (droit.amphi, droit.compte, droit.interne)
        if droit.interne is None and mandants:
            return True
        return moi in self._places or moi in self._mandats

    def _judge(self, amphi: int, compte: int | None) -> str:
        account = Compte.objects.filter(pk=compte or 0).first()
        return str(acces(visiteur_of(account), Amphi.objects.get(pk=amphi)).audience)


def _live_sessions(keys: Collection[str], maintenant: int) -> frozenset[str]:
    rows = Session.objects.filter(expire_date__gt=_instant(maintenant))
    found = (rows.filter(session_key__in=lot).values_list("session_key", flat=True) for lot in _lots(keys))
    return frozenset(key for lot in found for key in lot)


def _live_tokens(empreintes: Collection[str], maintenant: int) -> frozenset[str]:
    rows = Jeton.objects.filter(expires_at__gt=_instant(maintenant), revoked_at=None)
    found = (rows.filter(empreinte__in=lot).values_list("empreinte", flat=True) for lot in _lots(empreintes))
    return frozenset(key for lot in found for key in lot)


def _live_accounts(ids: Collection[int]) -> dict[int | None, str]:
    rows = Compte.objects.filter(is_active=True)
    found = (rows.filter(pk__in=lot).values_list("pk", "password") for lot in _lots(ids))
    return {pk: _digest(password) for lot in found for pk, password in lot}


def _lots(values: Collection[T]) -> Iterator[list[T]]:
    every = list(values)
    for start in range(0, len(every), LOT):
        yield every[start : start + LOT]


def _digest(password: str) -> str:
    return hashlib.sha256(password.encode()).hexdigest()[:32]


def _instant(maintenant: int) -> datetime:
    return datetime.fromtimestamp(maintenant / 1000, UTC)
