// Postes proposed: what the ticked ones would make of the offer, said as one ticks.

const formulaire = document.querySelector("[data-ouverture]");
const nombre = (cle) => Number(document.querySelector(`[data-${cle}]`)?.dataset[cle] ?? 0);
const cases = () => [...(formulaire?.querySelectorAll("input[name=pk]") ?? [])];

function say() {
  const total = formulaire.querySelector("[data-total]");
  const coches = cases().filter((une) => une.checked);
  if (!coches.length) { total.textContent = total.dataset.mots; return; }
  const mot = `${total.dataset.coche ?? "coché"}${coches.length > 1 ? "s" : ""}`;
  if (!document.querySelector("[data-requis]")) { total.textContent = `${coches.length} ${mot}`; return; }
  const neufs = coches.filter((une) => une.dataset.etat !== "accorde").length;
  const ouverts = nombre("ouverts") + neufs;
  const ecart = ouverts - nombre("requis");
  const suite = ecart < 0 ? `il en manquerait ${-ecart}` : ecart ? `${ecart} de plus` : "le compte y serait";
  total.textContent = `${coches.length} ${mot}\u00a0: accordés, cela ferait ${ouverts} postes ouverts pour ${nombre("requis")} nécessaires, ${suite}.`;
}

if (formulaire) {
  const total = formulaire.querySelector("[data-total]");
  total.dataset.mots = total.textContent;
  const tout = formulaire.querySelector("[data-tout]");
  tout.hidden = false;
  formulaire.querySelector("[data-tout-mot]").hidden = false;
  tout.addEventListener("change", () => { for (const une of cases()) une.checked = tout.checked; });
  formulaire.addEventListener("change", say);
  say();
}
