// The quiz: marks what was answered, explains it, and shows the clause beside it. Nothing leaves the page.
import { html } from "./course_api.js";
import { notice, word } from "./words.js";

const cards = [...document.querySelectorAll(".question")];
const data = new Map(cards.map((card) => [card, JSON.parse(card.dataset.question)]));
const fold = (text) => text.normalize("NFKC").replace(/[\s∶:：]/g, "").toLowerCase();

function given(card) {
  const { kind } = data.get(card);
  if (kind === "fill") return card.querySelector("input").value.trim();
  if (kind === "match") {
    const picked = [...card.querySelectorAll("select")].map((select) => select.value);
    return picked.every(Boolean) ? picked : "";
  }
  return [...card.querySelectorAll("input:checked")].map((box) => box.value).join("");
}

function isRight(card, answer) {
  const { kind, key, answers, rights } = data.get(card);
  if (kind === "fill") return answers.some((held) => fold(held) === fold(answer));
  if (kind === "match") return rights.every((right, n) => right === answer[n]);
  return answer === key;
}

function mark(card) {
  const answer = given(card);
  const told = card.querySelector(".told");
  const held = data.get(card);
  if (!answer.length) {
    told.replaceChildren(line("wrong", word("course_js_unanswered")));
    card.dataset.marked = "no";
    return false;
  }
  const right = isRight(card, answer);
  card.dataset.marked = right ? "right" : "wrong";
  const said = right ? word("course_js_right") : word("course_js_wrong", { key: held.key });
  told.replaceChildren(line(right ? "right" : "wrong", said), line("", word("course_js_reason") + held.reason), sources(held));
  return right;
}

function line(css, text) {
  const made = document.createElement("p");
  made.className = css;
  made.textContent = text;
  return made;
}

function sources(held) {
  const made = line("sources", word("course_js_source"));
  const seen = new Set();
  for (const citation of held.citations) {
    if (seen.has(citation.official)) continue;
    seen.add(citation.official);
    const link = document.createElement("a");
    link.href = citation.link;
    link.textContent = citation.official;
    link.dataset.clause = citation.measure_id;
    link.dataset.mark = `${citation.start}-${citation.end}`;
    made.append(link, " ");
  }
  return made;
}

async function showClause(link) {
  const panel = document.getElementById("clause");
  notice("");
  try {
    panel.innerHTML = await html(`/clause/${link.dataset.clause}?mark=${link.dataset.mark}`);
  } catch (error) {
    notice(error.message);
    return;
  }
  panel.classList.remove("empty");
  panel.focus({ preventScroll: true });
  panel.querySelector("mark")?.scrollIntoView({ block: "nearest" });
}

function score() {
  const right = cards.filter((card) => card.dataset.marked === "right").length;
  document.getElementById("score").textContent = word("course_js_score", { right, total: cards.length });
}

for (const card of cards)
  card.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    mark(card);
    score();
    const first = card.querySelector(".sources a");
    if (first) showClause(first).then(() => card.querySelector("button").focus({ preventScroll: true }));
  });

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-clause]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  showClause(link);
});

document.getElementById("mark-all").addEventListener("click", () => {
  cards.forEach(mark);
  score();
  document.getElementById("score").scrollIntoView({ block: "nearest" });
});

document.getElementById("again").addEventListener("click", () => {
  for (const card of cards) {
    card.querySelector("form").reset();
    card.querySelector(".told").replaceChildren();
    delete card.dataset.marked;
  }
  document.getElementById("score").textContent = "";
});
