// What the pages of courses ask of the server; every refusal is one sentence.
import { word } from "./words.js";

async function checked(reply) {
  if (reply.ok) return reply;
  let sentence = word("course_js_failed");
  try {
    sentence = (await reply.json()).error || sentence;
  } catch {
    // no sentence came with it
  }
  throw new Error(sentence);
}

async function ask(address, options = {}) {
  let reply;
  try {
    reply = await fetch(address, options);
  } catch {
    throw new Error(word("course_js_failed"));
  }
  return checked(reply);
}

export async function send(address, body) {
  const options = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body ?? {}) };
  return (await ask(address, options)).json();
}

export async function html(address) {
  return (await ask(address)).text();
}

// A file with the name that the server gives it.
export async function file(address) {
  const reply = await ask(address);
  const named = /filename\*=UTF-8''([^;]+)/.exec(reply.headers.get("content-disposition") || "");
  return { name: named ? decodeURIComponent(named[1]) : "dudao", blob: await reply.blob() };
}

export function keep({ name, blob }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
