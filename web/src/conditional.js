// Hides a question while the answers it depends on do not call for it. The server decides again.
const read = (form, name) => {
  const found = [...form.elements].filter((element) => element.name === name);
  const ticked = found.filter((element) => element.checked);
  if (found.some((element) => element.type === "radio" || element.type === "checkbox")) {
    return ticked.map((element) => element.value);
  }
  return found.map((element) => element.value);
};

const isWanted = (form, group) => {
  const conditions = JSON.parse(group.dataset.shownWhen);
  return conditions.every(({ name, values }) =>
    read(form, name).some((value) => values.includes(value)),
  );
};

export function revealConditionalFields(root) {
  for (const group of root.querySelectorAll("[data-shown-when]")) {
    const form = group.closest("form");
    const show = () => group.classList.toggle("app-form-group--hidden", !isWanted(form, group));
    form.addEventListener("change", show);
    show();
  }
}
