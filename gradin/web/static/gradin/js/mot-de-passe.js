// « Afficher »: a password typed on a telephone can be read before it is sent. Without this script it stays hidden.

for (const champ of document.querySelectorAll("input[type=password]")) {
  const bouton = document.createElement("button");
  bouton.type = "button";
  bouton.className = "bouton bouton--nu champ__afficher";
  bouton.textContent = "Afficher";
  bouton.setAttribute("aria-controls", champ.id);
  bouton.addEventListener("click", () => {
    const cache = champ.type === "password";
    champ.type = cache ? "text" : "password";
    bouton.textContent = cache ? "Masquer" : "Afficher";
  });
  champ.form?.addEventListener("submit", () => { champ.type = "password"; });
  champ.after(bouton);
}
