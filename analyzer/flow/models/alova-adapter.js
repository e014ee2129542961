// What adapters of alova export as default: settings of a client that concern how it sends, not what or where
// (alova.js.org, adapters for uni-app and Taro; read 2026-11).

export default function adapter() { return {} }
