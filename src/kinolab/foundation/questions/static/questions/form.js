// What the form does while one types, beside saving. Without this file each page shows the same after it was saved.
//   data-kino-shown-if   when a question shows: JSON of foundation.questions.domain.conditions.open_part
//   data-kino-rows       a table of entries: when the last row is begun, another appears (data-kino-most bounds it)
//   data-kino-plan       the sums of a finance plan under its table: the sentence with its places left open

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const number = text => {
  const plain = text.replace(/[ \u00a0\u202f]/g, "").replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : NaN;
};

// --- Questions that show by an answer --- (the twin of domain.conditions.holds)
/** Whether a condition holds; `answers(field)` gives the texts of a field that shows. */
export function holds(condition, answers) {
  if (typeof condition === "boolean") return condition;
  if (condition.all) return condition.all.every(part => holds(part, answers));
  if (condition.any) return condition.any.some(part => holds(part, answers));
  if (condition.none) return !condition.none.some(part => holds(part, answers));
  const given = answers(condition.field).filter(text => text.trim());
  if ("answered" in condition) return condition.answered === given.length > 0;
  if (!given.length) return false;
  if (condition.is) return given.some(text => condition.is.includes(text));
  if (condition.is_not) return !given.some(text => condition.is_not.includes(text));
  const value = number(given[0]);
  return "at_least" in condition ? value >= Number(condition.at_least) : value <= Number(condition.at_most);
}
function texts(form, name) {
  const fields = [...form.elements].filter(field => field.name === name && !field.closest("[hidden]"));
  return fields.filter(field => !["checkbox", "radio"].includes(field.type) || field.checked).map(field => field.value);
}
function show() {
  for (const place of all("[data-kino-shown-if]")) {  // in their order: a hidden answer counts for none that follows
    const form = place.closest("form");
    if (form) place.hidden = !holds(JSON.parse(place.dataset.kinoShownIf), name => texts(form, name));
  }
}

// --- Tables ---
const controls = row => all("input, select", row);
const begun = row => controls(row).some(field => field.value.trim() && !["currency", "status"].includes(field.parentElement.dataset.sort));
function grow(table) {
  const rows = all(".entry", table), last = rows.at(-1), most = Number(table.dataset.kinoMost) || 200;
  if (!last || !begun(last) || rows.length >= most || controls(last)[0].readOnly) return;
  const fresh = last.cloneNode(true);
  for (const field of controls(fresh)) field.value = field.parentElement.dataset.sort === "currency" ? field.value : "";
  fresh.setAttribute("aria-label", last.getAttribute("aria-label").replace(/\d+/, rows.length + 1));
  table.append(fresh);
}
function sum(out) {
  const sums = new Map();
  for (const row of all(".entry", out.closest("fieldset"))) {
    const part = sort => row.querySelector(`[data-sort="${sort}"] :is(input, select)`)?.value || "";
    const amount = number(part("amount")), currency = part("currency");
    if (!(amount >= 0) || !currency) continue;
    const held = sums.get(currency) || { total: 0, confirmed: 0 };
    held.total += amount;
    if (part("status") === "confirmed") held.confirmed += amount;
    sums.set(currency, held);
  }
  const languages = [document.documentElement.lang, "ru"];  // browsers have no numbers of the languages of the region
  const shown = new Intl.NumberFormat(languages), share = new Intl.NumberFormat(languages, { style: "percent" });
  out.replaceChildren();
  for (const [currency, { total, confirmed }] of sums) {
    const percent = share.format(total ? Math.floor(confirmed * 100 / total) / 100 : 0);
    const words = { currency, percent, total: shown.format(total), confirmed: shown.format(confirmed) };
    const line = out.dataset.kinoPlan.replace(/\{(\w+)\}/g, (_, name) => words[name]);
    if (out.childNodes.length) out.append(document.createElement("br"));
    out.append(line);
  }
}

function refresh(event) {
  show();
  const table = event?.target.closest?.("[data-kino-rows]");
  if (table) grow(table);
  const out = event?.target.closest?.("fieldset")?.querySelector("[data-kino-plan]");
  if (out) sum(out);
}
addEventListener("input", refresh);
addEventListener("change", refresh);
addEventListener("kino:restored", refresh);
addEventListener("htmx:afterSettle", () => refresh());
addEventListener("pageshow", () => refresh());
all("[data-kino-rows]").forEach(grow);
all("[data-kino-rows-hint]").forEach(hint => { hint.hidden = true; });
show();
