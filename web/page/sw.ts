// The service worker: it keeps the files of the page, so that it works offline after the
// first time. A new version has a new name and takes the place of the old one whole.
declare const self: ServiceWorkerGlobalScope
declare const VERSION: string
declare const FILES: string[]

self.addEventListener("install", e => e.waitUntil((async () => {
  await (await caches.open(VERSION)).addAll(FILES.map(f => new Request(f, { cache: "reload" })))
  await self.skipWaiting()
})()))
self.addEventListener("activate", e => e.waitUntil((async () => {
  for (const name of await caches.keys()) if (name !== VERSION) await caches.delete(name)
  await self.clients.claim()
})()))
self.addEventListener("fetch", e => {
  if (e.request.method !== "GET" || new URL(e.request.url).origin !== self.location.origin) return
  e.respondWith((async () => (await (await caches.open(VERSION)).match(e.request, { ignoreSearch: true })) ?? fetch(e.request))())
})
export {}
