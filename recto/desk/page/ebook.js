// The e-book as a reader turns its pages: foliate-js, given the files one by one. A file that has not changed
// has the same address as before, so the browser has it.

import { get, words } from './api.js'
import { EPUB } from './vendor/foliate/epub.js'
import './vendor/foliate/paginator.js'

const PLAIN = 'html { font-family: Georgia, "Times New Roman", serif }'
const DARK = `${PLAIN} html, body { background: #23211e !important; color: #e9e3d8 !important }
* { border-color: currentColor } a { color: #e58a76 !important } img, svg { background: #fff }`
const BLOCK = 'p, li, h1, h2, h3, h4, h5, h6, td, th, dt, dd, figcaption, pre, blockquote'

export class Ebook {
  #root; #told; #onWord; #onMove; #reader; #book; #place = { index: 0, fraction: 0 }; #dark = false; #files = {}; #busy = Promise.resolve()

  constructor(root, { onWord, onMove, onKey, onSelect }) {
    this.#root = root
    this.#onWord = onWord
    this.#onMove = onMove
    this.onKey = onKey
    this.onSelect = onSelect
  }

  // Shows an e-book ({files: {name: digest}}) where the former one was open, or at the chapter that changed.
  show(files, breaks) {
    return this.#inTurn(() => this.#open(files, breaks))
  }

  // foliate-js loses its way when it is sent elsewhere while it is going somewhere: one thing after another.
  #inTurn(act) {
    this.#busy = this.#busy.then(act).catch(fault => console.warn(fault))
    return this.#busy
  }

  async #open(files, breaks) {
    const before = this.#files
    const changed = Object.keys(files).filter(name => before[name] !== files[name])
    if (!changed.length) return
    this.#files = files
    this.breaks = breaks
    const address = name => `/ebook/${files[name]}/${name}`
    const load = kind => name => files[name] ? get(address(name), kind) : null
    const book = await new EPUB({ loadText: load('text'), loadBlob: load('blob'), getSize: () => 1000 }).init()
    const reader = document.createElement('foliate-paginator')
    reader.className = 'coming'
    reader.setAttribute('max-column-count', '1')
    reader.setAttribute('margin', '36px')
    reader.setAttribute('gap', '8%')
    this.#root.append(reader)
    reader.open(book)
    reader.addEventListener('load', ({ detail }) => this.#opened(detail, book, reader))
    this.#paint(reader)
    const here = book.sections[this.#place.index]?.id
    const texts = changed.filter(name => /chapter|appendix|part/.test(name) && name.endsWith('.xhtml'))
    const stays = !Object.keys(before).length || changed.includes(here) || !texts.length
    const start = Object.keys(before).length ? 0 : book.sections.findIndex(({ id }) => /chapter-|part-/.test(id))
    const index = stays ? Math.max(start, Math.min(this.#place.index, book.sections.length - 1)) : book.sections.findIndex(({ id }) => id === texts[0])
    const fraction = stays ? this.#place.fraction : 0
    await reader.goTo({ index: Math.max(index, 0), anchor: () => fraction })
    reader.addEventListener('relocate', ({ detail }) => this.#moved(detail))
    this.#place = { index: Math.max(index, 0), fraction }
    const former = this.#reader, wasRead = former?.getContents()[0]?.doc?.hasFocus()
    this.#reader = reader
    const old = this.#book
    this.#book = book
    reader.classList.remove('coming')
    former?.destroy?.()
    former?.remove()
    old?.destroy()
    if (wasRead) reader.focusView() // else the focus is in a frame that is gone, and keys with it
    this.#tell()
  }

  goTo(file, anchor) {
    return this.#inTurn(async () => {
      const found = this.#book?.resolveHref(encodeURI(file) + (anchor ? `#${anchor}` : ''))
      if (found) await this.#reader.goTo(found)
    })
  }

  // Where a printed page begins, by its folio.
  follow(folio) {
    const [file, anchor] = (this.breaks?.[folio] ?? '').split('#')
    if (file) this.goTo(file, anchor)
  }

  turn(by) {
    return this.#inTurn(() => by > 0 ? this.#reader?.next() : this.#reader?.prev())
  }

  set dark(dark) {
    this.#dark = dark
    if (this.#reader) this.#paint(this.#reader)
  }

  // What is selected; '' for nothing.
  selected() {
    return this.#reader?.getContents()[0]?.doc.getSelection()?.toString().replace(/\s+/g, ' ').trim() ?? ''
  }

  #paint(reader) {
    reader.setStyles(this.#dark ? DARK : PLAIN)
  }

  #moved({ index, fraction }) {
    this.#place = { index, fraction: fraction ?? 0 }
    this.#tell()
  }

  #tell() {
    const { id } = this.#book?.sections[this.#place.index] ?? {}
    this.#onMove(id, this.#place.fraction)
  }

  #opened({ doc, index }, book, reader) {
    doc.addEventListener('keydown', event => this.onKey(event))
    doc.addEventListener('selectionchange', () => this.onSelect())
    doc.addEventListener('click', event => {
      const link = event.target.closest?.('a[href]')
      if (link) {
        event.preventDefault()
        const href = book.sections[index].resolveHref(link.getAttribute('href'))
        const found = book.isExternal(link.getAttribute('href')) ? null : book.resolveHref(href)
        if (found) this.#inTurn(() => reader.goTo(found))
      } else if (doc.getSelection().isCollapsed) this.#clicked(doc, event)
    })
  }

  #clicked(doc, event) {
    const caret = doc.caretRangeFromPoint?.(event.clientX, event.clientY) ?? doc.caretPositionFromPoint?.(event.clientX, event.clientY)
    const node = caret?.startContainer ?? caret?.offsetNode
    const block = node?.parentElement?.closest(BLOCK)
    if (!block) return
    const range = doc.createRange()
    range.setStart(block, 0)
    range.setEnd(node, caret.startOffset ?? caret.offset)
    const before = range.toString(), text = block.textContent
    let begin = before.length, end = before.length
    while (begin > 0 && /\S/.test(text[begin - 1])) begin--
    while (end < text.length && /\S/.test(text[end])) end++
    const word = text.slice(begin, end)
    if (word) this.#onWord({ before: words(text.slice(0, begin)).slice(-14), word, after: words(text.slice(end)).slice(0, 14) })
  }
}
