// How long a text is: the twin of kinolab.foundation.questions.domain.counting, tested against the same vectors.
// A character is one code point; a line break is one character however it is stored; a word is a run without white
// space that holds a letter or a number.
//
// <textarea data-kino-count="chars|chars_no_spaces|words" data-kino-count-limit="250" data-kino-count-out="id">
// Two limits on one text: each attribute holds two, with a space between.

const SPACE = "\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const SPACES = new RegExp(`[${SPACE}]`, "gu");
const RUNS = new RegExp(`[^${SPACE}]+`, "gu");
const LANGUAGES = [document.documentElement.lang, "ru"];  // where a browser lacks the first; the region writes numbers as Russian does
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
  const { kinoCount = "chars", kinoCountLimit = "", kinoCountOut } = field.dataset;
  const units = kinoCount.split(" "), limits = kinoCountLimit.split(" ");
  const over = kinoCountOut.split(" ").map((id, place) => one(field, id, units[place] || units[0], Number(limits[place])));
  field.closest(".field")?.toggleAttribute("data-over", over.includes(true));
}
function one(field, id, unit, limit) {
  const out = document.getElementById(id);
  if (!out) return false;
  const now = count(field.value, unit), number = new Intl.NumberFormat(LANGUAGES);
  out.dataset.words ??= out.textContent.trim();
  out.title = out.dataset.words;
  out.textContent = limit ? `${number.format(now)} / ${number.format(limit)}` : number.format(now);
  return Boolean(limit && now > limit);
}

const all = () => document.querySelectorAll("[data-kino-count-out]").forEach(show);
all();
addEventListener("input", event => { if (event.target.dataset?.kinoCountOut) show(event.target); });
addEventListener("pageshow", all);
addEventListener("kino:restored", all);
addEventListener("htmx:afterSwap", all);
