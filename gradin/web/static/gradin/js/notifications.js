// « Notifications »: asks the browser once, on a press, and tells the server which device agreed.

const page = document.querySelector("[data-notifications]");
const etat = page.querySelector("[data-notifications-etat]");
const activer = page.querySelector("[data-notifications-activer]");
const couper = page.querySelector("[data-notifications-couper]");
const installer = page.querySelector("[data-installer]");

const PHRASES = {
  absent: "Ce navigateur ne reçoit pas de notifications.",
  refuse: "Vous avez refusé les notifications de ce site. Changez d’avis dans les réglages du navigateur.",
  possible: "Votre navigateur vous demandera son accord, une seule fois.",
  actif: "Cet appareil est prévenu.",
  coupure: "L’arrêt n’a pas abouti. Vérifiez votre connexion, puis réessayez.",
  echec: "L’activation n’a pas abouti. Vérifiez votre connexion, puis réessayez.",
};

function say(nom, phrase = PHRASES[nom]) {
  etat.textContent = phrase;
  activer.hidden = !["possible", "echec"].includes(nom);
  couper.hidden = !["actif", "coupure"].includes(nom);
}

async function show() {
  if (!("serviceWorker" in navigator) || !("PushManager" in globalThis) || !page.dataset.cle) { say("absent"); return; }
  if (Notification.permission === "denied") { say("refuse"); return; }
  const { pushManager } = await navigator.serviceWorker.ready;
  const abonnement = await pushManager.getSubscription();
  // Told again: the browser may have changed its address, and the server may have struck it off.
  if (abonnement) await tell(abonnement);
  say(abonnement ? "actif" : "possible");
}

function tell(abonnement) {
  return fetch("/mon-profil/notifications/abonner/", {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-CSRFToken": page.dataset.jeton },
    body: JSON.stringify(abonnement),
  });
}

async function subscribe() {
  if (await Notification.requestPermission() !== "granted") { await show(); return; }
  const { pushManager } = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: bytes(page.dataset.cle) };
  const abonnement = await pushManager.subscribe(options);
  const reponse = await tell(abonnement);
  if (reponse.ok) { location.reload(); return; }
  await abonnement.unsubscribe();
  say("echec", (await reponse.json().catch(() => ({}))).message);
}

async function unsubscribe() {
  const { pushManager } = await navigator.serviceWorker.ready;
  const abonnement = await pushManager.getSubscription();
  if (!abonnement) { await show(); return; }
  const corps = new URLSearchParams({ adresse: abonnement.endpoint });
  const reponse = await fetch("/mon-profil/notifications/oublier/", {
    method: "POST",
    credentials: "same-origin",
    headers: { "X-CSRFToken": page.dataset.jeton },
    body: corps,
  });
  // The server first: an agreement that the browser alone forgot would stay there, in the list of devices.
  if (!reponse.ok) { say("coupure"); return; }
  await abonnement.unsubscribe();
  location.reload();
}

function bytes(texte) {
  const base = texte.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base), (signe) => signe.charCodeAt(0));
}

activer.addEventListener("click", () => { subscribe().catch(() => say("echec")); });
couper.addEventListener("click", () => { unsubscribe().catch(() => say("coupure")); });
addEventListener("beforeinstallprompt", (invite) => {
  invite.preventDefault();
  installer.hidden = false;
  installer.onclick = () => { invite.prompt(); installer.hidden = true; };
});
show().catch(() => say("absent"));
