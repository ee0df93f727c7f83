// Copying: a button's text goes to the clipboard, and the button says so.
import { word } from "./words.js";

export function listen() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
  });
}

async function copy(button) {
  const text = button.dataset.copy;
  let done = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    done = copyOldWay(text);
  }
  tell(button, done);
}

// Where the page is not served in a secure context there is no navigator.clipboard.
function copyOldWay(text) {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

function tell(button, done) {
  const label = button.dataset.label || (button.dataset.label = button.textContent);
  button.textContent = word(done ? "js_copied" : "js_copy_failed");
  setTimeout(() => (button.textContent = label), 1500);
}
