// Keeps the phone's page on the device, so that a reload without a connection shows it and the words that wait there.
// A service worker of the pages of workshops only. It keeps the empty page and its files, which are the same for
// everybody; what is asked of `/w/api`, the projector and all that lies elsewhere never pass through it.

const VERSION = "{version}";
const CACHE = `mcplan-room-${VERSION}`;
const PAGE = "/w";
const FILES = ["room.css", "phone.js", "ideas.js", "outbox.js", "room.js"].map((name) => `/w/files/${VERSION}/${name}`);
const PATIENCE = 4000; // ms until a page that does not come is taken from the device

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([PAGE, ...FILES])));
});

self.addEventListener("activate", (event) => {
  const drop = (names) => Promise.all(names.filter((name) => name.startsWith("mcplan-room-") && name !== CACHE).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(drop));
});

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin) return;
  if (FILES.includes(pathname)) event.respondWith(kept(pathname).then((found) => found || fetch(event.request)));
  else if (event.request.mode === "navigate" && /^\/w\/[0-9A-Za-z]+$/.test(pathname)) event.respondWith(page(event.request));
});

async function page(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status < 500) return answer;
  } catch { /* no connection */ }
  return (await kept(PAGE)) || Response.error();
}

const kept = async (path) => (await caches.open(CACHE)).match(path);
