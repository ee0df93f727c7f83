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

// On the button that was pressed, for a moment; screen readers are told too.
export function flash(button, key) {
  const label = button.dataset.label || (button.dataset.label = button.textContent);
  button.textContent = word(key);
  say(word(key));
  setTimeout(() => (button.textContent = label), 1500);
}
