// The steps of the flows of a point, in a list that shows each place as it is walked through.
import * as vscode from "vscode"
import { openAt, place } from "./places"
import type { Point, Step } from "./protocol"
import { say } from "./words"

export function showSteps(point: Point, uri: (text: string) => vscode.Uri) {
  type Entry = vscode.QuickPickItem & { step: Step }
  const entries: Entry[] = point.flows.flatMap(flow => flow.steps.map((step, i): Entry => ({
    label: `${i + 1}. ${step.text}`, step,
    description: step.location && place(uri(step.location.uri), step.location),
    detail: i === 0 ? `$(arrow-right) ${flow.text}` : undefined,
  })))
  const here: Step = { text: "", location: point.location }
  if (entries.length === 0) entries.push({ label: point.note || say("nowhere"), description: point.message, step: here })

  const open = (entry: Entry | undefined, preserveFocus: boolean) => {
    const at = entry?.step.location
    if (at) void vscode.window.showTextDocument(uri(at.uri), openAt(at, preserveFocus))
  }
  const list = vscode.window.createQuickPick<Entry>()
  list.title = `${point.message} · ${say("stepsTitle")}`
  list.items = entries
  list.onDidChangeActive(([entry]) => open(entry, true))
  list.onDidAccept(() => {
    open(list.activeItems[0], false)
    list.hide()
  })
  list.onDidHide(() => list.dispose())
  list.show()
}
