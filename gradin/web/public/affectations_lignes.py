"""Rows of the list of affectations as HTML: 7,000 of them for « Tous », and a template takes 0.7 s."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from gradin.queries.public.affectations import AffectationLue
from gradin.queries.recus import MOIS
from gradin.web.templatetags.gradin import heure, localize

# The order of the manual's columns; the numéro follows the poste, the hour the semestre.
LIGNE = (
    '<tr role="row"><td role="cell" class="c-heure">{semestre}'
    '<span class="table__second table__ligne"><time>{instant}</time></span></td>'
    '<td role="cell" class="nombre c-valides">{valides}</td>'
    '<td role="cell" class="c-des">{des}'
    '<span class="table__second table__ligne">N° {numero}{remplace}</span></td>'
    '<td role="cell" class="nombre c-dep">{departement}</td>'
    '<td role="cell" class="c-etab">{etablissement}</td>'
    '<td role="cell" class="table__fort c-service"><a href="/services/{imotep}/">{service}</a></td>'
    '<td role="cell" class="c-chef">{chef}</td>'
    '<td role="cell" class="table__fort c-interne">{interne}</td>'
    '<td role="cell" class="c-regime">{regime}</td>'
    '<td role="cell" class="c-des-interne">{des_interne}</td>'
    '<td role="cell" class="c-ufr">{ufr}</td></tr>'
)
NON_LU = '<span class="table__second">Nom non public</span>'
VALIDES_NON_LUS = (
    '<span class="table__second"><span aria-hidden="true">–</span><span class="sr">non public</span></span>'
)


def render_lignes(lignes: Iterable[AffectationLue]) -> SafeString:
    return mark_safe("".join(render_ligne(ligne) for ligne in lignes))


def render_ligne(ligne: AffectationLue) -> str:
    return LIGNE.format(
        semestre=escape(ligne.semestre),
        instant=_instant(ligne),
        valides=_second("semestres validés", ligne.valides) if ligne.valides else VALIDES_NON_LUS,
        des=escape(ligne.des),
        numero=escape(ligne.numero),
        remplace=_corrected(ligne.remplace),
        departement=escape(ligne.departement),
        etablissement=escape(ligne.etablissement),
        imotep=escape(ligne.imotep),
        service=escape(ligne.service),
        chef=escape(ligne.chef),
        interne=escape(ligne.interne) or NON_LU,
        regime=escape(ligne.regime),
        des_interne=_second("DES de l’interne", ligne.des_interne),
        ufr=_second("UFR", ligne.ufr),
    )


def _instant(ligne: AffectationLue) -> str:
    """« 6 avril, 10 h 53 »: the year stands above, the day of the week would widen the column."""
    local = localize(ligne.chosen_at, ligne.fuseau)
    quantieme = "1<sup>er</sup>" if local.day == 1 else str(local.day)
    return f"{quantieme}\u00a0{MOIS[local.month - 1]}, {heure(ligne.chosen_at, ligne.fuseau)}"


def _corrected(numero: str) -> str:
    return f" · corrigé par l’ARS, remplace le n°\u00a0{escape(numero)}" if numero else ""


def _second(mot: str, valeur: str) -> str:
    """On a phone, where no heading is seen, the value says what it is."""
    return f'<span class="etroit-mot">{mot}\u00a0: </span>{escape(valeur)}' if valeur else ""
