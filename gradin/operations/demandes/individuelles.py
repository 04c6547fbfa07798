"""Individual demands: filed and withdrawn by the interne, each later step of the ARS or the coordonnateur."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from gradin.data.demandes.models import DemandeIndividuelle, PieceRecue, ReglageDemande
from gradin.data.internes.models import Inscription
from gradin.domain.demandes.effets import last_day
from gradin.domain.demandes.etats import Acteur, EtatIndividuelle, Pas, next_etat
from gradin.domain.demandes.natures import DEMARCHES, Disponibilite, Nature
from gradin.domain.rang.semestre import parse_semestre
from gradin.operations.demandes.courriers_individuelles import mail_coordonnateurs, mail_interne
from gradin.operations.demandes.mouvements import note_individuelle
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.queries.individuelles.reglages import read_reglage

TROP_TARD = "Cette demande a avancé entre-temps\u00a0: relisez-la."
SENS = ("favorable", "defavorable")


@dataclass(frozen=True, slots=True, kw_only=True)
class SaisieDemande:
    """What the form holds. `debut`: code of the first semestre."""

    nature: Nature
    forme: str
    debut: str
    duree: int
    objet: str
    texte: str


@transaction.atomic
def file_individuelle(
    inscription_id: int, saisie: SaisieDemande, *, jour: date, auteur: int, maintenant: int
) -> int:
    """`jour`: today where the subdivision is. A late one is filed and says so. Raises DemandeRefusee."""
    inscription = Inscription.objects.select_related("interne", "subdivision", "des").get(pk=inscription_id)
    reglage = read_reglage(inscription.subdivision_id, saisie.nature)
    _check(saisie, reglage.ouverte, jour)
    if saisie.nature is Nature.REMORDS:
        _check_remords(inscription, saisie.objet)
    try:
        with transaction.atomic():
            demande = DemandeIndividuelle.objects.create(
                inscription=inscription,
                nature=saisie.nature.value,
                forme=saisie.forme,
                debut=saisie.debut,
                duree=saisie.duree,
                objet=saisie.objet.strip()[:200],
                texte=saisie.texte.strip()[:2000],
                hors_delai=jour > last_day(saisie.debut, reglage.delai),
                asked_at=maintenant,
            )
    except IntegrityError:
        raise DemandeRefusee(
            "Une demande de ce genre est déjà en cours. Retirez-la pour en faire une autre."
        ) from None
    note_individuelle(demande, "depot", auteur, maintenant)
    mail_interne(demande, "deposee", maintenant)
    return demande.pk


@transaction.atomic
def withdraw_individuelle(pk: int, *, auteur: int, maintenant: int) -> None:
    """By the interne, while nobody has decided."""
    demande = lock_individuelle(pk)
    move(demande, Pas.RETIRER, Acteur.INTERNE)
    demande.decided_at = maintenant
    demande.save(update_fields=["etat", "decided_at"])
    note_individuelle(demande, Pas.RETIRER.value, auteur, maintenant)


@transaction.atomic
def instruct_individuelle(pk: int, *, agent: int, maintenant: int) -> None:
    """From then on the coordonnateur reads it, when his opinion is wanted."""
    demande = lock_individuelle(pk)
    move(demande, Pas.INSTRUIRE, Acteur.ARS)
    demande.save(update_fields=["etat"])
    note_individuelle(demande, Pas.INSTRUIRE.value, agent, maintenant)
    mail_interne(demande, "instruction", maintenant)
    if DEMARCHES[Nature(demande.nature)].avis:
        mail_coordonnateurs(demande, maintenant)


@transaction.atomic
def receive_piece(pk: int, piece: str, le: date | None, *, agent: int, maintenant: int) -> None:
    """The day only; None when it was noted by mistake."""
    demande = lock_individuelle(pk)
    if piece not in DEMARCHES[Nature(demande.nature)].pieces:
        raise DemandeRefusee("Cette pièce n’est pas de celles qui sont attendues.")
    PieceRecue.objects.filter(demande=demande, piece=piece).delete()
    if le is not None:
        PieceRecue.objects.create(demande=demande, piece=piece, recue_le=le)
    acte = "piece" if le is not None else "piece_retiree"
    note_individuelle(demande, acte, agent, maintenant, texte=piece)


@transaction.atomic
def give_avis(pk: int, sens: str, texte: str, *, acteur: Acteur, auteur: int, maintenant: int) -> None:
    """By the coordonnateur, or by the agent who has it on paper; it may change until the decision."""
    demande = lock_individuelle(pk)
    if sens not in SENS:
        raise DemandeRefusee("Dites si l’avis est favorable ou défavorable.", champ="avis")
    if sens == "defavorable" and not texte.strip():
        raise DemandeRefusee("Un avis défavorable se motive\u00a0: l’interne le lira.", champ="texte")
    move(demande, Pas.AVISER, acteur)
    demande.avis, demande.avis_texte = sens, texte.strip()[:500]
    demande.avis_par_id, demande.avis_at = auteur, maintenant
    demande.save(update_fields=["etat", "avis", "avis_texte", "avis_par", "avis_at"])
    mots = f"{demande.get_avis_display()}. {demande.avis_texte}".strip()[:500]
    acte = "avis" if acteur is Acteur.COORDONNATEUR else "avis_papier"
    note_individuelle(demande, acte, auteur, maintenant, texte=mots)
    mail_interne(demande, "avis", maintenant)


@transaction.atomic
def refuse_individuelle(pk: int, motif: str, *, agent: int, maintenant: int) -> None:
    """With a reason, which the interne reads."""
    demande = lock_individuelle(pk)
    if not motif.strip():
        raise DemandeRefusee("Un refus se motive\u00a0: l’interne lira ce motif.", champ="motif")
    move(demande, Pas.REFUSER, Acteur.ARS)
    settle(demande, motif, agent, maintenant)
    note_individuelle(demande, Pas.REFUSER.value, agent, maintenant, texte=demande.motif)
    mail_interne(demande, "decision", maintenant)


def lock_individuelle(pk: int) -> DemandeIndividuelle:
    return (
        DemandeIndividuelle.objects.select_for_update(of=("self",), no_key=True)
        .select_related("inscription__interne", "inscription__subdivision", "inscription__des")
        .get(pk=pk)
    )


def move(demande: DemandeIndividuelle, pas: Pas, acteur: Acteur) -> None:
    """Sets the state that this step leads to. Raises DemandeRefusee."""
    avis = DEMARCHES[Nature(demande.nature)].avis
    etat = next_etat(EtatIndividuelle(demande.etat), pas, acteur, avis_attendu=avis)
    if etat is None:
        raise DemandeRefusee(
            f"{TROP_TARD} Elle est «\u00a0{demande.get_etat_display().lower()}\u00a0»."
            if pas is not Pas.ACCEPTER
            else "L’avis du coordonnateur manque encore\u00a0: attendez-le, ou enregistrez celui "
            "que vous avez reçu par écrit."
        )
    demande.etat = etat.value


def settle(demande: DemandeIndividuelle, motif: str, agent: int, maintenant: int) -> None:
    demande.motif = motif.strip()[:500]
    demande.decided_at, demande.decided_by_id = maintenant, agent
    demande.save(update_fields=["etat", "motif", "decided_at", "decided_by"])


def reglage_of(subdivision: int, nature: Nature) -> ReglageDemande:
    return ReglageDemande.objects.get_or_create(subdivision_id=subdivision, nature=nature.value)[0]


def set_reglage(
    subdivision: int, nature: Nature, *, delai: int | None, ouverte: bool, envoyer_a: str
) -> None:
    """`delai` None: back to the kind's own."""
    row = reglage_of(subdivision, nature)
    row.delai, row.ouverte, row.envoyer_a = delai, ouverte, envoyer_a.strip()[:200]
    row.save(update_fields=["delai", "ouverte", "envoyer_a"])


def _check(saisie: SaisieDemande, ouverte: bool, jour: date) -> None:
    demarche = DEMARCHES[saisie.nature]
    if not ouverte:
        raise DemandeRefusee("Cette démarche n’est pas ouverte en ligne. Appelez l’ARS.")
    if saisie.nature is Nature.DISPONIBILITE and saisie.forme not in set(Disponibilite):
        raise DemandeRefusee("Dites pourquoi vous demandez cette disponibilité.", champ="forme")
    if saisie.duree not in demarche.durees:
        raise DemandeRefusee("Choisissez le nombre de semestres dans la liste.", champ="duree")
    if parse_semestre(saisie.debut).debut < jour:
        raise DemandeRefusee("Ce semestre a déjà commencé. Choisissez le suivant.", champ="debut")
    if not saisie.objet.strip():
        raise DemandeRefusee("Remplissez ce champ\u00a0: il est nécessaire.", champ="objet")


def _check_remords(inscription: Inscription, objet: str) -> None:
    """Another DES, and once in the internship. The DES asked for stands before « - »."""
    if objet.partition(" - ")[0].strip() == inscription.des.code_des:
        raise DemandeRefusee(
            "C’est déjà votre DES. Choisissez celui où vous voulez continuer.", champ="objet"
        )
    siennes = DemandeIndividuelle.objects.filter(inscription__interne=inscription.interne_id)
    if siennes.filter(nature=Nature.REMORDS.value, etat=EtatIndividuelle.ACCEPTEE.value).exists():
        raise DemandeRefusee(
            "Vous avez déjà exercé votre droit au remords\u00a0: il ne s’exerce qu’une fois. Appelez l’ARS."
        )
