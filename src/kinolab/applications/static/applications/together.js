// Who of the team is in the form, and in which answer. A courtesy, never a lock: forgotten after half a minute.
//
//   <form data-kino-autosave data-kino-here="url">         asks while the page is seen and somebody has been at it lately
//   <template data-kino-together data-here="… {names}">    what stands beside a field; its content is the element
//   <p data-kino-around data-words="… {names}">            who is in the form at all
//
//   → POST field=<name or "">&since=<time of the last look>
//   ← {"now", "people": [{"name", "field"}], "changed": [{"field", "version", "value"}]}
// What others have written is given to the form (`kino:changed`), which takes it in where nobody types here.

const TOGETHER = 12000, ALONE = 24000, AWAY = 300000, GLANCE = 800;
const form = document.querySelector("form[data-kino-here]");
const template = document.querySelector("template[data-kino-together]");
let since = document.querySelector('meta[name="kino-now"]')?.content || "", field = "", busy = false, timer, moved = Date.now(), company = false;

function show(people) {
  for (const old of document.querySelectorAll("[data-kino-here-at]")) {
    old.closest(".field")?.removeAttribute("data-here");
    old.remove();
  }
  const places = Map.groupBy ? Map.groupBy(people, one => one.field) : people.reduce((all, one) => all.set(one.field, [...(all.get(one.field) || []), one]), new Map());
  for (const [name, there] of places) {
    const box = name && [...form.elements].find(one => one.name === name)?.closest(".field");
    if (!box) continue;
    const mark = template.content.firstElementChild.cloneNode(true);
    mark.dataset.kinoHereAt = name;
    mark.querySelector("[data-kino-names]").textContent = template.dataset.here.replace("{names}", there.map(one => one.name).join(", "));
    box.dataset.here = "";
    (box.querySelector(".field__foot") || box).prepend(mark);  // where nothing moves when it comes and goes
  }
  for (const line of document.querySelectorAll("[data-kino-around]")) {
    const text = people.length ? line.dataset.words.replace("{names}", people.map(one => one.name).join(", ")) : "";
    if (line.textContent !== text) line.textContent = text;
    line.hidden = !text;
  }
}

async function look() {
  clearTimeout(timer);
  if (busy || document.visibilityState === "hidden" || Date.now() - moved > AWAY) return;
  busy = true;
  try {
    const body = new URLSearchParams({ field, since, person: document.body.dataset.kinoPerson || "" });
    const headers = { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
    const response = await fetch(form.dataset.kinoHere, { method: "POST", body, headers, redirect: "manual" });
    if (response.ok) {
      const { now, people, changed } = await response.json();
      since = now;
      company = people.length > 0;
      show(people);
      for (const one of changed) form.dispatchEvent(new CustomEvent("kino:changed", { detail: one }));
    }
  } catch { show([]); }  // no network: nobody is seen
  busy = false;
  timer = setTimeout(look, company ? TOGETHER : ALONE);
}

if (form && template) {
  const soon = () => { clearTimeout(timer); timer = setTimeout(look, GLANCE); };
  form.addEventListener("focusin", event => {
    const name = event.target.name || "";
    moved = Date.now();
    if (name !== field) { field = name; soon(); }
  });
  form.addEventListener("input", () => { if (Date.now() - moved > AWAY) soon(); moved = Date.now(); });
  addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") { moved = Date.now(); soon(); } });
  addEventListener("online", soon);
  soon();
}
