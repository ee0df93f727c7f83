// Tables that are sorted by a column and narrowed by typing, whatever the script; without this they stand as served.
import { loadFold } from "./find.js";
import { word } from "./words.js";

const order = new Intl.Collator("zh", { numeric: true });

function sortable(table) {
  for (const head of table.tHead.rows[0].cells) {
    const press = document.createElement("button");
    press.type = "button";
    press.title = word("js_cmp_sort");
    press.setAttribute("aria-label", `${word("js_cmp_sort")} ${head.textContent}`);
    press.addEventListener("click", () => sort(table, head));
    head.append(press);
  }
}

// Empty cells stand last, whichever way the column is sorted.
function sort(table, head) {
  const down = head.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const body = table.tBodies[0];
  const keyed = [...body.rows].map((row) => {
    const cell = row.cells[head.cellIndex];
    return { row, text: "empty" in cell.dataset ? "" : cell.textContent.trim() };
  });
  keyed.sort((a, b) => {
    if (!a.text || !b.text) return Number(!a.text) - Number(!b.text);
    return down ? order.compare(b.text, a.text) : order.compare(a.text, b.text);
  });
  body.append(...keyed.map((one) => one.row));
}

function filterable(table, tools, fold) {
  const rows = [...table.tBodies[0].rows].map((row) => ({ row, text: fold(row.textContent) }));
  const box = document.createElement("input");
  box.type = "search";
  box.placeholder = word("js_cmp_filter");
  box.setAttribute("aria-label", word("js_cmp_filter"));
  const count = document.createElement("output");
  tools.append(box, count);

  function narrow() {
    const wanted = fold(box.value).split(/\s+/).filter(Boolean);
    let left = 0;
    for (const { row, text } of rows) {
      row.hidden = !wanted.every((one) => text.includes(one));
      left += row.hidden ? 0 : 1;
    }
    count.value = word("js_cmp_rows").replace("%n", left);
  }

  box.addEventListener("input", narrow);
  narrow();
}

const table = document.querySelector("table[data-sortable]");
const tools = document.querySelector("[data-tools]");
if (table) {
  sortable(table);
  // without the table of scripts there is no filter; the form's own search remains
  loadFold().then(
    (fold) => filterable(table, tools, fold),
    () => {},
  );
}
