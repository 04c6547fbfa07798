// Menus that open under a button close with Escape, and when one goes elsewhere.

const menus = document.querySelectorAll("details[data-menu]");

function closeOthers(cible) {
  for (const menu of menus) if (menu.open && !menu.contains(cible)) menu.open = false;
}

addEventListener("pointerdown", ({ target }) => closeOthers(target));
addEventListener("focusin", ({ target }) => closeOthers(target));
addEventListener("keydown", ({ key }) => {
  const ouvert = key === "Escape" && [...menus].find((menu) => menu.open);
  if (!ouvert) return;
  ouvert.open = false;
  ouvert.querySelector("summary").focus();
});
