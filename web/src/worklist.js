// Says when the worklist has changed. Nothing moves under the reader: a link shows the changes.
const EVERY = 30_000;

const sentence = ({ changes, overdue }, before) => {
  if (changes) return changes === 1 ? "1 change." : `${changes} changes.`;
  return overdue === before ? "" : `Now ${overdue} overdue.`;
};

const say = (region, words) => {
  if (region.dataset.said === words) return;
  region.dataset.said = words;
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.href = window.location.href;
  link.textContent = words.startsWith("1 change.") ? "Show it" : "Show them";
  region.replaceChildren(...(words ? [`${words} `, link] : []));
};

const ask = async (region) => {
  if (document.hidden) return;
  const answer = await fetch(region.dataset.changes, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return; // signed out, or no network: the next page says so
  say(region, sentence(await answer.json(), region.dataset.overdue));
};

const region = document.querySelector("[data-changes]");
if (region) setInterval(ask, Number(region.dataset.every) || EVERY, region);
