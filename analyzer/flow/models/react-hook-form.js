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
  const values = $cell($open(Object.assign({}, options && options.defaultValues))).value
  const control = { $values: values }
  const read = name => (typeof name === 'string' ? values[name] : values)
  return {
    control,
    register: name => {
      const field = fieldOf(control, name)
      return Object.assign({ onInput: field.onChange }, field)
    },
    handleSubmit: (valid, invalid) => () => valid(values),
    setValue: (name, v) => { values[name] = v },
    getValues: read, watch: read,
    reset: v => { Object.assign(values, v) },
    trigger: () => Promise.resolve(true),
    resetField() {}, setError() {}, clearErrors() {}, setFocus() {}, unregister() {},
    formState: $nothing,
  }
}
export function useController(props) { return { field: fieldOf(props.control, props.name), fieldState: $nothing, formState: $nothing } }
export const Controller = props => props.render(useController(props))
export const useWatch = options => options.control.$values[options.name]

const shared = createContext(undefined)
export const FormProvider = props => { shared.value = props; return props.children }
export const useFormContext = () => useContext(shared)
export default { useForm, Controller, useController, FormProvider, useFormContext, useWatch }
