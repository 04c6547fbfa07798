// Before the start: this page becomes the salle by itself when the amphi begins, through the stream of all my tabs.

import { Direct } from "./direct.js";
import { Horloge } from "./horloge.js";

const page = document.querySelector("[data-avant]");

if (page) {
  new Direct({
    base: page.dataset.api,
    depuis: () => 0,
    recevoir: (nom, donnees) => {
      if (nom === "AmphiDemarre" || nom === "resync" || (nom === "horloge" && donnees.seq > 0)) location.reload();
    },
    changer: () => {},
    horloge: new Horloge(),
  }).start();
}
