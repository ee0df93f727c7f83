// The chat page's own behaviour: composing pinyin, opening a clause beside the chat, copying.
(() => {
  "use strict";
  let opener = null;

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

  const panel = () => document.getElementById("clause");
  const narrow = () => window.matchMedia("(max-width: 900px)").matches;

  // quiet: opened by the page itself, so the focus stays where it is.
  async function open(link, quiet = false) {
    const target = panel();
    const mark = link.dataset.mark ? `?mark=${encodeURIComponent(link.dataset.mark)}` : "";
    target.setAttribute("aria-busy", "true");
    try {
      const reply = await fetch(`/clause/${link.dataset.clause}${mark}`);
      if (!reply.ok) throw new Error(String(reply.status));
      target.innerHTML = await reply.text();
    } catch {
      target.textContent = "连接中断，没能打开条款原文，请稍后再点一次。";
    }
    target.removeAttribute("aria-busy");
    if (!target.contains(link) && link.isConnected) opener = link;
    document.querySelectorAll("[data-clause].open").forEach((other) => other.classList.remove("open"));
    if (link.isConnected) link.classList.add("open");
    show(target, quiet);
  }

  function show(target, quiet) {
    if (narrow()) {
      const back = document.createElement("button");
      back.type = "button";
      back.className = "back";
      back.textContent = "返回答复";
      back.addEventListener("click", goBack);
      target.prepend(back);
    }
    const title = target.querySelector(".clause-title");
    if (title && !quiet) title.focus({ preventScroll: true });
    if (narrow()) target.scrollIntoView({ block: "start" });
    const first = target.querySelector("mark");
    target.scrollTop = 0;
    if (first && !narrow()) {
      const below = first.getBoundingClientRect().bottom - target.getBoundingClientRect().bottom;
      if (below > -40) target.scrollTop = below + target.clientHeight / 2;
    }
  }

  function goBack() {
    if (!opener || !opener.isConnected) return;
    opener.scrollIntoView({ block: "center" });
    opener.focus({ preventScroll: true });
  }

  async function copy(button) {
    const text = button.dataset.copy;
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      done = copyOldWay(text);
    }
    const label = button.dataset.label || (button.dataset.label = button.textContent);
    button.textContent = done ? "已复制" : "复制失败，请手动选取";
    setTimeout(() => (button.textContent = label), 1500);
  }

  function copyOldWay(text) {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) return void copy(button);
    const link = event.target.closest("a[data-clause]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !panel()) return;
    event.preventDefault();
    open(link);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel() && panel().contains(document.activeElement)) goBack();
  });

  // Called after each new value of the current turn: a new question comes to the top, the answer grows below it;
  // when it is whole, a wide page shows its first clause, so that it can be checked without a click.
  let followed = null;
  let checked = null;
  window.dudao = {
    follow(element) {
      const turn = element.querySelector(".turn");
      if (!turn) return clear();
      const alone = !document.querySelector("#past .turn");
      if (turn !== followed || turn.querySelector(".pending")) {
        if (alone) window.scrollTo(0, 0);
        else turn.scrollIntoView({ block: "start" });
      }
      followed = turn;
      const whole = turn.querySelector(".reply > .tools");
      if (!whole) return void (checked = null);
      if (checked === turn) return;
      checked = turn;
      const first = turn.querySelector("a.ref");
      if (first && !narrow()) open(first, true);
      else clear();
    },
  };

  function clear() {
    checked = opener = null;
    const target = panel();
    if (target && target.dataset.empty) target.textContent = target.dataset.empty;
  }
})();
