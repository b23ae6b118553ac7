// Keys for what the buttons of the review page do, drafts that outlive a wrong turn, and marking words as the figure.

document.documentElement.classList.add("keyed");

const typing = (target) => target instanceof Element && target.closest("input:not([type='checkbox']), select, textarea, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const keys = document.getElementById("keys");
  if (event.key === "Escape") {
    if (typing(event.target)) event.target.blur();
    else document.querySelector("[data-leave]")?.click();
    return;
  }
  if (typing(event.target) || keys?.open) return;
  if (event.key === "?") {
    keys?.showModal();
    event.preventDefault();
    return;
  }
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!wanted || event.repeat) return;
  event.preventDefault();
  if (wanted.matches("input")) wanted.focus();
  else wanted.click();
});

// A second press while the first is on its way would judge the next claim unseen.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method === "dialog") return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
  setTimeout(() => delete event.target.dataset.sent, 5000);
});
addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach((form) => delete form.dataset.sent));

// What was typed into a form is there again when its page is, in this tab alone, until a decision was kept.
const PREFIX = "draft ";
if (document.querySelector(".done")) {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(PREFIX)) sessionStorage.removeItem(name);
}
for (const form of document.querySelectorAll("form[data-draft]")) {
  const kept = PREFIX + form.getAttribute("action");
  const fields = [...form.elements].filter((one) => one.name && one.type !== "hidden" && one.type !== "checkbox");
  const note = form.querySelector("[data-restored]");
  // What the server shows after an error is what was typed last.
  if (!document.querySelector(".trouble")) {
    const held = JSON.parse(sessionStorage.getItem(kept) || "{}");
    for (const field of fields) {
      if (!(field.name in held) || field.value === held[field.name]) continue;
      field.value = held[field.name];
      if (note) note.hidden = false;
    }
  }
  form.addEventListener("input", () => {
    sessionStorage.setItem(kept, JSON.stringify(Object.fromEntries(fields.map((one) => [one.name, one.value]))));
  });
  const forget = () => sessionStorage.removeItem(kept);
  form.querySelector("[data-leave]")?.addEventListener("click", forget);
  form.querySelector("[data-afresh]")?.addEventListener("click", () => {
    forget();
    form.reset();
    note.hidden = true;
  });
  const wrong = form.querySelector("[aria-invalid]");
  const begin = () => {
    if (document.activeElement === document.body) (wrong || fields[0])?.focus({ preventScroll: !wrong });
  };
  begin();
  // Going to the part of a page that its address names takes the focus from it again.
  addEventListener("load", () => setTimeout(begin));
}

// Offsets are code points of the report's text; a string of JavaScript counts otherwise beyond the basic plane.
const points = (text) => [...text].length;
const paragraph = document.getElementById("paragraph");
const marking = document.querySelector("[data-marking]");
if (paragraph && marking) {
  marking.hidden = false;
  marking.querySelector("[data-mark]").addEventListener("click", () => {
    const chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed || !paragraph.contains(chosen.getRangeAt(0).commonAncestorContainer)) return;
    const range = chosen.getRangeAt(0);
    const before = document.createRange();
    before.selectNodeContents(paragraph);
    before.setEnd(range.startContainer, range.startOffset);
    const words = range.toString();
    const start = Number(paragraph.dataset.start) + points(before.toString()) + points(words) - points(words.trimStart());
    const form = marking.closest("form");
    form.elements.start.value = start;
    form.elements.end.value = start + points(words.trim());
    form.dispatchEvent(new Event("input"));
  });
}
