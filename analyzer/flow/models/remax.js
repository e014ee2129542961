// What pages of Remax ask the framework for: events by their names, and the parameters of the page
// (remax 2.15, packages/framework-shared/src, read 2026-11).

export const usePageEvent = (name, f) => $hook(name, f)
export const useAppEvent = (name, f) => $hook(name, f)
export const useComponentEvent = (name, f) => $hook(name, f)
export const useQuery = () => $query()
export const usePageInstance = () => $instance()
export const useShow = f => $hook('onShow', f)
export const useHide = f => $hook('onHide', f)
export const createAppConfig = config => config
export const createPageConfig = config => config
