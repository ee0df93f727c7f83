// Find on the page, whatever the script: what is typed and what stands there are folded in the same way, one character
// for each, so that a place in the folded text is a place in the text.

export async function loadFold() {
  const reply = await fetch("/fold");
  if (!reply.ok) throw new Error(String(reply.status));
  const pairs = [...(await reply.text())];
  const simplified = new Map();
  for (let i = 0; i < pairs.length; i += 2) simplified.set(pairs[i], pairs[i + 1]);
  return (text) => [...text].map((character) => foldOne(character, simplified)).join("");
}

function foldOne(character, simplified) {
  const narrow = character.normalize("NFKC").toLowerCase();
  const one = narrow.length === character.length ? narrow.replace("∶", ":") : character;
  return simplified.get(one) || one;
}

// The text of each block with the nodes that it stands in.
export function readBlocks(root) {
  return [...root.querySelectorAll(".text, h2, h3, h4")].map((block) => {
    const nodes = [];
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let start = 0; walker.nextNode(); start += walker.currentNode.data.length)
      nodes.push({ node: walker.currentNode, start });
    return { nodes, text: block.textContent };
  });
}

export function findAll(blocks, fold, query) {
  const wanted = fold(query.trim());
  if (!wanted) return [];
  return blocks.flatMap((block) => {
    const found = [];
    block.folded ??= fold(block.text);
    for (let at = block.folded.indexOf(wanted); at >= 0; at = block.folded.indexOf(wanted, at + wanted.length))
      found.push(rangeOf(block, at, at + wanted.length));
    return found;
  });
}

function rangeOf(block, start, end) {
  const range = document.createRange();
  const at = (place) => block.nodes.findLast((one) => one.start <= place);
  const first = at(start);
  const last = at(end - 1);
  range.setStart(first.node, start - first.start);
  range.setEnd(last.node, end - last.start);
  return range;
}
