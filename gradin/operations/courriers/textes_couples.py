"""The mails of couples: what one asks, what the other answers, what the ARS decides."""

from gradin.documents.courriel import Gabarit
from gradin.operations.courriers.modele import Modele, lien, mot

FAMILLE = "Couples"
CHAMPS = (
    mot("nom", "Le prénom et le nom du destinataire", "Émile ZOLA"),
    mot("autre", "L’autre interne du couple", "Marguerite DURAS", requis=True),
    mot("amphi", "L’amphithéâtre", "Médecine générale, phase socle"),
    lien("lien", "La page où l’on répond, ou d’où l’on part", "Choisir en couple", "/mon-amphi/couple/"),
)


def _modele(quoi: str, titre: str, quand: str, sujet: str, corps: str) -> Modele:
    return Modele(
        cle=f"couple-{quoi}",
        famille=FAMILLE,
        titre=titre,
        quand=quand,
        champs=CHAMPS,
        origine=Gabarit(sujet=sujet, texte=f"Bonjour {{nom}},\n\n{corps}\n\n{{lien}}"),
    )


MODELES = (
    _modele(
        "propose",
        "Couple proposé",
        "À l’interne invité, quand un autre lui demande de choisir en couple.",
        "{autre} vous propose de choisir en couple",
        "{autre} vous propose de choisir avec vous dans l’amphithéâtre {amphi}\u00a0: l’un juste après "
        "l’autre, à la place du moins bien classé.\n\n"
        "Acceptez ou refusez sur votre page. Sans réponse de votre part, chacun choisit à son rang.",
    ),
    _modele(
        "accepte",
        "Couple accepté par l’autre interne",
        "À l’interne qui l’a demandé, quand l’autre accepte.",
        "{autre} accepte de choisir en couple avec vous",
        "{autre} accepte de choisir en couple avec vous dans l’amphithéâtre {amphi}.\n\n"
        "L’ARS doit encore donner son accord\u00a0: vous recevrez sa réponse.",
    ),
    _modele(
        "accorde",
        "Couple accordé",
        "Aux deux internes, quand l’ARS accorde leur demande.",
        "Votre couple est accordé",
        "L’ARS accorde votre demande\u00a0: vous choisissez avec {autre} dans l’amphithéâtre {amphi}, l’un "
        "juste après l’autre, à la place du moins bien classé.\n\n"
        "Chacun peut y renoncer jusqu’au tour du mieux classé.",
    ),
    _modele(
        "refuse",
        "Couple refusé",
        "Aux deux internes, quand l’ARS refuse leur demande. Le motif reste sur leur page.",
        "Votre demande de couple est refusée",
        "L’ARS n’accorde pas votre demande de choisir avec {autre} dans l’amphithéâtre {amphi}\u00a0: chacun "
        "choisit à son rang. Le motif est sur votre page.",
    ),
    _modele(
        "fini",
        "Couple terminé",
        "À l’autre interne, quand l’un refuse, retire sa demande ou renonce.",
        "Vous ne choisissez plus en couple avec {autre}",
        "{autre} ne choisit pas en couple avec vous dans l’amphithéâtre {amphi}. Chacun choisit à son rang.",
    ),
)
