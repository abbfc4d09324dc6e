// How long a text is: the twin of kinolab.foundation.questions.domain.counting, tested against the same vectors.
// A character is one code point; a line break is one character however it is stored; a word is a run without white
// space that holds a letter or a number.
//
// <textarea data-kino-count="chars|chars_no_spaces|words" data-kino-count-limit="250" data-kino-count-out="id">

const SPACE = "\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const SPACES = new RegExp(`[${SPACE}]`, "gu");
const RUNS = new RegExp(`[^${SPACE}]+`, "gu");
const LETTER = /[\p{L}\p{N}]/u;

/** Count `text` in "chars", "chars_no_spaces" or "words". */
export function count(text, unit) {
  if (unit === "words") return (text.match(RUNS) || []).filter(run => LETTER.test(run)).length;
  const plain = text.replace(/\r\n?/g, "\n");
  if (unit === "chars") return [...plain].length;
  if (unit === "chars_no_spaces") return [...plain.replace(SPACES, "")].length;
  throw new Error(`${unit} does not measure text`);
}

function show(field) {
  const out = document.getElementById(field.dataset.kinoCountOut);
  if (!out) return;
  const limit = Number(field.dataset.kinoCountLimit), now = count(field.value, field.dataset.kinoCount || "chars");
  const number = new Intl.NumberFormat(document.documentElement.lang);
  out.dataset.words ??= out.textContent.trim();
  out.title = out.dataset.words;
  out.textContent = limit ? `${number.format(now)} / ${number.format(limit)}` : number.format(now);
  field.closest(".field")?.toggleAttribute("data-over", Boolean(limit && now > limit));
}

const all = () => document.querySelectorAll("[data-kino-count-out]").forEach(show);
all();
addEventListener("input", event => { if (event.target.dataset?.kinoCountOut) show(event.target); });
addEventListener("pageshow", all);
addEventListener("kino:restored", all);
addEventListener("htmx:afterSwap", all);
