(() => {
  'use strict'
  const keys = ['category', 'confidence', 'page']
  const chosen = () => new URLSearchParams(location.hash.slice(1))
  const show = () => {
    const want = chosen()
    const fits = e => keys.every(k => !want.has(k) || e.dataset[k] === want.get(k))
    let n = 0
    for (const section of document.querySelectorAll('section.page')) {
      let left = 0
      for (const a of section.querySelectorAll('article')) {
        a.hidden = !fits(a)
        if (!a.hidden) left++
      }
      section.hidden = left === 0
      n += left
    }
    for (const e of document.querySelectorAll('svg path[data-category]')) {
      const off = want.has('category') && e.dataset.category !== want.get('category') ||
        want.has('page') && e.dataset.page && e.dataset.page !== want.get('page')
      e.classList.toggle('off', off)
    }
    for (const b of document.querySelectorAll('[aria-pressed]')) {
      b.setAttribute('aria-pressed', String((want.get(b.dataset.key) || '') === b.dataset.value))
    }
    for (const s of document.querySelectorAll('select[data-key]')) s.value = want.get(s.dataset.key) || ''
    for (const e of document.querySelectorAll('.shown')) e.textContent = String(n)
    for (const e of document.querySelectorAll('.unmatched')) e.hidden = n > 0
  }
  const set = (key, value) => {
    const want = chosen()
    if (value) want.set(key, value)
    else want.delete(key)
    history.replaceState(null, '', '#' + want)
    show()
  }
  for (const b of document.querySelectorAll('button.chip')) b.addEventListener('click', () => set(b.dataset.key, b.dataset.value))
  for (const s of document.querySelectorAll('select[data-key]')) s.addEventListener('change', () => set(s.dataset.key, s.value))
  // A box of the picture sets the filter, and once more takes it back.
  for (const g of document.querySelectorAll('svg g[data-key]')) {
    const toggle = () => set(g.dataset.key, g.getAttribute('aria-pressed') === 'true' ? '' : g.dataset.value)
    g.addEventListener('click', toggle)
    g.addEventListener('keydown', e => {
      if (e.key !== 'Enter' && e.key !== ' ') return
      e.preventDefault()
      toggle()
    })
  }
  addEventListener('hashchange', show)
  addEventListener('beforeprint', () => { for (const d of document.querySelectorAll('details')) d.open = true })
  show()
})()
