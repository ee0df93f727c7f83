// The list of courses: copying and deleting.
import { send } from "./course_api.js";
import { notice, word } from "./words.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-do]");
  if (!button) return;
  const row = button.closest("tr");
  const sure = word("course_js_delete_sure", { name: row.querySelector("a").textContent });
  if (button.dataset.do === "delete" && !window.confirm(sure)) return;
  button.disabled = true;
  try {
    await send(`/course/${button.dataset.id}/${button.dataset.do}`);
    location.reload();
  } catch (error) {
    notice(error.message);
    button.disabled = false;
  }
});
