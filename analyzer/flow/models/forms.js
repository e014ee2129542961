// What a program can see of the forms of component libraries for React: an instance keeps
// the values of the controls that items name (<Form.Item name="tel">), and gives them to
// those who ask. The form itself hands them to onFinish (react_view.go).

export function formInstance(kept) {
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
    return Promise.resolve(form.$values)
  }
  form.validate = form.validateFields
  form.submit = () => {}
  form.resetFields = () => {}
  return form
}

// Most give a list, some the instance itself.
export function useForm() {
  const form = $cell(formInstance($open({}))).value // the form's initial values are among them
  return Object.assign([form], form)
}
export const useWatch = (name, form) => (form ? form.$values[name] : undefined)
