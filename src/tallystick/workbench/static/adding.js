// Files dropped onto the page or chosen, several times over and whole folders, sent with a line that tells how far.
// Without it the form sends what was chosen, in one go.

const form = document.getElementById("send");
const input = document.getElementById("reports");
const folder = document.getElementById("folder");
const folderButton = document.getElementById("folder-button");
const list = document.getElementById("chosen");
const bar = document.getElementById("sent");
const sending = document.getElementById("sending");
const submit = form.querySelector("button.main");
const limits = { file: Number(form.dataset.mostOfFile), together: Number(form.dataset.mostTogether), files: Number(form.dataset.mostFiles) };
let chosen = [];

const size = (bytes) => bytes >= 1e6 ? `${(bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 1 })} MB` : `${Math.ceil(bytes / 1e3).toLocaleString("en")} kB`;

function said(words) { sending.textContent = words; }

function draw() {
  list.replaceChildren(...chosen.map((one, at) => {
    const line = document.createElement("li");
    const name = document.createElement("span");
    name.className = "name";
    name.dir = "auto";
    name.textContent = one.label;
    const much = document.createElement("span");
    much.className = one.file.size > limits.file ? "number over" : "number quiet";
    much.textContent = one.file.size > limits.file ? `${size(one.file.size)}, too large` : size(one.file.size);
    const away = document.createElement("button");
    away.type = "button";
    away.className = "plain";
    away.textContent = "Remove";
    away.setAttribute("aria-label", `Remove ${one.label}`);
    away.addEventListener("click", () => { chosen.splice(at, 1); draw(); input.focus(); });
    line.append(name, much, away);
    return line;
  }));
  const together = chosen.reduce((sum, one) => sum + one.file.size, 0);
  const trouble = chosen.some((one) => one.file.size > limits.file) ? "Remove the files that are too large."
    : together > limits.together ? `Together they have ${size(together)}; at most ${size(limits.together)} go at once.`
    : chosen.length > limits.files ? `At most ${limits.files.toLocaleString("en")} files go at once; give them as one ZIP.` : "";
  submit.disabled = trouble !== "";
  said(trouble || (chosen.length ? `${chosen.length.toLocaleString("en")} ${chosen.length === 1 ? "file" : "files"}, ${size(together)}` : ""));
}

function take(found) {
  const known = new Set(chosen.map((one) => `${one.label}\n${one.file.size}\n${one.file.lastModified}`));
  for (const one of found) {
    const key = `${one.label}\n${one.file.size}\n${one.file.lastModified}`;
    if (!known.has(key)) { known.add(key); chosen.push(one); }
  }
  draw();
}

async function inside(entry, path) {
  if (entry.isFile) {
    const file = await new Promise((good, bad) => entry.file(good, bad));
    return [{ file, label: path + file.name }];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    // It gives at most a hundred at a time.
    const some = await new Promise((good, bad) => reader.readEntries(good, bad));
    if (!some.length) break;
    for (const one of some) if (!one.name.startsWith(".")) found.push(...await inside(one, `${path}${entry.name}/`));
    if (found.length > limits.files) break;
  }
  return found;
}

async function dropped(transfer) {
  const entries = [...transfer.items].map((one) => one.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files].map((file) => ({ file, label: file.name }));
  const found = [];
  for (const one of entries) found.push(...await inside(one, ""));
  return found;
}

for (const one of document.querySelectorAll(".scripted[hidden]")) if (one !== bar) one.hidden = false;
if (!("webkitdirectory" in folder)) folderButton.hidden = true;
folder.webkitdirectory = true;
folderButton.addEventListener("click", () => folder.click());
input.addEventListener("change", () => { take([...input.files].map((file) => ({ file, label: file.name }))); input.value = ""; });
folder.addEventListener("change", () => { take([...folder.files].map((file) => ({ file, label: file.webkitRelativePath || file.name }))); folder.value = ""; });

const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
let over = 0;
document.addEventListener("dragenter", (event) => { if (holdsFiles(event)) { over += 1; document.body.classList.add("dropping"); } });
document.addEventListener("dragleave", (event) => { if (holdsFiles(event)) { over = Math.max(0, over - 1); if (!over) document.body.classList.remove("dropping"); } });
document.addEventListener("dragover", (event) => { if (holdsFiles(event)) event.preventDefault(); });
document.addEventListener("drop", async (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  over = 0;
  document.body.classList.remove("dropping");
  try { take(await dropped(event.dataTransfer)); } catch { said("The browser cannot read what was dropped."); }
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!chosen.length) { said("Choose a file, or drop some onto the page."); input.focus(); return; }
  const told = new FormData();
  // The token goes first: the server keeps not a byte before it.
  const token = form.querySelector("input[type=hidden]");
  told.append(token.name, token.value);
  for (const one of chosen) told.append("reports", one.file, one.label);
  const call = new XMLHttpRequest();
  submit.disabled = true;
  bar.hidden = false;
  call.upload.addEventListener("progress", (step) => {
    if (!step.lengthComputable) return;
    bar.value = step.loaded / step.total;
    said(`${size(step.loaded)} of ${size(step.total)} sent`);
  });
  const failed = (words) => { bar.hidden = true; submit.disabled = false; said(words); };
  call.addEventListener("load", () => {
    if (call.status < 400 && call.responseURL) { location.assign(call.responseURL); return; }
    const page = new DOMParser().parseFromString(call.responseText, "text/html");
    failed(page.querySelector(".trouble, .lead")?.textContent.trim() || `The server answered ${call.status}.`);
  });
  call.addEventListener("error", () => failed("The server does not answer. Nothing was added."));
  call.addEventListener("abort", () => failed("Stopped. Nothing was added."));
  call.open("POST", form.action);
  call.send(told);
});

const address = document.getElementById("address");
address?.addEventListener("input", () => {
  let host = "";
  try { host = new URL(address.value).hostname; } catch { /* not an address yet */ }
  document.getElementById("asked").textContent = host || "the site in the address";
});
