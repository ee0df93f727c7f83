// Votes on answers: sent at once, changed at will, with a reason where one is given; no answer is asked about twice.
import { changed, historyOf, turnOf } from "./turns.js";
import { say, word } from "./words.js";

export function listen() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-vote]");
    if (button) vote(button);
    const close = event.target.closest("[data-why-close]");
    if (close) leave(close.closest(".why"));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest(".why");
    if (!form) return;
    event.preventDefault();
    explain(form);
  });
}

async function vote(button) {
  const turn = turnOf(button);
  const group = button.closest(".vote");
  const value = button.dataset.vote;
  const given = { value, reasons: [], comment: turn.vote?.comment || "" };
  if (!(await send(turn, given))) return told(group, "js_vote_failed");
  show(group, turn.vote);
  told(group, "js_thanks");
  const form = group.closest(".reply").querySelector(".why") || ask(group, turn);
  form.dataset.value = value;
}

// Under the answer, what the vote was given for: nothing has to be said.
function ask(group, turn) {
  const form = document.getElementById("why").content.firstElementChild.cloneNode(true);
  form.elements.comment.value = turn.vote.comment;
  group.closest(".reply").append(form);
  return form;
}

async function explain(form) {
  const group = form.closest(".reply").querySelector(".vote");
  const turn = turnOf(form);
  const chosen = new FormData(form);
  const reasons = turn.vote.value === "down" ? chosen.getAll("reason") : [];
  const kept = await send(turn, { value: turn.vote.value, reasons, comment: chosen.get("comment") });
  told(group, kept ? "js_thanks" : "js_vote_failed");
  if (kept) leave(form);
}

function leave(form) {
  const pressed = form.closest(".reply").querySelector("[aria-pressed=true]");
  form.remove();
  if (pressed) pressed.focus();
}

async function send(turn, given) {
  try {
    const reply = await fetch("/feedback", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ turn: turn.record, history: historyOf(turn), ...given }),
    });
    if (!reply.ok) return false;
  } catch {
    return false;
  }
  turn.vote = given;
  changed();
  return true;
}

function told(group, key) {
  group.querySelector(".vote-said").textContent = word(key);
  say(word(key));
}

// How a vote given before looks.
export function show(group, given) {
  for (const button of group.querySelectorAll("[data-vote]"))
    button.setAttribute("aria-pressed", String(button.dataset.vote === given.value));
  group.querySelector(".vote-said").textContent = word("js_voted");
}
