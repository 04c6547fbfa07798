// Before the start: this page becomes the salle by itself when the amphi begins.

const page = document.querySelector("[data-avant]");

if (page) {
  const source = new EventSource(page.dataset.direct);
  source.addEventListener("AmphiDemarre", () => location.reload());
  source.addEventListener("horloge", ({ data }) => {
    if (JSON.parse(data).seq > 0) location.reload();
  });
}
