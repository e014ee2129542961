// In the browser: the server is compiled to WebAssembly and runs in a worker, which cannot read the workspace. So the
// extension reads the files of the programs and hands them over, and does so again when one changes.
import * as vscode from "vscode"
import { LanguageClient } from "vscode-languageclient/browser"
import { run } from "./extension"
import { pattern, suffixes } from "./files"
import { say } from "./words"

const most = 64 << 20 // bytes: what a mini program can have several times over
const skipped = new Set(["node_modules", ".git", "dist", "unpackage"])
const isSource = new RegExp(`(\\.(${suffixes.join("|")})|(^|/)beian\\.yaml)$`)

export function activate(context: vscode.ExtensionContext) {
  return run(context, {
    options: { documentSelector: [{ pattern }], uriConverters: { code2Protocol, protocol2Code } },
    start: async options => {
      const worker = new Worker(vscode.Uri.joinPath(context.extensionUri, "dist/server.js").toString(true))
      const program = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, "dist/beian.wasm.gz"))
      await new Promise<void>((done, failed) => {
        worker.onerror = e => failed(new Error(e.message))
        worker.onmessage = e => (e.data.error ? failed(new Error(e.data.error)) : done())
        worker.postMessage({ program })
      })
      await handOver(worker, context)
      return new LanguageClient("beian", "beian", options, worker)
    },
  })
}

// The server knows paths; so the folders of the workspace become /0, /1, …, whatever their scheme.
function code2Protocol(uri: vscode.Uri): string {
  const folders = vscode.workspace.workspaceFolders ?? []
  const i = folders.findIndex(f => within(f.uri, uri))
  if (i < 0) return uri.toString()
  return vscode.Uri.file(`/${i}${uri.path.slice(folders[i].uri.path.replace(/\/$/, "").length)}`).toString()
}

function protocol2Code(text: string): vscode.Uri {
  const uri = vscode.Uri.parse(text)
  const [, i, rest] = /^\/(\d+)(\/.*)?$/.exec(uri.path) ?? []
  const folder = uri.scheme === "file" && i ? vscode.workspace.workspaceFolders?.[Number(i)] : undefined
  return folder ? folder.uri.with({ path: folder.uri.path.replace(/\/$/, "") + (rest ?? "") }) : uri
}

function within(folder: vscode.Uri, uri: vscode.Uri): boolean {
  const top = folder.path.replace(/\/$/, "")
  return folder.scheme === uri.scheme && folder.authority === uri.authority && (uri.path === top || uri.path.startsWith(top + "/"))
}

/** Gives the worker the files of the workspace, now and after each change. */
async function handOver(worker: Worker, context: vscode.ExtensionContext) {
  let total = 0
  const give = async (uri: vscode.Uri) => {
    const data = await vscode.workspace.fs.readFile(uri)
    if ((total += data.byteLength) > most) return void vscode.window.showWarningMessage("beian: " + say("left"))
    const copy = data.slice()
    worker.postMessage({ put: vscode.Uri.parse(code2Protocol(uri)).path, data: copy }, [copy.buffer])
  }
  const walk = async (dir: vscode.Uri): Promise<void> => {
    for (const [name, type] of await vscode.workspace.fs.readDirectory(dir)) {
      const uri = vscode.Uri.joinPath(dir, name)
      if (type & vscode.FileType.Directory) {
        if (!skipped.has(name)) await walk(uri)
      } else if (isSource.test(name) && total <= most) await give(uri)
    }
  }
  for (const folder of vscode.workspace.workspaceFolders ?? []) await walk(folder.uri)
  const watcher = vscode.workspace.createFileSystemWatcher(pattern)
  const changed = (uri: vscode.Uri) => void give(uri).catch(() => {}) // it is gone again
  watcher.onDidCreate(changed)
  watcher.onDidChange(changed)
  watcher.onDidDelete(uri => worker.postMessage({ put: vscode.Uri.parse(code2Protocol(uri)).path, data: null }))
  context.subscriptions.push(watcher)
}
