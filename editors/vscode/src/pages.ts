// The report and the dossier as pages of the editor. Both bring a Content-Security-Policy of their own, which allows their
// own script by its hash and nothing else; a page without one gets no scripts.
import * as vscode from "vscode"
import { say } from "./words"

type Kind = "report" | "dossier"

const open = new Map<Kind, { panel: vscode.WebviewPanel; html: string }>()
const policy = /<meta http-equiv="Content-Security-Policy" content="default-src 'none';/i

export function openPage(kind: Kind, title: string, html: string) {
  const known = open.get(kind)
  const panel = known?.panel ??
    vscode.window.createWebviewPanel("beian." + kind, title, vscode.ViewColumn.Active, { enableFindWidget: true })
  if (!known) panel.onDidDispose(() => open.delete(kind))
  open.set(kind, { panel, html })
  panel.title = title
  panel.webview.options = { enableScripts: policy.test(html), localResourceRoots: [] }
  panel.webview.html = html
  panel.reveal()
}

/** Saves the page that is in front, to be filled in or sent on in a browser. */
export async function save() {
  const [kind, page] = [...open].find(([, { panel }]) => panel.active) ?? []
  if (!kind || !page) return
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri
  const to = await vscode.window.showSaveDialog({
    defaultUri: folder && vscode.Uri.joinPath(folder, `beian-${kind}.html`), saveLabel: say("save"), filters: { HTML: ["html"] },
  })
  if (!to) return
  await vscode.workspace.fs.writeFile(to, new TextEncoder().encode(page.html))
  void vscode.window.showInformationMessage(`beian: ${say("saved")} ${vscode.workspace.asRelativePath(to)}`)
}
