// Whether somebody has answered before the scripts were there: a form is no longer as it was sent.
const given = (select) => Math.max([...select.options].findIndex((option) => option.defaultSelected), 0);

const differs = (box) => {
  if (box.type === "checkbox" || box.type === "radio") return box.checked !== box.defaultChecked;
  if (box.type === "select-one") return box.selectedIndex !== given(box);
  return "defaultValue" in box && box.value !== box.defaultValue;
};

export const isTouched = (form) => [...form.elements].some(differs);
