// Makes the site an application: its service worker, and the last copy of what one reads without network.

const REPIT = 2_000;
let minuterie = 0;

// What changed without leaving the page is asked again for the copy, once the gestures have stopped.
function keep(adresse) {
  clearTimeout(minuterie);
  minuterie = setTimeout(() => navigator.serviceWorker.controller?.postMessage({ garder: adresse }), REPIT);
}

async function register() {
  const deja = Boolean(navigator.serviceWorker.controller);
  await navigator.serviceWorker.register("/sw.js");
  const { active } = await navigator.serviceWorker.ready;
  if (!deja) active.postMessage({ garder: location.href });
}

if ("serviceWorker" in navigator) {
  addEventListener("load", () => { register().catch(() => {}); });
  document.addEventListener("favoris:changes", ({ detail }) => keep(detail));
}
