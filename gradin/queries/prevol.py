"""Gather what the pre-flight of one amphi looks at, and judge it."""

from __future__ import annotations

from collections import Counter, defaultdict

from gradin.data.amphis.models import Affectation, Amphi, EtatAmphi, ListeAppel, Offre, Place, Statut
from gradin.data.internes.models import Inscription, Phase
from gradin.data.internes.models import TypeChoix as TypeEnBase
from gradin.data.postes.models import EtatPoste
from gradin.data.prechoix.models import Prechoix
from gradin.domain.amphi.codec import from_json
from gradin.domain.amphi.parametres import Parametres
from gradin.domain.eligibilite.situation import Candidat, TypeChoix
from gradin.domain.eligibilite.situation import Place as PlaceOfferte
from gradin.domain.prevol.dossier import Dossier, InternePrevol
from gradin.domain.prevol.rapport import Rapport, examine_amphi
from gradin.domain.rang.construction import build_liste
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.agrements.validite import list_sans_agrement
from gradin.queries.candidats import count_effectifs, list_candidats
from gradin.queries.parcours.utiles import INCONNU, ParcoursAuDepart, judge_amphi
from gradin.queries.procurations import pending_inscriptions
from gradin.queries.reglages import read_parametres_rang

# Semesters behind somebody who enters a phase, when nothing else is known (socle 2).
MINIMAUX = {Phase.APPROFONDISSEMENT.value: 2}
EN_COURS = (EtatAmphi.EN_COURS, EtatAmphi.PAUSE)
SEMESTRES_FST = 2


def examine(amphi: int) -> Rapport:
    """The pre-flight of this amphi, on what the database says now."""
    return examine_amphi(read_dossier(amphi))


def read_dossier(amphi_id: int) -> Dossier:
    """A handful of queries, whatever the size of the list."""
    amphi = Amphi.objects.select_related("semestre", "groupe").get(pk=amphi_id)
    places = list_places(amphi)
    liste = amphi.listes.order_by("-version").first()
    noms = {place.inscription.interne.ine: str(place.inscription.interne) for place in places}
    comptes = {ligne["ine"] for ligne in (liste.figures if liste else ()) if ligne.get("effectif_compte")}
    affectes, ailleurs = read_affectes(amphi), read_listes_en_cours(amphi)
    attente = pending_inscriptions(amphi.pk)
    habituels = read_groupes_habituels(amphi)
    juges = judge_amphi(amphi, [place.inscription for place in places])
    return Dossier(
        amphi=amphi.pk,
        phase="" if amphi.variante else amphi.phase,
        reglement=from_json(Parametres, amphi.parametres).reglement,
        liste_publiee=liste is not None and liste.published_at is not None,
        internes=tuple(
            read_interne(
                place,
                affectes,
                ailleurs,
                comptes,
                habituels,
                attente,
                juges.get(place.inscription_id, INCONNU),
            )
            for place in places
        ),
        postes=read_postes(amphi),
        ex_aequo=read_ex_aequo(liste, noms),
        perimes=list_perimes(amphi, liste, places),
        oublies=list_oublies(amphi, liste),
        attendus_apres=read_attendus(amphi),
        voeux_annonces=not amphi.parametres.get("par_voeux") or Prechoix.objects.filter(amphi=amphi).exists(),
        semestres_minimaux=0 if amphi.variante else MINIMAUX.get(amphi.phase, 0),
        semestre=amphi.semestre.code,
        groupe=amphi.groupe.code,
        sans_agrement=list_sans_agrement(amphi),
    )


def list_places(amphi: Amphi) -> list[Place]:
    return list(
        amphi.places.select_related(
            "inscription__interne",
            "inscription__des",
            "inscription__desc",
            "inscription__groupe",
            "inscription__semestre",
        ).order_by("rang", "pk")
    )


def read_interne(
    place: Place,
    affectes: set[int],
    ailleurs: dict[int, list[str]],
    comptes: set[str],
    habituels: dict[int, tuple[int, str]],
    attente: frozenset[int],
    parcours: ParcoursAuDepart = INCONNU,
) -> InternePrevol:
    """One interne of the list, with everything that could stop him."""
    inscription = place.inscription
    habituel, nom_habituel = habituels.get(inscription.des_id, (inscription.groupe_id, ""))
    return InternePrevol(
        nom=str(inscription.interne),
        candidat=read_candidat(place, parcours, affecte=inscription.interne_id in affectes),
        choisit=place.statut != Statut.HORS_CHOIX,
        phase=inscription.phase,
        annees=inscription.des.annees,
        en_plus=SEMESTRES_FST if inscription.fst or inscription.option else 0,
        semestres_valides=inscription.semestres_valides,
        rang_manquant=inscription.rang_local is None,
        effectif_compte=inscription.interne.ine in comptes,
        listes_en_cours=tuple(ailleurs.get(inscription.interne_id, ())),
        groupe_habituel=nom_habituel if habituel != inscription.groupe_id else "",
        procuration_en_attente=place.inscription_id in attente,
        fiche=f"/gestion/internes/{inscription.interne_id}/corriger/",
    )


def read_candidat(place: Place, parcours: ParcoursAuDepart = INCONNU, *, affecte: bool = False) -> Candidat:
    inscription = place.inscription
    return Candidat(
        rang=place.rang or 0,
        type_choix=TypeChoix(TypeEnBase(inscription.type_choix).value),
        codes=read_codes(inscription),
        affecte=affecte,
        valides=frozenset(parcours.valides),
        hors_maquette=frozenset(parcours.hors),
        derogation=parcours.derogation,
    )


def read_codes(inscription: Inscription) -> frozenset[str]:
    """What opens a reserved poste to him: DES, DESC, FST, option."""
    desc = inscription.desc.code_des if inscription.desc else ""
    codes = (inscription.des.code_des, desc, inscription.fst, inscription.option)
    return frozenset(code for code in codes if code)


def read_postes(amphi: Amphi) -> tuple[PlaceOfferte, ...]:
    """The offer, withdrawn postes left out; held ones are closed to classiques."""
    tenus = set(
        Affectation.objects.filter(
            poste__offre__amphi=amphi, annulee=False, type_choix=TypeEnBase.CLASSIQUE
        ).values_list("poste_id", flat=True)
    )
    offres = Offre.objects.filter(amphi=amphi).exclude(poste__etat=EtatPoste.RETIRE)
    return tuple(
        PlaceOfferte(
            poste=offre.poste.numero,
            service=offre.poste.service.imotep,
            reserve=frozenset(offre.poste.reserve_a or [offre.poste.des.code_des])
            if offre.poste.reserve
            else frozenset(),
            tenu=offre.poste_id in tenus,
        )
        for offre in offres.select_related("poste__service", "poste__des").order_by("poste__cle_tri")
    )


def read_attendus(amphi: Amphi) -> tuple[Candidat, ...]:
    """Who chooses later in the chain, on the same postes."""
    suivants = list(Amphi.objects.filter(precedent=amphi))
    chain = [candidat for suivant in suivants for candidat in read_attendus(suivant)]
    places = Place.objects.filter(amphi__in=suivants).exclude(statut=Statut.HORS_CHOIX)
    chain += [read_candidat(p) for p in places.select_related("inscription__des", "inscription__desc")]
    return tuple(chain)


def read_affectes(amphi: Amphi) -> set[int]:
    affectations = Affectation.objects.filter(semestre=amphi.semestre_id, annulee=False)
    return set(affectations.values_list("interne_id", flat=True))


def read_listes_en_cours(amphi: Amphi) -> dict[int, list[str]]:
    """Other amphis of the semestre that run and still expect an interne, by interne."""
    listes: dict[int, list[str]] = defaultdict(list)
    places = (
        Place.objects.filter(
            amphi__semestre=amphi.semestre_id,
            amphi__etat__in=EN_COURS,
            inscription__places__amphi=amphi,
            statut__in=(Statut.A_VENIR, Statut.EN_COURS, Statut.PASSE),
        )
        .exclude(amphi=amphi)
        .values_list("inscription__interne_id", "amphi__intitule")
    )
    for interne, intitule in places:
        listes[interne].append(intitule)
    return listes


def read_groupes_habituels(amphi: Amphi) -> dict[int, tuple[int, str]]:
    """The groupe in which most internes of each DES choose this semestre: (id, words)."""
    roster = Inscription.objects.filter(semestre=amphi.semestre_id, subdivision=amphi.subdivision_id)
    counts: dict[int, Counter[tuple[int, str]]] = defaultdict(Counter)
    for des, groupe, code, nom in roster.values_list("des_id", "groupe_id", "groupe__code", "groupe__nom"):
        counts[des][groupe, f"{code} - {nom}"] += 1
    return {des: groupes.most_common(1)[0][0] for des, groupes in counts.items()}


def list_oublies(amphi: Amphi, liste: ListeAppel | None) -> tuple[str, ...]:
    """Of its groupe and phase, and on no list; an amphi made apart has whom it was given."""
    if liste is None or amphi.variante:
        return ()
    roster = Inscription.objects.filter(
        semestre=amphi.semestre_id,
        subdivision=amphi.subdivision_id,
        groupe=amphi.groupe_id,
        phase=amphi.phase,
    ).exclude(places__amphi=amphi)
    return tuple(str(row.interne) for row in roster.select_related("interne").order_by("interne__cle_tri"))


def list_perimes(amphi: Amphi, liste: ListeAppel | None, places: list[Place]) -> tuple[str, ...]:
    """Who would have another rank if the list were computed again now."""
    if liste is None:
        return ()
    effectifs = count_effectifs(amphi.semestre_id, amphi.subdivision_id)
    calcul = build_liste(
        parse_semestre(amphi.semestre.code),
        list_candidats([place.inscription for place in places], effectifs),
        read_parametres_rang(amphi.parametres, liste.graine),
    )
    rangs = {ligne["ine"]: ligne["rang"] for ligne in liste.figures}
    noms = {place.inscription.interne.ine: str(place.inscription.interne) for place in places}
    return tuple(noms[ligne.ine] for ligne in calcul.lignes if rangs.get(ligne.ine) != ligne.rang)


def read_ex_aequo(liste: ListeAppel | None, noms: dict[str, str]) -> tuple[tuple[str, ...], ...]:
    """Groups that an agent has not confirmed yet, by name."""
    if liste is None or liste.ties_confirmed_at is not None:
        return ()
    return tuple(tuple(noms.get(ine, ine) for ine in groupe) for groupe in liste.a_confirmer)
