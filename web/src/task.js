// Opens the answer that a link wants to change, where a question is folded away.
const open = (mayTakeFocus) => {
  const wanted = location.hash && document.getElementById(location.hash.slice(1));
  const details = wanted && wanted.closest("details");
  if (details) details.open = true;
  if (wanted && wanted.closest("form") && mayTakeFocus) wanted.focus();
};
addEventListener("hashchange", () => open(true));
open(document.activeElement === document.body);
