// A report: choosing a claim swaps the panel beside the text and keeps the address. Without this every mark is a link.
import { rangeOf, watch } from "./selecting.js";

const text = document.getElementById("text");
const panel = document.getElementById("chosen");
const adding = document.getElementById("adding");
const marks = () => [...text.querySelectorAll("a.figure")];

// Puts the marks in step with the claim in the panel.
function follow(id) {
  for (const mark of marks()) {
    if (mark.dataset.choose === id) mark.setAttribute("aria-current", "true");
    else mark.removeAttribute("aria-current");
  }
  for (const place of text.querySelectorAll(".place")) place.classList.remove("place");
  CSS.highlights?.delete("asked");
}

// Shows a claim in the panel, and its figure in the text where that is on the page.
async function choose(id, href) {
  const mark = marks().find((one) => one.dataset.choose === id);
  if (mark === undefined) {
    location.assign(href);
    return;
  }
  await htmx.ajax("GET", `/documents/claim?claim=${encodeURIComponent(id)}`, { target: "#chosen", swap: "innerHTML" });
  if (panel.querySelector(`[data-claim="${CSS.escape(id)}"]`) === null) return;
  history.replaceState(history.state, "", href);
  follow(id);
  document.getElementById("told").textContent = `${panel.querySelector(".turns .quiet").textContent}: ${panel.querySelector("h2").textContent}`;
  panel.parentElement.scrollTop = 0;
  // On a narrow screen the panel lies below the text.
  const below = getComputedStyle(panel.parentElement).position === "static";
  (below ? panel : mark).scrollIntoView({ block: below ? "start" : "nearest" });
}

// Lights up the words that a ground rests on.
function light(link) {
  const range = rangeOf(text, Number(link.dataset.start), Number(link.dataset.end));
  if (range === null || CSS.highlights === undefined) return false;
  CSS.highlights.set("asked", new Highlight(range));
  const box = range.getBoundingClientRect();
  if (box.top < 80 || box.bottom > innerHeight) scrollBy({ top: box.top - innerHeight / 3 });
  return true;
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest("a");
  if (link === null) return;
  if (link.dataset.choose !== undefined) {
    event.preventDefault();
    choose(link.dataset.choose, link.href);
  } else if (link.classList.contains("back")) {
    event.preventDefault();
    const mark = text.querySelector("a.figure[aria-current]");
    (mark ?? text).scrollIntoView({ block: "center" });
    mark?.focus({ preventScroll: true });
  } else if (link.classList.contains("cue-link") && light(link)) {
    event.preventDefault();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, [contenteditable]")) return;
  const way = { j: 1, ArrowRight: 1, k: -1, ArrowLeft: -1 }[event.key];
  if (way === undefined) return;
  const seen = new Set();
  const found = marks().filter((one) => !seen.has(one.dataset.choose) && seen.add(one.dataset.choose));
  if (found.length === 0) return;
  const at = found.findIndex((one) => one.hasAttribute("aria-current"));
  const next = at < 0 ? (way > 0 ? 0 : found.length - 1) : at + way;
  event.preventDefault();
  if (next < 0 || next >= found.length) {
    // The report goes on in another part.
    panel.querySelector(`.turns a[rel="${way > 0 ? "next" : "prev"}"]`)?.click();
    return;
  }
  found[next].focus({ preventScroll: true });
  choose(found[next].dataset.choose, found[next].href);
});

if (adding !== null) watch(text, adding);
