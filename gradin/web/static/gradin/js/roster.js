// The tables of internes and postes: a cell becomes its form and back; one box ticks the page.

const table = document.querySelector("[data-table]");
const ENTETE = { "Gradin-Fragment": "1" };

// A form may not stand inside another one: the cell's form floats over its cell.
const cadre = document.createElement("dialog");
cadre.className = "dialogue dialogue--cellule";
document.body.append(cadre);
let cellule = null;

async function open(lien) {
  const reponse = await fetch(lien.href, { headers: ENTETE, credentials: "same-origin" }).catch(() => null);
  if (!reponse?.ok || reponse.redirected) { location.href = lien.href; return; }
  cellule = lien.parentElement;
  cadre.innerHTML = await reponse.text();
  cadre.setAttribute("aria-label", lien.querySelector(".sr")?.textContent.replace(", ", "") ?? "Corriger");
  cadre.showModal();
  cadre.querySelector("select, input:not([type=hidden])")?.focus();
}

async function save(formulaire) {
  const reponse = await fetch(formulaire.action, {
    method: "POST", headers: ENTETE, credentials: "same-origin", body: new FormData(formulaire),
  }).catch(() => null);
  if (!reponse?.ok || reponse.redirected) { formulaire.submit(); return; }
  const html = await reponse.text();
  if (html.includes("<form")) { cadre.innerHTML = html; cadre.querySelector("[id$=_error], [role=alert]")?.scrollIntoView(); return; }
  cadre.close();
  cellule.innerHTML = html;
  cellule.classList.add("est-neuve");
  cellule.querySelector("a")?.focus();
}

table?.addEventListener("click", (evenement) => {
  const lien = evenement.target.closest("a[data-corriger]");
  if (!lien || evenement.metaKey || evenement.ctrlKey || evenement.shiftKey) return;
  evenement.preventDefault();
  open(lien);
});
cadre.addEventListener("submit", (evenement) => { evenement.preventDefault(); save(evenement.target); });
cadre.addEventListener("click", (evenement) => {
  if (evenement.target !== cadre && !evenement.target.closest("[data-fermer]")) return;
  evenement.preventDefault();
  cadre.close();
});
cadre.addEventListener("close", () => { cellule?.querySelector("a")?.focus(); });

const tout = table?.querySelector("[data-tout]");
if (tout) {
  tout.hidden = false;
  tout.addEventListener("change", () => {
    for (const case_ of table.querySelectorAll("input[name=pk]")) case_.checked = tout.checked;
  });
}
