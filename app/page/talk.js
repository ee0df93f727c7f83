// The conversation as this browser holds it. Every question gets a number; a frame that carries another number than
// the one waited for belongs to a question that was put aside, and is dropped.
import * as panel from "./panel.js";
import { notice, say, word } from "./words.js";

const QUESTION_CAP = 2000;
const HISTORY_CAP = 20;

let turns = []; // {record, vote}, oldest first, each with its article in #past
const turnsOf = new WeakMap(); // by article
let pending = null; // {number, question, policies}: what is waited for
let number = 0;
let outstanding = 0; // events that Gradio has begun and not ended
let dropped = 0;
let shown = ""; // the newest frame that was let through
let view = null; // {element, props} of Gradio's component that takes the frames
let example = "";

// From Gradio's hooks

export function bind(element, props) {
  view = { element, props };
  mark();
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
  putAside();
  turns = [];
  past().replaceChildren();
  notice("");
  mark();
  panel.clear();
  setTimeout(focusBox);
  return [""];
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
  if (!pending.seen) bringUp(box.querySelector(".turn"));
  pending.seen = true;
  if (box.dataset.status) say(box.dataset.status);
  if (box.hasAttribute("data-whole")) settle(box.querySelector(".turn"));
}

// For other scripts

export const answered = () => turns.map((turn) => turn.record).filter((record) => record.answer);
export const turnOf = (element) => turnsOf.get(element.closest(".turn"));

// The questions before a turn that were answered, as the server was told them.
export function historyOf(turn) {
  const before = turns.slice(0, turns.indexOf(turn)).filter((one) => one.record.answer);
  return before.map((one) => one.record.question).slice(-HISTORY_CAP);
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
  notice("");
  mark();
  const history = answered().map((record) => record.question);
  const language = window.dudaoLanguage.language;
  return { turn: number, question, policies, history: history.slice(-HISTORY_CAP), language };
}

// The last question, taken out of the conversation, whether its answer is there or still on its way.
function putAside() {
  const last = pending || turns.pop()?.record;
  if (!pending && last) past().lastElementChild.remove();
  pending = null;
  clearFrame();
  return last;
}

function settle(article) {
  pending = null;
  const kept = article.cloneNode(true);
  keep(JSON.parse(article.dataset.record), kept);
  kept.removeAttribute("data-record");
  clearFrame();
  notice("");
  mark();
  const first = kept.querySelector("a.ref");
  if (first && !panel.narrow()) panel.open(first, true);
  else panel.clear();
}

function fail(key) {
  const { question, policies } = pending;
  pending = null;
  keep({ version: 1, question, policies, failure: key }, failedTurn(question, word(key)));
  clearFrame();
  mark();
  say(word(key));
}

function keep(record, article) {
  const turn = { record, vote: null };
  turns.push(turn);
  turnsOf.set(article, turn);
  past().append(article);
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

const past = () => document.getElementById("past");

function clearFrame() {
  shown = "";
  if (view) view.props.value = "";
}

// The page's state, for its style: what of the first screen, the buttons and the panel is to be seen.
function mark() {
  const layout = document.getElementById("layout");
  if (layout) layout.dataset.state = pending ? "asking" : turns.length ? "talking" : "start";
}

// A new question comes to the top; the answer then grows below it.
function bringUp(turn) {
  if (past().firstElementChild) turn.scrollIntoView({ block: "start" });
  else window.scrollTo(0, 0);
}

function focusBox() {
  const box = document.querySelector("#question textarea");
  if (box) box.focus();
}
