// Without network: what this device has kept, and the page itself again as soon as the server answers.

const ESSAI = 4_000;
const TITRES = { "/mon-amphi/favoris/": "Mes favoris", "/postes/": "Les postes", "/calendrier/": "Le calendrier" };

// The page comes whole from the server: no button is there before its state is.
async function comeBack() {
  const reponse = await fetch("/sante", { cache: "no-store" }).catch(() => null);
  if (reponse?.ok) location.reload();
}

async function listKept() {
  const liste = document.querySelector("[data-liste-gardees]");
  if (!liste || !("caches" in globalThis)) return;
  const gardees = await (await caches.open("gradin-pages")).keys();
  for (const { url } of gardees) {
    const { pathname } = new URL(url);
    const lien = document.createElement("a");
    lien.href = pathname;
    lien.textContent = TITRES[pathname] ?? pathname;
    const ligne = document.createElement("li");
    ligne.append(lien);
    liste.append(ligne);
  }
  document.querySelector("[data-gardees]").hidden = gardees.length === 0;
}

if (document.querySelector("[data-hors-ligne]") || location.pathname !== "/hors-ligne/") {
  addEventListener("online", comeBack);
  setInterval(comeBack, ESSAI);
}
listKept();
