// What the server tells beyond the protocol; analyzer/lsp/points.go and status.go say what it means.
import type { Location } from "vscode-languageclient"

export type Folder = { uri: string; failure?: string; programs: Program[] }
export type Program = { root: string; name: string; status: Verdict; headline: string; article: string; points: Point[] }
export type Verdict = "triggered" | "not-triggered" | "undetermined"
export type Point = {
  fingerprint: string; rule: string; category: string; title: string; subject: string; message: string
  confidence: "high" | "medium" | "low"; accepted: boolean; page: string; pageTitle: string
  location: Location; flows: Flow[]; note?: string
}
export type Flow = { recipient: string; text: string; leaves: boolean; steps: Step[] }
export type Step = { text: string; location?: Location }
export type Status = { uri: string; state: "analyzing" | "done" | "failed" | "empty"; status?: Verdict; text?: string; points: number }
