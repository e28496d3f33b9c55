// Diagrams side by side, in step: what moves one moves all. The list of differences says the same without it.
const step = 60;
const readable = 0.6;
const nearest = { least: 0.2, most: 4 };

const load = async (container) => {
  const answer = await fetch(container.dataset.source, { credentials: "same-origin" });
  if (!answer.ok) {
    container.textContent = "The diagram could not be loaded. The list below says the same.";
    return null;
  }
  const viewer = new window.BpmnJS({ container });
  await viewer.importXML(await answer.text());
  return viewer;
};

const badge = (sort, text) => {
  const mark = document.createElement("span");
  mark.className = `app-differences__mark app-differences__mark--${sort}`;
  mark.textContent = text;
  return mark;
};

const paint = (viewer, marks) => {
  const registry = viewer.get("elementRegistry");
  for (const [id, found] of Object.entries(marks)) {
    if (!registry.get(id)) continue;
    viewer.get("canvas").addMarker(id, "differs");
    const html = document.createElement("div");
    html.className = "app-differences__marks";
    html.append(...found.map(([sort, text]) => badge(sort, text)));
    viewer.get("overlays").add(id, { position: { top: -14, left: 4 }, html });
  }
};

// A viewer, the point of it that stays level with the others, and names for its elements that all share.
const drawn = async (container) => {
  const viewer = await load(container);
  if (!viewer) return null;
  const marks = JSON.parse(container.dataset.marks);
  const ids = JSON.parse(container.dataset.ids);
  const shared = Object.fromEntries(Object.entries(ids).map(([ours, theirs]) => [theirs, ours]));
  paint(viewer, marks);
  const { inner } = viewer.get("canvas").viewbox();
  return {
    container,
    viewer,
    marks,
    level: { x: inner.x, y: inner.y + inner.height / 2 },
    own: (name) => ids[name] || name,
    name: (id) => shared[id] || id,
  };
};

const middle = (element) => {
  if (!element.waypoints) return { x: element.x + element.width / 2, y: element.y + element.height / 2 };
  return element.waypoints[Math.floor(element.waypoints.length / 2)];
};

const together = (all) => {
  let following = false;
  // The same scale and the same distance from the level point in each.
  const follow = (leader) => {
    if (following) return;
    following = true;
    const box = leader.viewer.get("canvas").viewbox();
    for (const each of all) {
      if (each === leader) continue;
      const own = each.viewer.get("canvas").viewbox();
      const size = { width: own.outer.width / box.scale, height: own.outer.height / box.scale };
      const centre = { x: box.x + box.width / 2 - leader.level.x, y: box.y + box.height / 2 - leader.level.y };
      each.viewer.get("canvas").viewbox({
        x: each.level.x + centre.x - size.width / 2,
        y: each.level.y + centre.y - size.height / 2,
        ...size,
      });
    }
    following = false;
  };
  const select = (name) => {
    const having = all.filter((each) => each.viewer.get("elementRegistry").get(each.own(name)));
    for (const each of all) {
      const canvas = each.viewer.get("canvas");
      if (each.chosen) canvas.removeMarker(each.chosen, "together");
      each.chosen = having.includes(each) ? each.own(name) : null;
      each.container.dataset.chosen = each.chosen || "";
      if (!each.chosen) continue;
      canvas.addMarker(each.chosen, "together");
      each.level = middle(each.viewer.get("elementRegistry").get(each.chosen));
    }
    if (!having.length) return false;
    const leader = having[0];
    const canvas = leader.viewer.get("canvas");
    const { outer, scale } = canvas.viewbox();
    const width = outer.width / Math.max(scale, readable);
    const height = outer.height / Math.max(scale, readable);
    following = true;
    canvas.viewbox({ x: leader.level.x - width / 2, y: leader.level.y - height / 2, width, height });
    following = false;
    follow(leader);
    return true;
  };
  for (const each of all) {
    each.viewer.on("canvas.viewbox.changed", () => follow(each));
    each.viewer.on("element.click", ({ element }) => {
      if (element.parent) select(each.name(element.id.replace(/_label$/, "")));
    });
  }
  return { select, follow };
};

const zoom = (canvas, factor) => {
  const scale = Math.min(nearest.most, Math.max(nearest.least, canvas.zoom() * factor));
  canvas.zoom(scale, "auto");
};

const keys = (canvas) => ({
  ArrowLeft: () => canvas.scroll({ dx: step, dy: 0 }),
  ArrowRight: () => canvas.scroll({ dx: -step, dy: 0 }),
  ArrowUp: () => canvas.scroll({ dx: 0, dy: step }),
  ArrowDown: () => canvas.scroll({ dx: 0, dy: -step }),
  "+": () => zoom(canvas, 1.25),
  "=": () => zoom(canvas, 1.25),
  "-": () => zoom(canvas, 0.8),
  0: () => canvas.zoom("fit-viewport", "auto"),
});

const steer = (each) => {
  const actions = keys(each.viewer.get("canvas"));
  each.container.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  });
};

// The elements that a difference marks, by its number in the list.
const marked = (all, number) => {
  for (const each of all) {
    for (const [id, found] of Object.entries(each.marks)) {
      if (found.some(([, text]) => text.endsWith(` ${number}`))) return each.name(id);
    }
  }
  return null;
};

const differences = (root, all, select) => {
  const items = [...document.querySelectorAll("[id^='difference-']")];
  const said = root.querySelector("[data-said]");
  let at = -1;
  const show = (place) => {
    if (!items.length) return;
    at = (place + items.length) % items.length;
    const name = marked(all, items[at].value);
    const sentence = items[at].dataset.sentence;
    const found = name !== null && select(name);
    said.textContent = `${items[at].value} of ${items.length}. ${sentence}${found ? "" : " It is not drawn here."}`;
  };
  items.forEach((item, place) => {
    item.dataset.sentence = item.firstElementChild.nextSibling.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "app-differences__here";
    button.append("Show");
    const more = document.createElement("span");
    more.className = "govuk-visually-hidden";
    more.textContent = ` difference ${item.value} in the diagrams`;
    button.append(more);
    button.addEventListener("click", () => {
      show(place);
      root.scrollIntoView({ block: "start" });
    });
    item.append(button);
  });
  return { next: () => show(at + 1), previous: () => show(at - 1) };
};

// Whole diagrams are unreadable: start at the left, where they begin.
const begin = (leader) => {
  const canvas = leader.viewer.get("canvas");
  const { outer } = canvas.viewbox();
  const width = outer.width / readable;
  const height = outer.height / readable;
  canvas.viewbox({ x: leader.level.x - 20, y: leader.level.y - height / 2, width, height });
};

const start = async (root) => {
  const found = await Promise.all([...root.querySelectorAll("[data-source]")].map(drawn));
  const all = found.filter(Boolean);
  if (!all.length) return;
  const { select } = together(all);
  const canvas = all[0].viewer.get("canvas");
  const actions = {
    in: () => zoom(canvas, 1.25),
    out: () => zoom(canvas, 0.8),
    fit: () => canvas.zoom("fit-viewport", "auto"),
    ...differences(root, all, select),
  };
  for (const button of root.querySelectorAll("[data-step]")) {
    button.addEventListener("click", actions[button.dataset.step]);
  }
  all.forEach(steer);
  begin(all[0]);
  root.dataset.drawn = "true";
};

for (const root of document.querySelectorAll("[data-compare]")) start(root);
