"""The world that is measured: running amphis, their internes, accounts, sessions and tokens, made in bulk."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from gradin.data.amphis.models import Amphi, EtatAmphi, ListeAppel, Offre, Place, SessionChoix
from gradin.data.comptes.models import Compte, Jeton
from gradin.data.internes.models import Inscription, Interne, Phase
from gradin.data.postes.models import Poste, Regime
from gradin.data.referentiel.models import (
    Etablissement,
    Groupe,
    Semestre,
    Service,
    Specialite,
    Subdivision,
)
from gradin.live.temps import maintenant_ms
from gradin.operations.amphis import demarrer_amphi

# Long turns: nothing ends by itself while we measure, nor is in pause when the server comes late.
PARAMETRES = {"duree_tour_ms": 7_200_000, "delai_absence_ms": 7_000_000, "reprise_auto_ms": 7_000_000}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True, slots=True, kw_only=True)
class AmphiMesure:
    """`jetons`: one per interne, in call order; interne k chooses poste `postes[k]` in tour k + 1."""

    pk: int
    comptes: tuple[Compte, ...]
    jetons: tuple[str, ...]
    postes: tuple[str, ...]


def make_amphi(numero: int, internes: int, parametres: Mapping[str, int] = PARAMETRES) -> AmphiMesure:
    """Amphi n° `numero`, started: interne 1 has the tour."""
    maintenant = maintenant_ms()
    debut = datetime.fromtimestamp(maintenant / 1000, UTC)
    semestre, _ = Semestre.objects.get_or_create(code="2027-05")
    subdivision, _ = Subdivision.objects.get_or_create(code="BANC", defaults={"nom": "Banc"})
    groupe, _ = Groupe.objects.get_or_create(code="3", defaults={"nom": "Médecine générale"})
    lieu = {"semestre": semestre, "subdivision": subdivision, "groupe": groupe}
    amphi = Amphi.objects.create(
        **lieu,
        phase=Phase.SOCLE,
        variante=f"banc {numero}",
        intitule=f"Banc {numero}",
        etat=EtatAmphi.OUVERT,
        debut=debut,
        fin=debut + timedelta(hours=8),
        parametres=dict(parametres),
    )
    comptes = _list(amphi, numero, internes, lieu)
    postes = _offer(amphi, numero, internes + 10, lieu)
    ListeAppel.objects.create(
        amphi=amphi, version=1, computed_at=debut, published_at=debut, graine="0" * 64, empreinte="a" * 64
    )
    SessionChoix.objects.create(
        amphi=amphi, numero=1, debut=debut, fin=debut + timedelta(hours=8), rang_de=1, rang_a=internes
    )
    assert demarrer_amphi(amphi.pk, auteur=None, maintenant=maintenant).statut == 201
    return AmphiMesure(pk=amphi.pk, comptes=comptes, jetons=_tokens(comptes, debut), postes=postes)


def _list(amphi: Amphi, numero: int, internes: int, lieu: dict[str, Any]) -> tuple[Compte, ...]:
    des, _ = Specialite.objects.get_or_create(code_des="33", defaults={"intitule": "MG", "annees": 4})
    noms = [f"{numero}-{rang:05d}" for rang in range(1, internes + 1)]
    comptes = Compte.objects.bulk_create(
        Compte(email=f"{nom}@banc.example", password=f"!{nom}") for nom in noms
    )
    personnes = Interne.objects.bulk_create(
        Interne(ine=nom, nom=f"N{nom}", prenom="P", cle_tri=nom, compte=compte)
        for nom, compte in zip(noms, comptes, strict=True)
    )
    inscriptions = Inscription.objects.bulk_create(
        Inscription(**lieu, interne=un, phase=Phase.SOCLE, des=des, promotion=2026) for un in personnes
    )
    Place.objects.bulk_create(
        Place(amphi=amphi, inscription=inscription, rang=rang)
        for rang, inscription in enumerate(inscriptions, start=1)
    )
    return tuple(comptes)


def _offer(amphi: Amphi, numero: int, postes: int, lieu: dict[str, Any]) -> tuple[str, ...]:
    hopital, _ = Etablissement.objects.get_or_create(nom="Hôpital", ville="Lyon", defaults={"cle_tri": "h"})
    service, _ = Service.objects.get_or_create(
        imotep="69000001", defaults={"nom": "Service", "etablissement": hopital, "cle_tri": "s"}
    )
    des = Specialite.objects.get(code_des="33")
    commun = {**lieu, "service": service, "des": des, "regime": Regime.SOCLE}
    rows = Poste.objects.bulk_create(
        Poste(**commun, numero=f"{numero * 10_000 + k}", cle_tri=f"{k:06d}") for k in range(postes)
    )
    Offre.objects.bulk_create(Offre(amphi=amphi, poste=poste) for poste in rows)
    return tuple(poste.numero for poste in rows)


def _tokens(comptes: tuple[Compte, ...], debut: datetime) -> tuple[str, ...]:
    jetons = tuple(secrets.token_urlsafe(32) for _ in comptes)
    Jeton.objects.bulk_create(
        Jeton(
            compte=compte,
            empreinte=hashlib.sha256(jeton.encode()).hexdigest(),
            created_at=debut,
            expires_at=debut + timedelta(hours=12),
        )
        for compte, jeton in zip(comptes, jetons, strict=True)
    )
    return jetons


def make_sessions(comptes: tuple[Compte, ...], nombre: int) -> list[str]:
    """The Cookie headers of `nombre` signed-in browsers, several per account if need be."""
    store = SessionStore()
    data = [store.encode(_signed_in(un)) for un in comptes]
    keys = [secrets.token_hex(16) for _ in range(nombre)]
    expire = datetime.fromtimestamp(maintenant_ms() / 1000, UTC) + timedelta(days=1)
    Session.objects.bulk_create(
        (
            Session(session_key=key, session_data=data[k % len(data)], expire_date=expire)
            for k, key in enumerate(keys)
        ),
        batch_size=1_000,
    )
    return [f"Cookie: sessionid={key}" for key in keys]


def _signed_in(compte: Compte) -> dict[str, str]:
    return {
        SESSION_KEY: str(compte.pk),
        BACKEND_SESSION_KEY: BACKEND,
        HASH_SESSION_KEY: compte.get_session_auth_hash(),
    }
