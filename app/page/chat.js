// What the chat page's scripts listen to. Gradio's hooks call talk.js by itself.
import * as connection from "./connection.js";
import * as copying from "./copy.js";
import * as saving from "./export.js";
import * as list from "./list.js";
import * as panel from "./panel.js";
import * as script from "./script.js";
import * as talk from "./talk.js";
import * as turns from "./turns.js";
import * as voting from "./vote.js";

for (const part of [connection, copying, saving, list, panel, script, talk, turns, voting]) part.listen();

// Another language: the page is loaded anew, the conversation comes back from the browser's store.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-language]");
  if (!button || button.dataset.language === window.dudaoLanguage.language) return;
  window.dudaoLanguage.keep(button.dataset.language);
  location.reload();
});

// Links for the keyboard: to the box, and from the box to the newest answer.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-skip]");
  if (!link) return;
  event.preventDefault();
  const turn = document.querySelector("#past .turn:last-child");
  const target = link.dataset.skip === "question" ? document.querySelector("#question textarea") : turn;
  if (!target) return;
  if (target === turn) turn.tabIndex = -1;
  target.focus();
});

// Enter that ends a composition is the input method's, not a "send".
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.stopPropagation();
  },
  true,
);
document.addEventListener(
  "keypress",
  (event) => {
    if (event.key !== "Enter" || !event.isComposing) return;
    event.stopPropagation();
    event.preventDefault();
  },
  true,
);
