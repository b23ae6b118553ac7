// Words selected in a text, as code points of it, and back. A text is made of elements that say in `data-start` where
// their first code point stands, and that hold nothing but its words. The browser counts UTF-16, Tallystick code points.

// How many code points a string has.
function points(words) {
  let count = 0;
  for (const _ of words) count += 1;
  return count;
}

// The element of the text that holds a node, or null.
function holder(root, node) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const found = element === null ? null : element.closest("[data-start]");
  return found !== null && root.contains(found) ? found : null;
}

// Words as the form shows them: the ends of many.
function shown(words) {
  const letters = [...words];
  return letters.length > 160 ? `${letters.slice(0, 100).join("")} … ${letters.slice(-50).join("")}` : words;
}

// Where in the text a boundary of a range stands, or null where it stands outside.
function offsetOf(root, node, at) {
  const element = holder(root, node);
  if (element === null) return null;
  const before = document.createRange();
  before.setStart(element, 0);
  before.setEnd(node, at);
  return Number(element.dataset.start) + points(before.toString());
}

// The part of a range that lies in elements of the text: [start, end, words], or null where there is none.
export function offsetsOf(root, range) {
  let start = null, end = null, words = "";
  for (const element of root.querySelectorAll("[data-start]")) {
    if (!range.intersectsNode(element)) continue;
    const part = document.createRange();
    part.selectNodeContents(element);
    if (part.compareBoundaryPoints(Range.START_TO_START, range) < 0) part.setStart(range.startContainer, range.startOffset);
    if (part.compareBoundaryPoints(Range.END_TO_END, range) > 0) part.setEnd(range.endContainer, range.endOffset);
    const inside = part.toString();
    if (inside === "") continue;
    const first = offsetOf(root, part.startContainer, part.startOffset);
    start = start ?? first;
    end = first + points(inside);
    words += (words === "" ? "" : "\n") + inside;
  }
  return start === null ? null : [start, end, words];
}

// A range around the code points from `start` to before `end`, or null where the text does not show them.
export function rangeOf(root, start, end) {
  const range = document.createRange();
  let begun = false;
  for (const element of root.querySelectorAll("[data-start]")) {
    let at = Number(element.dataset.start);
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const letters = [...node.data];
      const stop = at + letters.length;
      const within = (place) => letters.slice(0, place - at).join("").length;
      if (!begun && start < stop) {
        if (start < at) return null;
        range.setStart(node, within(start));
        begun = true;
      }
      if (begun && end <= stop) {
        range.setEnd(node, within(Math.max(end, at)));
        return range;
      }
      if (begun) range.setEnd(node, node.data.length);
      at = stop;
    }
  }
  return begun ? range : null;
}

// Shows `form` while words of the text are selected, with their document, start and end in its fields.
export function watch(root, form) {
  const { start, end } = form.elements;
  // Pressing its button leaves the words selected, in every browser.
  form.addEventListener("mousedown", (event) => event.preventDefault());
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const found = selection.isCollapsed || selection.rangeCount === 0 ? null : offsetsOf(root, selection.getRangeAt(0));
    form.hidden = found === null || found[2].trim() === "";
    if (form.hidden) return;
    [start.value, end.value] = found;
    form.querySelector("[data-words]").textContent = shown(found[2]);
  });
}
