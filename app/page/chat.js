// What the chat page's scripts listen to. Gradio's hooks call talk.js by itself.
import * as copying from "./copy.js";
import * as saving from "./export.js";
import * as panel from "./panel.js";
import * as voting from "./vote.js";

panel.listen();
copying.listen();
saving.listen();
voting.listen();

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
