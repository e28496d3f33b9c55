// Saves what is typed into a form[data-draft], some seconds after typing stops and before leaving.
import { isTouched } from "./touched.js";

const PAUSE = 3000;
const AGAIN = 10000;

const boxesOf = (form) => {
  const boxes = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") boxes.append(name, value);
  return boxes;
};

export function keepDrafts(form) {
  const status = form.querySelector("[data-draft-status]");
  const say = (words) => { if (status && status.textContent !== words) status.textContent = words; };
  let timer = 0;
  let changes = 0;
  let saved = 0;
  let isLeaving = false;

  const save = async (keepalive = false) => {
    clearTimeout(timer);
    if (changes === saved || isLeaving) return;
    const upTo = changes;
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST", body: boxesOf(form), headers: { Accept: "application/json" }, credentials: "same-origin", keepalive,
      });
      if (answer.status === 401) return say("You have been signed out. Sign in again to go on from here.");
      if (!answer.ok) throw new Error(String(answer.status));
      const { saved: at } = await answer.json();
      saved = upTo;
      say(at ? `Saved ${at}` : "Not saved: this task has ended.");
    } catch {
      if (isLeaving) return;
      say("Not saved yet. It will be tried again.");
      timer = setTimeout(save, AGAIN);
    }
  };
  const changed = () => {
    changes += 1;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  };

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  // The button sends everything itself.
  form.addEventListener("submit", () => { isLeaving = true; clearTimeout(timer); });
  addEventListener("pageshow", () => { isLeaving = false; });
  addEventListener("pagehide", () => save(true));
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(true); });
  document.addEventListener("app:timeout", () => save());
  if (isTouched(form)) changed();
}

for (const form of document.querySelectorAll("form[data-draft]")) keepDrafts(form);
