// Suggestions under a box to search in. Without this file the box is a plain form.
//   data-kino-suggest="address" (on the box: it holds an input; the address answers with options, data-kino-to is where each leads)

const WAIT = 120; // milliseconds after the last key

for (const [number, box] of [...document.querySelectorAll("[data-kino-suggest]")].entries()) {
  const input = box.querySelector("input");
  const list = document.createElement("ul");
  Object.assign(list, { id: `suggestions-${number}`, hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.getAttribute("aria-label"));
  box.append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(name, value);

  let timer, asking, at = -1;
  const options = () => [...list.children];
  function open(is) {
    list.hidden = !is;
    input.setAttribute("aria-expanded", is);
    if (!is) choose(-1);
  }
  function choose(place) {
    at = place;
    for (const [index, option] of options().entries()) option.setAttribute("aria-selected", index === at);
    const chosen = options()[at];
    if (chosen) { input.setAttribute("aria-activedescendant", chosen.id); chosen.scrollIntoView({ block: "nearest" }); }
    else input.removeAttribute("aria-activedescendant");
  }
  async function ask() {
    asking?.abort();
    const typed = input.value.trim();
    if (typed.length < 2) return open(false);
    asking = new AbortController();
    try {
      const answer = await fetch(`${box.dataset.kinoSuggest}?${new URLSearchParams({ q: typed })}`, { signal: asking.signal });
      if (!answer.ok) return open(false);
      const told = new DOMParser().parseFromString(await answer.text(), "text/html");
      list.replaceChildren(...told.querySelectorAll("[role=option]"));
      options().forEach((option, index) => { option.id = `${list.id}-${index}`; });
      at = -1;
      open(list.childElementCount > 0 && document.activeElement === input);
    } catch (error) {
      if (error.name !== "AbortError") open(false); // no network: the form still works
    }
  }
  const go = option => { location.href = option.dataset.kinoTo; };
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  input.addEventListener("keydown", event => {
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); open(false); }
    else if (event.key === "Enter" && options()[at] && !list.hidden) { event.preventDefault(); go(options()[at]); }
    else if (["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      if (list.hidden) return void ask();
      const step = event.key === "ArrowDown" ? 1 : -1, count = options().length + 1; // one place more: the box itself
      choose(((at + 1 + step + count) % count) - 1);
    }
  });
  input.addEventListener("blur", () => open(false));
  list.addEventListener("mousedown", event => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", event => { const option = event.target.closest("[role=option]"); if (option) go(option); });
}
