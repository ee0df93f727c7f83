// The tab of evaluation: begins runs, follows the one in progress, and lists them with what can be done.
import { draft } from "./eval_new.js";
import { notice, say, word } from "./words.js";

const PACE = 1000; // between two looks at a run in progress, milliseconds
let before = "";

export async function send(address, body) {
  try {
    const reply = await fetch(address, {
      method: body === undefined ? "GET" : "POST",
      headers: body === undefined ? {} : { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (reply.headers.get("content-type").startsWith("application/json")) return await reply.json();
  } catch {
    // told below
  }
  return { refused: word("eval_js_failed"), faults: [word("eval_js_failed")] };
}

// `done` is what is said where it was not refused
async function act(address, body, done) {
  const { refused } = await send(address, body);
  notice(refused || "");
  say(refused ? "" : word(done));
  await look();
}

function button(text, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", press);
  return made;
}

function link(text, address) {
  const made = document.createElement("a");
  made.href = address;
  made.textContent = text;
  // the tab goes on showing the runs
  made.target = "_blank";
  return made;
}

function actions(run, finished) {
  const out = [];
  if (run.state === "stopped" || run.state === "failed")
    out.push(button(word("eval_resume"), () => act("/eval/resume", { name: run.name }, "eval_js_begun")));
  if (run.state !== "finished") return out;
  const address = `/eval/report/${encodeURIComponent(run.name)}`;
  out.push(link(word("eval_read"), address));
  const earlier = finished.filter((other) => other.at < run.at);
  if (!earlier.length) return out;
  const chosen = document.createElement("select");
  chosen.setAttribute("aria-label", word("eval_against"));
  chosen.append(new Option(word("eval_against_none"), ""));
  for (const other of earlier) chosen.append(new Option(`${time(other.at)} ${other.config}`, other.name));
  const go = link(word("eval_compare"), address);
  go.hidden = true;
  chosen.addEventListener("change", () => {
    go.hidden = !chosen.value;
    go.href = `${address}?against=${encodeURIComponent(chosen.value)}`;
  });
  return [...out, chosen, go];
}

function time(at) {
  return at.slice(0, 16).replace("T", " ");
}

function state(run) {
  const said = word(`eval_state_${run.state}`);
  if (run.state === "stopped") return `${said} ${run.done}/${run.total || "…"}`;
  return run.state === "finished" ? `${said} ${run.total}` : said;
}

function row(run, finished) {
  const made = document.createElement("tr");
  const correct = run.correct === null ? "–" : `${(100 * run.correct).toFixed(1)} %`;
  const heads = ["at", "sets", "split", "config", "state", "correct"];
  const cells = [time(run.at), run.sets, run.split, run.config, state(run), correct];
  cells.forEach((text, n) => {
    const cell = made.insertCell();
    cell.textContent = text;
    const key = ["sets", "split", "config"].includes(heads[n]) ? `eval_${heads[n]}` : `eval_col_${heads[n]}`;
    cell.dataset.head = word(key);
    cell.className = heads[n];
    if (heads[n] === "state" && run.failure) {
      const why = document.createElement("small");
      why.textContent = run.failure;
      cell.append(why);
    }
  });
  const last = made.insertCell();
  last.className = "do";
  const box = document.createElement("div");
  box.append(...actions(run, finished));
  last.append(box);
  return made;
}

function follow(run) {
  const box = document.getElementById("running");
  box.hidden = !run;
  document.querySelector("#start form button").disabled = Boolean(run);
  if (!run) return;
  const bar = box.querySelector("progress");
  if (run.total) bar.value = run.done / run.total;
  else bar.removeAttribute("value");
  const key = !run.total ? "eval_js_preparing" : run.done < run.total ? "eval_js_asked" : "eval_js_checking";
  document.getElementById("progress-text").textContent = word(key, run);
}

export async function look() {
  const { runs } = await send("/eval/runs");
  if (!runs) return;
  const text = JSON.stringify(runs.map((run) => [run.name, run.state, run.failure]));
  const running = runs.find((run) => run.state === "running");
  follow(running);
  if (text !== before) {
    if (before && !running && before.includes('"running"') && runs[0].state === "finished") {
      notice("");
      say(word("eval_js_finished"));
    }
    before = text;
    const finished = runs.filter((run) => run.state === "finished");
    document.querySelector("#runs tbody").replaceChildren(...runs.map((run) => row(run, finished)));
    document.querySelector("#runs table").hidden = !runs.length;
    document.querySelector("#runs .none").hidden = runs.length > 0;
  }
}

async function watch() {
  await look();
  setTimeout(watch, document.getElementById("running").hidden ? 5 * PACE : PACE);
}

document.querySelector("#start form").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  act("/eval/start", { sets: form.getAll("sets"), split: form.get("split"), config: form.get("config") }, "eval_js_begun");
});
document.getElementById("cancel").addEventListener("click", () => act("/eval/cancel", {}, "eval_js_cancelled"));
draft(send);
watch();
