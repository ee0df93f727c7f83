// The turns of this tab's conversation, each with its article in #past; the oldest leave the page, not the conversation.
import * as store from "./store.js";
import { show as showVote } from "./vote.js";
import { notice, word } from "./words.js";

const SHOWN = 20;
const HISTORY_CAP = 20;
const TURNS_CAP = 200;

let id = newId();
let turns = []; // {record, vote}, oldest first
const turnsOf = new WeakMap(); // by article

const past = () => document.getElementById("past");
export const count = () => turns.length;
export const answered = () => turns.map((turn) => turn.record).filter((record) => record.answer);
export const turnOf = (element) => turnsOf.get(element.closest(".turn"));

// The questions before a turn that were answered, as the server was told them.
export function historyOf(turn) {
  const end = turn ? turns.indexOf(turn) : turns.length;
  const before = turns.slice(0, end).filter((one) => one.record.answer);
  return before.map((one) => one.record.question).slice(-HISTORY_CAP);
}

export function keep(record, article) {
  const turn = { record, vote: null };
  turns = [...turns, turn].slice(-TURNS_CAP);
  turnsOf.set(article, turn);
  past().append(article);
  while (past().childElementCount > SHOWN) past().firstElementChild.remove();
  changed();
}

// The last turn, taken out of the conversation.
export function takeLast() {
  const turn = turns.pop();
  if (!turn) return null;
  past().lastElementChild.remove();
  changed();
  if (turns.length && !past().childElementCount) showEarlier();
  return turn.record;
}

export function startAfresh() {
  id = newId();
  turns = [];
  past().replaceChildren();
  store.current(id);
  counted();
}

// After a vote, too: it is kept with its turn.
export function changed() {
  store.save({ id, at: new Date().toISOString(), turns });
  store.current(id);
  counted();
}

// Brings a kept conversation back; returns whether it could be shown.
export async function reopen(conversation) {
  const before = { id, turns };
  ({ id, turns } = conversation);
  past().replaceChildren();
  const shown = await showEarlier();
  if (!shown) ({ id, turns } = before);
  store.current(id);
  counted();
  return shown;
}

// The turns before those on the page, as the server writes them from their records.
export async function showEarlier() {
  const end = turns.length - past().childElementCount;
  const wanted = turns.slice(Math.max(0, end - SHOWN), end);
  if (!wanted.length) return true;
  try {
    const reply = await fetch("/turns", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ turns: wanted.map((turn) => turn.record) }),
    });
    if (!reply.ok) throw new Error(String(reply.status));
    const { turns: written } = await reply.json();
    past().prepend(...written.map((html, n) => articleOf(html, wanted[n])));
  } catch {
    notice(word("js_not_reopened"));
    return false;
  }
  counted();
  return true;
}

function articleOf(html, turn) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const article = holder.content.firstElementChild;
  turnsOf.set(article, turn);
  const group = article.querySelector(".vote");
  if (group && turn.vote) showVote(group, turn.vote);
  return article;
}

function counted() {
  const button = document.getElementById("earlier");
  const hidden = turns.length - past().childElementCount;
  button.hidden = hidden <= 0;
  button.textContent = word("js_earlier", { n: hidden });
}

export function listen() {
  document.addEventListener("click", (event) => event.target.closest("#earlier") && showEarlier());
}

function newId() {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
}
