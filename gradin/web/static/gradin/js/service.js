// The service worker: this version's files, and the last copy of a few pages, for when there is no network.
// What is not named here goes to the network and nowhere else: neither the API, nor the salle, nor anything sent.

const { version, gardees, horsLigne, sortie, module, style, fuseau } = self.GRADIN;
const FICHIERS = `gradin-fichiers-${version}`;
const PAGES = "gradin-pages";
const ETAT = "gradin-etat";
const COMPTE = "/compte";
const EMPREINTE = /\.[0-9a-f]{12}\.[a-z0-9]+$/;
const STATIQUES = /(?:href|src)="(\/static\/[^"#?]+)/g;

self.addEventListener("install", (e) => e.waitUntil(install()));
self.addEventListener("activate", (e) => e.waitUntil(activate()));
self.addEventListener("message", (e) => { if (e.data?.garder) e.waitUntil(inTurn(() => refresh(e.data.garder))); });
self.addEventListener("fetch", (e) => {
  const { pathname, origin } = new URL(e.request.url);
  if (origin !== location.origin) return;
  if (e.request.method !== "GET") {
    if (pathname === sortie) e.waitUntil(inTurn(() => belongTo("")));
  } else if (e.request.mode === "navigate") e.respondWith(navigate(e, pathname));
  else if (pathname.startsWith("/static/")) e.respondWith(readFile(e.request, pathname));
});

// One change of what is kept at a time: a page that comes late is never kept for whoever has signed out meanwhile.
let suite = Promise.resolve();
function inTurn(tache) {
  suite = suite.then(tache).catch(() => {});
  return suite;
}

async function install() {
  const reponse = await fetch(new Request(horsLigne, { cache: "reload", credentials: "omit" }));
  if (!reponse.ok) throw new Error(String(reponse.status));
  const fichiers = await caches.open(FICHIERS);
  await fichiers.put(horsLigne, reponse.clone());
  await keepFiles(`${await reponse.text()} src="${module}" href="${style}"`);
  await self.skipWaiting();
}

// A copy of a page asks for the files of its own version: those kept are read again with the new ones.
async function activate() {
  for (const nom of await caches.keys()) if (nom.startsWith("gradin-fichiers-") && nom !== FICHIERS) await caches.delete(nom);
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
  const pages = await caches.open(PAGES);
  await inTurn(async () => { for (const { url } of await pages.keys()) await refresh(url); });
}

// The network, always. Only without an answer, the last copy: it says its hour and holds nothing to press.
async function navigate(evenement, chemin) {
  try {
    const reponse = (await evenement.preloadResponse) ?? await fetch(evenement.request);
    const copie = reponse.clone();
    evenement.waitUntil(inTurn(() => remember(chemin, copie)));
    return reponse;
  } catch {
    return (await readCopy(chemin)) ?? caches.match(horsLigne);
  }
}

async function refresh(adresse) {
  const { pathname, search, origin } = new URL(adresse, location.origin);
  if (origin !== location.origin || !gardees.includes(pathname)) return;
  await remember(pathname, await fetch(pathname + search, { credentials: "same-origin", redirect: "manual" }));
}

async function remember(chemin, reponse) {
  if (!reponse.ok || !reponse.headers.get("Content-Type")?.startsWith("text/html")) return;
  await belongTo(reponse.headers.get("Gradin-Compte") ?? "");
  if (!gardees.includes(chemin)) return;
  const html = await reponse.text();
  const vue = Date.parse(reponse.headers.get("Date") ?? "") || Date.now();
  const entetes = { "Content-Type": "text/html; charset=utf-8", "Gradin-Vue": String(vue) };
  for (const nom of ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"]) {
    if (reponse.headers.has(nom)) entetes[nom] = reponse.headers.get(nom);
  }
  await (await caches.open(PAGES)).put(chemin, new Response(html, { headers: entetes }));
  await keepFiles(html);
}

// Signed out, or somebody else: nothing of the one before stays on this device.
async function belongTo(compte) {
  const etat = await caches.open(ETAT);
  const avant = await (await etat.match(COMPTE))?.text() ?? "";
  if (avant === compte) return;
  await caches.delete(PAGES);
  if (avant) await stopNotifications();
  await etat.put(COMPTE, new Response(compte));
}

// They are the owner's alone: the push service then tells the server that this device is no more.
async function stopNotifications() {
  await (await self.registration.pushManager?.getSubscription())?.unsubscribe();
}

async function keepFiles(html) {
  const fichiers = await caches.open(FICHIERS);
  const adresses = new Set([...html.matchAll(STATIQUES)].map(([, adresse]) => adresse));
  await Promise.allSettled([...adresses].map(async (adresse) => {
    if (!await fichiers.match(adresse)) await fichiers.add(adresse);
  }));
}

// A name with its hash never changes what it holds; another (a server of development) is asked first.
async function readFile(demande, chemin) {
  const gardee = await caches.match(chemin, { ignoreSearch: true });
  if (gardee && EMPREINTE.test(chemin)) return gardee;
  try {
    return await fetch(demande);
  } catch (erreur) {
    if (gardee) return gardee;
    throw erreur;
  }
}

async function readCopy(chemin) {
  const copie = gardees.includes(chemin) ? await (await caches.open(PAGES)).match(chemin) : null;
  if (!copie) return null;
  const etat = when(Number(copie.headers.get("Gradin-Vue")));
  const bandeau = `<section class="hors-ligne" aria-label="Hors ligne" data-hors-ligne><p role="status"><strong>Hors\u00a0ligne\u00a0: état ${etat}, rien ne peut être choisi.</strong></p><a href="${chemin}">Réessayer</a></section>`;
  const html = (await copie.text())
    .replace(/<script\b[\s\S]*?<\/script>/g, "")
    .replace(/<link rel="modulepreload"[^>]*>/g, "")
    .replace(/<(button|input|select|textarea)\b/g, "<$1 disabled")
    .replace(/<details\b(?=[^>]*data-detail-service)/g, "<details open")
    .replace("</head>", `<link rel="stylesheet" href="${style}"></head>`)
    .replace(/<a class="evitement".*?<\/a>/, bandeau)
    .replace("</body>", `<script type="module" src="${module}"></script></body>`);
  return new Response(html, { headers: copie.headers });
}

function when(ms) {
  const dit = (options) => new Intl.DateTimeFormat("fr-FR", { timeZone: fuseau, ...options }).format(new Date(ms));
  const jour = { day: "numeric", month: "long" };
  const heure = dit({ hour: "numeric", minute: "2-digit" }).replace(":", "\u00a0h\u00a0").replace(/^0/, "");
  const aujourdhui = new Intl.DateTimeFormat("fr-FR", { timeZone: fuseau, ...jour }).format(new Date());
  return dit(jour) === aujourdhui ? `de ${heure}` : `du ${dit(jour)} à ${heure}`;
}
