// Places a field of a mail where the caret was last; without this module one types it.

const champs = [...document.querySelectorAll("#id_sujet, #id_texte")];
let dernier = champs.at(-1);
for (const champ of champs) champ.addEventListener("focus", () => { dernier = champ; });

function place(mot) {
  dernier.focus();
  dernier.setRangeText(mot, dernier.selectionStart, dernier.selectionEnd, "end");
  dernier.dispatchEvent(new Event("input", { bubbles: true }));
}

if (champs.length) {
  for (const code of document.querySelectorAll("[data-sans-js]")) code.hidden = true;
  for (const bouton of document.querySelectorAll("[data-placer]")) {
    bouton.hidden = false;
    bouton.addEventListener("click", () => place(bouton.dataset.placer));
  }
}
