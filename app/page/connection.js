// A lost connection: said in the page's language, and made good by itself. Gradio loads the page anew once its server
// answers again; what was typed or asked comes back into the box then, and the conversation from the browser's store.
import { notice, word } from "./words.js";

const PATIENCE = 5000; // ms without any sign of an answer before the server is asked whether it is there
const PAUSE = 2000; // ms between two looks
const LOOKS = 30;
const TOUCHES = ["input", "keydown", "pointerdown"];
const DRAFT = "dudao.draft";
const LOST = "dudao.lost";

let waiting = null;
let giveBack = () => {};

// Called when a question is sent, with what takes it back into the box.
export function watch(takeBack) {
  giveBack = takeBack;
  alive();
}

// A sign of an answer: from here on there is patience again.
export function alive() {
  clearTimeout(waiting);
  waiting = setTimeout(() => check().then((there) => there && alive()), PATIENCE);
}

// Nothing is waited for.
export function rest() {
  clearTimeout(waiting);
}

// Whether the server is there; where it is not, that is said.
export async function check() {
  const there = await answers();
  if (!there) lost();
  return there;
}

async function answers() {
  try {
    return (await fetch("/healthz", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

async function lost() {
  if (document.body.dataset.connection) return;
  document.body.dataset.connection = "lost";
  remember(LOST, "1");
  giveBack();
  tell(word("js_lost"));
  while (!(await answers())) await new Promise((done) => setTimeout(done, PAUSE));
  delete document.body.dataset.connection;
  tell("");
  notice(word("js_found_again"));
  // Gradio may load the page anew in the next moments, and it shall say so again
  setTimeout(() => remember(LOST, ""), PATIENCE);
}

function tell(text) {
  const place = document.getElementById("connection");
  place.textContent = text;
  place.hidden = !text;
}

// Kept over a reload

export function keepDraft(text) {
  remember(DRAFT, text);
}

// What stood in the box before the page was loaded anew; empty where it was not.
export function takeDraft() {
  const text = recall(DRAFT);
  remember(DRAFT, "");
  return text;
}

// Puts text back into the box. Gradio may still be putting its own empty one there, so it is looked after for a while,
// until somebody types or presses something.
export async function putBack(text) {
  let touched = !text;
  const touch = (event) => (touched ||= event.isTrusted);
  for (const name of TOUCHES) document.addEventListener(name, touch, true);
  for (let look = 0; look < LOOKS && !touched; look += 1) {
    const box = document.querySelector("#question textarea");
    if (box && !box.value) {
      box.value = text;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  for (const name of TOUCHES) document.removeEventListener(name, touch, true);
}

// Whether the page was loaded anew because the connection had been lost.
export function wasLost() {
  const was = Boolean(recall(LOST));
  remember(LOST, "");
  return was;
}

function remember(key, text) {
  try {
    sessionStorage.setItem(key, text);
  } catch {
    // storage is switched off
  }
}

function recall(key) {
  try {
    return sessionStorage.getItem(key) || "";
  } catch {
    return "";
  }
}

// Gradio says it too, in English and with its own sign: that is when it has noticed.
export function listen() {
  new MutationObserver(() => document.querySelector(".toast-wrap .toast-body") && check()).observe(document.body, {
    childList: true,
    subtree: true,
  });
}
