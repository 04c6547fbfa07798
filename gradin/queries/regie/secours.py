"""What an agent needs on paper if everything stops: who has chosen what, who is next, what remains."""

from gradin.data.amphis.models import Amphi, Place
from gradin.data.postes.models import Poste
from gradin.documents.secours import EtatSecours, LigneSecours, PosteSecours
from gradin.domain.amphi.appel import foreseen_order
from gradin.domain.amphi.lecture import etat_poste
from gradin.domain.amphi.state import Etat, EtatPoste, Statut
from gradin.domain.eligibilite.situation import TypeChoix
from gradin.queries.etats import lire_etat
from gradin.queries.regie.mots import TYPES

STATUTS = {
    Statut.A_VENIR: "À venir",
    Statut.EN_COURS: "Choisit",
    Statut.A_CHOISI: "A choisi",
    Statut.PASSE: "Passé",
    Statut.HORS_CHOIX: "Ne choisit pas",
}
ETATS = {"en_cours": "En cours", "pause": "En pause", "clos": "Clos"}


def read_secours(amphi: int, maintenant: int) -> EtatSecours:
    """The amphi has started. For the ARS alone: types de choix and telephones stand in it."""
    row = Amphi.objects.select_related("subdivision").get(pk=amphi)
    seq, etat = lire_etat(amphi)
    return EtatSecours(
        amphi=amphi,
        intitule=row.intitule,
        subdivision=row.subdivision.nom,
        fuseau=row.subdivision.fuseau,
        etat=ETATS.get(str(etat.etat), ""),
        a=maintenant,
        seq=seq,
        empreinte=row.empreinte if row.seq == seq else "",
        lignes=_lignes(amphi, etat),
        postes=_postes(amphi, etat),
    )


def _lignes(amphi: int, etat: Etat) -> tuple[LigneSecours, ...]:
    ordre = {numero: rang for rang, numero in enumerate(foreseen_order(etat), start=1)}
    rows = Place.objects.filter(amphi=amphi, numero__in=etat.lignes).values_list(
        "numero",
        "inscription__interne__nom",
        "inscription__interne__prenom",
        "inscription__interne__telephone",
        "inscription__des__intitule",
    )
    lues = []
    for numero, nom, prenom, telephone, des in rows:
        assert numero is not None
        ligne, choix = etat.lignes[numero], etat.choix.get(numero)
        lues.append(
            LigneSecours(
                rang=ligne.rang,
                ordre=ordre.get(numero),
                nom=f"{nom} {prenom}",
                des=des,
                type_choix=TYPES[TypeChoix(ligne.prive.type_choix)],
                statut=STATUTS[etat.statuts[numero]],
                poste=choix.poste if choix else "",
                telephone=telephone,
            )
        )
    return tuple(sorted(lues, key=lambda ligne: ligne.rang))


def _postes(amphi: int, etat: Etat) -> tuple[PosteSecours, ...]:
    """Not those withdrawn. Free: for a classique."""
    rows = (
        Poste.objects.filter(amphis=amphi)
        .select_related("service__etablissement", "des")
        .order_by("service__etablissement__cle_tri", "service__cle_tri", "numero")
    )
    return tuple(
        PosteSecours(
            numero=row.numero,
            service=row.service.nom,
            etablissement=row.service.etablissement.nom,
            des=row.des.intitule,
            reserve=(", ".join(row.reserve_a) or row.des.intitule) if etat.postes[row.numero].reserve else "",
            libre=etat_poste(etat, row.numero) is EtatPoste.LIBRE,
        )
        for row in rows
        if row.numero in etat.postes and row.numero not in etat.retires
    )
