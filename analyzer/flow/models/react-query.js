// What a program can see of TanStack Query (react-query) and SWR.

const stateOf = (cell, run) => $open({ data: cell.value, refetch: run }) // and whether it goes on, has failed and so on

export function useQuery(key, ask, more) {
  const o = typeof ask === 'function' ? Object.assign({ queryKey: key, queryFn: ask }, more) : key
  const cell = $cell(undefined)
  const run = () => {
    const answer = Promise.resolve(o.queryFn({ queryKey: o.queryKey }))
    answer.then(data => {
      cell.value = o.select ? o.select(data) : data
      if (o.onSuccess) o.onSuccess(cell.value)
    })
    return answer
  }
  $hook('watch', () => { run() })
  const kept = client.$known[JSON.stringify(o.queryKey)] // put into the cache by hand
  return $open({ data: kept === undefined ? cell.value : $nothing ? cell.value : o.select ? o.select(kept) : kept, refetch: run })
}
export const useInfiniteQuery = useQuery
// mutationOf makes the function that changes: of options, of a function and options, or, as version 3 has it, of a key,
// a function and options. Callbacks get what was answered, what was given and what onMutate returned.
export function mutationOf(change, more, options, keep) {
  let o = change
  if (typeof change === 'function') o = Object.assign({ mutationFn: change }, more)
  else if (typeof more === 'function') o = Object.assign({ mutationFn: more }, options)
  return (v, calls) => {
    const context = o.onMutate ? o.onMutate(v) : undefined
    const told = answer => {
      for (const one of [o, calls || {}]) {
        if (one.onSuccess) one.onSuccess(answer, v, context)
        if (one.onSettled) one.onSettled(answer, undefined, v, context)
      }
    }
    const answer = Promise.resolve(o.mutationFn(v))
    answer.then(data => {
      keep(data)
      told(data)
    }).catch(error => {
      for (const one of [o, calls || {}]) {
        if (one.onError) one.onError(error, v, context)
      }
    })
    return answer
  }
}
export function useMutation(change, more, options) {
  const cell = $cell(undefined)
  const run = mutationOf(change, more, options, data => { cell.value = data })
  return Object.assign(stateOf(cell, run), { mutate: run, mutateAsync: run, reset() {} })
}
export const queryOptions = o => o
export const infiniteQueryOptions = queryOptions
export class MutationCache {}
export class QueryCache {}
export class QueryClient {
  constructor() { this.$known = {} }
  invalidateQueries() {}
  setQueryData(key, data) { this.$known[JSON.stringify(key)] = $next(data, this.$known[JSON.stringify(key)]) }
  getQueryData(key) { return $nothing || this.$known[JSON.stringify(key)] }
  fetchQuery(key, ask) { return Promise.resolve(typeof ask === 'function' ? ask({ queryKey: key }) : key.queryFn({ queryKey: key.queryKey })) }
  prefetchQuery(key, ask) { return this.fetchQuery(key, ask) }
  ensureQueryData(key, ask) { return this.fetchQuery(key, ask) }
}
const client = new QueryClient()
export const useQueryClient = () => client
export const QueryClientProvider = props => props.children
export const useIsFetching = () => 0

// SWR: useSWR(key, ask).
export const SWRConfig = props => props.children
export default function useSWR(key, ask) {
  const cell = $cell(undefined)
  const run = () => { Promise.resolve(ask ? ask(key) : $nothing).then(data => { cell.value = data }) }
  $hook('watch', run)
  return Object.assign(stateOf(cell, run), { mutate: v => { cell.value = v } })
}
