// What one row of the list says to me now: its state, what I may do with it, and why not.

// `vue`: {etat, mien, nom, preneurs, des, reserve(numero)}; `neuf`: taken a moment ago, before my eyes.
export function readPoste(vue, numero, neuf) {
  const etat = vue.etat.postes.get(numero) ?? "libre";
  const motif = vue.mien.interdits.get(numero);
  const ouvert = !motif && etat !== "retire" && (etat !== "pourvu" || vue.mien.type_choix !== "classique");
  const choisissable = ouvert && vue.nom === "tour";
  return {
    etat, choisissable,
    detail: detailOf(vue, numero, { etat, motif, choisissable }),
    acte: actOf(etat, motif, choisissable),
    neuf: neuf && etat === "pourvu",
  };
}

function actOf(etat, motif, choisissable) {
  if (choisissable) return "choisir";
  if (etat === "pourvu" || etat === "retire") return etat;
  if (!motif) return "libre";
  return motif.motif === "poste_reserve" ? "reserve" : "ferme";
}

function detailOf(vue, numero, { etat, motif, choisissable }) {
  const pris = (vue.preneurs.get(numero) ?? []).map((interne) => `${interne.nom ?? "Un interne"}, rang ${interne.rang}`).join(" ; ");
  if (etat === "pourvu") return choisissable ? `Pourvu par ${pris} ; ouvert à votre surnombre` : pris;
  const reserve = vue.reserve(numero);
  if (motif?.motif === "poste_reserve") return `Réservé à : ${reserve || "d’autres spécialités"}\u202f; votre DES : ${vue.des}`;
  if (motif) return motif.message;
  return [reserve ? `Réservé à : ${reserve}` : "", pris, vue.mien.avertissements.get(numero)?.message].filter(Boolean).join(" · ");
}
