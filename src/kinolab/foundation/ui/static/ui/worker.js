// The page that says “no network”, where otherwise the browser would say it: for the pages of a form, and nothing else.
//
// Nothing private is ever kept here: not a page of a form, not an answer, not a name. Kept is one public page in each language
// that was used, asked for without cookies. What has been typed stands in the browser's own database (device.js) and is
// shown from there. Every other request goes on as if this file were not there.
//
//   ← message {keep: "/ky/offline/"}    fetch that page and what it names, for a day without a network

const KEPT = "kino-offline-1";
const FORM = /^\/([a-z]{2,3})\/(?:my\/applications\/[^/]+\/(?:form\/[^/]+|part)\/|labs\/[^/]+\/[^/]+\/apply\/)$/;

async function keep(address) {
  const page = await fetch(address, { credentials: "omit", cache: "no-store" });
  if (!page.ok || page.redirected) return;
  const named = [...(await page.clone().text()).matchAll(/(?:href|src)="(\/static\/[^"#]+)/g)].map(found => found[1]);
  await Promise.all([...new Set(named)].map(file => fetch(file).then(answer => answer.arrayBuffer())));  // the browser keeps them itself
  await (await caches.open(KEPT)).put(address, page);
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()));
self.addEventListener("message", event => { if (event.data?.keep) event.waitUntil(keep(event.data.keep).catch(() => {})); });
self.addEventListener("fetch", event => {
  const { method, mode, url } = event.request, { origin, pathname } = new URL(url), form = FORM.exec(pathname);
  if (method !== "GET" || mode !== "navigate" || origin !== self.location.origin || !form) return;
  event.respondWith(fetch(event.request).catch(async () =>
    (await (await caches.open(KEPT)).match(`/${form[1]}/offline/`)) || Response.error()));
});
