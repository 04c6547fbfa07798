"""From a row of each table of acts to the line of the trail."""

from typing import Any

from gradin.data.amphis.models import ActeAgent, ActeCampagne, Proposition
from gradin.data.appariement.models import ActeAppariement
from gradin.data.comptes.models import Compte
from gradin.data.courriers.models import VersionModele
from gradin.data.demandes.models import DemandeCouple, Mouvement
from gradin.data.imports.models import ChangementReferentiel
from gradin.data.internes.models import Interne
from gradin.data.ouverture.models import ActeOuverture
from gradin.data.parcours.models import Derogation, VersionMaquette
from gradin.data.postes.models import ChangementPoste
from gradin.data.profils.models import Changement, DemandeCorrection, DemandeInscription
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.actes.ligne import ActeLu, of_ms
from gradin.queries.actes.mots import ACTES_AMPHI, CHAMPS, MOUVEMENTS, say, say_details


def read_mouvement(row: Mouvement) -> ActeLu:
    interne, quoi, lien = _about(row)
    return ActeLu(
        at=of_ms(row.a),
        genre="demandes",
        quoi=f"{say(MOUVEMENTS, row.acte)}{quoi}",
        objet=str(interne),
        avant="",
        apres=row.texte,
        auteur=_name(row.auteur),
        lien=lien or f"/gestion/internes/{interne.pk}/",
    )


def _about(row: Mouvement) -> tuple[Interne, str, str]:
    """(whom, which demand, its page)."""
    if row.individuelle is not None:
        nature = row.individuelle.get_nature_display()
        lien = f"/gestion/situations/{row.individuelle.pk}/"
        return row.individuelle.inscription.interne, f"\u00a0: {nature}", lien
    if row.hors_choix is not None:
        affectation = row.hors_choix.affectation
        return affectation.interne, f"\u00a0: n° {affectation.poste.numero}", "/gestion/hors-choix/"
    if row.demande is not None:
        return row.demande.inscription.interne, f"\u00a0: {row.demande.get_souhaite_display()}", ""
    assert row.procuration is not None
    return row.procuration.inscription.interne, "", ""


def read_couple(row: DemandeCouple) -> ActeLu:
    return ActeLu(
        at=of_ms(row.decided_at),
        genre="couples",
        quoi=f"Couple\u00a0: {row.get_etat_display()}",
        objet=f"{row.demandeur.interne} et {row.invite.interne}",
        avant="",
        apres=row.motif_refus,
        auteur=_name(row.decided_by),
    )


def read_fiche(row: Changement) -> ActeLu:
    return ActeLu(
        at=row.at,
        genre="fiches",
        quoi=say(CHAMPS, row.champ),
        objet=str(row.interne),
        avant=row.avant,
        apres=row.apres,
        auteur=row.auteur,
        lien=f"/gestion/internes/{row.interne_id}/",
    )


def read_poste(row: ChangementPoste) -> ActeLu:
    return ActeLu(
        at=row.at,
        genre="postes",
        quoi=say(CHAMPS, row.champ),
        objet=f"n° {row.poste.numero}, {row.poste.service.nom}",
        avant=row.avant,
        apres=row.apres,
        auteur=row.auteur,
        lien=f"/gestion/postes/{row.poste_id}/corriger/",
    )


def read_ouverture(row: ActeOuverture) -> ActeLu:
    semestre = parse_semestre(row.ouverture.semestre.code).libelle
    return ActeLu(
        at=of_ms(row.at),
        genre="ouverture",
        quoi=row.acte.replace("_", " ").capitalize(),
        objet=str(row.propose.service) if row.propose else f"Ouverture de {semestre}",
        avant=row.avant,
        apres=row.apres,
        auteur=_name(row.auteur),
    )


def read_acte(row: ActeAgent) -> ActeLu:
    return ActeLu(
        at=of_ms(row.a),
        genre="amphis",
        quoi=say(ACTES_AMPHI, row.acte),
        objet=row.amphi.intitule,
        avant="",
        apres=say_details(row.details),
        auteur=_name(row.auteur),
        lien=f"/regie/amphis/{row.amphi_id}/",
    )


def read_proposition(row: Proposition) -> ActeLu:
    suite = f"approuvé par {_name(row.approved_by)}" if row.approved_by else "pas encore approuvé"
    motif = str(row.acte.get("motif", ""))
    return ActeLu(
        at=of_ms(row.created_at),
        genre="propositions",
        quoi=f"Proposé\u00a0: {say(ACTES_AMPHI, str(row.acte.get('type', '')))}",
        objet=row.amphi.intitule,
        avant="",
        apres=f"{motif}, {suite}" if motif else suite,
        auteur=_name(row.auteur),
        lien=f"/regie/amphis/{row.amphi_id}/",
    )


def read_campagne(row: ActeCampagne) -> ActeLu:
    campagne = row.campagne
    return ActeLu(
        at=of_ms(row.a),
        genre="campagne",
        quoi="Réglages de la campagne",
        objet=f"{parse_semestre(campagne.semestre.code).libelle}, {campagne.subdivision.nom}",
        avant="",
        apres=say_details(row.details),
        auteur=_name(row.auteur),
    )


def read_appariement(row: ActeAppariement) -> ActeLu:
    return ActeLu(
        at=of_ms(row.a),
        genre="appariement",
        quoi=say({}, row.acte),
        objet=str(row.campagne),
        avant="",
        apres=say_details(row.details),
        auteur=_name(row.auteur),
    )


def read_derogation(row: Derogation) -> ActeLu:
    interne = row.inscription.interne
    return ActeLu(
        at=row.created_at,
        genre="derogations",
        quoi="Dérogation à la maquette",
        objet=str(interne),
        avant="",
        apres=row.motif,
        auteur=_name(row.auteur),
        lien=f"/gestion/internes/{interne.pk}/",
    )


def read_maquette(row: VersionMaquette) -> ActeLu:
    return ActeLu(
        at=row.created_at,
        genre="maquettes",
        quoi=f"Maquette, version {row.version}",
        objet=str(row.des),
        avant="",
        apres=row.motif,
        auteur=_name(row.auteur),
    )


def read_inscription(row: DemandeInscription) -> ActeLu:
    assert row.traitee_at is not None
    return ActeLu(
        at=row.traitee_at,
        genre="inscriptions",
        quoi=f"Demande d’inscription\u00a0: {row.get_etat_display()}",
        objet=f"{row.prenom} {row.nom}",
        avant="",
        apres="",
        auteur=row.traitee_par,
        lien=f"/gestion/internes/{row.interne_id}/" if row.interne_id else "",
    )


def read_correction(row: DemandeCorrection) -> ActeLu:
    assert row.traitee_at is not None
    return ActeLu(
        at=row.traitee_at,
        genre="corrections",
        quoi="Réponse à une demande de correction",
        objet=str(row.interne),
        avant=row.texte[:300],
        apres=row.reponse[:300],
        auteur=row.traitee_par,
        lien=f"/gestion/internes/{row.interne_id}/",
    )


def read_depot(row: Any) -> ActeLu:
    """`row`: a Depot told whether it opens for who asks (`ouvert`)."""
    return ActeLu(
        at=row.created_at,
        genre="imports",
        quoi=f"Import\u00a0: {row.get_nature_display().lower()}",
        objet=row.fichier,
        avant="",
        apres=row.get_etat_display(),
        auteur=_name(row.auteur),
        lien=f"/gestion/imports/{row.pk}/" if row.ouvert else "",
    )


def read_referentiel(row: ChangementReferentiel) -> ActeLu:
    return ActeLu(
        at=row.at,
        genre="referentiels",
        quoi=f"{row.nature.capitalize()}\u00a0: {say(CHAMPS, row.champ).lower()}",
        objet=row.objet,
        avant=row.avant,
        apres=row.apres,
        auteur=row.auteur,
    )


def read_modele(row: VersionModele) -> ActeLu:
    return ActeLu(
        at=row.at,
        genre="modeles",
        quoi="Modèle de courriel" if row.texte else "Modèle de courriel\u00a0: retour à l’original",
        objet=row.cle,
        avant="",
        apres=row.sujet,
        auteur=row.auteur,
        lien=f"/gestion/courriels/modeles/{row.cle}/",
    )


def _name(compte: Compte | None) -> str:
    return (compte.nom_affiche or compte.email) if compte else "la plateforme"
