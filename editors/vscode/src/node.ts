// On the desktop: the server is the program beian, which lies in the package of the extension.
import { existsSync } from "fs"
import * as vscode from "vscode"
import { LanguageClient } from "vscode-languageclient/node"
import { run } from "./extension"
import { pattern } from "./files"
import { say } from "./words"

export function activate(context: vscode.ExtensionContext) {
  return run(context, {
    options: { documentSelector: [{ scheme: "file", pattern }] },
    start: async options => new LanguageClient("beian", "beian", { command: program(context), args: ["lsp"] }, options),
  })
}

/** The program of the setting, else the one in the package, else the one on the path. */
function program(context: vscode.ExtensionContext): string {
  const said = vscode.workspace.getConfiguration("beian").get<string>("path")
  if (said) return said
  const name = process.platform === "win32" ? "beian.exe" : "beian"
  const bundled = context.asAbsolutePath(`bin/${name}`)
  if (existsSync(bundled)) return bundled
  const onPath = (process.env.PATH ?? "").split(process.platform === "win32" ? ";" : ":").some(dir => dir && existsSync(`${dir}/${name}`))
  if (onPath) return name
  throw new Error(say("noServer"))
}
