// Names of the facts of the journal, as docs/reference/faits.md lists them: each is the name of an event of the stream.

export const FAITS = [
  "AmphiDemarre", "ListeCorrigee", "SessionOuverte", "PauseDebutee", "PauseTerminee", "PanneConstatee",
  "TourOuvert", "TourProlonge", "TourPasse", "RetourPlace", "ChoixConfirme", "ChoixAnnule",
  "PosteAjoute", "PosteRetire", "ReserveLevee", "CoupleForme", "CoupleDefait", "HorsChoixConstate",
  "RattrapageOuvert", "AmphiClos", "MessageDiffuse", "ActeReserve",
];
