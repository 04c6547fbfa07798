// Keeps what is filled in at each answer, one request at a time; the last state always leaves.

const formulaire = document.querySelector("[data-evaluation]");
const etat = document.querySelector("[data-evaluation-etat]");

let enCours = false;
let encore = false;

async function keep() {
  if (enCours) {
    encore = true;
    return;
  }
  enCours = true;
  const corps = new FormData(formulaire);
  corps.set("geste", "garder");
  try {
    const reponse = await fetch(location.href, { method: "POST", body: corps, headers: { "Gradin-Fragment": "1" } });
    etat.textContent = reponse.ok ? "Réponses gardées." : "Vos réponses ne sont pas gardées : rechargez la page.";
  } catch {
    etat.textContent = "Pas de réseau : vos réponses seront gardées à la prochaine.";
  }
  enCours = false;
  if (encore) {
    encore = false;
    keep();
  }
}

formulaire?.addEventListener("change", keep);
