// What a page reads of the elements that it shows (WeChat documentation, SelectorQuery,
// NodesRef, EditorContext). $node(component, selector) are the elements, $foreign() what the
// platform knows of them besides, unknown a name that nothing declares.

export class SelectorQuery {
  constructor(component) {
    this.component = component
    this.results = []
  }

  in(component) {
    this.component = component
    return this
  }

  select(selector) { return new NodesRef(this, selector, false) }
  selectAll(selector) { return new NodesRef(this, selector, true) }
  selectViewport() { return new NodesRef(this, '', false) }

  exec(callback) {
    if (callback) callback(this.results)
  }
}

class NodesRef {
  constructor(query, selector, all) {
    this.query = query
    this.selector = selector
    this.all = all
  }

  fields(wanted, callback) {
    const answer = { ...unknown }
    if (wanted.dataset) answer.dataset = $node(this.query.component, this.selector).dataset
    for (const name of wanted.properties || []) answer[name] = $node(this.query.component, this.selector)[name]
    if (wanted.node) answer.node = $foreign()
    if (wanted.context) answer.context = this.about()
    return this.give(answer, callback)
  }

  context(callback) { return this.give({ context: this.about() }, callback) }
  boundingClientRect(callback) { return this.give($foreign(), callback) }
  scrollOffset(callback) { return this.give($foreign(), callback) }
  node(callback) { return this.give({ node: $foreign() }, callback) }
  ref(callback) { return this.give($foreign(), callback) }

  give(answer, callback) {
    let result = answer
    if (this.all) {
      result = []
      for (const one of unknown) result.push(answer)
    }
    this.query.results.push(result)
    if (callback) callback(result)
    return this.query
  }

  // The context of <editor>. Those of other elements give nothing that a person enters.
  about() {
    const entered = $node(this.query.component, this.selector).$entered
    const hand = options => {
      const answer = { html: entered, text: entered, delta: entered }
      if (options && options.success) options.success(answer)
      if (options && options.complete) options.complete(answer)
      return Promise.resolve(answer)
    }
    return { ...$foreign(), getContents: hand, getSelectionText: hand }
  }
}
