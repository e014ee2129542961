// The files that a mini program is made of. cmd/beian has a test that the suffixes are those of the analyzer.
export const suffixes = [
  "js", "ts", "json", "jsonc", "json5", "jsx", "tsx", "mjs", "mts", "cjs", "cts", "html", "san", "wxml", "wxs", "axml", "sjs", "swan",
  "ttml", "qml", "qs", "ksml", "jxml", "jds", "xhsml", "vue", "nvue", "uvue", "uts", "wpy", "cml", "interface", "mpx",
]

/** A pattern of the editor: braces do not nest. */
export const pattern = `**/{${suffixes.map(s => "*." + s).join(",")},beian.yaml}`
