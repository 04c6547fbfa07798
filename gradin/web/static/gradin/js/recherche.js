// « Recherche avancée »: Enter makes a value of what is typed, suggestions come while typing, the address is shared.

const ATTENTE = 150;
const ECRAN_ETROIT = "(max-width: 47.99rem)";

class Champ {
  constructor(boite, formulaire) {
    this.boite = boite;
    this.formulaire = formulaire;
    this.nom = boite.dataset.valeurs;
    this.saisie = boite.querySelector("input[type=text]");
    this.liste = document.getElementById(this.saisie.getAttribute("list"));
    this.longue = this.liste.options.length === 0;
    this.saisie.addEventListener("keydown", (touche) => this.press(touche));
    this.saisie.addEventListener("input", (frappe) => this.type(frappe));
    boite.addEventListener("click", (clic) => {
      if (clic.target.closest("button")) this.remove(clic.target.closest(".valeur"));
      else if (clic.target === boite) this.saisie.focus();
    });
  }

  // An empty field lets Enter send the form.
  press(touche) {
    if (touche.key === "Enter" && this.saisie.value.trim()) {
      touche.preventDefault();
      this.add(this.saisie.value.trim());
    }
    if (touche.key === "Backspace" && !this.saisie.value) this.remove([...this.boite.querySelectorAll(".valeur")].at(-1));
  }

  type(frappe) {
    // A suggestion taken from the list is whole: it is a value at once.
    if (frappe.inputType === "insertReplacementText" || !frappe.inputType) { if (this.option(this.saisie.value)) this.add(this.saisie.value); return; }
    if (!this.longue) return;
    clearTimeout(this.attente);
    this.attente = setTimeout(() => this.suggest(), ATTENTE);
  }

  async suggest() {
    const amorce = this.saisie.value.trim();
    if (!amorce) return;
    const adresse = `${this.formulaire.dataset.suggestions}&champ=${this.nom}&q=${encodeURIComponent(amorce)}`;
    const reponse = await fetch(adresse, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!reponse?.ok || this.saisie.value.trim() !== amorce) return;
    const { valeurs } = await reponse.json();
    this.liste.replaceChildren(...valeurs.map((valeur) => new Option(valeur, valeur)));
  }

  option(valeur) {
    return [...this.liste.options].find((une) => une.value === valeur);
  }

  add(valeur) {
    this.saisie.value = "";
    this.saisie.placeholder = "";
    if ([...this.boite.querySelectorAll("input[type=hidden]")].some((une) => une.value === valeur)) return;
    const mot = this.option(valeur)?.label || valeur;
    const puce = document.querySelector('template[data-modele="valeur"]').content.firstElementChild.cloneNode(true);
    const cachee = puce.querySelector("input");
    cachee.name = this.nom;
    cachee.value = valeur;
    puce.querySelector(".valeur__mot").textContent = mot;
    puce.querySelector(".sr").textContent = `Retirer ${mot}`;
    this.saisie.before(puce);
    this.formulaire.say(`${mot} ajouté. Filtrer lance la recherche.`);
  }

  remove(puce) {
    if (!puce) return;
    this.formulaire.say(`${puce.querySelector(".valeur__mot").textContent} retiré.`);
    puce.remove();
    this.saisie.focus();
  }
}

function wireForm(formulaire) {
  const annonce = formulaire.querySelector("[data-recherche-annonce]");
  formulaire.say = (phrase) => { annonce.textContent = phrase; };
  for (const boite of formulaire.querySelectorAll("[data-valeurs]")) new Champ(boite, formulaire);
  // A short address: what is empty is not in it. Enabled again for whoever comes back.
  formulaire.addEventListener("submit", () => {
    for (const champ of formulaire.querySelectorAll("input[name]")) if (!champ.value.trim()) champ.disabled = true;
  });
  addEventListener("pageshow", () => { for (const champ of formulaire.querySelectorAll("input[name]")) champ.disabled = false; });
  const avancee = formulaire.querySelector("[data-avancee]");
  if (avancee && matchMedia(ECRAN_ETROIT).matches) avancee.open = false;
}

function wireShare(bouton) {
  const annonce = document.querySelector("[data-partage-annonce]");
  bouton.hidden = !(navigator.share || navigator.clipboard);
  bouton.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      annonce.textContent = "Adresse copiée : elle garde toute votre recherche.";
    } catch {
      await navigator.share?.({ url: location.href }).catch(() => {});
      return;
    }
    const mot = bouton.lastChild;
    const avant = mot.textContent;
    mot.textContent = "Adresse copiée";
    setTimeout(() => { mot.textContent = avant; }, 2_500);
  });
}

for (const formulaire of document.querySelectorAll("[data-recherche-avancee]")) wireForm(formulaire);
for (const bouton of document.querySelectorAll("[data-partager]")) wireShare(bouton);

// The print sheet shows every service open.
let fermes = [];
addEventListener("beforeprint", () => {
  fermes = [...document.querySelectorAll("[data-liste] details:not([open])")];
  for (const details of fermes) details.open = true;
});
addEventListener("afterprint", () => { for (const details of fermes) details.open = false; });
