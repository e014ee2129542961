// The service worker: it keeps the files of the page, so that it works offline after the
// first time. A new version has a new name and takes the place of the old one whole.
declare const self: ServiceWorkerGlobalScope
declare const VERSION: string
declare const FILES: string[]
const PROGRAM = "beian.wasm", PACKED = PROGRAM + ".gz"

self.addEventListener("install", e => e.waitUntil((async () => {
  const cache = await caches.open(VERSION)
  const anew = (file: string) => new Request(file, { cache: "reload" })
  await cache.addAll(FILES.filter(f => f !== PACKED).map(anew))
  // The program is kept unpacked: browsers keep what they compiled of it from one visit to the next.
  const packed = await fetch(anew(PACKED))
  if (!packed.ok || !packed.body) throw new Error(PACKED + ": " + packed.status)
  const plain = packed.body.pipeThrough(new DecompressionStream("gzip"))
  await cache.put(PROGRAM, new Response(plain, { headers: { "content-type": "application/wasm" } }))
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
