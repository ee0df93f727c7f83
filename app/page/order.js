// A list whose entries are put in order by dragging, by buttons, or by Alt and an arrow key.
import { say, word } from "./words.js";

// changed: called with the ids in their new order.
export function orderly(list, changed) {
  let dragged = null;

  const ids = () => [...list.children].map((item) => item.dataset.id);
  const done = (item) => {
    const place = [...list.children].indexOf(item) + 1;
    say(word("course_js_moved", { name: item.dataset.name, place }));
    changed(ids());
  };

  function move(item, step) {
    const other = step < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    if (step < 0) list.insertBefore(item, other);
    else list.insertBefore(other, item);
    done(item);
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    move(button.closest("li"), Number(button.dataset.move));
    button.focus();
  });
  list.addEventListener("keydown", (event) => {
    const item = event.target.closest("li");
    if (!event.altKey || !item || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    move(item, event.key === "ArrowUp" ? -1 : 1);
    event.target.focus();
  });
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("li");
    if (!dragged || !list.contains(dragged)) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.name);
    dragged.classList.add("dragged");
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("li");
    if (!dragged || !over || over === dragged || over.parentElement !== list) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    const flat = list.classList.contains("flat");
    const behind = flat ? event.clientX > box.left + box.width / 2 : event.clientY > box.top + box.height / 2;
    list.insertBefore(dragged, behind ? over.nextElementSibling : over);
  });
  list.addEventListener("drop", (event) => dragged && event.preventDefault());
  list.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.classList.remove("dragged");
    const item = dragged;
    dragged = null;
    done(item);
  });
}
