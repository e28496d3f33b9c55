// What somebody could not read or press: it lies beside the window, or a box around it hides it.
() => {
  const reads = (element) =>
    element.matches("input, select, textarea, button, img, progress") ||
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const isForScreenReaders = (element) => {
    for (let box = element; box !== document.body; box = box.parentElement) {
      if (getComputedStyle(box).position === "absolute" && box.offsetWidth <= 1) return true;
    }
    return false;
  };
  const isMeant = (element) => {
    const away = ".govuk-skip-link, [aria-hidden=true], svg, .djs-container";
    return element.checkVisibility() && !element.closest(away) && !isForScreenReaders(element);
  };
  const scrolls = (element) => {
    for (let box = element; box && box !== document.body; box = box.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(box).overflowX)) return true;
    }
    return false;
  };
  const isHiddenBy = (element, own) => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(box);
      const edge = box.getBoundingClientRect();
      if (["hidden", "clip"].includes(overflowX) && own.right > edge.right + 1) return true;
      if (["hidden", "clip"].includes(overflowY) && own.bottom > edge.bottom + 1) return true;
    }
    return false;
  };
  const isCutOff = (element) => {
    const own = element.getBoundingClientRect();
    if (!own.width || scrolls(element)) return false;
    const isBeside = own.right > window.innerWidth + 1 || own.left < -1;
    const { overflowX } = getComputedStyle(element);
    const isTooLong =
      ["hidden", "clip"].includes(overflowX) && element.scrollWidth > element.clientWidth + 1;
    return isBeside || (isTooLong && !element.matches("input, textarea")) || isHiddenBy(element, own);
  };
  return [...document.querySelectorAll("body *")]
    .filter((element) => reads(element) && isMeant(element) && isCutOff(element))
    .map((element) => element.outerHTML.slice(0, 160));
};
