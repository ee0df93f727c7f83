// The page's texts for scripts, and the two places where scripts say what happened.

export function word(key, values = {}) {
  const found = document.querySelector(`#words [data-key="${key}"]`);
  let text = found ? found.textContent : key;
  for (const [name, value] of Object.entries(values)) text = text.replace(`%${name}`, value);
  return text;
}

// To screen readers alone.
export function say(text) {
  document.getElementById("status").textContent = text;
}

// To everyone, until the next question.
export function notice(text) {
  document.getElementById("notice").textContent = text;
}
