// The document page's search, added above its text; without scripts the page is read with the browser's own.
import { findAll, loadFold, readBlocks } from "./find.js";
import { word } from "./words.js";

const main = document.querySelector("main");
let found = [];
let current = -1;

function build(fold) {
  const blocks = readBlocks(main);
  const form = document.createElement("form");
  form.className = "find";
  form.setAttribute("role", "search");
  const box = document.createElement("input");
  box.type = "search";
  box.placeholder = word("js_find");
  box.setAttribute("aria-label", word("js_find"));
  const count = document.createElement("output");
  const previous = button(word("js_find_previous"), "↑", () => go(-1));
  const next = button(word("js_find_next"), "↓", () => go(1));
  form.append(box, previous, next, count);
  main.prepend(form);

  function search() {
    found = findAll(blocks, fold, box.value);
    current = -1;
    if (found.length) go(1);
    else show();
  }

  function go(step) {
    if (!found.length) return;
    current = (current + step + found.length) % found.length;
    show();
    const target = found[current].startContainer.parentElement;
    const place = found[current].getBoundingClientRect();
    if (place.top < 0 || place.bottom > window.innerHeight) target.scrollIntoView({ block: "center" });
  }

  function show() {
    const none = box.value.trim() ? word("js_find_none") : "";
    count.value = found.length ? `${current + 1}/${found.length}` : none;
    paint();
  }

  box.addEventListener("input", search);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(1);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.shiftKey) {
      event.preventDefault();
      go(-1);
    } else if (event.key === "Escape") {
      box.value = "";
      search();
    }
  });
}

function button(label, sign, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = sign;
  made.title = label;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", press);
  return made;
}

// Browsers without the highlight interface show the current place as a selection.
function paint() {
  if (window.CSS && CSS.highlights) {
    CSS.highlights.set("found", new Highlight(...found));
    CSS.highlights.set("found-now", new Highlight(...found.slice(current, current + 1).filter(() => current >= 0)));
  } else if (current >= 0) {
    getSelection().removeAllRanges();
    getSelection().addRange(found[current]);
  }
}

// A link to the same page in another script keeps the place.
function keepPlace() {
  for (const link of document.querySelectorAll(".scripts a"))
    link.addEventListener("click", () => location.hash && (link.hash = location.hash));
}

keepPlace();
// without the table of scripts there is no search, and the browser's own remains
if (main.querySelector(".text")) loadFold().then(build, () => {});
