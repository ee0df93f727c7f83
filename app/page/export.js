// Saving an answer, or the whole conversation, as a file that the server writes.
import { answered, turnOf } from "./turns.js";
import { flash } from "./words.js";

export function listen() {
  document.addEventListener("click", (event) => {
    const one = event.target.closest("[data-save]");
    const all = event.target.closest("[data-save-all]");
    if (one) save(one, one.dataset.save, [turnOf(one).record]);
    if (all) save(all, all.dataset.saveAll, answered());
  });
}

async function save(button, kind, turns) {
  try {
    const reply = await fetch(`/export/${kind}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ turns }),
    });
    if (!reply.ok) throw new Error(String(reply.status));
    give(await reply.blob(), reply.headers.get("content-disposition"));
    flash(button, "js_saved");
  } catch {
    flash(button, "js_save_failed");
  }
}

function give(blob, disposition) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = decodeURIComponent(disposition.split("UTF-8''")[1]);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
