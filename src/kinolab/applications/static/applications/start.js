// The page where a draft begins. Once the first answer is saved the address becomes that of the draft, so that a reload
// opens it and does not begin another. What was typed before signing in is saved at once.
addEventListener("kino:saved", event => {
  const page = event.detail?.page;
  if (page && event.target.matches("[data-kino-start]")) history.replaceState(null, "", page);
});
addEventListener("load", () => {
  for (const field of document.querySelectorAll("[data-kino-brought] .field [name]")) {
    const says = ["radio", "checkbox"].includes(field.type) ? field.checked : field.type !== "hidden" && field.value;
    if (says) field.dispatchEvent(new Event("change", { bubbles: true }));
  }
});
