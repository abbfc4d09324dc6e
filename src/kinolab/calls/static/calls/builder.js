// Building a form by keys: Alt with an arrow moves the question that has the focus. Everything works by buttons too.
addEventListener("keydown", event => {
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const row = event.target.closest?.("[data-kino-asked]");
  const button = row?.querySelector(event.key === "ArrowUp" ? "[data-kino-up]" : "[data-kino-down]");
  if (!button) return;
  event.preventDefault();
  if (!button.disabled) button.click();
});
// After a move the focus stays with the question.
document.querySelector(".asked > li:target")?.querySelector("a, button")?.focus({ preventScroll: true });
