// What the salle shows, as a pure fold: snapshot ⊕ facts → state. No clock, no page, no network.

const DUREE_HABITUELLE = 60_000;
const CADENCES_GARDEES = 12;
const RESTE_MINIMAL = 30_000;

// `touches` tells the page which rows changed, so that it rewrites only these; `tout` means all of them.
const RIEN = Object.freeze({ internes: [], postes: [], tout: false });
const TOUT = Object.freeze({ internes: [], postes: [], tout: true });

// `cadences`: the last turns' lengths as the page knew them when it was written.
export function fromSnapshot(photo, avant = null, cadences = []) {
  const lignes = [...photo.liste].sort((a, b) => a.rang - b.rang);
  return {
    id: photo.id,
    seq: photo.seq,
    offre: photo.offre,
    etat: photo.etat,
    session: photo.session,
    sessions: photo.sessions ?? [],
    tour: photo.tour ? { ...photo.tour, duree: photo.tour.fin - photo.tour.debut } : null,
    pause: photo.etat === "pause" ? photo.pause : null,
    ordre: lignes.map((ligne) => ligne.interne),
    internes: new Map(lignes.map((ligne) => [ligne.interne, ligne])),
    postes: new Map(photo.postes.map(({ poste, etat }) => [poste, etat])),
    retours: photo.retours,
    couples: photo.couples,
    coupleAttendu: photo.couple_attendu,
    cadences: avant?.cadences ?? cadences,
    messages: photo.messages ?? avant?.messages ?? [],
    passages: avant?.passages ?? new Map(),
    perime: false,
    touches: TOUT,
  };
}

// Applies one numbered fact. An old one changes nothing; one too far ahead asks for the snapshot (`perime`).
export function apply(etat, nom, fait) {
  if (fait.n <= etat.seq) return { ...etat, touches: RIEN };
  if (fait.n > etat.seq + 1 || fait.abrege) return { ...etat, perime: true, touches: RIEN };
  const a = typeof fait.a === "number" ? fait.a : Date.parse(fait.a);
  const suite = { ...etat, seq: fait.n, touches: RIEN };
  const regle = REGLES[nom];
  return regle ? endSession({ ...suite, ...regle(suite, fait.p ?? {}, a, fait) }) : { ...suite, perime: true };
}

const REGLES = {
  AmphiDemarre: () => ({ etat: "en_cours", perime: true }),
  SessionOuverte: (etat, { session }) => ({ session, touches: TOUT }),
  TourOuvert: (etat, p, a) => ({
    ...setInterne(etat, p.interne, { statut: "en_cours" }),
    tour: { tour: p.tour, interne: p.interne, debut: a, fin: a + p.duree_ms, duree: p.duree_ms },
    retours: without(etat.retours, p.interne),
    coupleAttendu: etat.coupleAttendu === p.interne ? null : etat.coupleAttendu,
  }),
  TourProlonge: (etat, { tour, ms }) => etat.tour?.tour === tour ? prolong(etat, ms) : {},
  TourPasse: (etat, { interne }, a) => ({
    ...merge(setInterne(etat, interne, { statut: "passe" }), endTour(etat, interne, a)),
    passages: new Map(etat.passages).set(interne, a),
  }),
  RetourPlace: (etat, { interne }) => ({
    ...setInterne(etat, interne, { statut: "a_venir" }),
    // Who did not choose this semester takes his rank again, before nobody.
    retours: etat.internes.get(interne)?.statut === "hors_choix" ? etat.retours : [...etat.retours, interne],
  }),
  ChoixConfirme: chosen,
  PauseDebutee: (etat, { label }, a) => ({
    etat: "pause",
    pause: { a, label, reste: etat.tour ? Math.max(0, etat.tour.fin - a) : null },
  }),
  PauseTerminee: (etat, p, a) => ({ etat: "en_cours", pause: null, tour: resumeTour(etat, a) }),
  PanneConstatee: (etat, { de }, a) => ({ tour: etat.tour && !etat.pause ? shiftTour(etat.tour, a - de) : etat.tour }),
  PosteRetire: (etat, { poste }) => setPoste(etat, poste, "retire"),
  ReserveLevee: (etat, { poste }) => ({ touches: { ...RIEN, postes: [poste] } }),
  HorsChoixConstate: (etat, { interne }, a) => ({
    ...merge(setInterne(etat, interne, { statut: "hors_choix" }), endTour(etat, interne, a)),
    retours: without(etat.retours, interne),
  }),
  AmphiClos: () => ({ etat: "clos", tour: null, pause: null, touches: TOUT }),
  MessageDiffuse: (etat, p, a, fait) =>
    fait.prive ? { messages: [...etat.messages, readMessage({ ...fait, a })] } : {},
  ActeReserve: () => ({}),
};

// A surnombre leaves the poste free for the others: the event then says what became of the poste.
function chosen(etat, { interne, poste }, a, fait) {
  const devient = fait.etat ?? "pourvu";
  return merge(
    setInterne(etat, interne, { statut: "a_choisi", poste }),
    setPoste(etat, poste, etat.postes.get(poste) === "pourvu" ? "pourvu" : devient),
    endTour(etat, interne, a),
  );
}

function setInterne(etat, numero, champs) {
  const internes = new Map(etat.internes);
  internes.set(numero, { interne: numero, ...etat.internes.get(numero), ...champs });
  const avant = etat.tour?.interne;
  return { internes, touches: { ...RIEN, internes: avant ? [numero, avant] : [numero] } };
}

function setPoste(etat, numero, devient) {
  return { postes: new Map(etat.postes).set(numero, devient), touches: { ...RIEN, postes: [numero] } };
}

// When one of a couple has had his tour, who comes next is the server's to say.
function endTour(etat, interne, a) {
  if (etat.couples.some((couple) => couple.includes(interne))) return { tour: null, perime: true };
  if (etat.tour?.interne !== interne) return {};
  const cadences = [...etat.cadences, Math.max(0, a - etat.tour.debut)].slice(-CADENCES_GARDEES);
  return { tour: null, cadences };
}

// Given during a pause, it lengthens what will be left after it; a tour paused in its last grace had less than nothing.
function prolong({ tour, pause }, ms) {
  const fin = tour.fin + ms;
  return { tour: { ...tour, fin, duree: tour.duree + ms }, pause: pause && { ...pause, reste: Math.max(0, fin - pause.a) } };
}

// A session is over when nobody of it is left to call (domain/amphi/evolution.py).
function endSession(etat) {
  if (etat.session === null || etat.tour || etat.coupleAttendu || etat.retours.length > 0) return etat;
  const limite = etat.sessions[etat.session]?.rang_de ?? Infinity;
  const attendent = new Set(etat.couples.map(([meilleur]) => meilleur));
  const reste = etat.ordre.some((numero) => {
    const { rang, statut } = etat.internes.get(numero);
    return rang < limite && statut === "a_venir" && !attendent.has(numero);
  });
  return reste ? etat : { ...etat, session: null };
}

function without(numeros, interne) {
  return numeros.filter((numero) => numero !== interne);
}

function merge(...suites) {
  return suites.reduce((ensemble, suite) => ({
    ...ensemble,
    ...suite,
    touches: {
      internes: [...(ensemble.touches?.internes ?? []), ...(suite.touches?.internes ?? [])],
      postes: [...(ensemble.touches?.postes ?? []), ...(suite.touches?.postes ?? [])],
      tout: Boolean(ensemble.touches?.tout || suite.touches?.tout),
    },
  }), {});
}

function shiftTour(tour, ms) {
  return { ...tour, debut: tour.debut + ms, fin: tour.fin + ms };
}

// The time kept at the pause is given back exactly; a technical one leaves thirty seconds at least.
function resumeTour(etat, a) {
  if (!etat.tour || !etat.pause || etat.pause.reste === null) return etat.tour;
  const reste = etat.pause.label === "technique" ? Math.max(etat.pause.reste, RESTE_MINIMAL) : etat.pause.reste;
  return shiftTour(etat.tour, a + reste - etat.tour.fin);
}

function readMessage(fait) {
  return { n: fait.n, a: fait.a, texte: fait.prive?.texte ?? "" };
}

// Everybody who still has a tour, in the order of the tours: the one choosing, then as domain/amphi/appel.py says.
export function foreseen(etat) {
  const meilleurs = new Map(etat.couples.map(([meilleur, autre]) => [autre, meilleur]));
  const attendent = new Set(meilleurs.values());
  const places = new Set();
  const place = (numero) => {
    places.add(numero);
    if (meilleurs.has(numero)) places.add(meilleurs.get(numero));
  };
  if (etat.tour) place(etat.tour.interne);
  if (etat.coupleAttendu) place(etat.coupleAttendu);
  for (const numero of etat.ordre) if (etat.retours.includes(numero)) place(numero);
  for (const numero of etat.ordre) {
    if (etat.internes.get(numero).statut === "a_venir" && !attendent.has(numero)) place(numero);
  }
  return [...places];
}

// « Internes devant vous »: those with a tour before mine, the one choosing included.
export function before(etat, moi) {
  const ordre = foreseen(etat);
  return ordre.slice(0, Math.max(0, ordre.indexOf(moi)));
}

// Mean length of a tour here, for the forecast; one minute until the room has shown its own pace.
export function pace(etat) {
  if (etat.cadences.length < 3) return DUREE_HABITUELLE;
  return etat.cadences.reduce((somme, duree) => somme + duree, 0) / etat.cadences.length;
}

// How long `devant` turns will take.
export function forecast(etat, devant) {
  return devant * pace(etat);
}

// Who took each poste: a surnombre may share it with its holder.
export function takers(etat) {
  const preneurs = new Map();
  for (const ligne of etat.internes.values()) {
    if (ligne.poste && ligne.statut === "a_choisi") preneurs.set(ligne.poste, [...preneurs.get(ligne.poste) ?? [], ligne]);
  }
  return preneurs;
}

// What the stage shows. `liee`: the link is alive; a page that may be out of date says nothing else.
export function stage(etat, moi, liee) {
  const mien = etat.internes.get(moi);
  if (!liee) return "liaison";
  if (mien?.statut === "a_choisi") return "choisi";
  if (etat.etat === "clos") return "clos";
  if (etat.etat !== "en_cours" && etat.etat !== "pause") return "avant";
  if (etat.etat === "pause") return "pause";
  if (mien?.statut === "hors_choix") return "hors";
  if (mien?.statut === "passe") return "passe";
  return etat.tour && etat.tour.interne === moi ? "tour" : "attente";
}
