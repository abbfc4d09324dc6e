// Nothing typed is lost: a form marked data-kino-keep is remembered in this tab and filled again after a change of
// language, an expired session, a reload or a failed send. Kept under the path without its language, so that the same
// form in another language finds it. Forgotten once the server has taken the form.
//
// <form data-kino-keep>            remembered under its path and its place among such forms
// <form data-kino-keep="name">     remembered under the name too
// Passwords, files, hidden fields and fields marked data-kino-forget are never kept.
//
// A sent form is forgotten when it led to a page that is neither one for errors nor the form with its mistakes, nor a signed-out
// page after a signed-in send; an address typed after no answer, a reload or “back” prove nothing. Signing out forgets all.

const LANGUAGES = new Set([...document.querySelectorAll("[data-kino-language]")].map(link => link.hreflang));
const AGE = 12 * 3600 * 1000;

function plainPath(path) {
  const [, first, ...rest] = path.split("/");
  return LANGUAGES.has(first) ? `/${rest.join("/")}` : path;
}

const person = document.body.dataset.kinoPerson || "";
const keyOf = (form, index, who) => `kino-keep:${who}:${plainPath(location.pathname)}:${form.dataset.kinoKeep || index}`;
const forms = [...document.querySelectorAll("form[data-kino-keep]")];
const keyed = new Map(forms.map((form, index) => [form, keyOf(form, index, person)]));
const keyedBefore = new Map(forms.map((form, index) => [form, keyOf(form, index, "")]));

const fieldsOf = form => [...form.elements].filter(field => field.name && "value" in field
  && !["hidden", "password", "file", "submit", "button"].includes(field.type) && !("kinoForget" in field.dataset));

function read(form) {
  const kept = [];
  for (const field of fieldsOf(form)) {
    if (field.type === "checkbox" || field.type === "radio") kept.push([field.name, field.value, field.checked]);
    else if (field.type === "select-multiple") for (const option of field.options) kept.push([field.name, option.value, option.selected]);
    else kept.push([field.name, field.value, null]);
  }
  return kept;
}

function write(form, kept) {
  let changed = false;
  for (const [name, value, on] of kept) {
    for (const field of fieldsOf(form).filter(field => field.name === name)) {
      if (field.type === "checkbox" || field.type === "radio") {
        if (field.value === value && field.checked !== on) { field.checked = on; changed = true; }
      } else if (field.type === "select-multiple") {
        for (const option of field.options) if (option.value === value && option.selected !== on) { option.selected = on; changed = true; }
      } else if (on === null && field.value !== value) { field.value = value; changed = true; }
    }
  }
  return changed;
}

const store = {
  get(key) { try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; } },
  set(key, value) { try { sessionStorage.setItem(key, JSON.stringify(value)); } catch { /* storage is full or closed */ } },
  drop(key) { try { sessionStorage.removeItem(key); } catch { /* closed */ } },
};

const remember = form => store.set(keyed.get(form), { at: Date.now(), fields: read(form) });

const sent = store.get("kino-sent");
if (sent) {
  const arrived = performance.getEntriesByType("navigation")[0]?.type === "navigate";
  const refused = document.querySelector("[data-kino-errors], .error-page, [data-kino-sign-in]") || (sent.person && !person);
  if (arrived && !refused && (!sent.from || document.referrer.split("#")[0] === sent.from)) store.drop(sent.key);
  store.drop("kino-sent");
}
addEventListener("submit", event => {
  if (!event.target.matches("[data-kino-sign-out]")) return;
  try { localStorage.removeItem("kino-person"); } catch { /* closed */ }
  try { Object.keys(sessionStorage).filter(key => key.startsWith("kino-keep:")).forEach(store.drop); } catch { /* closed */ }
});

/** Whether the server gave the form back with mistakes; then it holds what was typed already. */
function cameBack(form) {
  if (form.querySelector("[aria-invalid=true], [data-kino-errors]")) return true;
  const links = [...document.querySelectorAll("[data-kino-errors] a[href^='#']")];
  return links.some(link => form.contains(document.getElementById(link.hash.slice(1))));
}

for (const form of forms) {
  const kept = store.get(keyed.get(form)) || store.get(keyedBefore.get(form));  // typed before signing in
  const refused = cameBack(form);
  if (kept && Date.now() - kept.at < AGE && !refused && write(form, kept.fields)) {
    form.dispatchEvent(new CustomEvent("kino:restored", { bubbles: true }));
  }
  form.addEventListener("kino:saved", () => [keyed, keyedBefore].forEach(keys => store.drop(keys.get(form))));  // it saves itself
  ["input", "change"].forEach(kind => form.addEventListener(kind, () => remember(form)));
  form.addEventListener("submit", event => {
    if (event.defaultPrevented) return;
    remember(form);
    store.set("kino-sent", { key: keyed.get(form), person, from: location.href.split("#")[0] });
  });
}
