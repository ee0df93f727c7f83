// Copying: text goes to the clipboard, with a styled form of it where there is one, and the button says so.
import { turnOf } from "./turns.js";
import { flash } from "./words.js";

export function listen() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy], [data-take]");
    if (button) copy(button);
  });
}

async function copy(button) {
  let done = false;
  try {
    const { plain, html } = button.dataset.take ? await written(button) : { plain: button.dataset.copy };
    done = await put(plain, html);
  } catch {
    done = false;
  }
  flash(button, done ? "js_copied" : "js_copy_failed");
}

// The whole answer, as the server writes it.
async function written(button) {
  const reply = await fetch("/clipboard", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(turnOf(button).record),
  });
  if (!reply.ok) throw new Error(String(reply.status));
  const text = await reply.json();
  return button.dataset.take === "rich" ? text : { plain: text.plain };
}

async function put(plain, html) {
  if (!navigator.clipboard) return putOldWay(plain, html);
  if (!html) return navigator.clipboard.writeText(plain).then(() => true);
  const kinds = { "text/plain": plain, "text/html": html };
  const blobs = Object.entries(kinds).map(([type, text]) => [type, new Blob([text], { type })]);
  await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
  return true;
}

// Where the page is not served in a secure context there is no navigator.clipboard.
function putOldWay(plain, html) {
  const fill = (event) => {
    event.clipboardData.setData("text/plain", plain);
    if (html) event.clipboardData.setData("text/html", html);
    event.preventDefault();
  };
  document.addEventListener("copy", fill, { once: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", fill);
  return done;
}
