// The clause panel beside the chat (below it on a phone): opening a clause, the focus there and back.
import { check } from "./connection.js";
import { word } from "./words.js";

let opener = null;

const panel = () => document.getElementById("clause");
export const narrow = () => window.matchMedia("(max-width: 900px)").matches;

// quiet: opened by the page itself, so the focus stays where it is.
export async function open(link, quiet = false) {
  const target = panel();
  const mark = link.dataset.mark ? `?mark=${encodeURIComponent(link.dataset.mark)}` : "";
  target.setAttribute("aria-busy", "true");
  try {
    const reply = await fetch(`/clause/${link.dataset.clause}${mark}`);
    if (!reply.ok) throw new Error(String(reply.status));
    target.innerHTML = await reply.text();
    // what does not open here opens beside the page, so that the conversation stays
    for (const away of target.querySelectorAll("a:not([data-clause])")) away.target = "_blank";
  } catch {
    target.textContent = word("js_panel_failed");
    check();
  }
  target.removeAttribute("aria-busy");
  target.classList.remove("empty");
  if (!target.contains(link) && link.isConnected) opener = link;
  document.querySelectorAll("[data-clause].open").forEach((other) => other.classList.remove("open"));
  if (link.isConnected) link.classList.add("open");
  show(target, quiet);
}

function show(target, quiet) {
  if (narrow()) {
    const back = document.createElement("button");
    back.type = "button";
    back.className = "back";
    back.textContent = word("js_back");
    back.addEventListener("click", goBack);
    target.prepend(back);
  }
  const title = target.querySelector(".clause-title");
  if (title && !quiet) title.focus({ preventScroll: true });
  if (narrow()) target.scrollIntoView({ block: "start" });
  const first = target.querySelector("mark");
  target.scrollTop = 0;
  if (first && !narrow()) {
    const below = first.getBoundingClientRect().bottom - target.getBoundingClientRect().bottom;
    if (below > -40) target.scrollTop = below + target.clientHeight / 2;
  }
}

function goBack() {
  if (!opener || !opener.isConnected) return;
  opener.scrollIntoView({ block: "center" });
  opener.focus({ preventScroll: true });
}

export function clear() {
  opener = null;
  const target = panel();
  if (!target) return;
  target.textContent = word("js_panel_empty");
  target.classList.add("empty");
}

export function listen() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-clause]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !panel()) return;
    event.preventDefault();
    open(link);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel() && panel().contains(document.activeElement)) goBack();
  });
}
