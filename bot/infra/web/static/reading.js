// A point and its words in the text light up together, whichever of them is pointed at or focused. Without this file
// the links between the two do the same, one after the other.
"use strict";

const all = [...document.querySelectorAll("[data-point]")];
const numbers = (element) => element.dataset.point.split(" ");

function light(element) {
  const wanted = element ? numbers(element) : [];
  for (const each of all) each.classList.toggle("lit", numbers(each).some((number) => wanted.includes(number)));
}

const at = (event) => event.target.closest?.("[data-point]");

document.addEventListener("mouseover", (event) => light(at(event) ?? document.activeElement?.closest("[data-point]")));
document.addEventListener("focusin", (event) => {
  const element = at(event);
  light(element);
  // By keyboard, what belongs to a point comes into sight beside it.
  if (element?.matches(".point") && event.target.matches(":focus-visible")) {
    document.getElementById(`sentence-${element.dataset.point}`)?.scrollIntoView({ block: "nearest" });
  }
});
document.addEventListener("focusout", () => light(null));
