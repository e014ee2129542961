// The status bar: the verdict of the workspace.
import * as vscode from "vscode"
import type { Status, Verdict } from "./protocol"
import { say } from "./words"

const icons: Record<Verdict, string> = { triggered: "$(warning)", undetermined: "$(question)", "not-triggered": "$(info)" }
const strongest: Verdict[] = ["triggered", "undetermined", "not-triggered"]

export class StatusBar {
  private readonly item = vscode.window.createStatusBarItem(vscode.StatusBarAlignment.Left, 10)
  private readonly folders = new Map<string, Status>()

  constructor() { this.item.command = "beian.report" }

  show(status: Status) {
    const known = this.folders.get(status.uri)
    this.folders.set(status.uri, status.state === "analyzing" && known ? { ...known, state: "analyzing" } : status)
    const all = [...this.folders.values()]
    const done = all.filter(s => s.status)
    const worst = strongest.map(v => done.find(s => s.status === v)).find(s => s)
    if (all.every(s => s.state === "empty")) return this.item.hide()
    if (!worst?.status) {
      const first = all.find(s => s.state === "failed") ?? all[0]
      this.item.text = `$(shield) beian: ${say(first.state === "analyzing" ? "analyzing" : "failed")}`
      this.item.tooltip = first.text
    } else {
      const busy = all.some(s => s.state === "analyzing") ? " $(sync~spin)" : ""
      const points = done.reduce((n, s) => n + s.points, 0)
      this.item.text = `${icons[worst.status]} beian: ${say(worst.status)} · ${say("points")} ${points}${busy}`
      this.item.tooltip = worst.text
    }
    this.item.show()
  }

  fail(text: string) {
    this.item.text = `$(error) beian: ${say("failed")}`
    this.item.tooltip = text
    this.item.show()
    void vscode.window.showErrorMessage("beian: " + text)
  }

  hide() { this.item.hide() }
  dispose() { this.item.dispose() }
}
