"""The steps of a semester in one subdivision: what is done, what blocks, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from gradin.domain.nombres import count_mots
from gradin.queries.cockpit.amphis import LigneAmphi
from gradin.queries.cockpit.chemin import Blocage, Comptes, Etape, Statut, Suite

MONTRES = 3
Batit = Callable[[Comptes, datetime], Etape]
# The steps that have figures before there is an amphi.
DES_FICHIERS = ("roster", "offre", "postes")


def build_etapes(comptes: Comptes, maintenant: datetime) -> tuple[Etape, ...]:
    """In the order of the semester; a step after the first unfinished one only waits, unless it blocks."""
    etapes = [build(comptes, maintenant) for build in _steps(comptes)]
    ici = next((rang for rang, etape in enumerate(etapes) if etape.statut is not Statut.FAIT), None)
    if ici is None:
        return tuple(etapes)
    etapes[ici] = replace(etapes[ici], ici=True)
    return (*etapes[: ici + 1], *(_later(etape, comptes) for etape in etapes[ici + 1 :]))


def _steps(comptes: Comptes) -> Sequence[Batit]:
    """Where postes are opened here and no amphi is prepared yet, that comes before the postes."""
    if comptes.ouverture is None or comptes.amphis:
        return ETAPES
    return (ETAPES[0], _offre, *ETAPES[1:])


def _later(etape: Etape, comptes: Comptes) -> Etape:
    """What nothing can be done about yet; without an amphi there is nothing to count either."""
    if etape.statut is Statut.A_FAIRE and etape.suite is None:
        etape = replace(etape, statut=Statut.ATTEND)
    return etape if comptes.amphis or etape.cle in DES_FICHIERS else replace(etape, chiffres="")


def next_suite(etapes: Sequence[Etape]) -> Suite | None:
    """The one primary button: the act of the first step that has one left."""
    return next((etape.suite for etape in etapes if etape.statut is not Statut.FAIT and etape.suite), None)


def _roster(comptes: Comptes, _: datetime) -> Etape:
    adresse = f"/gestion/internes/?semestre={comptes.semestre}&subdivision={comptes.subdivision}"
    blocages: tuple[Blocage, ...] = ()
    if comptes.sans_rang:
        texte = count_mots(comptes.sans_rang, "interne sans rang local", "internes sans rang local")
        blocages = (Blocage(texte=texte, href=f"{adresse}&a_voir=sans_rang", mot="Compléter"),)
    return Etape(
        cle="roster",
        titre="Internes",
        statut=_statut(comptes.internes > 0, blocages),
        chiffres=count_mots(comptes.internes, "interne", "internes"),
        blocages=blocages,
        suite=None if comptes.internes else _file("internes", comptes, "Déposer le fichier des internes"),
        href=adresse,
    )


def _offre(comptes: Comptes, _: datetime) -> Etape:
    adresse = f"/gestion/ouverture/{comptes.ouverture}/"
    suite = None
    if comptes.a_etudier:
        suite = Suite(mot=f"Étudier {count_mots(comptes.a_etudier, 'poste', 'postes')}", href=adresse)
    elif comptes.a_publier:
        suite = Suite(
            mot=f"Publier {count_mots(comptes.a_publier, 'poste', 'postes')}", href=f"{adresse}publier/"
        )
    return Etape(
        cle="offre",
        titre="Ouverture des postes",
        statut=_statut(not (comptes.a_etudier or comptes.a_publier), ()),
        chiffres=f"{comptes.a_etudier} à étudier, {comptes.a_publier} à publier",
        suite=suite,
        href=adresse,
    )


def _postes(comptes: Comptes, _: datetime) -> Etape:
    adresse = f"/gestion/postes/?semestre={comptes.semestre}&subdivision={comptes.subdivision}"
    manques = tuple(
        Blocage(
            texte=f"{des}\u00a0: {count_mots(postes, 'poste', 'postes')}, il en faut {voulus}",
            href=_opening(comptes, code),
            mot="Ouvrir des postes" if comptes.ouverture else "Ajouter des postes",
        )
        for code, des, postes, voulus in comptes.manques
    )
    return Etape(
        cle="postes",
        titre="Postes",
        statut=_statut(comptes.postes > 0, manques),
        chiffres=count_mots(comptes.postes, "poste offert", "postes offerts") + _proposed(comptes),
        blocages=_shortened(manques, _opening(comptes), "autre DES en manque", "autres DES en manque"),
        suite=None if comptes.postes else _file("postes", comptes, "Déposer le fichier des postes"),
        href=adresse,
    )


def _opening(comptes: Comptes, des: str = "") -> str:
    """Where postes are opened: the opening of the semestre when there is one, else the list, of this DES."""
    if comptes.ouverture is not None:
        return f"/gestion/ouverture/{comptes.ouverture}/"
    adresse = f"/gestion/postes/?semestre={comptes.semestre}&subdivision={comptes.subdivision}"
    return f"{adresse}&des={des}" if des else adresse


def _proposed(comptes: Comptes) -> str:
    """What the opening counts besides: its figures hold what is granted and has no number yet."""
    if not comptes.amphis:
        return ""
    suites = [
        count_mots(comptes.a_publier, "accordé à publier", "accordés à publier") if comptes.a_publier else "",
        count_mots(comptes.a_etudier, "proposé à étudier", "proposés à étudier") if comptes.a_etudier else "",
    ]
    return "".join(f", {suite}" for suite in suites if suite)


def _amphis(comptes: Comptes, _: datetime) -> Etape:
    blocages: tuple[Blocage, ...] = ()
    if comptes.amphis and comptes.sans_amphi:
        adresse = (
            f"/gestion/internes/?semestre={comptes.semestre}&subdivision={comptes.subdivision}"
            "&a_voir=sans_amphi"
        )
        texte = count_mots(comptes.sans_amphi, "interne dans aucun amphi", "internes dans aucun amphi")
        blocages = (Blocage(texte=f"{texte}\u00a0: préparez de nouveau", href=adresse, mot="Voir"),)
    sans_postes = [
        Blocage(texte=f"{a.titre}\u00a0: aucun poste", href=_regie(a), mot="Voir")
        for a in comptes.amphis
        if not a.postes and not a.is_started
    ]
    blocages = (*blocages, *_shortened(sans_postes, "/regie/", "autre sans poste", "autres sans poste"))
    suite = Suite(mot="Préparer les amphis", acte="preparer")
    return Etape(
        cle="amphis",
        titre="Amphis",
        statut=_statut(bool(comptes.amphis), blocages),
        chiffres=count_mots(len(comptes.amphis), "amphi préparé", "amphis préparés"),
        blocages=blocages,
        suite=suite if comptes.internes and (not comptes.amphis or comptes.sans_amphi) else None,
    )


def _listes(comptes: Comptes, _: datetime) -> Etape:
    publiees = sum(a.publiee for a in comptes.amphis)
    blocages = [
        Blocage(texte=f"{a.titre}\u00a0: {_why_not(a)}", href=_liste(a), mot="Régler")
        for a in comptes.amphis
        if not a.publiee and not a.is_started and (a.ex_aequo or a.sans_rang or a.perimes)
    ]
    pretes = sum(a.is_publishable for a in comptes.amphis)
    mot = "Publier la liste" if pretes == 1 else f"Publier les {pretes} listes"
    return Etape(
        cle="listes",
        titre="Listes d’appel",
        statut=_statut(bool(comptes.amphis) and publiees == len(comptes.amphis), blocages),
        chiffres=f"{count_mots(publiees, 'publiée', 'publiées')} sur {len(comptes.amphis)}",
        blocages=_shortened(blocages, "/regie/", "autre liste à régler", "autres listes à régler"),
        suite=Suite(mot=mot, acte="publier") if pretes else None,
    )


def _sessions(comptes: Comptes, maintenant: datetime) -> Etape:
    coupes = sum(a.sessions > 0 for a in comptes.amphis)
    blocages = [
        Blocage(texte=f"{a.titre}\u00a0: {texte}", href=f"/gestion/amphis/{a.pk}/reporter/", mot="Reporter")
        for a in comptes.amphis
        if (texte := tell_bad_hour(a, maintenant))
    ]
    return Etape(
        cle="sessions",
        titre="Sessions",
        statut=_statut(bool(comptes.amphis) and coupes == len(comptes.amphis), blocages),
        chiffres=f"{count_mots(sum(a.sessions for a in comptes.amphis), 'session', 'sessions')}",
        blocages=_shortened(blocages, "/regie/", "autre à déplacer", "autres à déplacer"),
    )


def _controle(comptes: Comptes, _: datetime) -> Etape:
    attendus = [a for a in comptes.amphis if not a.is_started]
    examines = [a for a in attendus if a.bloquants is not None]
    blocages = [
        Blocage(
            texte=f"{a.titre}\u00a0: {count_mots(a.bloquants, 'blocage', 'blocages')}",
            href=f"/gestion/amphis/{a.pk}/controle/",
            mot="Lever",
        )
        for a in examines
        if a.bloquants
    ]
    passes = len(examines) - len(blocages)
    fini = bool(comptes.amphis) and passes == len(attendus)
    return Etape(
        cle="controle",
        titre="Contrôle avant ouverture",
        statut=_statut(fini, blocages, sinon=Statut.ATTEND),
        chiffres=f"{count_mots(passes, 'amphi prêt', 'amphis prêts')} sur {len(attendus)}",
        blocages=_shortened(blocages, "/regie/", "autre amphi bloqué", "autres amphis bloqués"),
        href="/regie/",
    )


def _ouverture(comptes: Comptes, _: datetime) -> Etape:
    ouverts = sum(a.etat not in ("brouillon", "valide") for a in comptes.amphis)
    dates = [a.favoris for a in comptes.amphis if a.etat == "valide" and a.favoris]
    fini = bool(comptes.amphis) and ouverts == len(comptes.amphis)
    return Etape(
        cle="ouverture",
        titre="Ouverture aux favoris",
        statut=_statut(fini, (), sinon=Statut.ATTEND if dates else Statut.A_FAIRE),
        chiffres=f"{count_mots(ouverts, 'ouvert', 'ouverts')} sur {len(comptes.amphis)}",
    )


def _jour(comptes: Comptes, maintenant: datetime) -> Etape:
    vivants = [a for a in comptes.amphis if a.etat in ("en_cours", "pause")]
    clos = sum(a.etat == "clos" for a in comptes.amphis)
    attendus = [
        a
        for a in comptes.amphis
        if not (a.is_started or a.bloquants or a.suit_trop_tot) and a.publiee and a.etat != "brouillon"
    ]
    prochain = next(iter([*vivants, *attendus]), None)
    suite = None
    if prochain is not None:
        verbe = "Conduire" if prochain in vivants else "Démarrer"
        suite = Suite(mot=f"{verbe}\u00a0: {prochain.titre}", href=_regie(prochain))
    return Etape(
        cle="jour",
        titre="Jour des choix",
        statut=_statut(
            bool(comptes.amphis) and clos == len(comptes.amphis),
            (),
            sinon=Statut.EN_COURS if vivants or clos else Statut.ATTEND,
        ),
        chiffres=f"{count_mots(len(vivants), 'en cours', 'en cours')}, {count_mots(clos, 'clos', 'clos')}",
        suite=suite,
        href="/regie/",
    )


def _apres(comptes: Comptes, _: datetime) -> Etape:
    choisis = sum(a.choisis for a in comptes.amphis)
    clos = bool(comptes.amphis) and all(a.etat == "clos" for a in comptes.amphis)
    return Etape(
        cle="apres",
        titre="Après",
        statut=Statut.FAIT if clos else Statut.ATTEND,
        chiffres=count_mots(choisis, "poste choisi", "postes choisis"),
        href=f"/affectations/?semestre={comptes.semestre}",
    )


ETAPES: tuple[Batit, ...] = (
    _roster,
    _postes,
    _amphis,
    _listes,
    _sessions,
    _controle,
    _ouverture,
    _jour,
    _apres,
)


def _statut(fini: bool, blocages: Sequence[Blocage], sinon: Statut = Statut.A_FAIRE) -> Statut:
    if blocages:
        return Statut.BLOQUE
    return Statut.FAIT if fini else sinon


def _shortened(blocages: Sequence[Blocage], href: str, un: str, plusieurs: str) -> tuple[Blocage, ...]:
    """The first ones, then how many more and where they all stand."""
    reste = len(blocages) - MONTRES
    if reste <= 0:
        return tuple(blocages)
    return (*blocages[:MONTRES], Blocage(texte=count_mots(reste, un, plusieurs), href=href, mot="Tout voir"))


def _why_not(amphi: LigneAmphi) -> str:
    if amphi.sans_rang:
        return count_mots(amphi.sans_rang, "rang manque", "rangs manquent")
    if amphi.perimes:
        changes = count_mots(
            amphi.perimes, "interne a des chiffres changés", "internes ont des chiffres changés"
        )
        return f"{changes} depuis le calcul"
    return count_mots(amphi.ex_aequo, "groupe d’ex æquo à confirmer", "groupes d’ex æquo à confirmer")


def tell_bad_hour(amphi: LigneAmphi, maintenant: datetime) -> str:
    """Why its hours cannot stand, in words; nothing when they can."""
    if amphi.is_started or amphi.debut is None:
        return ""
    if amphi.suit_trop_tot:
        return "commence avant la fin de l’amphi dont il partage les postes"
    if amphi.fin is not None and amphi.fin <= maintenant:
        return "sa date est passée"
    return ""


def _regie(amphi: LigneAmphi) -> str:
    return f"/regie/amphis/{amphi.pk}/"


def _liste(amphi: LigneAmphi) -> str:
    """Where what stands against its publication is mended."""
    suite = "" if amphi.sans_rang else "corriger/" if amphi.perimes else "ex-aequo/"
    return f"/gestion/amphis/{amphi.pk}/liste/{suite}"


def _file(nature: str, comptes: Comptes, mot: str) -> Suite:
    semestre = f"&semestre={comptes.semestre}" if comptes.semestre else ""
    return Suite(mot=mot, acte=nature, href=f"/gestion/imports/?nature={nature}{semestre}")
