// Pieces of a film are dragged to their place by their handle, or by their frame on the strip. Every move is a form on the page:
// dragging fills in the place and sends it, so that it works in one way alone.
const places = root => [...root.querySelectorAll("[data-kino-list] > [data-kino-piece]")];
let drag = null;

const ready = () => document.querySelector("[data-kino-order]")?.setAttribute("data-state", "ready");
ready();
addEventListener("htmx:afterSettle", ready);

function mark(to) {
  for (const row of places(document)) row.removeAttribute("data-drop");
  const rows = places(document).filter(row => row !== drag.row);
  if (to === null || !rows.length) return;
  if (to < rows.length) rows[to].dataset.drop = "before";
  else rows.at(-1).dataset.drop = "after";
}

// How many of the others lie before the pointer: along the strip from left to right, in the list from top to bottom.
function target(event) {
  const along = drag.frame ? [...document.querySelectorAll("[data-kino-frame]")] : places(document);
  const others = along.filter(one => (one.dataset.kinoFrame ?? one.dataset.kinoPiece) !== drag.code);
  return others.filter(one => {
    const box = one.getBoundingClientRect();
    return drag.frame ? box.left + box.width / 2 < event.clientX : box.top + box.height / 2 < event.clientY;
  }).length;
}

function stop() {
  if (!drag) return;
  drag.row?.removeAttribute("data-state");
  if (drag.row && drag.was) drag.row.dataset.state = drag.was;
  mark(null);
  drag = null;
}

addEventListener("pointerdown", event => {
  const hold = event.target.closest?.("[data-kino-grip], [data-kino-frame]");
  if (!hold || event.button !== 0) return;
  const frame = hold.dataset.kinoFrame;
  const code = frame ?? hold.closest("[data-kino-piece]").dataset.kinoPiece;
  const row = document.querySelector(`[data-kino-list] > [data-kino-piece="${CSS.escape(code)}"]`);
  if (!row?.querySelector("[data-kino-place]")) return;
  event.preventDefault();
  drag = { code, row, frame: Boolean(frame), was: row.dataset.state, x: event.clientX, y: event.clientY, to: null };
});
addEventListener("pointermove", event => {
  if (!drag) return;
  if (drag.to === null && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 6) return;
  drag.row.dataset.state = "moving";
  drag.to = target(event);
  mark(drag.to);
  const edge = event.clientY < 80 ? -12 : event.clientY > innerHeight - 80 ? 12 : 0;
  if (edge) scrollBy(0, edge);
});
addEventListener("pointerup", () => {
  if (!drag) return;
  const { row, to } = drag;
  const before = places(document).indexOf(row);
  stop();
  if (to === null || to === before) return;
  const form = row.querySelector("[data-kino-place]");
  form.elements.place.value = to + 1;
  form.requestSubmit();
});
addEventListener("pointercancel", stop);
addEventListener("keydown", event => {
  if (event.key === "Escape") return stop();
  const row = event.altKey && event.target.closest?.("[data-kino-list] > [data-kino-piece]");
  const which = { ArrowUp: "up", ArrowDown: "down" }[event.key];
  if (!row || !which) return;
  event.preventDefault();
  document.getElementById(`${which}-${row.dataset.kinoPiece}`)?.click();
});
