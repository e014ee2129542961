// The worker of the browser: beian compiled to WebAssembly (web/lsp), with the messages of the protocol as they are.
/// <reference lib="webworker" />
import "wasm_exec"

type Beian = { put(path: string, data: Uint8Array | null): void; receive(message: string): void }
declare const self: DedicatedWorkerGlobalScope & {
  Go: new () => { importObject: WebAssembly.Imports; run(i: WebAssembly.Instance): Promise<void> }
  beian: Beian
  beianSend(message: string): void
}
type Request = { program: Uint8Array<ArrayBuffer> } | { put: string; data: Uint8Array | null } | { jsonrpc: string }

self.beianSend = message => self.postMessage(JSON.parse(message))

self.onmessage = ({ data }: MessageEvent<Request>) => {
  if ("program" in data) load(data.program).then(() => self.postMessage({ ready: true }), e => self.postMessage({ error: String(e) }))
  else if ("put" in data) put(data.put, data.data)
  else {
    speaking = true
    self.beian.receive(JSON.stringify(data))
  }
}

let speaking = false

/** Hands a file over, and tells the server that it changed. */
function put(path: string, data: Uint8Array | null) {
  self.beian.put(path, data)
  if (!speaking) return
  const uri = "file://" + encodeURI(path)
  self.beian.receive(JSON.stringify({ jsonrpc: "2.0", method: "workspace/didChangeWatchedFiles", params: { changes: [{ uri, type: 2 }] } }))
}

async function load(packed: Uint8Array<ArrayBuffer>): Promise<void> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))
  const go = new self.Go()
  const { instance } = await WebAssembly.instantiate(await new Response(stream).arrayBuffer(), go.importObject)
  void go.run(instance)
}
