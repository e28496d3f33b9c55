// Draws a process definition and marks what is done, current and overdue. The list beside it says the same.
const readable = 0.75;
const words = {
  done: "Done",
  current: "Now",
  overdue: "Overdue",
  left_two_hours: "Up to 2 hours left",
  left_day: "Up to 24 hours left",
  left_three_days: "Up to 3 days left",
  left_later: "More than 3 days left",
};

const badge = (state) => {
  const mark = document.createElement("span");
  mark.className = `app-diagram__mark app-diagram__mark--${state}`;
  mark.textContent = words[state];
  return mark;
};

const paint = (viewer, states) => {
  const canvas = viewer.get("canvas");
  const registry = viewer.get("elementRegistry");
  for (const [id, state] of Object.entries(states)) {
    if (!registry.get(id)) continue;
    canvas.addMarker(id, state);
    viewer.get("overlays").add(id, { position: { top: -10, left: 4 }, html: badge(state) });
  }
};

// A wide diagram is unreadable as a whole: start where somebody has something to do.
const show = (viewer, states) => {
  const canvas = viewer.get("canvas");
  const busy = Object.keys(states).find((id) => states[id] !== "done");
  const element = busy && viewer.get("elementRegistry").get(busy);
  const fitted = canvas.zoom("fit-viewport", "auto");
  if (fitted >= readable) return;
  canvas.zoom(readable);
  if (element) return canvas.scrollToElement(element, 150);
  const { inner } = canvas.viewbox();
  canvas.viewbox({ ...canvas.viewbox(), x: inner.x - 20, y: inner.y - 20 });
};

const zoomButtons = (figure, viewer) => {
  const zoom = viewer.get("zoomScroll");
  const actions = {
    in: () => zoom.stepZoom(1),
    out: () => zoom.stepZoom(-1),
    fit: () => viewer.get("canvas").zoom("fit-viewport", "auto"),
  };
  for (const button of figure.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", actions[button.dataset.zoom]);
  }
};

const draw = async (figure) => {
  const container = figure.querySelector(".app-diagram");
  const answer = await fetch(container.dataset.source, { credentials: "same-origin" });
  if (!answer.ok) {
    container.textContent = "The diagram could not be loaded. The list below says the same.";
    return;
  }
  const viewer = new window.BpmnJS({ container });
  await viewer.importXML(await answer.text());
  const states = JSON.parse(container.dataset.states);
  paint(viewer, states);
  show(viewer, states);
  zoomButtons(figure, viewer);
  figure.dataset.drawn = "true";
};

for (const figure of document.querySelectorAll("[data-diagram]")) draw(figure);
