(() => {
  'use strict'
  const keys = ['category', 'confidence', 'page', 'to', 'text']
  const programs = [...document.querySelectorAll('.program')]
  // Filters are those of one program. If there are several, the names of all but the
  // first have its id before them: p2.category=phone.
  const name = (program, key) => program === programs[0] ? key : program.id + '.' + key
  const chosen = () => new URLSearchParams(location.hash.slice(1))
  const wanted = program => {
    const all = chosen()
    return new Map(keys.filter(k => all.has(name(program, k))).map(k => [k, all.get(name(program, k))]))
  }
  const fits = (e, want) => [...want].every(([k, v]) => {
    if (k === 'text') return e.textContent.toLowerCase().includes(v.toLowerCase())
    return k === 'to' ? (e.dataset.to || '').split('\n').includes(v) : e.dataset[k] === v
  })
  const show = program => {
    const want = wanted(program)
    let n = 0
    for (const section of program.querySelectorAll('section.page')) {
      let left = 0
      for (const a of section.querySelectorAll('article')) {
        a.hidden = !fits(a, want)
        if (!a.hidden) left++
      }
      section.hidden = left === 0
      n += left
    }
    for (const e of program.querySelectorAll('svg path[data-category]')) {
      e.classList.toggle('off', ['category', 'page', 'to'].some(k => want.has(k) && e.dataset[k] && e.dataset[k] !== want.get(k)))
    }
    for (const b of program.querySelectorAll('[aria-pressed]')) {
      b.setAttribute('aria-pressed', String((want.get(b.dataset.key) || '') === b.dataset.value))
    }
    for (const s of program.querySelectorAll('select[data-key], input[data-key]')) {
      if (s !== document.activeElement) s.value = want.get(s.dataset.key) || ''
    }
    for (const e of program.querySelectorAll('.shown')) e.textContent = String(n)
    for (const e of program.querySelectorAll('.unmatched')) e.hidden = n > 0
  }
  const set = (program, key, value) => {
    const want = chosen()
    if (value) want.set(name(program, key), value)
    else want.delete(name(program, key))
    history.replaceState(null, '', '#' + want)
    show(program)
  }
  for (const p of programs) {
    for (const b of p.querySelectorAll('button.chip')) b.addEventListener('click', () => set(p, b.dataset.key, b.dataset.value))
    for (const s of p.querySelectorAll('select[data-key]')) s.addEventListener('change', () => set(p, s.dataset.key, s.value))
    for (const s of p.querySelectorAll('input[data-key]')) s.addEventListener('input', () => set(p, s.dataset.key, s.value.trim()))
    // A box of the picture sets the filter, and once more takes it back.
    for (const g of p.querySelectorAll('svg g[data-key]')) {
      const toggle = () => set(p, g.dataset.key, g.getAttribute('aria-pressed') === 'true' ? '' : g.dataset.value)
      g.addEventListener('click', toggle)
      g.addEventListener('keydown', e => {
        if (e.key !== 'Enter' && e.key !== ' ') return
        e.preventDefault()
        toggle()
      })
    }
    // Each place has a button that copies it.
    for (const place of p.querySelectorAll('.place')) {
      const text = place.textContent
      const b = document.createElement('button')
      b.className = 'copy'
      b.type = 'button'
      b.textContent = document.body.dataset.copy
      b.setAttribute('aria-label', document.body.dataset.copy + ' ' + text)
      b.addEventListener('click', () => {
        const area = document.createElement('textarea') // also where there is no navigator.clipboard
        area.value = text
        document.body.append(area)
        area.select()
        const done = document.execCommand('copy')
        area.remove()
        b.focus()
        if (!done) return
        b.textContent = document.body.dataset.copied
        setTimeout(() => { b.textContent = document.body.dataset.copy }, 1500)
      })
      place.after(' ', b)
    }
  }
  addEventListener('hashchange', () => programs.forEach(show))
  addEventListener('beforeprint', () => { for (const d of document.querySelectorAll('details')) d.open = true })
  programs.forEach(show)
})()
