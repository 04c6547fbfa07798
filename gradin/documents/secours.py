"""The state of an amphi to go on with on paper: one page that prints, and two tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from gradin.documents.tableur import write_csv

STYLE = (
    "body{font:13px/1.35 system-ui,sans-serif;margin:1.2cm;color:#000}h1{font-size:20px;margin:0}"
    "h2{font-size:16px;margin:1.2em 0 .4em;break-after:avoid}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #777;padding:3px 6px;text-align:left;vertical-align:top}"
    "thead{display:table-header-group}tr{break-inside:avoid}.vide td{height:26px}"
    "@page{size:A4;margin:1.2cm}@media print{body{margin:0}h2.page{break-before:page}}"
)
FEUILLE = 25
CONSIGNE = (
    "En cas d’arrêt de la plateforme\u00a0: appelez dans l’ordre, rayez le poste choisi, notez l’heure. "
    "Ces choix se saisissent ensuite dans le même ordre, depuis la régie, «\u00a0Reprise après papier\u00a0»."
)
APPEL = ("Rang", "Nom", "DES", "Type de choix", "Statut", "Poste choisi", "Téléphone")
SUITE = ("Ordre", "Rang", "Nom", "Type de choix", "Téléphone")
PRIS = ("Numéro", "Service", "Établissement", "DES", "Réservé")


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneSecours:
    """`ordre`: 1 for who chooses now, then as foreseen; None when no tour is to come."""

    rang: int
    ordre: int | None
    nom: str
    des: str
    type_choix: str
    statut: str
    poste: str
    telephone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PosteSecours:
    numero: str
    service: str
    etablissement: str
    des: str
    reserve: str
    libre: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EtatSecours:
    """At journal line `seq`, whose hash is `empreinte`; `a`: when it was read (ms UTC)."""

    amphi: int
    intitule: str
    subdivision: str
    fuseau: str
    etat: str
    a: int
    seq: int
    empreinte: str
    lignes: tuple[LigneSecours, ...]
    postes: tuple[PosteSecours, ...]

    @property
    def suite(self) -> tuple[LigneSecours, ...]:
        attendent = (ligne for ligne in self.lignes if ligne.ordre is not None)
        return tuple(sorted(attendent, key=lambda ligne: ligne.ordre or 0))


def print_secours(etat: EtatSecours) -> bytes:
    """One HTML page that needs nothing else: who is next, sheets to fill, the list, postes free and taken."""
    quand = f"{datetime.fromtimestamp(etat.a / 1000, ZoneInfo(etat.fuseau)):%d/%m/%Y %H:%M:%S}"
    entete = (
        f"<h1>{escape(etat.intitule)}</h1><p>{escape(etat.subdivision)} · {escape(etat.etat)} · état au "
        f"<strong>{quand}</strong> · journal, ligne {etat.seq}<br>Empreinte {etat.empreinte}</p>"
        f"<p>{CONSIGNE}</p>"
    )
    corps = (
        entete
        + _section("Qui choisit ensuite", SUITE, map(_suite, etat.suite))
        + _feuille()
        + _section("Postes restants", PRIS, (_poste(p) for p in etat.postes if p.libre), page=True)
        + _section("Liste d’appel", APPEL, map(_appel, etat.lignes), page=True)
        + _section("Postes pourvus", PRIS, (_poste(p) for p in etat.postes if not p.libre), page=True)
    )
    titre = escape(f"{etat.intitule}, état de secours")
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{titre}</title>'
        f"<style>{STYLE}</style></head><body>{corps}</body></html>"
    ).encode()


def write_appel(etat: EtatSecours) -> bytes:
    return write_csv(("Ordre", *APPEL), ((str(ligne.ordre or ""), *_appel(ligne)) for ligne in etat.lignes))


def write_postes(etat: EtatSecours) -> bytes:
    lignes = ((*_poste(poste), "Non pourvu" if poste.libre else "Pourvu") for poste in etat.postes)
    return write_csv((*PRIS, "État"), lignes)


def _suite(ligne: LigneSecours) -> tuple[str, ...]:
    return (str(ligne.ordre), str(ligne.rang), ligne.nom, ligne.type_choix, ligne.telephone)


def _appel(ligne: LigneSecours) -> tuple[str, ...]:
    return (
        str(ligne.rang),
        ligne.nom,
        ligne.des,
        ligne.type_choix,
        ligne.statut,
        ligne.poste,
        ligne.telephone,
    )


def _poste(poste: PosteSecours) -> tuple[str, ...]:
    return (poste.numero, poste.service, poste.etablissement, poste.des, poste.reserve)


def _section(
    titre: str, entetes: tuple[str, ...], lignes: Iterable[tuple[str, ...]], *, page: bool = False
) -> str:
    tete = "".join(f'<th scope="col">{mot}</th>' for mot in entetes)
    corps = "".join(f"<tr>{''.join(f'<td>{escape(texte)}</td>' for texte in ligne)}</tr>" for ligne in lignes)
    classe = ' class="page"' if page else ""
    return f"<h2{classe}>{titre}</h2><table><thead><tr>{tete}</tr></thead><tbody>{corps}</tbody></table>"


def _feuille() -> str:
    """Empty lines, in the columns of the page where they are entered again."""
    colonnes = ("Rang", "N° du poste, «\u00a0passé\u00a0» ou «\u00a0absent\u00a0»", "Heure", "Motif")
    tete = "".join(f'<th scope="col">{mot}</th>' for mot in colonnes)
    vide = f'<tr class="vide">{"<td></td>" * len(colonnes)}</tr>'
    return (
        '<h2 class="page">Feuille de choix sur papier</h2>'
        f"<table><thead><tr>{tete}</tr></thead><tbody>{vide * FEUILLE}</tbody></table>"
    )
