// The worker of the page: it loads the analyzer and scans. It can read files without
// waiting, which the analyzer needs; the page itself stays quick meanwhile.
/// <reference lib="webworker" />
declare const self: DedicatedWorkerGlobalScope & { Go: new () => { importObject: WebAssembly.Imports; run(i: WebAssembly.Instance): Promise<void> }; beian: any }

type Request = { id: number; call: string; args: any[]; files?: { path: string; file: File }[] }

let ready: Promise<void> | undefined

async function load(): Promise<void> {
  importScripts("wasm_exec.js")
  const go = new self.Go()
  const { instance } = await WebAssembly.instantiateStreaming(program(), go.importObject)
  void go.run(instance)
}

// program is what the service worker keeps unpacked, else the file of the server.
async function program(): Promise<Response> {
  if (await self.caches?.match("beian.wasm")) {
    const kept = await fetch("beian.wasm")
    if (kept.ok) return kept
  }
  const packed = await fetch("beian.wasm.gz")
  if (!packed.ok || !packed.body) throw new Error("beian.wasm.gz: " + packed.status)
  const plain = packed.body.pipeThrough(new DecompressionStream("gzip"))
  return new Response(plain, { headers: { "content-type": "application/wasm" } })
}

self.onmessage = async (event: MessageEvent<Request>) => {
  const { id, call, args, files } = event.data
  const reply = (value: any) => self.postMessage({ id, value }, value instanceof Uint8Array ? [value.buffer] : [])
  try {
    ready ??= load()
    await ready
    if (call === "load") return self.beian.warm(reply)
    if (call !== "scan") return reply(self.beian[call](...args))
    const list = files!
    let read = 0
    const one = (i: number): Uint8Array | string => {
      if (++read % 25 === 0) self.postMessage({ progress: read, of: list.length })
      try {
        return new Uint8Array(new FileReaderSync().readAsArrayBuffer(list[i].file))
      } catch (e) {
        return String(e) // it vanished, or may not be read: the report tells
      }
    }
    self.beian.scan(list.map(f => f.path), list.map(f => f.file.size), one, args[0], args[1], reply)
  } catch (e) {
    ready = undefined
    reply(JSON.stringify({ error: String(e) }))
  }
}
