// Keyboard and permalinks. Every page reads without this file.
const text = document.querySelector(".account .text");
const passages = [...document.querySelectorAll(".passage, .point, .origin, .hits > li")];
const marks = [...document.querySelectorAll("mark, .text .q, .text .t, .sides, .here")];
let atPassage = -1, atMark = -1;

/** Moves to the next or previous of some elements and says where. */
function step(list, at, by) {
  if (list.length === 0) return at;
  const next = Math.min(list.length - 1, Math.max(0, at + by));
  list.forEach((element) => element.classList.remove("at"));
  list[next].classList.add("at");
  list[next].closest("details")?.setAttribute("open", "");
  list[next].setAttribute("tabindex", "-1");
  list[next].focus({ preventScroll: true });
  list[next].scrollIntoView({ block: "center" });
  return next;
}

/** Length in code points, the unit of every address. */
const length = (words) => [...words].length;

/** The passage and the UTF-16 offset in it of a code point of the document. */
function locate(point) {
  let best = null;
  for (const passage of document.querySelectorAll(".text [data-at]")) {
    if (Number(passage.dataset.at) <= point) best = passage;
  }
  if (!best) return null;
  let left = point - Number(best.dataset.at);
  const walker = document.createTreeWalker(best, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const here = [...node.data];
    if (left <= here.length) return [node, here.slice(0, left).join("").length];
    left -= here.length;
  }
  return null;
}

/** Shows the words of `#s=start-end`. */
function show() {
  const match = /^#s=(\d+)-(\d+)$/.exec(location.hash);
  if (!match || !text) return;
  const [from, to] = [locate(Number(match[1])), locate(Number(match[2]))];
  if (!from || !to) return;
  const range = document.createRange();
  range.setStart(...from);
  range.setEnd(...to);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  from[0].parentElement.scrollIntoView({ block: "center" });
}

/** The code point at which a place of the page stands in the document. */
function pointOf(node, offset) {
  const passage = (node.nodeType === 1 ? node : node.parentElement)?.closest("[data-at]");
  if (!passage) return null;
  const before = document.createRange();
  before.setStart(passage, 0);
  before.setEnd(node, offset);
  return Number(passage.dataset.at) + length(before.toString());
}

/** Puts the address of the selected words into the address bar. */
function keepSelection() {
  const selection = getSelection();
  if (!text || selection.isCollapsed || !text.contains(selection.anchorNode)) return;
  const range = selection.getRangeAt(0);
  const [start, end] = [pointOf(range.startContainer, range.startOffset), pointOf(range.endContainer, range.endOffset)];
  if (start !== null && end !== null && start < end) history.replaceState(null, "", `#s=${start}-${end}`);
}

const KEYS = [
  ["j / k", "next, previous passage"], ["n / p", "next, previous mark"], ["/", "search"],
  ["c o t a", "case, origins, points, actors"], ["select words", "their address appears in the address bar"], ["?", "these keys"],
];

function help() {
  let dialog = document.querySelector("dialog.keys");
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.className = "keys";
    dialog.setAttribute("aria-label", "Keys");
    const list = document.createElement("dl");
    for (const [key, what] of KEYS) {
      const dt = document.createElement("dt"), dd = document.createElement("dd"), kbd = document.createElement("kbd");
      kbd.textContent = key;
      dt.append(kbd);
      dd.textContent = what;
      list.append(dt, dd);
    }
    const close = document.createElement("button");
    close.textContent = "Close";
    close.addEventListener("click", () => dialog.close());
    dialog.append(list, close);
    document.body.append(dialog);
  }
  dialog.open ? dialog.close() : dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const go = (page) => { location.href = page; };
  const keys = {
    j: () => { atPassage = step(passages, atPassage, 1); },
    k: () => { atPassage = step(passages, atPassage, -1); },
    n: () => { atMark = step(marks, atMark, 1); },
    p: () => { atMark = step(marks, atMark, -1); },
    "/": () => document.querySelector("#q, #find")?.focus(),
    "?": help,
    c: () => go("/"),
    o: () => go("/origins"),
    t: () => go("/points"),
    a: () => go("/actors"),
  };
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
document.addEventListener("selectionchange", () => { clearTimeout(keepSelection.timer); keepSelection.timer = setTimeout(keepSelection, 250); });
addEventListener("hashchange", show);
show();
document.querySelector("#hit")?.scrollIntoView({ block: "center" });
