// The page to prepare a course on: choosing, ordering, notes, keeping, and making files.
import { file, html, keep, send } from "./course_api.js";
import { orderly } from "./order.js";
import { notice, say, word } from "./words.js";
import { zip } from "./zip.js";

const main = document.querySelector("main");
const course = JSON.parse(main.dataset.course);
const cap = Number(main.dataset.noteCap);
const field = (id) => document.getElementById(id);
let unsaved = false;

const boxes = (kind) => [...document.querySelectorAll(`input[name="${kind}"]`)];
const boxOf = (kind, id) => boxes(kind).find((box) => box.value === id);
const nameOf = (kind, id) => {
  const box = boxOf(kind, id);
  return box ? box.dataset.name : `${course.labels[id] || id}${word("course_js_gone")}`;
};

function touched() {
  unsaved = true;
  field("saved").textContent = word("course_js_unsaved");
  notice("");
}

function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function button(key, sign, name, more) {
  return make("button", { type: "button", title: word(key), "aria-label": `${word(key)}：${name}`, ...more }, sign);
}

function entry(kind, id) {
  const name = nameOf(kind, id);
  const item = make("li", { draggable: "true", tabindex: "0", "data-id": id, "data-name": name });
  const head = make("div", { class: "bar" }, make("span", { class: "grip", "aria-hidden": "true" }, "⠿"));
  head.append(make("span", { class: "name" }, name));
  head.append(button("course_js_up", "↑", name, { "data-move": "-1" }));
  head.append(button("course_js_down", "↓", name, { "data-move": "1" }));
  const off = button("course_js_remove", "×", name, {});
  off.addEventListener("click", () => choose(kind, id, false));
  head.append(off);
  item.append(head);
  if (kind === "topic") item.append(clausesOf(id), noteOf(id, name));
  return item;
}

function clausesOf(id) {
  const shown = make("details", {}, make("summary", {}, word("course_js_clauses")), make("div", { class: "clauses" }));
  shown.addEventListener("toggle", () => shown.open && showClauses(shown, id));
  return shown;
}

async function showClauses(shown, id) {
  const places = course.places.map(encodeURIComponent).join(",");
  const target = shown.querySelector("div");
  try {
    target.innerHTML = await html(`/course/clauses/${encodeURIComponent(id)}?places=${places}`);
  } catch (error) {
    target.textContent = error.message;
  }
}

function noteOf(id, name) {
  const box = make("textarea", { rows: "2", "aria-label": `${word("course_js_note")}：${name}`, placeholder: word("course_js_note") });
  box.value = course.notes[id] || "";
  const count = make("output", { class: "count" });
  const show = () => {
    const length = box.value.length;
    const over = length > cap;
    count.textContent = length > cap / 2 ? word(over ? "course_js_note_long" : "course_js_note_left", { length, most: cap }) : "";
    count.classList.toggle("over", over);
  };
  box.addEventListener("input", () => {
    course.notes[id] = box.value;
    touched();
    show();
  });
  // a list item that can be dragged keeps the mouse from selecting text in it
  box.addEventListener("mousedown", () => (box.closest("li").draggable = false));
  box.addEventListener("blur", () => (box.closest("li").draggable = true));
  show();
  return make("div", { class: "note" }, box, count);
}

function draw() {
  field("topics").replaceChildren(...course.topics.map((id) => entry("topic", id)));
  field("places").replaceChildren(...course.places.map((id) => entry("place", id)));
  for (const kind of ["topic", "place"])
    for (const box of boxes(kind)) box.checked = course[`${kind}s`].includes(box.value);
  field("nothing").hidden = course.topics.length + course.places.length > 0;
}

function choose(kind, id, on) {
  const list = course[`${kind}s`];
  if (on && !list.includes(id)) list.push(id);
  if (!on) course[`${kind}s`] = list.filter((held) => held !== id);
  touched();
  draw();
}

async function save() {
  const { labels, changed, ...body } = course;
  const kept = await send("/course/save", body);
  const fresh = !course.id;
  Object.assign(course, { id: kept.id, version: kept.version, labels: kept.labels, name: kept.name });
  if (fresh) history.replaceState(null, "", `/course/${course.id}`);
  unsaved = false;
  field("name").value = course.name;
  field("saved").textContent = word("course_js_saved");
}

// Runs what a button asks for; a refusal is shown as its sentence.
async function run(task) {
  notice("");
  main.setAttribute("aria-busy", "true");
  try {
    await task();
  } catch (error) {
    notice(error.message);
  }
  main.removeAttribute("aria-busy");
}

async function build(kinds) {
  if (unsaved || !course.id) await save();
  const panel = field("building");
  const made = [];
  panel.hidden = false;
  try {
    for (const [n, chosen] of kinds.entries()) {
      const name = chosen.firstChild.textContent.trim();
      const said = word("course_js_building", { name, done: n + 1, total: kinds.length });
      panel.querySelector("progress").max = kinds.length;
      panel.querySelector("progress").value = n;
      panel.querySelector("span").textContent = said;
      say(said);
      made.push(await file(`/course/${course.id}/file/${chosen.dataset.file}?public=${field("public").checked}`));
    }
  } finally {
    panel.hidden = true;
  }
  return made;
}

async function keepAll() {
  const made = await build([...document.querySelectorAll("[data-file]")]);
  const files = await Promise.all(made.map(async ({ name, blob }) => ({ name, bytes: new Uint8Array(await blob.arrayBuffer()) })));
  const name = `${course.name}.zip`;
  keep({ name, blob: zip(files) });
  say(word("course_js_built", { name }));
}

function listen() {
  for (const kind of ["topic", "place"]) {
    for (const box of boxes(kind)) box.addEventListener("change", () => choose(kind, box.value, box.checked));
    orderly(field(`${kind}s`), (ids) => {
      course[`${kind}s`] = ids;
      touched();
    });
    document.querySelector(`[data-every="${kind}"]`).addEventListener("click", () => {
      for (const box of boxes(kind)) if (!box.checked) course[`${kind}s`].push(box.value);
      touched();
      draw();
    });
  }
  for (const [id, read] of [["name", String], ["size", Number], ["seed", Number]]) {
    field(id).addEventListener("input", () => {
      course[id] = read(field(id).value);
      touched();
    });
  }
  field("another").addEventListener("click", () => {
    course.seed = (course.seed + 1) % 1000000;
    field("seed").value = course.seed;
    touched();
  });
  field("save").addEventListener("click", () => run(save));
  field("copy").addEventListener("click", () =>
    run(async () => {
      if (unsaved || !course.id) await save();
      const made = await send(`/course/${course.id}/copy`);
      location.href = `/course/${made.id}`;
    }),
  );
  field("delete").addEventListener("click", () =>
    run(async () => {
      if (!window.confirm(word("course_js_delete_sure", { name: course.name }))) return;
      if (course.id) await send(`/course/${course.id}/delete`);
      unsaved = false;
      location.href = "/course";
    }),
  );
  field("try").addEventListener("click", () =>
    run(async () => {
      if (unsaved || !course.id) await save();
      location.href = `/course/${course.id}/quiz`;
    }),
  );
  for (const chosen of document.querySelectorAll("[data-file]"))
    chosen.addEventListener("click", () =>
      run(async () => {
        const [made] = await build([chosen]);
        keep(made);
        say(word("course_js_built", { name: made.name }));
      }),
    );
  field("every-file").addEventListener("click", () => run(keepAll));
  window.addEventListener("beforeunload", (event) => unsaved && event.preventDefault());
}

// What was typed or chosen before this script ran.
function catchUp() {
  const before = JSON.stringify(course);
  for (const kind of ["topic", "place"])
    for (const box of boxes(kind)) if (box.checked && !course[`${kind}s`].includes(box.value)) course[`${kind}s`].push(box.value);
  course.name = field("name").value;
  course.size = Number(field("size").value);
  course.seed = Number(field("seed").value);
  if (JSON.stringify(course) !== before) touched();
}

catchUp();
listen();
draw();
