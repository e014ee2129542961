// A file system in memory for the workbench of the test: fixture:/… with the files that the test serves as JSON.
const vscode = require("vscode")

exports.activate = async context => {
  const texts = await (await fetch(new URL("/workspace.json", context.extensionUri.toString(true)))).json()
  const files = new Map(Object.entries(texts).map(([path, text]) => [path, new TextEncoder().encode(text)]))
  const changes = new vscode.EventEmitter()
  const time = Date.now()
  const below = dir => [...files.keys()].filter(path => path.startsWith(dir.replace(/\/$/, "") + "/"))
  const missing = uri => vscode.FileSystemError.FileNotFound(uri)
  context.subscriptions.push(vscode.workspace.registerFileSystemProvider("fixture", {
    onDidChangeFile: changes.event,
    watch: () => new vscode.Disposable(() => {}),
    stat: ({ path }) => {
      const file = files.get(path)
      if (!file && below(path).length === 0) throw missing(path)
      return { type: file ? vscode.FileType.File : vscode.FileType.Directory, ctime: time, mtime: time, size: file?.length ?? 0 }
    },
    readDirectory: ({ path }) => {
      const top = path.replace(/\/$/, "") + "/"
      const type = rest => (rest.length ? vscode.FileType.Directory : vscode.FileType.File)
      const split = below(path).map(p => p.slice(top.length).split("/"))
      return [...new Map(split.map(([name, ...rest]) => [name, type(rest)]))]
    },
    readFile: ({ path }) => files.get(path) ?? (() => { throw missing(path) })(),
    writeFile: (uri, data) => {
      files.set(uri.path, data)
      changes.fire([{ type: vscode.FileChangeType.Changed, uri }])
    },
    createDirectory: () => {}, delete: () => {}, rename: () => {},
  }))
}
