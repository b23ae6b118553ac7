// A picture that can be zoomed and moved by buttons, keys, wheel and pointer; it is whole without this.

const STEP = 60; // pixels that an arrow key moves
const FACTOR = 1.4; // of one step of zoom
const LARGEST = 12;

function enliven(box) {
  const sheet = box.querySelector(".sheet");
  const scene = box.querySelector(".scene");
  const first = { startScale: Number(box.dataset.scale) || 1, startX: Number(box.dataset.x) || 0, startY: Number(box.dataset.y) || 0 };
  const zoom = window.Panzoom(scene, { maxScale: LARGEST, minScale: 0.4, step: 0.3, cursor: "", touchAction: "pan-y", noBind: true, ...first });
  sheet.classList.add("live");
  box.querySelector(".tools").hidden = false;

  const by = (factor) => zoom.zoom(zoom.getScale() * factor, { animate: false });
  const move = (x, y) => zoom.pan(x / zoom.getScale(), y / zoom.getScale(), { relative: true });
  const keys = {
    "+": () => by(FACTOR), "=": () => by(FACTOR), "-": () => by(1 / FACTOR), 0: () => zoom.reset({ animate: false }),
    ArrowLeft: () => move(STEP, 0), ArrowRight: () => move(-STEP, 0), ArrowUp: () => move(0, STEP), ArrowDown: () => move(0, -STEP),
  };
  sheet.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });
  box.querySelector("[data-zoom-in]").addEventListener("click", keys["+"]);
  box.querySelector("[data-zoom-out]").addEventListener("click", keys["-"]);
  box.querySelector("[data-zoom-reset]").addEventListener("click", keys[0]);
  sheet.addEventListener("wheel", (event) => {
    // The wheel alone scrolls the page.
    if (event.ctrlKey || event.metaKey) zoom.zoomWithWheel(event);
  }, { passive: false });

  // A link in the picture is followed where nothing was dragged.
  let from = null;
  sheet.addEventListener("pointerdown", (event) => { from = [event.clientX, event.clientY]; zoom.handleDown(event); });
  document.addEventListener("pointermove", (event) => zoom.handleMove(event), { passive: true });
  document.addEventListener("pointerup", (event) => zoom.handleUp(event), { passive: true });
  sheet.addEventListener("click", (event) => {
    if (from && Math.hypot(event.clientX - from[0], event.clientY - from[1]) > 5) event.preventDefault();
  }, true);
  sheet.addEventListener("dragstart", (event) => event.preventDefault());
  // What the Tab key reaches is moved into sight, as scrolling would do it.
  scene.addEventListener("focusin", (event) => {
    sheet.scrollTop = 0;
    sheet.scrollLeft = 0;
    const at = event.target.getBoundingClientRect();
    const frame = sheet.getBoundingClientRect();
    const by = (low, high, first, last) => low < first ? first - low + STEP : high > last ? last - high - STEP : 0;
    const x = by(at.left, at.right, frame.left, frame.right);
    const y = by(at.top, at.bottom, frame.top, frame.bottom);
    if (x || y) move(x, y);
  });
  sheet.addEventListener("scroll", () => { sheet.scrollTop = 0; sheet.scrollLeft = 0; });
}

for (const box of document.querySelectorAll("[data-zoom]")) enliven(box);
