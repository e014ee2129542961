// Places of the server as the editor shows and opens them.
import * as vscode from "vscode"
import type { Location } from "vscode-languageclient"

export function rangeOf({ range: { start, end } }: Location): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character)
}

export const openAt = (l: Location, preserveFocus = false): vscode.TextDocumentShowOptions =>
  ({ selection: rangeOf(l), preserveFocus, preview: true })

/** pages/login/login.wxml:4 */
export const place = (uri: vscode.Uri, l: Location): string => `${vscode.workspace.asRelativePath(uri, false)}:${l.range.start.line + 1}`
