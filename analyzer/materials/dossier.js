'use strict';
// What is filled in is kept in the elements themselves, so that a saved copy has it.
const keep = () => {
  for (const field of document.querySelectorAll('[data-key]')) {
    if (field.type === 'checkbox') field.toggleAttribute('checked', field.checked);
    else if (field.tagName === 'TEXTAREA') field.textContent = field.value;
    else for (const option of field.options) option.toggleAttribute('selected', option.selected);
  }
};
const download = (name, type, text) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};
// Settings for beian.yaml. A text is quoted as JSON does, which is YAML too; true, false
// and numbers are not. Data of people (local.*) stays out.
const yaml = () => {
  const plain = /^operator\.(mainland|minors|children|commercial|cross-border|type|app-type)$/;
  const lines = [], form = [];
  for (const field of document.querySelectorAll('[data-key^="operator."]')) {
    const key = field.dataset.key, value = field.value.trim();
    if (!value || value === field.dataset.draft) continue; // a draft that nobody changed is no statement
    const text = plain.test(key) ? value : JSON.stringify(value);
    if (key.startsWith('operator.form.')) form.push('    ' + key.slice(14) + ': ' + text);
    else lines.push('  ' + key.slice(9) + ': ' + text);
  }
  if (form.length) lines.push('  form:', ...form);
  return 'operator:\n' + lines.join('\n') + '\n';
};
document.getElementById('save').onclick = () => {
  keep();
  download(document.title.replace(/[\\/:*?"<>|]/g, ' ') + '.html', 'text/html', '<!doctype html>\n' + document.documentElement.outerHTML);
};
document.getElementById('export').onclick = () => download('beian.yaml', 'text/yaml', yaml());
document.getElementById('print').onclick = () => print();
