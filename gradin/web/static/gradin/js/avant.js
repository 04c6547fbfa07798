// Before the start: this page becomes the salle by itself when the amphi begins, through the stream of all my tabs.

import { Direct } from "./direct.js";
import { Horloge } from "./horloge.js";

const page = document.querySelector("[data-avant]");

if (page) {
  // Each reload that begins anew would leave the one under way: on a slow link the salle would never come.
  let parti = false;
  new Direct({
    base: page.dataset.api,
    depuis: () => 0,
    recevoir: (nom, donnees) => {
      const commence = nom === "AmphiDemarre" || nom === "resync" || (nom === "horloge" && donnees.seq > 0);
      if (!commence || parti) return;
      parti = true;
      location.reload();
    },
    changer: () => {},
    horloge: new Horloge(),
  }).start();
}
