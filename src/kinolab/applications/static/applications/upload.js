// Files of the form. Small ones go in one piece; large ones in parts (tus 1.0), each with its checksum, so that a broken
// connection, a closed browser or a restarted server costs a few seconds. Without this file the plain form sends them.
//
//   <div data-kino-upload="…/upload/" data-limit data-plain-limit data-client>   the row with <input type="file">
//   <div data-kino-files>                                                       where files and moving rows stand
//   <template data-kino-upload-words>                                           sentences, and a moving row
//
// The library that speaks tus is fetched only when a large file is chosen. The server knows a file by its mark, a digest
// of name, size and both ends: choosing the same file again, here or on another day, goes on where it stopped.

const SMALL = 1_500_000, MEGABYTE = 1_000_000, END = 65_536;
const LEAST = 256 * 1024, MOST = 32 * 1024 * 1024, ONE_PART = 6000;  // a part should take some seconds
const AGAIN = [0, 1000, 3000, 5000, 10000, 20000];
const PASSING = [408, 409, 423, 429, 460];
const template = document.querySelector("template[data-kino-upload-words]");
const said = template?.dataset || {};
const numbers = new Intl.NumberFormat(document.documentElement.lang === "en" ? "en" : "ru", { maximumFractionDigits: 1 });
const megabytes = bytes => numbers.format(bytes / MEGABYTE);
const words = (sentence, facts) => sentence.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
const base64 = bytes => btoa(Array.from(new Uint8Array(bytes), byte => String.fromCharCode(byte)).join(""));
const utf8 = text => base64(new TextEncoder().encode(text));

let library;
function client(address) {
  library ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => done(window.tus);
    script.onerror = () => { library = null; script.remove(); failed(new Error("tus")); };
    document.head.append(script);
  });
  return library;
}

async function markOf(file) {
  const about = `${file.name}|${file.size}|${file.lastModified}`;
  if (!crypto.subtle) return about.slice(-120);
  const ends = new Blob([about, file.slice(0, END), file.slice(Math.max(0, file.size - END))]);
  return base64(await crypto.subtle.digest("SHA-256", await ends.arrayBuffer()));
}

class Sending {
  constructor(place, file) {
    this.place = place;
    this.file = file;
    this.input = place.querySelector("input");
    this.form = this.input.form;
    this.list = place.parentElement.querySelector("[data-kino-files]");
    this.row = template.content.firstElementChild.cloneNode(true);
    this.row.querySelector("b").textContent = file.name;
    this.small = this.row.querySelector("small");
    this.status = this.row.querySelector("[role=status]");
    this.bar = this.row.querySelector(".bar");
    this.pauses = this.row.querySelector("[data-kino-pause]");
    this.resumes = this.row.querySelector("[data-kino-resume]");
    this.pauses.addEventListener("click", () => this.pause());
    this.resumes.addEventListener("click", () => this.goOn());
    this.row.querySelector("[data-kino-drop]").addEventListener("click", () => this.drop());
    this.list.append(this.row);
    this.at = 0;
    this.say(said.queued);
    this.pauses.hidden = true;
    this.done = new Promise(done => { this.end = done; });
  }
  get limit() { return Number(this.place.dataset.limit); }
  get plainLimit() { return Number(this.place.dataset.plainLimit); }

  async start() {
    if (this.dropped) return this.end();
    const { file, limit, plainLimit } = this;
    if (file.size > limit) return this.refuse(words(said.tooLarge, { n: megabytes(file.size), limit: megabytes(limit) }));
    if (file.size <= SMALL || (!this.place.dataset.client && file.size <= plainLimit)) return this.sendWhole();
    if (!this.place.dataset.client) return this.refuse(words(said.noClient, { limit: megabytes(plainLimit) }));
    return this.sendParts();
  }

  // --- In one piece ---
  async sendWhole() {
    const body = new FormData(this.form);
    body.set("file", this.file);
    this.say(words(said.of, this.facts()));
    const answer = await this.ask(this.form.action, { body });
    if (answer) this.arrived(answer);
  }

  // --- In parts ---
  async sendParts() {
    this.pauses.hidden = false;
    const headers = {
      "Tus-Resumable": "1.0.0",
      "Upload-Length": String(this.file.size),
      "Upload-Metadata": `filename ${utf8(this.file.name)},mark ${utf8(await markOf(this.file))}`,
    };
    const begun = await this.ask(this.place.dataset.kinoUpload, { headers });
    if (!begun || this.dropped) return;
    this.url = begun.url;
    this.finish = begun.finish;
    this.list.querySelector(`[data-code="${begun.code}"]`)?.remove();
    let tus;
    try { tus = await client(this.place.dataset.client); } catch { return this.broken(() => this.sendParts()); }
    this.upload = new tus.Upload(this.file, {
      uploadUrl: this.url,
      chunkSize: 1024 * 1024,
      retryDelays: AGAIN,
      storeFingerprintForResuming: false,
      onBeforeRequest: request => this.sign(request),
      onShouldRetry: error => this.passes(error),
      onProgress: sent => this.progress(sent),
      onChunkComplete: size => this.pace(size),
      onSuccess: () => this.take(),
      onError: error => this.failed(error),
    });
    if (this.paused) this.pause(); else this.upload.start();
  }
  async sign(request) {
    if (request.getMethod() !== "PATCH") return;
    this.partBegan = performance.now();
    if (!crypto.subtle) return;
    const from = Number(request.getHeader("Upload-Offset"));
    const part = this.file.slice(from, from + this.upload.options.chunkSize);
    const digest = await crypto.subtle.digest("SHA-256", await part.arrayBuffer());
    request.setHeader("Upload-Checksum", `sha256 ${base64(digest)}`);
  }
  pace(size) {
    const took = Math.max(50, performance.now() - this.partBegan);
    this.upload.options.chunkSize = Math.round(Math.min(MOST, Math.max(LEAST, size * ONE_PART / took, size / 4), size * 4));
  }
  passes(error) {
    const status = error.originalResponse?.getStatus() || 0;
    const again = !status || PASSING.includes(status) || (status >= 500 && status !== 507);
    if (again) this.say(words(said.waiting, this.facts()), "drop");
    return again;
  }
  progress(sent) {
    const now = performance.now();
    if (this.seen && sent >= this.seen.sent) {
      if (now - this.seen.now < 1000 && sent < this.file.size) return;
      const speed = (sent - this.seen.sent) / (now - this.seen.now) * 1000;
      this.speed = this.speed ? this.speed * 0.7 + speed * 0.3 : speed;
    }
    this.seen = { sent, now };
    this.at = sent;
    this.say([words(said.of, this.facts()), ...this.pacing()].join(" · "), "moving", true);
  }
  pacing() {
    if (!this.speed) return [];
    const left = (this.file.size - this.at) / this.speed;
    const time = left < 90 ? words(said.leftSeconds, { n: Math.ceil(left) }) : words(said.leftMinutes, { n: Math.ceil(left / 60) });
    return [words(said.speed, { n: numbers.format(this.speed / MEGABYTE) }), time];
  }
  failed(error) {
    const status = error.originalResponse?.getStatus() || 0;
    if (status === 403) return this.refuse(said.signedOut);
    if (status === 507 || status === 413) return this.refuse(error.originalResponse.getBody() || said.failed);
    if (status && status < 500 && !PASSING.includes(status)) return this.refuse(said.failed);
    if (this.seen || status || !navigator.onLine || error.causingError) return this.broken(() => this.upload.start());
    return this.refuse(said.failed);  // the file itself can no longer be read
  }
  broken(again) {
    this.say(words(said.waiting, this.facts()), "drop");
    this.again = () => {
      removeEventListener("online", this.again);
      clearTimeout(this.timer);
      this.again = null;
      if (!this.paused && !this.dropped) again();
    };
    addEventListener("online", this.again);
    this.timer = setTimeout(this.again, 15000);
  }
  async take() {
    this.at = this.file.size;
    this.pauses.hidden = this.resumes.hidden = true;
    this.say(said.checking);
    const answer = await this.ask(this.finish, {});
    if (answer) this.arrived(answer);
  }

  // --- By hand ---
  pause() {
    this.paused = true;
    this.upload?.abort();
    this.pauses.hidden = true;
    this.resumes.hidden = false;
    this.say(words(said.paused, this.facts()), "drop");
    if (this.row.contains(document.activeElement) || document.activeElement === document.body) this.resumes.focus();
  }
  goOn() {
    this.paused = false;
    this.seen = this.speed = null;
    this.pauses.hidden = false;
    this.resumes.hidden = true;
    this.pauses.focus();
    this.say(words(said.of, this.facts()), "moving");
    this.upload?.start();
  }
  async drop() {
    this.dropped = true;
    this.upload?.abort();
    this.row.remove();
    this.input.focus();
    if (this.url) await fetch(this.url, { method: "DELETE", headers: { "Tus-Resumable": "1.0.0" } }).catch(() => {});
    this.end();
  }

  // --- What the server and people see ---
  async ask(url, { headers = {}, body = null }) {
    const code = this.form.elements.csrfmiddlewaretoken.value;
    for (let wait = 1000; ; wait = Math.min(wait * 2, 30000)) {
      if (this.dropped) return null;
      let response;
      try {
        response = await fetch(url, {
          method: "POST", body, redirect: "manual", headers: { Accept: "application/json", "X-CSRFToken": code, ...headers },
        });
      } catch { response = null; }
      if (response?.type === "opaqueredirect" || response?.status === 403) { this.refuse(said.signedOut); return null; }
      const answer = await response?.json().catch(() => ({}));
      if (response?.ok) return answer;
      if (response && answer.error && response.status !== 423) { this.refuse(answer.error); return null; }
      if (response && response.status < 500 && response.status !== 423 && response.status !== 429) { this.refuse(said.failed); return null; }
      this.say(words(said.waiting, this.facts()), "drop");
      await new Promise(done => setTimeout(done, wait));
    }
  }
  arrived(answer) {
    const made = document.createElement("template");
    made.innerHTML = answer.row;
    this.row.replaceWith(made.content);
    for (const meter of document.querySelectorAll("[data-kino-meter]")) meter.innerHTML = answer.meter;
    this.end();
  }
  refuse(sentence) {
    this.row.dataset.tone = "bad";
    this.row.removeAttribute("data-state");
    this.pauses.hidden = this.resumes.hidden = true;
    this.bar.remove();
    this.small.className = "field__error";
    this.small.textContent = sentence;
    this.status.textContent = sentence;
    this.refused = true;
    this.end();
  }
  facts() { return { done: megabytes(this.at), total: megabytes(this.file.size) }; }
  say(sentence, state = "moving", quietly = false) {
    const share = this.at / this.file.size * 100;
    this.row.dataset.state = state;
    if (state === "moving") this.bar.dataset.state = "moving"; else delete this.bar.dataset.state;
    this.bar.querySelector("line").setAttribute("x2", `${share}%`);
    this.bar.setAttribute("aria-valuenow", Math.round(share));
    this.small.textContent = sentence;
    if (!quietly) this.status.textContent = sentence;
  }
}

// One after another: two at once are no faster on a thin line.
const waiting = [];
let busy = false;
async function work() {
  if (busy) return;
  busy = true;
  while (waiting.length) {
    const next = waiting.shift();
    next.start();
    await next.done;
  }
  busy = false;
}

for (const place of template ? document.querySelectorAll("[data-kino-upload]") : []) {
  const input = place.querySelector("input");
  place.querySelector("button").hidden = true;
  input.addEventListener("change", () => {
    for (const file of input.files) waiting.push(new Sending(place, file));
    input.value = "";
    work();
  });
}
addEventListener("beforeunload", event => { if (busy) event.preventDefault(); });
