// A form that saves itself. Typed text is first kept on this device, then sent; nothing is lost by a crash, a dead
// network, an expired session or a second author.
//
//   <form data-kino-autosave="/ky/…/save/" method="post">{% csrf_token %}
//     <textarea name="logline" data-kino-version="3">
//   <p role="status" data-kino-save-state>        anywhere on the page: the state of all
//   <span data-kino-saved="logline">              beside a field ({% field %} makes it): its saved time
//   <div data-kino-meter>                         replaced by `meter` of an answer
//   <input type="hidden" name="logline-version">  if there is one, follows the version too
//   data-kino-manual on a field                   is left out; files, passwords and read-only fields always are
//
// Protocol, one field per request.
//   → POST, form-encoded: field=<name>&value=<text>&version=<n>, value repeated when several boxes are ticked, one
//     empty value when none is. Headers X-CSRFToken, X-Kino-Version, Accept: application/json.
//   ← 200 {"field", "version", "saved_at", "saved_at_text", "meter": "<html>"}   version to send next time
//   ← 409 {"field", "version", "value", "by"}   somebody else saved meanwhile; value is a text or a list of texts
//   ← 422 {"field", "error"}                    not taken; the sentence stands beside the field
//   ← 403 {"signed_out": true, "sign_in": url}  or a redirect to the sign-in page: kept until the next visit
//   ← 403 {"reason": "…"}                       no longer open for writing
//   ← anything else, or no answer               tried again after 2, 4, 8 … 60 seconds and when the network is back
//
// The first version of a field without data-kino-version is 0.

const QUIET = 1000, SHORTEST = 2000, LONGEST = 60000, KEEPALIVE_BYTES = 60000;
const words = document.querySelector("template[data-kino-words]")?.dataset || {};
const person = document.body.dataset.kinoPerson || "";
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

class SelfSaving {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.kinoAutosave;
    this.key = `kino-autosave:${person}:${this.url.replace(/^\/[a-z]{2}\//, "/")}`;
    this.queue = this.stored();      // name → {value: [text], version, sent}
    this.going = new Set();          // names on their way
    this.held = new Set();           // names that wait for a person: conflict, mistake
    this.stopped = false;
    this.pause = SHORTEST;
    form.addEventListener("input", event => this.noticed(event.target));
    form.addEventListener("change", event => { this.noticed(event.target); this.soon(0); });
    form.addEventListener("focusout", () => this.soon(0));
    // The form sent as a whole carries everything; what it did not reach is still on the device.
    form.addEventListener("submit", event => { if (!event.defaultPrevented) { this.stopped = true; clearTimeout(this.timer); } });
    addEventListener("pageshow", event => { if (event.persisted) { this.stopped = false; this.soon(0); } });
    addEventListener("online", () => this.soon(0));
    addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.leave(); });
    addEventListener("pagehide", () => this.leave());
    this.takeUp();
  }

  // --- the device ---
  stored() { try { return JSON.parse(localStorage.getItem(this.key)) || {}; } catch { return {}; } }
  store() {
    try {
      if (Object.keys(this.queue).length) localStorage.setItem(this.key, JSON.stringify(this.queue));
      else localStorage.removeItem(this.key);
    } catch { /* storage is full or closed: the text still stands in the field */ }
  }

  // --- the fields ---
  fields(name) { return [...this.form.elements].filter(field => field.name === name); }
  saves(field) {
    return field.name && field.name !== "csrfmiddlewaretoken" && !field.disabled && !field.readOnly
      && !["file", "password", "hidden", "submit", "button"].includes(field.type) && !("kinoManual" in field.dataset);
  }
  value(name) { const found = new FormData(this.form).getAll(name).map(String); return found.length ? found : [""]; }
  version(name) { return Number(this.fields(name).find(field => field.dataset.kinoVersion)?.dataset.kinoVersion || 0); }
  setVersion(name, version) {
    for (const field of this.fields(name)) field.dataset.kinoVersion = version;
    for (const field of this.fields(`${name}-version`)) field.value = version;  // for sending the whole form
  }
  fill(name, value) {
    let place = 0;  // several lines of one name are filled in their order
    for (const field of this.fields(name)) {
      if (field.type === "checkbox" || field.type === "radio") field.checked = value.includes(field.value);
      else if (field.type === "select-multiple") for (const option of field.options) option.selected = value.includes(option.value);
      else field.value = value[place++] ?? "";
    }
    this.form.dispatchEvent(new CustomEvent("kino:restored", { bubbles: true }));
  }
  takeUp() {
    for (const [name, entry] of Object.entries(this.queue)) {
      const fields = this.fields(name);
      if (!fields.length) continue;  // typed on another page of the same form: sent from here
      if (same(this.value(name), entry.value)) delete this.queue[name];
      else if (fields.some(field => this.saves(field))) this.fill(name, entry.value);
      else this.held.add(name);
    }
    this.store();
    if (Object.keys(this.queue).length) this.soon(0);
  }

  // --- noticing and sending ---
  noticed(field) {
    if (!this.saves(field)) return;
    const name = field.name, before = this.queue[name];
    this.queue[name] = { value: this.value(name), version: before?.version ?? this.version(name), sent: before?.sent };
    this.store();
    this.held.delete(name);
    this.soon(QUIET);
  }
  soon(wait) {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.flush(), wait);
  }
  waiting() { return Object.keys(this.queue).filter(name => !this.going.has(name) && !this.held.has(name)); }
  async flush() {
    for (const name of this.waiting()) if (!(await this.send(name))) return;
    if (this.waiting().length) this.soon(QUIET);
  }
  leave() { if (!this.stopped) for (const name of this.waiting()) this.send(name, true); }

  async send(name, leaving = false) {
    const entry = this.queue[name], value = entry.value;
    const body = new URLSearchParams([["field", name], ["version", entry.version], ...value.map(text => ["value", text])]);
    const headers = {
      Accept: "application/json",
      "X-CSRFToken": this.form.elements.csrfmiddlewaretoken?.value || "",
      "X-Kino-Version": String(entry.version),
    };
    const keepalive = leaving && new Blob([body.toString()]).size < KEEPALIVE_BYTES;
    const before = entry.sent;
    this.going.add(name);
    entry.sent = value;
    this.store();
    let response, answer = {};
    try {
      response = await fetch(this.url, { method: "POST", body, headers, keepalive, redirect: "manual" });
      if (response.type !== "opaqueredirect") answer = await response.json().catch(() => ({}));
    } catch { response = null; }
    this.going.delete(name);
    return this.answered(name, value, before, response, answer);
  }

  answered(name, value, before, response, answer) {
    const entry = this.queue[name];
    if (!response || response.status >= 500 || response.status === 429) return this.later();
    if (response.type === "opaqueredirect" || response.status === 401 || answer.signed_out) return this.signedOut(answer.sign_in);
    if (response.ok && "version" in answer) {
      this.pause = SHORTEST;
      this.setVersion(name, answer.version);
      if (entry && same(entry.value, value)) delete this.queue[name];
      else if (entry) entry.version = answer.version;
      this.store();
      this.saved(name, answer);
      return true;
    }
    if (response.status === 409) return this.conflict(name, value, before, answer);
    if (response.status === 422) { this.held.add(name); this.mistake(name, answer.error || ""); return true; }
    if (response.status === 403 && answer.reason) { this.stopped = true; this.say(answer.reason, "bad"); return false; }
    return this.later();
  }
  later() {
    this.say(words.kept, "lamp");
    this.soon(this.pause);
    this.pause = Math.min(LONGEST, this.pause * 2);
    return false;
  }

  // --- what people see ---
  say(text, tone = "") {
    for (const place of document.querySelectorAll("[data-kino-save-state]")) {
      if (place.textContent !== text) place.textContent = text;
      place.dataset.tone = tone;
    }
  }
  beside(name) { const field = this.fields(name)[0]; return field?.closest(".field") || field?.closest("fieldset") || this.form; }
  inWords(name, value) {  // a choice by its label
    const choice = this.fields(name).find(field => ["radio", "checkbox"].includes(field.type) && field.value === value);
    return choice?.closest("label")?.textContent.trim() || value;
  }
  saved(name, answer) {
    this.form.dispatchEvent(new CustomEvent("kino:saved", { bubbles: true, detail: answer }));
    const now = new Date();
    const clock = answer.saved_at_text || `${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`;
    const text = (words.saved || "{time}").replace("{time}", clock);
    this.say(Object.keys(this.queue).length ? words.saving : text, "ok");
    for (const place of document.querySelectorAll(`[data-kino-saved="${CSS.escape(name)}"]`)) place.textContent = text;
    this.beside(name).querySelector("[data-kino-mistake]")?.remove();
    if (answer.meter) for (const place of document.querySelectorAll("[data-kino-meter]")) place.innerHTML = answer.meter;
  }
  mistake(name, text) {
    const box = this.beside(name);
    box.querySelector("[data-kino-mistake]")?.remove();
    const line = document.createElement("p");
    line.className = "field__error";
    line.dataset.kinoMistake = "";
    line.setAttribute("role", "alert");
    line.textContent = text;
    box.append(line);
  }
  signedOut(address) {
    this.stopped = true;
    this.say("", "bad");
    const link = document.createElement("a");
    link.href = address || `${words.signIn}?next=${encodeURIComponent(location.pathname + location.search)}`;
    link.textContent = words.signInText;
    for (const place of document.querySelectorAll("[data-kino-save-state]")) {
      place.textContent = `${words.signedOut} `;
      place.append(link.cloneNode(true));
    }
    return false;
  }
  conflict(name, value, before, answer) {
    const theirs = [].concat(answer.value ?? "");
    const entry = this.queue[name];
    // The same text, or our own earlier text whose answer was lost: no quarrel.
    if (entry && (same(theirs, entry.value) || same(theirs, before))) {
      this.setVersion(name, answer.version);
      if (same(theirs, entry.value)) delete this.queue[name]; else entry.version = answer.version;
      this.store();
      if (this.queue[name]) this.soon(0); else this.saved(name, {});
      return true;
    }
    this.held.add(name);
    if (this.fields(name).length) this.ask(name, value, theirs, answer);
    return true;
  }
  ask(name, mine, theirs, answer) {
    const template = document.querySelector("template[data-kino-conflict]"), host = this.beside(name);
    host.querySelector(".conflict")?.remove();
    const box = template.content.firstElementChild.cloneNode(true);
    for (const place of box.querySelectorAll("[data-kino-by]")) place.textContent = answer.by || "";
    box.querySelector("[data-kino-mine]").textContent = mine.map(value => this.inWords(name, value)).join(", ");
    box.querySelector("[data-kino-theirs]").textContent = theirs.map(value => this.inWords(name, value)).join(", ");
    box.querySelector("[data-kino-keep-mine]").addEventListener("click", () => {
      this.queue[name] = { value: this.value(name), version: answer.version };
      this.settle(name, box);
    });
    box.querySelector("[data-kino-take-theirs]").addEventListener("click", () => {
      delete this.queue[name];
      this.setVersion(name, answer.version);
      this.fill(name, theirs);
      this.settle(name, box);
    });
    host.append(box);
    this.say(words.conflict, "bad");
  }
  settle(name, box) {
    box.remove();
    this.held.delete(name);
    this.store();
    this.fields(name)[0]?.focus();
    this.say("", "");
    this.soon(0);
  }
}

for (const form of document.querySelectorAll("form[data-kino-autosave]")) new SelfSaving(form);
