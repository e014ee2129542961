// What TypeScript writes in place of what an older platform lacks, as the package tslib or
// into each file (m.helper).

// The function that is given has a switch over state.label, with one case for each stretch
// between two awaits. What it returns is an instruction and its operand:
//
//	case 0: return [4, http.post('/login', code)]   // await
//	case 1: reply = state.sent(); return [2, reply] // return
//
// Each pass runs every stretch, from a state of which it is not known where it goes on.
export function __generator(self, body) {
  let got
  const state = { label: 0, sent: () => got, trys: [], ops: [] }
  const toEnd = async () => {
    let out
    for (let pass = 0; pass < 4; pass++) {
      state.label = Math.random()
      out = body.call(self, state)
      if (out) got = await out[1]
    }
    return got
  }
  const result = () => ({ done: true, value: toEnd() })
  return { next: result, throw: result, return: result, [Symbol.iterator]() { return [got][Symbol.iterator]() } }
}

export const __awaiter = (self, args, P, generator) => new Promise(resolve => resolve(generator.apply(self, args || []).next().value))
export const __assign = Object.assign
export const __spread = (...lists) => [].concat(...lists)
export const __spreadArray = (to, from) => to.concat(Array.prototype.slice.call(from))
export const __spreadArrays = (...lists) => [].concat(...lists)
export const __read = (list, n) => Array.from(list).slice(0, n)
export function* __values(list) { yield* list }
export function __rest(all, names) {
  const { ...rest } = all
  for (const name of names) delete rest[name]
  return rest
}
export const __importDefault = m => m && m.__esModule ? m : { default: m }
export const __importStar = m => m && m.__esModule ? m : { ...m, default: m }
