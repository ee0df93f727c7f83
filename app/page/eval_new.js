// Writing a question in the tab of evaluation: look clauses up, click the gold, check, keep.
import { word } from "./words.js";

export function draft(send) {
  const section = document.getElementById("new");
  const form = section.querySelector("form");
  const list = document.getElementById("clauses");
  const said = document.getElementById("said");
  const told = document.getElementById("search-notice");
  const chosen = new Map(); // "gold" or "ok" by measure id

  function lines(name) {
    return form.elements[name].value.split("\n").map((line) => line.trim()).filter(Boolean);
  }

  function value() {
    const of = (sort) => [...chosen].filter(([, s]) => s === sort).map(([id]) => id);
    const wordings = (line) => line.split("/").map((part) => part.trim()).filter(Boolean);
    const fields = ["question", "file", "kind", "lang", "style", "group"];
    return {
      ...Object.fromEntries(fields.map((name) => [name, form.elements[name].value.trim()])),
      history: lines("history"),
      gold: of("gold"),
      ok: of("ok"),
      nuggets: lines("nuggets").map(wordings).filter((w) => w.length),
      anti: lines("anti"),
    };
  }

  function toggle(id, sort) {
    if (chosen.get(id) === sort) chosen.delete(id);
    else chosen.set(id, sort);
    for (const button of list.querySelectorAll("button"))
      button.setAttribute("aria-pressed", String(chosen.get(button.dataset.id) === button.dataset.sort));
    for (const item of list.children) item.className = chosen.get(item.dataset.id) || "";
  }

  function item(clause) {
    const made = document.createElement("li");
    made.dataset.id = clause.measure_id;
    made.className = chosen.get(clause.measure_id) || "";
    const head = document.createElement("p");
    const name = document.createElement("strong");
    name.textContent = `${clause.document} ${clause.label}`;
    const id = document.createElement("code");
    id.textContent = clause.measure_id;
    head.append(name, " ", id);
    for (const sort of ["gold", "ok"]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = word(`eval_${sort}`);
      Object.assign(button.dataset, { id: clause.measure_id, sort });
      button.setAttribute("aria-pressed", String(chosen.get(clause.measure_id) === sort));
      button.setAttribute("aria-label", `${clause.document} ${clause.label}: ${word(`eval_${sort}`)}`);
      button.addEventListener("click", () => toggle(clause.measure_id, sort));
      head.append(button);
    }
    const text = document.createElement("div");
    text.textContent = clause.text;
    text.tabIndex = 0;
    made.append(head, text);
    return made;
  }

  function show(clauses) {
    // what was chosen stays, first of all
    const kept = [...list.children].filter((old) => chosen.has(old.dataset.id));
    const ids = new Set(kept.map((old) => old.dataset.id));
    list.replaceChildren(...kept, ...clauses.filter((c) => !ids.has(c.measure_id)).map(item));
  }

  function faults(found, sound) {
    const rows = found.map((text) => Object.assign(document.createElement("li"), { textContent: text }));
    document.getElementById("faults").replaceChildren(...rows);
    said.textContent = found.length ? "" : sound;
  }

  async function search() {
    const { question, history } = value();
    const { clauses, refused } = await send("/eval/clauses", { question, history });
    told.textContent = refused || "";
    if (clauses) show(clauses);
  }

  async function add() {
    const [document_id, number] = form.elements.by_id.value.trim().split("/");
    const { clauses } = await send(`/eval/clause/${encodeURIComponent(document_id)}/${encodeURIComponent(number || "0")}`);
    told.textContent = clauses && clauses.length ? "" : word("eval_js_no_clause");
    for (const clause of clauses || []) {
      if (![...list.children].some((old) => old.dataset.id === clause.measure_id)) list.prepend(item(clause));
      if (chosen.get(clause.measure_id) !== "gold") toggle(clause.measure_id, "gold");
      form.elements.by_id.value = "";
    }
  }

  async function check() {
    const reply = await send("/eval/check", value());
    faults(reply.faults || [word("eval_js_failed")], word("eval_js_sound"));
  }

  async function keep(event) {
    event.preventDefault();
    const reply = await send("/eval/keep", value());
    faults(reply.faults || [word("eval_js_failed")], reply.id ? word("eval_js_kept", { id: reply.id }) : "");
    if (!reply.id) return;
    for (const name of ["question", "history", "nuggets", "anti", "group"]) form.elements[name].value = "";
    chosen.clear();
    list.replaceChildren();
    form.elements.question.focus();
  }

  document.getElementById("search").addEventListener("click", search);
  document.getElementById("add").addEventListener("click", add);
  document.getElementById("check").addEventListener("click", check);
  form.addEventListener("submit", keep);
}
