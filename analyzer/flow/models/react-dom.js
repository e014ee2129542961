// react-dom in programs that kbone runs: what an entry renders is what its page shows.

export function render(shown, box, then) {
  $mount(shown)
  if (then) then()
}
export const hydrate = render
export const createRoot = () => ({ render, unmount() {} })
export const hydrateRoot = (box, shown) => { $mount(shown) }
export const createPortal = shown => shown
export const flushSync = f => f()
export const unstable_batchedUpdates = (f, x) => f(x)
export const findDOMNode = c => $nothing
export const unmountComponentAtNode = () => true
export default { render, hydrate, createPortal, flushSync, unstable_batchedUpdates, findDOMNode, unmountComponentAtNode }
