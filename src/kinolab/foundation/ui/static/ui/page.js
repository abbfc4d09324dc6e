// Small things on every page. Each works without this file; it adds comfort.
//   data-kino-theme (form), data-kino-menu (details), data-kino-deadline, <time data-kino-local>, data-kino-zone,
//   data-kino-dialog="id", data-kino-close, data-kino-copy="text or #id", data-kino-print, data-kino-toast, data-kino-errors,
//   data-kino-submit-on-change, data-kino-busy (on a form: its button shows that it is sending)

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const root = document.documentElement;

// Theme: turned at once, kept by the server in a cookie.
const dark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (root.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";
function paintSwitch() {
  for (const button of all("[data-kino-theme] button")) {
    button.setAttribute("aria-pressed", isDark());
    button.value = isDark() ? "light" : "dark";
  }
}
paintSwitch();
dark.addEventListener("change", paintSwitch);
addEventListener("submit", event => {
  const form = event.target;
  if (!form.matches("[data-kino-theme]")) return;
  event.preventDefault();
  const theme = isDark() ? "light" : "dark";
  root.dataset.theme = theme;
  paintSwitch();
  fetch(form.action, { method: "POST", body: new URLSearchParams({ theme }), redirect: "manual", keepalive: true })
    .catch(() => {});
});

// Menus close on Escape and on a click outside; only one is open.
addEventListener("keydown", event => {
  if (event.key !== "Escape") return;
  for (const menu of all("details.menu[open]")) { menu.open = false; one("summary", menu).focus(); }
});
addEventListener("click", event => {
  for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});

// The open tab, or the step one is at, is in sight where there are more than fit.
for (const tab of all(".tabs [aria-current], .form-steps [aria-current]")) {
  const strip = tab.closest("ol") ?? tab.parentElement;
  strip.scrollLeft += tab.getBoundingClientRect().left - strip.getBoundingClientRect().left - 24;
}

// Countdown. The server's clock counts: the page says when it was made.
const made = Date.parse(one("meta[name=kino-now]")?.content) || Date.now();
const offset = made - Date.now();
const two = number => String(number).padStart(2, "0");
function tick() {
  for (const timer of all("[data-kino-deadline]")) {
    const left = Math.max(0, Math.floor((Date.parse(timer.dataset.kinoDeadline) - Date.now() - offset) / 1000));
    const parts = { d: Math.floor(left / 86400), h: Math.floor(left / 3600) % 24, m: Math.floor(left / 60) % 60, s: left % 60 };
    for (const part of all("[data-kino-part]", timer)) {
      const name = part.dataset.kinoPart;
      part.textContent = name === "d" ? parts.d : two(parts[name]);
    }
  }
}
if (one("[data-kino-deadline]")) { tick(); setInterval(tick, 1000); }

// Local time: the organiser's zone stands in the text, the visitor's own is added. Numbers only, so that no name of a
// month has to exist in the browser for every language.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const time of all("time[data-kino-local]")) {
  const at = new Date(time.dateTime);
  const shape = { day: "2-digit", month: "2-digit", hour: "2-digit", minute: "2-digit", timeZone: zone };
  if (!Number.isNaN(+at)) time.textContent = new Intl.DateTimeFormat("ru", shape).format(at);
}
// Told to the server once, so that the next page has it in words.
if (zone && !document.cookie.includes("kino_zone=")) document.cookie = `kino_zone=${zone}; path=/; max-age=31536000; samesite=lax`;
for (const place of all("[data-kino-zone]")) place.textContent = zone.split("/").pop().replaceAll("_", " ");

// Dialogs, copying, small sends.
addEventListener("click", async event => {
  const button = event.target.closest?.("[data-kino-dialog], [data-kino-close], [data-kino-copy], [data-kino-print]");
  if (!button) return;
  if (button.dataset.kinoDialog) { event.preventDefault(); one(`#${CSS.escape(button.dataset.kinoDialog)}`)?.showModal(); }
  if ("kinoClose" in button.dataset) button.closest("dialog")?.close(); else if ("kinoPrint" in button.dataset) print();
  if (button.dataset.kinoCopy) {
    const source = button.dataset.kinoCopy;
    const target = source.startsWith("#") ? one(source) : null;
    await navigator.clipboard.writeText(target ? target.value ?? target.textContent : source);
    const words = button.dataset.kinoCopied;
    if (words) { button.setAttribute("aria-live", "polite"); button.textContent = words; }
  }
});
addEventListener("change", event => {
  const control = event.target.closest?.("[data-kino-submit-on-change]");
  if (control) control.form.requestSubmit();
});

// Sending twice does not happen by a nervous finger.
addEventListener("submit", event => {
  const form = event.target;
  if (!form.matches("[data-kino-busy]") || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  (event.submitter || one("button", form))?.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => all("form[data-sent]").forEach(form => {
  delete form.dataset.sent;
  all("[aria-busy]", form).forEach(button => button.removeAttribute("aria-busy"));
}));

// Toasts go after 8 seconds, not while somebody looks at them.
for (const toast of all("[data-kino-toast]")) {
  const timer = setInterval(() => { if (!toast.matches(":hover, :focus-within")) { toast.remove(); clearInterval(timer); } }, 8000);
}

// After a refused form the focus goes to the summary of mistakes.
one("[data-kino-errors]")?.focus();

// htmx sends the security code of the form it stands in.
addEventListener("htmx:configRequest", event => {
  const near = event.target.closest?.("form") || document;
  const code = one("[name=csrfmiddlewaretoken]", near) || one("[name=csrfmiddlewaretoken]");
  if (code) event.detail.headers["X-CSRFToken"] = code.value;
});
