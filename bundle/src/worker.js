// Canopy's service worker: lets the console start without a network, and makes its files last. It keeps the shell alone: nothing that
// belongs to an account is ever in its cache, and what goes to /api it does not see. The build puts VERSION and SHELL before this.

const NAME = `canopy-${VERSION}`;
const OFFLINE = "/offline";

addEventListener("install", (event) => event.waitUntil(fill()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
// A new version waits until somebody asks for it: pages of the old one may hold what was typed.
addEventListener("message", ({ data }) => data === "activate" && skipWaiting());
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || pathname.startsWith("/api/")) return;
  if (request.mode === "navigate") event.respondWith(visit(request, pathname, search));
  else if (pathname.startsWith("/pkg/") || SHELL.includes(pathname)) event.respondWith(kept(request, pathname));
});

async function fill() {
  const cache = await caches.open(NAME);
  // Without credentials the document is painted for nobody.
  await cache.addAll([new Request(OFFLINE, { credentials: "omit", cache: "reload" }), ...SHELL]);
}

async function takeOver() {
  const others = (await caches.keys()).filter((name) => name.startsWith("canopy-") && name !== NAME);
  // The last one before this stays: its pages may still be open in other tabs, and need their parts.
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  await clients.claim();
}

async function visit(request, pathname, search) {
  try {
    return await fetch(request);
  } catch (error) {
    const document = await caches.match(OFFLINE, { cacheName: NAME });
    if (!document) throw error;
    // An address of its own, as the application draws what its address says.
    return pathname === OFFLINE ? document : Response.redirect(`${OFFLINE}?then=${encodeURIComponent(pathname + search)}`);
  }
}

async function kept(request, pathname) {
  return (await caches.match(pathname)) ?? fetch(request);
}
