// What pages of Remax ask the framework for: events by their names, and the parameters of the page
// (@remax/framework-shared 2.15.23, esm/hooks.d.ts; useShow and useHide as its guide to the framework has them; useQuery,
// useComponentEvent and create*Config by general knowledge, unverified).

export const usePageEvent = (name, f) => $hook(name, f)
export const useAppEvent = (name, f) => $hook(name, f)
export const useComponentEvent = (name, f) => $hook(name, f)
export const useQuery = () => $query()
export const usePageInstance = () => $instance()
export const useShow = f => $hook('onShow', f)
export const useHide = f => $hook('onHide', f)
export const createAppConfig = config => config
export const createPageConfig = config => config
