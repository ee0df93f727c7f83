// The list of earlier conversations: search, open, delete. It never leaves the browser.
import { loadFold } from "./find.js";
import * as store from "./store.js";
import { reopen } from "./talk.js";
import { word } from "./words.js";

const dialog = () => document.getElementById("talks");
let fold = (text) => text.toLowerCase();

export function listen() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("#talks-open")) open();
    if (event.target.closest("#talks-close") || event.target === dialog()) dialog().close();
    const all = event.target.closest("#talks-clear");
    if (all) clear(all);
    const row = event.target.closest("#talks li");
    if (row) act(row, event.target);
  });
  document.addEventListener("input", (event) => event.target.id === "talks-search" && fill());
}

async function open() {
  dialog().querySelector("input").value = "";
  fill();
  dialog().showModal();
  // without the table of scripts the search tells them apart
  fold = await loadFold().catch(() => fold);
  if (dialog().querySelector("input").value) fill();
}

function fill() {
  const wanted = fold(dialog().querySelector("input").value.trim());
  const kept = store.all();
  const found = kept.filter((one) => !wanted || fold(store.textOf(one)).includes(wanted));
  dialog().querySelector("ul").replaceChildren(...found.map(row));
  const none = dialog().querySelector("#talks-none");
  none.textContent = found.length ? "" : word(kept.length ? "js_find_none" : "js_talks_none");
  const all = dialog().querySelector("#talks-clear");
  all.hidden = !kept.length;
  delete all.dataset.sure;
  all.textContent = word("js_talks_clear");
}

function row(conversation) {
  const item = document.createElement("li");
  item.dataset.id = conversation.id;
  const { question } = conversation.turns[0].record;
  const opener = button("talk-open", question);
  const facts = document.createElement("span");
  facts.className = "facts";
  const day = new Date(conversation.at).toLocaleString(document.documentElement.lang, {
    dateStyle: "medium",
    timeStyle: "short",
  });
  facts.textContent = `${day} · ${word("js_talks_turns", { n: conversation.turns.length })}`;
  opener.append(facts);
  const remover = button("talk-delete", word("js_talks_delete"));
  remover.setAttribute("aria-label", `${word("js_talks_delete")}: ${question}`);
  item.append(opener, remover);
  return item;
}

function button(css, text) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = css;
  made.textContent = text;
  return made;
}

async function act(item, target) {
  const { id } = item.dataset;
  if (target.closest(".talk-delete")) {
    const next = item.nextElementSibling || item.previousElementSibling;
    store.remove(id);
    fill();
    const beside = next && dialog().querySelector(`li[data-id="${next.dataset.id}"] .talk-delete`);
    (beside || dialog().querySelector("input")).focus();
  } else if (target.closest(".talk-open")) {
    const conversation = store.find(id);
    if (conversation && (await reopen(conversation))) dialog().close();
  }
}

// The first press asks, the second deletes.
function clear(all) {
  if (!all.dataset.sure) {
    all.dataset.sure = "asked";
    all.textContent = word("js_talks_sure");
    return;
  }
  store.removeAll();
  fill();
  dialog().querySelector("input").focus();
}
