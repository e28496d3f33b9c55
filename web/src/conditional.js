// Hides a question while the answers it depends on do not call for it. The server decides again.
const read = (form, name) => {
  const found = [...form.elements].filter((element) => element.name === name);
  const isChoice = found.some(({ type }) => type === "radio" || type === "checkbox");
  const chosen = isChoice ? found.filter((element) => element.checked) : found;
  return chosen.length ? chosen.map((element) => element.value) : [""];
};

const isWanted = (form, group) => {
  const { names, rows } = JSON.parse(group.dataset.shownWhen);
  const answers = names.map((name) => read(form, name));
  return rows.some((row) => row.every((value, index) => answers[index].includes(value)));
};

export function revealConditionalFields(root) {
  for (const group of root.querySelectorAll("[data-shown-when]")) {
    const form = group.closest("form");
    const show = () => group.classList.toggle("app-form-group--hidden", !isWanted(form, group));
    form.addEventListener("change", show);
    show();
  }
}
