// A form that saves itself. Typed text is first kept on this device, then sent; nothing is lost by a crash, a dead
// network, an expired session, a restarted server, a second tab or a second author.
//
//   <form data-kino-autosave="/ky/…/save/" method="post">{% csrf_token %}
//     <textarea name="logline" data-kino-version="3">
//   <p role="status" data-kino-save-state>        anywhere on the page: the state of all
//   <span data-kino-saved="logline">              beside a field ({% field %} makes it): its saved time, or that it waits
//   <div data-kino-meter>                         replaced by `meter` of an answer
//   <input type="hidden" name="logline-version">  if there is one, follows the version too
//   data-kino-offline="/ky/offline/" on the form  the page to keep for when this one cannot be loaded (see worker.js)
//   data-kino-saved-word="Kept {time}" on the form  where saving itself is another act than keeping what was typed
//   data-kino-manual on a field                   is left out; files, passwords and read-only fields always are
//
// Protocol, one field per request.
//   → POST, form-encoded: field=<name>&value=<text>&version=<n>&run=<id>, value repeated when several boxes are ticked, one
//     empty value when none is. `version` is the one that the text began from; the first version of a field without
//     data-kino-version is 0. `run` names one run of typing: from a text the server has given to the next one it gives. It
//     stays the same while answers get lost, so that the server knows its own last word. `person` is whose page it is.
//     `base` (repeated like value) is the text at `version`, sent when asked for; `settles` a text set aside that this
//     one decides about. Headers X-CSRFToken, X-Kino-Version, Accept: application/json. Long texts go as multipart.
//   ← 200 {"field", "version", "saved_at", "saved_at_text", "meter": "<html>"}   version to send next time
//         "url" where saving goes on, when a draft has just begun at another address;
//         and, when the server merged another's changes in: "value" (a text or a list of texts) and, of one text, "edits":
//         [[start, end, text], …], the last place first, which lead from what was sent to it; the caret stays where it is
//   ← 409 {"field", "base_wanted": true}        sent again with `base`: the server keeps that version no longer
//   ← 409 {"field", "version", "value", "by"}   somebody else changed the same place; a person chooses. With "aside" (its
//         number) the server holds this text too, and the device need not
//   ← 422 {"field", "error"}                    not taken; the sentence stands beside the field
//   ← 403 {"signed_out": true, "sign_in": url}  or a redirect to the sign-in page: kept; tried again when one looks back
//   ← 403 {"reason": "…"}                       no longer open for writing
//   ← 403 with a page                           the form's token is old (signed in anew): a new one is fetched
//   ← anything else, or no answer               tried again after 2, 4, 8 … 60 seconds and when the network is back
//
// `kino:changed` {field, version, value} sent to the form tells of another's change, which is taken in where nothing waits.
// Tabs of one form tell each other what was saved. What a closed tab left on the device is sent by the next page of the form.

import * as device from "./device.js";

const QUIET = 1000, SHORTEST = 2000, LONGEST = 60000, KEEPALIVE_BYTES = 60000, LONG = 4000, LISTEN = 400;
const words = document.querySelector("template[data-kino-words]")?.dataset || {};
const person = document.body.dataset.kinoPerson || "";
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b), listed = value => [].concat(value ?? "");
const named = () => Array.from(crypto.getRandomValues(new Uint8Array(10)), byte => byte.toString(16).padStart(2, "0")).join("");
const plain = url => url.replace(/^\/[a-z]{2}\//, "/");
const keyOf = url => `${person}:${plain(url).split("?")[0]}`;
const tab = named(), channel = "BroadcastChannel" in window ? new BroadcastChannel("kino-autosave") : null;

class SelfSaving {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.kinoAutosave;
    this.key = keyOf(this.url);
    this.olderKey = `kino-autosave:${person}:${plain(this.url)}`;
    this.known = {};                 // name → {version, value}: what the server has, as this page knows it
    this.queue = {};                 // name → {id, form, url, name, value: [text], version, base: [text], tab, at}
    this.strays = [];                // such entries that no field of this page shows
    this.going = new Set();          // names on their way
    this.held = new Set();           // names that wait for a person: conflict, mistake
    this.stopped = false;
    this.pause = SHORTEST;
    for (const name of new Set([...form.elements].filter(field => this.saves(field)).map(field => field.name))) this.begin(name);
    form.addEventListener("input", event => this.noticed(event.target));
    form.addEventListener("change", event => { this.noticed(event.target); this.soon(0); });
    form.addEventListener("focusout", () => this.soon(0));
    form.addEventListener("submit", event => { if (!event.defaultPrevented) this.sentWhole(); });
    addEventListener("pageshow", event => { if (event.persisted) this.again(); });
    addEventListener("online", () => this.again());
    addEventListener("focus", () => { if (this.signedOff) this.again(); });
    addEventListener("visibilitychange", () => document.visibilityState === "hidden" ? this.leave() : this.signedOff && this.again());
    addEventListener("pagehide", () => this.leave());
    form.addEventListener("kino:changed", ({ detail: { field, version, value } }) => this.changed(field, version, listed(value)));
    channel?.addEventListener("message", event => this.heard(event.data));
    this.ready = this.takeUp();
  }

  // --- the fields ---
  fields(name) { return [...this.form.elements].filter(field => field.name === name); }
  saves(field) {
    return field.name && field.name !== "csrfmiddlewaretoken" && !field.disabled && !field.readOnly
      && !["file", "password", "hidden", "submit", "button"].includes(field.type) && !("kinoManual" in field.dataset);
  }
  label(field) { return (field.labels?.[0] || field.closest("fieldset")?.querySelector("legend"))?.textContent.trim() || ""; }
  value(name) { const found = new FormData(this.form).getAll(name).map(String); return found.length ? found : [""]; }
  version(name) { return Number(this.fields(name).find(field => field.dataset.kinoVersion)?.dataset.kinoVersion || 0); }
  setVersion(name, version) {
    for (const field of this.fields(name)) field.dataset.kinoVersion = version;
    for (const field of this.fields(`${name}-version`)) field.value = version;  // for sending the whole form
  }
  /** What the page was made with is what the server has: a browser that puts back an old text would undo another's work. */
  begin(name) {
    if (!("kinoKeep" in this.form.dataset)) {
      for (const field of this.fields(name)) {
        if (field.type === "checkbox" || field.type === "radio") field.checked = field.defaultChecked;
        else if (field.options) {
          for (const option of field.options) option.selected = option.defaultSelected;
          if (!field.multiple && field.selectedIndex < 0) field.selectedIndex = 0;
        }
        else if (field.value !== field.defaultValue) field.value = field.defaultValue;
      }
    }
    this.known[name] = { version: this.version(name), value: this.value(name) };
  }
  fill(name, value) {
    let place = 0;  // several lines of one name are filled in their order
    for (const field of this.fields(name)) {
      if (field.type === "checkbox" || field.type === "radio") field.checked = value.includes(field.value);
      else if (field.type === "select-multiple") for (const option of field.options) option.selected = value.includes(option.value);
      else {
        const text = value[place++] ?? "";
        if (field.value === text) continue;
        if (typeof field.selectionStart === "number" && field.setRangeText) replace(field, text); else field.value = text;
      }
    }
    this.form.dispatchEvent(new CustomEvent("kino:restored", { bubbles: true }));
  }
  /** Another's text comes in; who is typing here keeps the caret. */
  takeIn(name, version, value, edits = null) {
    const [field] = this.fields(name);
    this.known[name] = { version, value };
    this.setVersion(name, version);
    if (!field || same(this.value(name), value)) return;
    if (edits && field.setRangeText) {
      for (const [start, end, text] of edits) field.setRangeText(text, start, end, "preserve");
    }
    this.fill(name, value);
  }

  // --- the device ---
  async takeUp() {
    const alive = await this.others();
    for (const [name, { value, version }] of Object.entries(device.older(this.olderKey))) {
      await device.put({ id: named(), form: this.key, url: this.url, name, value, version, tab: "", at: Date.now() });
    }
    const kept = await device.all(this.key);  // another taking up may have been quicker meanwhile
    const mine = new Set([...Object.values(this.queue), ...this.strays].map(entry => entry.id));
    const found = kept.filter(entry => !mine.has(entry.id) && !alive.has(entry.tab));
    for (const entry of found.reverse()) this.adopt(entry);  // the newest is shown
    if (found.length) this.soon(0);
  }
  adopt(entry) {
    const { name } = entry, fields = this.fields(name);
    entry.tab = tab;
    entry.base ??= [""];
    if (entry.url && entry.url !== this.url && this.form.elements.key) {  // a draft that was begun, or was to be, from an earlier page
      this.url = entry.url;
      this.form.elements.key.value = new URL(entry.url, location.href).searchParams.get("key") || this.form.elements.key.value;
    }
    if (!fields.some(field => this.saves(field)) || this.queue[name]) { this.strays.push(entry); return; }
    if (same(this.value(name), entry.value)) { device.drop(entry.id); return; }
    this.queue[name] = entry;
    device.put(entry);
    this.fill(name, entry.value);
  }
  /** A draft has begun: from now on it is saved at its own address, and found again from there. */
  move(url) {
    this.url = url;
    this.key = keyOf(url);
    for (const entry of [...Object.values(this.queue), ...this.strays]) device.put(Object.assign(entry, { form: this.key, url }));
  }
  /** Tabs with the same form: what they hold they send themselves. */
  others() {
    const found = new Set();
    if (!channel) return Promise.resolve(found);
    return new Promise(resolve => {
      const hear = event => { if (event.data.here && event.data.form === this.key) found.add(event.data.here); };
      channel.addEventListener("message", hear);
      channel.postMessage({ who: tab, form: this.key });
      setTimeout(() => { channel.removeEventListener("message", hear); resolve(found); }, LISTEN);
    });
  }
  heard({ who, saved, form, version, value }) {
    if (form !== this.key) return;
    if (who && who !== tab) channel.postMessage({ here: tab, form: this.key });
    if (saved) this.changed(saved, version, value);
  }
  /** Another tab or another person has written: shown where nothing waits here; where something does, saving merges. */
  changed(name, version, value) {
    if (this.known[name] && !this.queue[name] && version > this.known[name].version) this.takeIn(name, version, value);
  }

  // --- noticing and sending ---
  noticed(field) {
    const { name } = field, value = this.value(name), known = this.known[name] ?? { version: this.version(name), value: [""] };
    if (!this.saves(field) || same(value, (this.queue[name] ?? known).value)) return;  // who leaves a field says nothing new: what is asked of them stays
    const entry = this.queue[name] ??= { id: named(), form: this.key, url: this.url, name, ...known, base: known.value, tab, at: Date.now(),
      label: this.label(field), prose: field.type === "textarea" || field.type === "text" };
    entry.value = value;
    device.put(entry);
    this.held.delete(name);
    this.soon(QUIET);
  }
  again() {
    this.stopped = this.signedOff = false;
    this.pause = SHORTEST;
    this.ready = this.takeUp();
    this.soon(0);
  }
  soon(wait) {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.flush(), wait);
  }
  waiting() { return Object.keys(this.queue).filter(name => !this.going.has(name) && !this.held.has(name)); }
  async flush() {
    for (const name of this.waiting()) if (this.waiting().includes(name) && !(await this.send(name))) return;  // not what another flush is at
    for (const entry of [...this.strays]) if (this.strays.includes(entry) && !this.going.has(entry.id) && !(await this.sendStray(entry))) return;
    if (this.waiting().length) this.soon(QUIET);
  }
  leave() { if (!this.stopped) for (const name of this.waiting()) this.send(name, true); }
  /** The form sent as a whole carries everything; what it did not reach is still on the device. */
  sentWhole() {
    this.stopped = true;
    clearTimeout(this.timer);
    for (const [name, { id }] of Object.entries(this.queue)) {
      const field = this.form.elements[`${name}-run`] || Object.assign(document.createElement("input"), { type: "hidden", name: `${name}-run` });
      field.value = id;
      this.form.append(field);
    }
  }

  async send(name, leaving = false) {
    const entry = this.queue[name], value = entry.value, before = entry.sent;
    this.going.add(name);
    entry.sent = value;
    const answer = await this.post(entry, leaving);
    this.going.delete(name);
    return this.answered(name, value, before, answer);
  }
  async sendStray(entry) {
    this.going.add(entry.id);
    const { response, answer } = await this.post(entry).finally(() => this.going.delete(entry.id));
    if (this.unheard(response, answer)) return this.notNow(response, answer);
    if (answer.base_wanted && entry.base && !entry.tellBase) { entry.tellBase = true; return this.sendStray(entry); }
    this.strays = this.strays.filter(one => one !== entry);
    if (response.ok || answer.aside) {
      device.drop(entry.id);
      if (answer.aside && this.fields(entry.name).length) this.ask(entry.name, entry.value, answer);
      else if (response.ok && this.known[entry.name] && !this.queue[entry.name]) this.takeIn(entry.name, answer.version, listed(answer.value ?? entry.value));
      if (response.ok) this.saved(entry.name, answer);
    }
    return true;
  }
  async post(entry, leaving = false) {
    const pairs = [["field", entry.name], ["version", entry.version], ["run", entry.id], ...entry.value.map(text => ["value", text])];
    if (person) pairs.push(["person", person]);
    if (entry.tellBase) pairs.push(...entry.base.map(text => ["base", text]));
    if (entry.settles) pairs.push(["settles", entry.settles]);
    let body = new URLSearchParams(pairs);
    if (body.toString().length > LONG) { body = new FormData(); for (const [name, text] of pairs) body.append(name, text); }  // a third of the bytes in Cyrillic
    const size = pairs.reduce((sum, pair) => sum + 200 + new Blob([String(pair[1])]).size, 0);
    const headers = {
      Accept: "application/json",
      "X-CSRFToken": this.form.elements.csrfmiddlewaretoken?.value || "",
      "X-Kino-Version": String(entry.version),
    };
    try {
      const response = await fetch(this.url, { method: "POST", body, headers, keepalive: leaving && size < KEEPALIVE_BYTES, redirect: "manual" });
      const json = response.type !== "opaqueredirect" && (response.headers.get("Content-Type") || "").includes("json");
      return { response, answer: json ? await response.json().catch(() => ({})) : {}, json };
    } catch { return { response: null, answer: {}, json: false }; }
  }

  unheard(response, answer) {
    return !response || response.type === "opaqueredirect" || response.status >= 500 || [401, 403, 429].includes(response.status) || answer.signed_out;
  }
  notNow(response, answer) {
    if (!response || response.status >= 500 || response.status === 429) return this.later();
    if (response.type === "opaqueredirect" || response.status === 401 || answer.signed_out) return this.signedOut(answer.sign_in);
    if (answer.reason) { this.stopped = true; this.say(answer.reason, "bad"); return false; }
    return this.newToken();
  }
  answered(name, value, before, { response, answer }) {
    const entry = this.queue[name];
    if (this.unheard(response, answer)) return this.notNow(response, answer);
    if (response.ok && "version" in answer) {
      this.pause = SHORTEST;
      if (answer.url) this.move(answer.url);
      const now = listed(answer.value ?? value);
      if (entry && same(entry.value, value)) {
        delete this.queue[name];
        device.drop(entry.id);
        this.takeIn(name, answer.version, now, answer.edits);
      } else if (entry) {  // typed on meanwhile: the run goes on, the server knows what it has sent
        Object.assign(entry, { version: answer.version, base: value, tellBase: false, settles: 0 });
        device.put(entry);
        this.setVersion(name, answer.version);
      }
      channel?.postMessage({ saved: name, form: this.key, version: answer.version, value: now });
      this.beside(name).querySelector(".conflict[data-kino-live]")?.remove();
      this.saved(name, answer);
      return true;
    }
    if (answer.base_wanted && entry?.base && !entry.tellBase) { entry.tellBase = true; this.soon(0); return true; }
    if (response.status === 409) return this.conflict(name, value, before, answer);
    if (response.status === 422) { this.held.add(name); this.mistake(name, answer.error || ""); return true; }
    return this.later();
  }
  later() {
    this.say(words.kept, "lamp");
    for (const name of Object.keys(this.queue)) this.sayBeside(name, words.keptHere || "");
    this.soon(this.pause);
    this.pause = Math.min(LONGEST, this.pause * 2);
    return false;
  }
  async newToken() {
    this.later();
    clearTimeout(this.timer);
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href, { redirect: "manual" })).text(), "text/html");
      const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
      if (!token || (page.body.dataset.kinoPerson || "") !== person) return this.signedOut();
      for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
    } catch { /* the network is gone too */ }
    this.soon(this.pause);
    return false;
  }

  // --- what people see ---
  say(text, tone = "") {
    for (const place of document.querySelectorAll("[data-kino-save-state]")) {
      if (place.textContent !== text) place.textContent = text;
      place.dataset.tone = tone;
    }
  }
  sayBeside(name, text) {
    for (const place of document.querySelectorAll(`[data-kino-saved="${CSS.escape(name)}"]`)) if (place.textContent !== text) place.textContent = text;
  }
  beside(name) { const field = this.fields(name)[0]; return field?.closest(".field") || field?.closest("fieldset") || this.form; }
  inWords(name, value) {  // a choice by its label
    const field = this.fields(name).find(field => ["radio", "checkbox"].includes(field.type) && field.value === value);
    const option = [...(this.fields(name)[0]?.options || [])].find(option => option.value === value);
    return field?.closest("label")?.textContent.trim() || option?.textContent.trim() || value;
  }
  saved(name, answer) {
    this.form.dispatchEvent(new CustomEvent("kino:saved", { bubbles: true, detail: answer }));
    const now = new Date();
    const clock = answer.saved_at_text || `${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`;
    const text = (this.form.dataset.kinoSavedWord || words.saved || "{time}").replace("{time}", clock);
    this.say(this.waiting().length ? words.saving : text, "ok");
    this.sayBeside(name, text);
    this.beside(name).querySelector("[data-kino-mistake]")?.remove();
    if (!answer.meter || same(answer.meter, this.meter)) return; // what somebody has opened in it stays open
    for (const place of document.querySelectorAll("[data-kino-meter]")) place.innerHTML = this.meter = answer.meter;
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
    this.stopped = this.signedOff = true;
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
    const theirs = listed(answer.value), entry = this.queue[name];
    // The same text, or our own earlier text whose answer was lost: no quarrel.
    if (entry && (same(theirs, entry.value) || (!answer.aside && same(theirs, before)))) {
      this.known[name] = { version: answer.version, value: theirs };
      this.setVersion(name, answer.version);
      if (same(theirs, entry.value)) { delete this.queue[name]; device.drop(entry.id); } else Object.assign(entry, { version: answer.version, base: theirs });
      if (answer.aside) this.decide(name, answer, theirs);
      else if (this.queue[name]) { device.put(entry); this.soon(0); } else this.saved(name, {});
      return true;
    }
    this.held.add(name);
    if (answer.aside && entry && same(entry.value, value)) device.drop(entry.id);  // both texts are on the server
    this.ask(name, value, answer);
    return true;
  }
  ask(name, mine, answer) {
    const template = document.querySelector("template[data-kino-conflict]"), host = this.beside(name), theirs = listed(answer.value);
    if (!template || !this.fields(name).length) return;
    host.querySelector(`.conflict[data-kino-live], [data-kino-aside="${Number(answer.aside)}"]`)?.remove();
    const box = template.content.firstElementChild.cloneNode(true);
    box.dataset.kinoLive = "";
    const press = (mark, value) => box.querySelector(`[${mark}]`)?.addEventListener("click", () => { box.remove(); this.decide(name, answer, value()); });
    for (const place of box.querySelectorAll("[data-kino-by]")) place.textContent = answer.by || "";
    box.querySelector("[data-kino-mine]").textContent = mine.map(value => this.inWords(name, value)).join(", ");
    box.querySelector("[data-kino-theirs]").textContent = theirs.map(value => this.inWords(name, value)).join(", ");
    press("data-kino-keep-mine", () => this.queue[name] ? this.value(name) : mine);
    press("data-kino-take-theirs", () => theirs);
    if (this.fields(name)[0].type === "textarea") press("data-kino-keep-both", () => [`${theirs[0]}\n\n${this.queue[name] ? this.value(name)[0] : mine[0]}`]);
    else box.querySelector("[data-kino-keep-both]")?.remove();
    host.append(box);
    this.say(words.conflict, "bad");
  }
  /** A person has chosen: what stays goes on from what the server has. */
  decide(name, answer, value) {
    const theirs = listed(answer.value), old = this.queue[name];
    if (old) device.drop(old.id);
    delete this.queue[name];
    this.held.delete(name);
    this.known[name] = { version: answer.version, value: theirs };
    this.setVersion(name, answer.version);
    this.fill(name, value);
    if (answer.aside || !same(value, theirs)) {
      const entry = { id: named(), form: this.key, url: this.url, name, value: this.value(name), version: answer.version, base: theirs, settles: answer.aside || 0, tab, at: Date.now() };
      this.queue[name] = entry;
      device.put(entry);
    }
    this.fields(name)[0]?.focus();
    this.say("", "");
    this.soon(0);
  }
}

/** Put a text in a field by changing its smallest stretch, so that a caret elsewhere stays. */
function replace(field, text) {
  const old = field.value, shorter = Math.min(old.length, text.length);
  let head = 0, tail = 0;
  while (head < shorter && old[head] === text[head]) head += 1;
  while (tail < shorter - head && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail += 1;
  field.setRangeText(text.slice(head, text.length - tail), head, old.length - tail, "preserve");
}

for (const form of document.querySelectorAll("form[data-kino-autosave]")) new SelfSaving(form);

/** The page for when there is no network, asked for once a visit; whose texts it may show is told beside. */
async function prepare(offline) {
  try {
    localStorage.setItem("kino-person", person);
    if (sessionStorage.getItem("kino-offline") === offline) return;
    await navigator.serviceWorker.register("/worker.js");
    (await navigator.serviceWorker.ready).active.postMessage({ keep: offline });
    sessionStorage.setItem("kino-offline", offline);
  } catch { /* not in this browser, or not without https */ }
}
const offline = document.querySelector("form[data-kino-offline]")?.dataset.kinoOffline;
if (offline && person && "serviceWorker" in navigator) addEventListener("load", () => setTimeout(prepare, QUIET, offline));
