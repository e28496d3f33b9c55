// Warns before the session ends, and lengthens it by one press. The server decides how long it lasts.
const WARN = 5 * 60;
const LOOK = 5000;
const banner = document.querySelector("[data-timeout]");

const ask = async (address, options = {}) => {
  const answer = await fetch(address, { credentials: "same-origin", headers: { Accept: "application/json" }, ...options });
  return answer.ok && answer.headers.get("Content-Type").startsWith("application/json") ? answer.json() : null;
};

const watch = () => {
  const { dataset } = banner;
  const words = banner.querySelector("[data-timeout-words]");
  const stay = banner.querySelector("[data-timeout-stay]");
  const back = banner.querySelector("[data-timeout-back]");
  let end = Date.now() + Number(dataset.seconds) * 1000;
  let isAsking = false;

  const show = (text, isOver) => {
    words.textContent = text;
    stay.hidden = isOver;
    back.hidden = !isOver;
    banner.hidden = false;
    document.documentElement.classList.add("app-has-timeout");
  };
  const hide = () => {
    banner.hidden = true;
    document.documentElement.classList.remove("app-has-timeout");
  };
  const take = (left) => {
    end = Date.now() + (left ? left.seconds * 1000 : 0);
    if (!left || left.seconds <= 0) return show("You have been signed out. What was saved of your typing is kept as a draft.", true);
    if (left.seconds > WARN) return hide();
    show(`You will be signed out at ${left.until}.`, false);
    document.dispatchEvent(new Event("app:timeout"));
  };
  const look = async () => {
    const isOver = !back.hidden && !banner.hidden;
    if (isAsking || isOver || Date.now() < end - WARN * 1000) return;
    const isShown = !banner.hidden;
    if (isShown && Date.now() < end) return;
    isAsking = true;
    // Another tab may have been used meanwhile.
    try { take(await ask(dataset.ask)); } catch { /* no network: look again */ } finally { isAsking = false; }
  };

  stay.addEventListener("click", async () => {
    try {
      take(await ask(dataset.stay, { method: "POST", body: new URLSearchParams({ csrf_token: dataset.token }) }));
    } catch { words.textContent = "That did not work. Try again."; }
  });
  setInterval(look, LOOK);
  look();
  document.addEventListener("visibilitychange", look);
};

if (banner) watch();
