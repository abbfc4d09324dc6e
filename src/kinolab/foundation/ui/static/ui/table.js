// Tables: keys and the bar that counts selected rows. No key is the only way.
//   <table data-kino-rows>            j k move, x select, o open, / search, ? help
//   <input data-kino-filter>          where / leads
//   <input type=checkbox data-kino-all>   selects every row of its table
//   <span data-kino-picked>           how many rows are selected
//   <dialog data-kino-keys>           opened by ?

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const rows = () => all("[data-kino-rows] tbody tr").filter(row => one("a, input", row));
const boxes = table => all("tbody input[type=checkbox]", table);

function move(step) {
  const list = rows(), now = list.findIndex(row => row.hasAttribute("data-cursor"));
  const next = list[Math.min(list.length - 1, Math.max(0, now + step))];
  if (!next) return;
  list[now]?.removeAttribute("data-cursor");
  next.setAttribute("data-cursor", "");
  (one("a", next) || one("input", next)).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

addEventListener("keydown", event => {
  if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing) return;
  if (event.target.matches?.("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  if (one("dialog[open]") || !one("[data-kino-rows], [data-kino-filter]")) return;
  const row = one("[data-kino-rows] tr[data-cursor]");
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "x") one("input[type=checkbox]", row || document.createElement("i"))?.click();
  else if (event.key === "o") one("a", row || document.createElement("i"))?.click();
  else if (event.key === "/") { event.preventDefault(); one("[data-kino-filter]")?.focus(); }
  else if (event.key === "?") one("dialog[data-kino-keys]")?.showModal();
});

function countPicked() {
  for (const box of all(".table-box")) {
    const table = one("[data-kino-rows]", box), list = table ? boxes(table) : [];
    const picked = list.filter(input => input.checked).length;
    for (const out of all("[data-kino-picked]", box)) out.textContent = picked;
    const every = one("[data-kino-all]", box);
    if (every) { every.checked = picked > 0 && picked === list.length; every.indeterminate = picked > 0 && picked < list.length; }
  }
}
addEventListener("change", event => {
  if (event.target.matches?.("[data-kino-all]")) {
    for (const input of boxes(event.target.closest("table"))) input.checked = event.target.checked;
  }
  countPicked();
});
addEventListener("pageshow", countPicked);
addEventListener("htmx:afterSwap", countPicked);
countPicked();
