// The reading room's keys, its live count and its tabs. Each works without this file; no key is the only way.
//   form[data-reading] with fieldset.criterion      0–5 mark where one stands, or the first without a mark
//   a[data-reading-next], a[data-reading-previous]  j, k
//   dialog[data-reading-keys]                       ?
//   [data-reading-marked]                           how many criteria are marked
//   nav[data-reading-jump]                          tabs: the part being read is the current one

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const form = one("form[data-reading]");
const criteria = form ? all(".criterion", form).filter(box => one(".scale", box)) : [];
const isMarked = box => one(".scale :checked", box) !== null;

function mark(figure) {
  const here = document.activeElement?.closest?.(".criterion");
  const box = criteria.includes(here) ? here : criteria.find(box => !isMarked(box));
  const step = box && one(`.scale input[value="${figure}"]`, box);
  if (!step) return;
  step.focus();
  if (!step.checked) step.click();
}

// Letters by their place on the keyboard: the same with a Kyrgyz or Russian layout.
addEventListener("keydown", event => {
  if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing || one("dialog[open]")) return;
  if (event.target.matches?.("textarea, select, input:not([type=radio], [type=checkbox])")) return;
  if (/^[0-5]$/.test(event.key)) { event.preventDefault(); mark(event.key); }
  else if (event.code === "KeyJ") one("a[data-reading-next]")?.click();
  else if (event.code === "KeyK") one("a[data-reading-previous]")?.click();
  else if (event.key === "?") one("dialog[data-reading-keys]")?.showModal();
});

function count() {
  const marked = criteria.filter(isMarked).length;
  for (const out of all("[data-reading-marked]")) out.textContent = marked;
}
if (form) {
  form.addEventListener("change", count);
  form.addEventListener("kino:restored", count);
  count();
}

const tabs = all("[data-reading-jump] a");
if (tabs.length) {
  const shown = new Set();
  const watch = new IntersectionObserver(entries => {
    for (const entry of entries) shown[entry.isIntersecting ? "add" : "delete"](entry.target.id);
    const now = tabs.find(tab => shown.has(tab.hash.slice(1)));
    if (now) for (const tab of tabs) { if (tab === now) tab.setAttribute("aria-current", "true"); else tab.removeAttribute("aria-current"); }
  }, { rootMargin: "-15% 0px -60%" });
  for (const tab of tabs) watch.observe(one(tab.hash));
}
// Without a script the fold stands closed and a link opens it; with one, an address that names it opens it too.
if (location.hash === "#abstain") one("#abstain").open = true;
