// The page where a draft begins. Once the first answer is saved the address becomes that of the draft, so that a reload
// opens it and does not begin another.
addEventListener("kino:saved", event => {
  const page = event.detail?.page;
  if (page && event.target.matches("[data-kino-start]")) history.replaceState(null, "", page);
});
