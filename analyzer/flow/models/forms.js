// What a program can see of the forms of component libraries for React: an instance keeps
// the values of the controls that items name (<Form.Item name="tel">), and gives them to
// those who ask. The form itself hands them to onFinish (react_view.go).

// That of rc-field-form, below those of antd, rejects with the values, too (src/hooks/useForm.ts of 2.7.0; read 2026-11).
export const failed = values => ({ values, errorFields: [{ name: [$nothing], errors: [$nothing], warnings: [] }], outOfDate: $nothing })

export function formInstance(kept, rejects) {
  const form = { $values: kept }
  const values = () => form.$values
  form.getFieldsValue = values
  form.getFieldValue = name => form.$values[name]
  form.getValues = values
  form.getFieldsError = () => []
  form.setFieldsValue = v => { Object.assign(form.$values, v) }
  form.setFieldValue = (name, v) => { form.$values[name] = v }
  form.setFields = form.setFieldsValue
  form.setInitialValues = form.setFieldsValue
  form.validateFields = done => {
    if (typeof done === 'function') done(undefined, form.$values)
    if (rejects) return new Promise((resolve, reject) => { resolve(form.$values); reject(failed(form.$values)) })
    return Promise.resolve(form.$values)
  }
  form.validate = done => { form.validateFields(done); return Promise.resolve(form.$values) }
  form.submit = () => {}
  form.resetFields = () => {}
  return form
}

// Most give a list, some the instance itself.
export function useForm(library) {
  const form = $cell(formInstance($open({}), library === 'rc-field-form')).value // the form's initial values are among them
  return Object.assign([form], form)
}
export const useWatch = (name, form) => (form ? form.$values[name] : undefined)
