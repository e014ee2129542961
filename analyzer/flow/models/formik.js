// What a program can see of Formik: the values of a form, which its child draws and its
// onSubmit is given.

import { useState } from 'react'

let latest

export function useFormik(options) {
  const [values, setValues] = useState(options.initialValues || {})
  const setFieldValue = (k, v) => setValues(old => Object.assign({}, old, { [k]: v }))
  const submitForm = () => options.onSubmit(values, form)
  const form = {
    values, setFieldValue, submitForm, handleSubmit: submitForm, errors: {}, touched: {}, isSubmitting: $nothing, isValid: $nothing, dirty: $nothing,
    setValues: v => setValues(old => $next(v, old)),
    handleChange: e => (typeof e === 'string' ? v => setFieldValue(e, v) : setFieldValue(e.target.name, e.target.value)),
    handleBlur: () => () => {}, setFieldTouched() {}, setFieldError() {}, setErrors() {}, setSubmitting() {}, validateForm: () => Promise.resolve({}),
    resetForm: () => setValues(options.initialValues || {}),
    getFieldProps: name => ({ name, value: values[name], onChange: e => setFieldValue(name, e.target.value), onBlur() {} }),
  }
  latest = form
  return form
}
export function Formik(props) {
  const form = useFormik(props)
  const draw = props.render || props.children
  return typeof draw === 'function' ? draw(form) : draw
}
export const useFormikContext = () => latest
