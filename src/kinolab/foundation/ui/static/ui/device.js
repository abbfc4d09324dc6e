// What was typed and has not been sent, on this device: one record for each run of typing, in IndexedDB, and where there is
// none in localStorage. The database hears a moment late, and a tab may be closed in that moment: so each word goes to
// localStorage first, at once, and leaves it when the database holds it. A record leaves only when its page says so. Nothing
// here knows about fields or servers.
//
//   {id, form, …}     `form` is the key under which a page finds its own; all else belongs to the page

const NAME = "kinolab", STORE = "typed", PREFIX = "kino-typed:";

const opened = new Promise(resolve => {
  try {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" }).createIndex("form", "form");
    asked.onsuccess = () => { asked.result.onversionchange = () => asked.result.close(); resolve(asked.result); };
    asked.onerror = asked.onblocked = () => resolve(null);
  } catch { resolve(null); }
});

const done = request => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
const held = (db, entry) => new Promise((resolve, reject) => {
  const writing = db.transaction(STORE, "readwrite");
  writing.objectStore(STORE).put(entry);
  writing.oncomplete = resolve;
  writing.onerror = writing.onabort = () => reject(writing.error);
});
const store = (db, mode) => db.transaction(STORE, mode).objectStore(STORE);

// --- at once, and for good where there is no IndexedDB or it is full ---
const plain = {
  all(form) {
    const found = [];
    try {
      for (const key of Object.keys(localStorage).filter(key => key.startsWith(PREFIX))) {
        const entry = JSON.parse(localStorage.getItem(key));
        if (entry?.form === form) found.push(entry);
      }
    } catch { /* closed */ }
    return found;
  },
  put(entry) {
    const written = JSON.stringify(entry);
    try { localStorage.setItem(PREFIX + entry.id, written); } catch { /* full or closed: the text still stands in the field */ }
    return written;
  },
  drop(id) { try { localStorage.removeItem(PREFIX + id); } catch { /* closed */ } },
  /** Forget a record unless something newer has been written since. */
  pass(id, written) { try { if (localStorage.getItem(PREFIX + id) === written) localStorage.removeItem(PREFIX + id); } catch { /* closed */ } },
};

/** Everything kept for a form, the oldest first. */
export async function all(form) {
  const db = await opened;
  let found = [];
  try { if (db) found = await done(store(db, "readonly").index("form").getAll(form)); } catch { /* closed meanwhile */ }
  const ahead = plain.all(form), newer = new Set(ahead.map(entry => entry.id));
  return [...found.filter(entry => !newer.has(entry.id)), ...ahead].sort((a, b) => a.at - b.at);
}

/** Keep a record, or what it says now. */
export async function put(entry) {
  const written = plain.put(entry), db = await opened;
  if (!db) return;
  try {
    await held(db, JSON.parse(written));
    plain.pass(entry.id, written);
  } catch { /* it stays where it is */ }
}

/** Forget a record: its text is elsewhere now. */
export async function drop(id) {
  plain.drop(id);
  const db = await opened;
  try { if (db) await done(store(db, "readwrite").delete(id)); } catch { /* it is sent once more at the next visit */ }
}

/** What an older page left under this key in localStorage: {name: {value, version}}; forgotten here. */
export function older(key) {
  try {
    const found = JSON.parse(localStorage.getItem(key)) || {};
    localStorage.removeItem(key);
    return found;
  } catch { return {}; }
}
