// Choosing rows of the table of claims by keyboard and mouse; without it every box can still be checked.

const boxes = () => [...document.querySelectorAll('input[name="claim"]')];
let last = null;

/** Say how many are chosen, in the bar and on the box for all. */
function tell() {
  const all = boxes();
  const chosen = all.filter((box) => box.checked).length;
  const bar = document.getElementById("chosen");
  if (bar) bar.textContent = chosen === 0 ? "None chosen" : chosen === 1 ? "1 claim chosen" : `${chosen} claims chosen`;
  // The bar stays in sight only while there is something to decide about.
  document.getElementById("judge")?.classList.toggle("idle", chosen === 0);
  const every = document.getElementById("choose-all");
  if (!every) return;
  every.hidden = false;
  every.checked = chosen > 0 && chosen === all.length;
  every.indeterminate = chosen > 0 && chosen < all.length;
}

// Where the window is narrow the filters would hide what they filter.
const wide = window.matchMedia("(min-width: 58.01rem)");
function fold() {
  const more = document.getElementById("more");
  if (more) more.open = wide.matches;
}
wide.addEventListener("change", fold);

/** Give every box from the last one that was touched to this one the same mark. */
function reach(to) {
  const all = boxes();
  const ends = [all.indexOf(last), all.indexOf(to)].sort((one, other) => one - other);
  if (ends[0] < 0) return;
  for (const box of all.slice(ends[0], ends[1] + 1)) box.checked = to.checked;
}

document.addEventListener("click", (event) => {
  if (event.target.name !== "claim") return;
  if (event.shiftKey && last) reach(event.target);
  last = event.target;
  tell();
});

document.addEventListener("change", (event) => {
  if (event.target.id === "choose-all") for (const box of boxes()) box.checked = event.target.checked;
  if (event.target.id === "choose-all" || event.target.name === "claim") tell();
});

// In a box: the arrows go to the next row, with Shift its box is checked too.
document.addEventListener("keydown", (event) => {
  if (event.target.name !== "claim" || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  const all = boxes();
  const next = all[all.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1)];
  event.preventDefault();
  if (!next) return;
  if (event.shiftKey) next.checked = event.target.checked = true;
  last = next;
  next.focus();
  tell();
});

// A new table came: say to those who do not see it how many claims it has, and lead to what was refused.
document.addEventListener("htmx:afterSwap", (event) => {
  if (!["results", "claims"].includes(event.detail.target?.id)) return;
  last = null;
  tell();
  if (event.detail.target.id === "claims") fold();
  const told = document.getElementById("told");
  const total = document.getElementById("total");
  if (told && total) told.textContent = total.textContent;
  document.getElementById("outcome")?.focus();
});

fold();
tell();
