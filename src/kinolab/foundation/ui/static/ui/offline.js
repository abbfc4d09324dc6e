// Without a network: what was typed on this device for the form at this address and has not been sent. One may write on; the form
// itself sends it when the network is back.
//
//   <ul data-kino-unsent> with <template data-kino-unsent-one> beside it; <p data-kino-nothing hidden>

import * as device from "./device.js";

const AGAIN = 15000;
const list = document.querySelector("[data-kino-unsent]"), template = document.querySelector("template[data-kino-unsent-one]");
const path = location.pathname.replace(/^\/[a-z]{2,3}\//, "/").replace(/(\/my\/applications\/[^/]+\/).*/, "$1save/");

async function show() {
  let person = "";
  try { person = localStorage.getItem("kino-person") || ""; } catch { /* closed */ }
  const found = person ? await device.all(`${person}:${path}`) : [];
  document.querySelector("[data-kino-nothing]").hidden = found.length > 0;
  for (const entry of found) {
    const one = template.content.firstElementChild.cloneNode(true), field = one.querySelector("textarea");
    one.querySelector("[data-kino-label]").textContent = entry.label || "";
    field.value = entry.value.filter(Boolean).join("\n");
    field.readOnly = entry.value.length > 1 || !entry.prose;
    field.addEventListener("input", () => device.put(Object.assign(entry, { value: [field.value], at: Date.now() })));
    list.append(one);
  }
}

async function again() {
  try { if ((await fetch(location.href, { method: "HEAD", redirect: "manual" })).type !== "error") location.reload(); } catch { /* not yet */ }
}

show();
addEventListener("online", again);
setInterval(again, AGAIN);
