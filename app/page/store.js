// Conversations kept in this browser and nowhere else: a bounded list, newest first, in one entry of localStorage.

const KEY = "dudao.conversations";
const VERSION = 1;
const CONVERSATIONS = 50;
const LETTERS = 2_000_000;

// What is kept; nothing where it does not read. A newer program's list is neither read nor overwritten.
export function all() {
  return read().conversations;
}

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    if (kept && kept.version > VERSION) return { conversations: [], newer: true };
    if (kept && kept.version === VERSION && Array.isArray(kept.conversations))
      return { conversations: kept.conversations.filter((one) => one && one.id && Array.isArray(one.turns)) };
  } catch {
    // not ours, or storage is switched off
  }
  return { conversations: [] };
}

// The conversation comes first; one without turns goes. Returns whether it is kept.
export function save(conversation) {
  const others = all().filter((one) => one.id !== conversation.id);
  if (!conversation.turns.length) return write(others);
  return write([conversation, ...others]);
}

export const find = (id) => all().find((one) => one.id === id);
export const remove = (id) => write(all().filter((one) => one.id !== id));
export const removeAll = () => write([]);

// The oldest go until the list fits, first into our bounds, then into the browser's.
function write(conversations) {
  if (read().newer) return false;
  const list = conversations.slice(0, CONVERSATIONS);
  for (;;) {
    const text = JSON.stringify({ version: VERSION, conversations: list });
    try {
      if (text.length <= LETTERS || list.length <= 1) {
        localStorage.setItem(KEY, text);
        return true;
      }
    } catch {
      if (!list.length) return false;
    }
    if (!list.pop()) return false;
  }
}

// Which conversation this tab holds, so that a reload finds it again.
export function current(id) {
  try {
    if (id === undefined) return sessionStorage.getItem("dudao.current");
    sessionStorage.setItem("dudao.current", id);
  } catch {
    // storage is switched off
  }
  return null;
}

// Everything of a conversation that can be searched.
export function textOf(conversation) {
  return conversation.turns
    .flatMap(({ record }) => [
      record.question,
      record.answer?.understood || "",
      ...(record.answer?.parts || []).map((part) => part.text || ""),
      ...(record.answer?.citations || []).map((citation) => citation.quote),
    ])
    .join("\n");
}
