// The service worker's other half: shows what the server says to this device, and leads to its page.

const MARQUE = self.GRADIN.icone;
const PASTILLE = self.GRADIN.pastille;

self.addEventListener("push", (e) => e.waitUntil(showNotification(e.data?.json() ?? {})));
self.addEventListener("notificationclick", (e) => {
  e.notification.close();
  e.waitUntil(openPage(e.notification.data.lien));
});

// The same event twice is one line; who looks at the salle sees it there, and is not told again aloud.
async function showNotification({ titre = "Gradin", texte = "", lien = "/", cle = "", urgente = false }) {
  await self.registration.showNotification(titre, {
    body: texte, tag: cle, data: { lien }, lang: "fr", icon: MARQUE, badge: PASTILLE,
    requireInteraction: urgente, ...(await isWatched() ? { silent: true } : urgente && { vibrate: [200, 100, 200] }),
  });
}

async function isWatched() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return pages.some(({ url, visibilityState }) => visibilityState === "visible" && new URL(url).pathname === "/mon-amphi/");
}

// The page that is open already keeps its state: it is only brought to the front.
async function openPage(lien) {
  const adresse = new URL(lien, location.origin);
  if (adresse.origin !== location.origin) return;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const ouverte = pages.find(({ url }) => new URL(url).pathname === adresse.pathname);
  await (ouverte ? ouverte.focus() : self.clients.openWindow(adresse.href));
}
