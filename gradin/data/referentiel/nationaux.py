"""The national diplomas, their length and formation (arrêtés of 2017 and after): what every region shares."""

from dataclasses import dataclass

from gradin.data.referentiel.models import Formation


@dataclass(frozen=True, slots=True, kw_only=True)
class DesNational:
    """`annees`: length of the DES, which bounds the semesters one may choose."""

    code: str
    intitule: str
    annees: int
    formation: Formation


def _des(code: str, intitule: str, annees: int, formation: Formation = Formation.MEDECIN) -> DesNational:
    return DesNational(code=code, intitule=intitule, annees=annees, formation=formation)


DES_NATIONAUX = {
    des.code: des
    for des in (
        _des("ACP", "Anatomie et cytologie pathologiques", 5),
        _des("ALL", "Allergologie", 4),
        _des("ARE", "Anesthésie-réanimation", 5),
        _des("BM", "Biologie médicale", 4),
        _des("CMF", "Chirurgie maxillo-faciale", 6),
        _des("COR", "Chirurgie orale", 4),
        _des("COT", "Chirurgie orthopédique et traumatologique", 6),
        _des("CPD", "Chirurgie pédiatrique", 6),
        _des("CPR", "Chirurgie plastique, reconstructrice et esthétique", 6),
        _des("CTC", "Chirurgie thoracique et cardiovasculaire", 6),
        _des("CVA", "Chirurgie vasculaire", 6),
        _des("CVD", "Chirurgie viscérale et digestive", 6),
        _des("DVE", "Dermatologie et vénéréologie", 4),
        _des("EDN", "Endocrinologie-diabétologie-nutrition", 4),
        _des("GEN", "Génétique médicale", 4),
        _des("GER", "Gériatrie", 4),
        _des("GYM", "Gynécologie médicale", 4),
        _des("GYO", "Gynécologie obstétrique", 6),
        _des("HEM", "Hématologie", 5),
        _des("HGE", "Hépato-gastro-entérologie", 5),
        _des("MCA", "Médecine cardiovasculaire", 5),
        _des("MGE", "Médecine générale", 4),
        _des("MII", "Médecine interne et immunologie clinique", 5),
        _des("MIR", "Médecine intensive-réanimation", 5),
        _des("MIT", "Maladies infectieuses et tropicales", 5),
        _des("MLE", "Médecine légale et expertises médicales", 4),
        _des("MPR", "Médecine physique et de réadaptation", 4),
        _des("MTR", "Médecine et santé au travail", 4),
        _des("MUR", "Médecine d'urgence", 4),
        _des("MVA", "Médecine vasculaire", 4),
        _des("NCU", "Neurochirurgie", 6),
        _des("NEP", "Néphrologie", 4),
        _des("NEU", "Neurologie", 4),
        _des("NUC", "Médecine nucléaire", 4),
        _des("ONC", "Oncologie", 5),
        _des("OPH", "Ophtalmologie", 6),
        _des("ORL", "Oto-rhino-laryngologie - chirurgie cervico-faciale", 6),
        _des("PED", "Pédiatrie", 5),
        _des("PNE", "Pneumologie", 5),
        _des("PSY", "Psychiatrie", 4),
        _des("RAI", "Radiologie et imagerie médicale", 5),
        _des("RHU", "Rhumatologie", 4),
        _des("SPU", "Santé publique", 4),
        _des("URO", "Urologie", 6),
        _des("PH", "Pharmacie hospitalière", 4, Formation.PHARMACIEN),
        _des("IPR", "Innovation pharmaceutique et recherche", 4, Formation.PHARMACIEN),
        _des("CO", "Chirurgie orale (odontologie)", 4, Formation.DENTISTE),
        _des("MBD", "Médecine bucco-dentaire", 3, Formation.DENTISTE),
        _des("ODF", "Orthopédie dento-faciale", 3, Formation.DENTISTE),
    )
}

FST_NATIONALES = (
    "addictologie",
    "cancérologie",
    "chirurgie en situation de guerre ou de catastrophe",
    "chirurgie orbito-palpébro-lacrymale",
    "douleur",
    "fœtopathologie",
    "hygiène, prévention de l'infection, résistances",
    "nutrition appliquée",
    "pharmacologie médicale/thérapeutique",
    "soins palliatifs",
    "sommeil",
    "bio-informatique médicale",
    "cardiologie pédiatrique et congénitale",
    "expertise médicale-préjudice corporel",
    "génétique et médecine moléculaire bioclinique",
    "hématologie bioclinique",
    "innovation et recherche en sciences biologiques et pharmaceutiques",
    "maladies allergiques",
    "médecine et biologie de la reproduction-andrologie",
    "médecine hospitalière polyvalente",
    "médecine scolaire",
    "médecine du sport",
    "thérapie cellulaire/transfusion",
    "urgences pédiatriques",
)

# The groupes that regions write in capitals without accents, as people read them.
GROUPES_USUELS = (
    "Médecine générale",
    "Spécialités médicales",
    "Spécialités chirurgicales",
    "Anesthésie-réanimation",
    "Médecine d’urgence",
    "Pédiatrie",
    "Gynécologie",
    "Gynécologie médicale",
    "Gynécologie obstétrique",
    "Psychiatrie",
    "Biologie médicale",
    "Santé publique",
    "Médecine du travail",
    "Odontologie",
    "Pharmacie",
)
