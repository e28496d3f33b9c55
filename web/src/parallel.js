// Answers “what if” at once, and follows a simulation. All works without it.
import { isTouched } from "./touched.js";

// A choice that stands as it is need not be in the address.
const words = (form) =>
  new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));

const answerAtOnce = (form) => {
  const result = document.querySelector("[data-result]");
  const said = document.querySelector("[data-said]");
  let latest = 0;
  const show = async () => {
    const number = ++latest;
    const query = words(form);
    const answer = await fetch(`${form.getAttribute("action")}?${query}&part=result`);
    const text = await answer.text();
    if (number !== latest) return;
    if (!answer.ok || answer.redirected) {
      form.submit();
      return;
    }
    result.innerHTML = text;
    history.replaceState(null, "", `?${query}`);
    const changes = result.querySelectorAll(".app-changes tbody tr").length;
    said.textContent = changes ? `What changes: ${changes} lines` : "Nothing changes";
  };
  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  if (isTouched(form)) show();
};

const follow = (progress) => {
  const ask = async () => {
    const answer = await fetch(`${location.pathname}?part=progress`);
    if (!answer.ok || answer.redirected) return;
    progress.innerHTML = await answer.text();
    if (progress.querySelector("[data-running]")) setTimeout(ask, 1000);
    else location.reload();
  };
  setTimeout(ask, 1000);
};

for (const form of document.querySelectorAll("[data-what-if]")) answerAtOnce(form);
for (const progress of document.querySelectorAll("[data-progress]")) follow(progress);
