// Quotes stand in the script of their document; a button shows those of an answer in the reader's.
import { word } from "./words.js";

export function listen() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-script]");
    if (button) turn(button);
  });
}

function turn(button) {
  const folded = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(folded));
  button.textContent = word(folded ? "js_script_source" : "js_script_reader");
  const reply = button.closest(".reply");
  for (const span of reply.querySelectorAll(".in-source")) span.hidden = folded;
  for (const span of reply.querySelectorAll(".in-reader")) span.hidden = !folded;
}
