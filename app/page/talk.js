// Asking. Every question gets a number; a frame that carries another number than the one waited for belongs to a
// question that was put aside, and is dropped.
import * as connection from "./connection.js";
import * as panel from "./panel.js";
import * as store from "./store.js";
import * as turns from "./turns.js";
import { notice, say, word } from "./words.js";

const QUESTION_CAP = 2000;

let pending = null; // {number, question, policies}: what is waited for
let number = 0;
let outstanding = 0; // events that Gradio has begun and not ended
let dropped = 0;
let shown = ""; // the newest frame that was let through
let view = null; // {element, props} of Gradio's component that takes the frames
let example = "";

// From Gradio's hooks

export async function bind(element, props) {
  view = { element, props };
  await pageIsThere();
  if (connection.wasLost()) notice(word("js_found_again"));
  connection.putBack(connection.takeDraft());
  const kept = store.find(store.current());
  if (kept && !pending && !turns.count()) await turns.reopen(kept);
  mark();
  if (turns.count()) document.querySelector("#past").lastElementChild.scrollIntoView({ block: "start" });
}

export function send(question, scope) {
  outstanding += 1;
  const text = question.trim();
  const refused = refusal(text);
  notice(refused);
  return refused ? [question, null] : ["", begin(text, scope || [])];
}

export function picked(event) {
  const button = event.target.closest("[data-ask]");
  example = button ? button.textContent : "";
  return Boolean(button);
}

function askExample(question, scope) {
  const [, job] = send(example, scope);
  return [question, job];
}
export { askExample as example };

export function retry() {
  const last = putAside();
  outstanding += 1;
  return [last ? begin(last.question, last.policies) : null];
}

export function edit() {
  const last = putAside();
  notice("");
  mark();
  setTimeout(focusBox);
  return [last ? last.question : "", last ? last.policies : []];
}

export function fresh() {
  putAside(false);
  turns.startAfresh();
  notice("");
  mark();
  panel.clear();
  setTimeout(focusBox);
}

export function stop() {
  if (pending) fail("js_failure_stopped");
}

// Gradio ended an event, whole or not.
export function ended() {
  outstanding -= 1;
  if (pending && outstanding <= 0) fail("js_failure_interrupted");
}

export function frame() {
  const box = view.element.querySelector(".frame");
  if (!box) return;
  if (!pending || Number(box.dataset.turn) !== pending.number) {
    view.props.value = shown;
    dropped += 1;
    document.getElementById("layout").dataset.dropped = dropped;
    return;
  }
  shown = view.props.value;
  connection.alive();
  if (!pending.seen) bringUp(box.querySelector(".turn"));
  pending.seen = true;
  if (box.dataset.status) say(box.dataset.status);
  if (box.hasAttribute("data-whole")) settle(box.querySelector(".turn"));
}

// For the list of conversations

export async function reopen(conversation) {
  putAside(false);
  const done = await turns.reopen(conversation);
  mark();
  panel.clear();
  if (done) document.querySelector("#past").lastElementChild.scrollIntoView({ block: "start" });
  return done;
}

// One question's way

function refusal(text) {
  if (pending) return word("js_wait");
  if (!/[\p{L}\p{N}]/u.test(text)) return word("js_empty");
  return [...text].length > QUESTION_CAP ? word("js_too_long") : "";
}

function begin(question, policies) {
  number += 1;
  pending = { number, question, policies, seen: false };
  connection.watch(takeBack);
  notice("");
  mark();
  const language = window.dudaoLanguage.language;
  return { turn: number, question, policies, history: turns.historyOf(null), language };
}

// The question that is waited for or, where there is none, the last turn, taken out of the conversation.
function putAside(last = true) {
  const taken = pending || (last ? turns.takeLast() : null);
  pending = null;
  clearFrame();
  return taken;
}

// Where the connection is lost the question goes back into the box.
function takeBack() {
  if (!pending) return;
  const { question } = putAside();
  mark();
  connection.putBack(question);
}

export function listen() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-correct]");
    if (button) correct(button.dataset.correct);
  });
  window.addEventListener("pagehide", () => {
    const box = document.querySelector("#question textarea");
    connection.keepDraft(pending ? pending.question : box ? box.value : "");
  });
}

// The question as it was understood goes into the box, to be put right and asked anew.
function correct(understood) {
  const box = document.querySelector("#question textarea");
  box.value = understood;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
}

function settle(article) {
  pending = null;
  const { top } = article.getBoundingClientRect();
  const kept = article.cloneNode(true);
  kept.removeAttribute("data-record");
  turns.keep(JSON.parse(article.dataset.record), kept);
  clearFrame();
  notice("");
  mark();
  // what is being read stays where it is
  window.scrollBy(0, kept.getBoundingClientRect().top - top);
  const first = kept.querySelector("a.ref");
  if (first && !panel.narrow()) panel.open(first, true);
  else panel.clear();
}

function fail(key) {
  const { question, policies } = pending;
  pending = null;
  turns.keep({ version: 1, question, policies, failure: key }, failedTurn(question, word(key)));
  clearFrame();
  mark();
  say(word(key));
}

function failedTurn(question, sentence) {
  const article = element("article", "turn");
  const asked = element("div", "asked");
  asked.append(element("h2", "question", question));
  article.append(asked, element("div", "reply failed", sentence));
  return article;
}

function element(tag, css, text = "") {
  const made = document.createElement(tag);
  made.className = css;
  made.textContent = text;
  return made;
}

// What is seen

function clearFrame() {
  connection.rest();
  shown = "";
  if (view) view.props.value = "";
}

// The page's state, for its style: what of the first screen, the buttons and the panel is to be seen.
function mark() {
  document.getElementById("layout").dataset.state = pending ? "asking" : turns.count() ? "talking" : "start";
}

// A new question comes to the top; the answer then grows below it.
function bringUp(turn) {
  if (turns.count()) turn.scrollIntoView({ block: "start" });
  else window.scrollTo(0, 0);
}

function focusBox() {
  const box = document.querySelector("#question textarea");
  if (box) box.focus();
}

// Gradio puts its components into the document one after the other.
async function pageIsThere() {
  const wanted = ["#past", "#words", "#layout", "#question textarea"];
  while (!wanted.every((selector) => document.querySelector(selector)))
    await new Promise((done) => requestAnimationFrame(done));
}
