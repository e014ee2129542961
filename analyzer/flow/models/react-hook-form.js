// What a program can see of react-hook-form.

import { createContext, useContext } from 'react'

// What a control hands over: an event, or the value itself.
const entered = v => (v && v.detail ? v.detail.value : v)

function fieldOf(control, name) {
  const values = control.$values
  return {
    name, value: values[name], ref() {}, onBlur() {},
    onChange: v => { values[name] = entered(v) },
  }
}

export function useForm(options) {
  const cell = $cell(undefined)
  if (!cell.value) cell.value = $open(Object.assign({}, options && options.defaultValues))
  const values = cell.value
  const control = { $values: values }
  const read = name => {
    if (Array.isArray(name)) return name.map(one => values[one])
    return typeof name === 'string' ? values[name] : values
  }
  const hear = (f, name) => {
    if (typeof f !== 'function') return read(f)
    $hook('watch', () => f(values, { name: $nothing, type: 'change' }))
    return { unsubscribe() {} }
  }
  return {
    control,
    register: name => {
      const field = fieldOf(control, name)
      return Object.assign({ onInput: field.onChange }, field)
    },
    handleSubmit: (valid, invalid) => () => valid(values),
    setValue: (name, v) => { values[name] = v },
    getValues: read, watch: hear, subscribe: o => hear(f => o.callback({ values })),
    reset: v => { Object.assign(values, v) },
    trigger: () => Promise.resolve(true),
    resetField(name, o) { if (o && 'defaultValue' in o) values[name] = o.defaultValue }, setError() {}, clearErrors() {}, setFocus() {}, unregister() {},
    formState: $nothing,
  }
}
export function useController(props) { return { field: fieldOf(props.control, props.name), fieldState: $nothing, formState: $nothing } }
export const Controller = props => props.render(useController(props))
export const useWatch = options => {
  const values = ((options && options.control) || useFormContext().control).$values
  if (!options || !options.name) return values
  return Array.isArray(options.name) ? options.name.map(name => values[name]) : values[options.name]
}

const shared = createContext(undefined)
export const FormProvider = props => { shared.value = props; return props.children }
export const useFormContext = () => useContext(shared)
export default { useForm, Controller, useController, FormProvider, useFormContext, useWatch }
