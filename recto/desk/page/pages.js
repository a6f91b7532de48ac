// The printed pages as spreads. Each is a picture that is fetched when it comes near, and given back when it is
// far; over it lie its words, to be clicked, selected and read aloud.

import { get, make } from './api.js'

const SVG = 'http://www.w3.org/2000/svg'
const STEP = 200 // widths of pictures are rounded up to it, so that a moved border fetches nothing anew

export class Pages {
  #root; #leaves = []; #near; #onWord; #onTurn; #zoom = 1; #pages = []

  constructor(root, { onWord, onTurn }) {
    this.#root = root
    this.#onWord = onWord
    this.#onTurn = onTurn
    this.#near = new IntersectionObserver(seen => {
      for (const { target, isIntersecting } of seen) isIntersecting ? this.#load(target) : this.#unload(target)
    }, { root, rootMargin: '120% 0px' })
    let turned
    root.addEventListener('scroll', () => {
      clearTimeout(turned)
      turned = setTimeout(() => this.#onTurn(this.current), 200)
    }, { passive: true })
    new ResizeObserver(() => this.#leaves.forEach(leaf => leaf.querySelector('img') && this.#load(leaf))).observe(root)
  }

  // The number of the first page that is in view, from 0.
  get current() {
    const { top, bottom } = this.#root.getBoundingClientRect()
    const middle = (top + bottom) / 2
    const at = this.#leaves.findIndex(leaf => leaf.getBoundingClientRect().bottom > Math.min(middle, top + 160))
    return Math.max(at, 0)
  }

  // Shows pages ([digest, folio, width, height]); returns the numbers of those that are otherwise than before.
  show(pages) {
    const before = this.#pages
    this.#pages = pages
    while (this.#leaves.length > pages.length) this.#drop(this.#leaves.pop())
    pages.forEach((page, number) => this.#leaves[number] ? this.#renew(number) : this.#add(number))
    this.#leaves.forEach((leaf, number) => leaf.classList.toggle('last', number % 2 === 1 && number === pages.length - 1))
    return before.length ? pages.flatMap(([digest], number) => before[number]?.[0] === digest ? [] : [number]) : []
  }

  isInView(number) {
    const leaf = this.#leaves[number]?.getBoundingClientRect(), root = this.#root.getBoundingClientRect()
    return Boolean(leaf) && leaf.bottom > root.top + 40 && leaf.top < root.bottom - 40
  }

  // Goes to a page; `marked` is text to be marked on it.
  goTo(number, marked = '') {
    const leaf = this.#leaves[number]
    if (!leaf) return
    if (!this.isInView(number) || !marked) leaf.scrollIntoView({ block: 'start' })
    this.#load(leaf).then(() => this.#mark(leaf, marked))
  }

  folio(number) {
    return this.#pages[number]?.[1] ?? ''
  }

  turn(by) {
    const narrow = getComputedStyle(this.#leaves[0]?.parentElement ?? this.#root).flexDirection === 'column'
    const at = this.current
    this.goTo(Math.min(Math.max(narrow ? at + by : (at + (at % 2)) + 2 * by - (by > 0 && at === 0 ? 1 : 0), 0), this.#pages.length - 1))
  }

  zoom(by) {
    this.#zoom = Math.min(Math.max(this.#zoom * by, 0.4), 3)
    const at = this.current
    this.#root.style.setProperty('--zoom', this.#zoom)
    this.#leaves[at]?.scrollIntoView({ block: 'start' })
  }

  // What is selected, as [page, text]; null for nothing.
  selected() {
    const selection = getSelection()
    const leaf = selection.anchorNode?.parentElement?.closest('.leaf')
    const text = selection.toString().replace(/\s+/g, ' ').trim()
    return leaf && text && this.#root.contains(leaf) ? [this.#leaves.indexOf(leaf), text] : null
  }

  #add(number) {
    const [digest, folio, width, height] = this.#pages[number]
    const recto = number % 2 === 0
    const leaf = make('figure', { class: `leaf ${recto ? 'recto' : 'verso'}` }, make('figcaption', {}, folio))
    leaf.classList.toggle('alone', number === 0)
    leaf.style.aspectRatio = `${width} / ${height}`
    leaf.dataset.digest = digest
    if (recto && number > 0) this.#leaves[number - 1].parentElement.append(leaf)
    else this.#root.append(make('div', { class: 'spread' }, leaf))
    this.#leaves.push(leaf)
    this.#near.observe(leaf)
  }

  #drop(leaf) {
    this.#near.unobserve(leaf)
    const spread = leaf.parentElement
    leaf.remove()
    if (!spread.children.length) spread.remove()
  }

  #renew(number) {
    const leaf = this.#leaves[number]
    const [digest, folio, width, height] = this.#pages[number]
    leaf.style.aspectRatio = `${width} / ${height}`
    leaf.querySelector('figcaption').textContent = folio
    if (leaf.dataset.digest === digest) return
    leaf.dataset.digest = digest
    if (leaf.querySelector('img')) this.#load(leaf)
  }

  // The picture of a page, and then its words. The former picture stays until the new one is there.
  async #load(leaf) {
    const { digest } = leaf.dataset
    const pixels = leaf.clientWidth * devicePixelRatio
    if (!pixels) return
    const width = Math.ceil(pixels / STEP) * STEP
    const wanted = `${digest} ${width}`
    if (leaf.dataset.has === wanted) return
    leaf.dataset.has = wanted
    const number = this.#leaves.indexOf(leaf)
    const image = make('img', { alt: '', src: `/page/${digest}?width=${width}` })
    const coming = leaf.querySelector('svg')?.dataset.digest === digest ? null : get(`/words/${digest}`)
    try {
      await image.decode()
    } catch {
      if (leaf.dataset.has === wanted) delete leaf.dataset.has
      return
    }
    if (leaf.dataset.has !== wanted) return
    const former = leaf.querySelector('img')
    if (former) {
      former.replaceWith(image)
      if (former.src.split('?')[0] !== image.src.split('?')[0]) this.#flash(leaf)
    } else leaf.prepend(image)
    if (coming) this.#lay(leaf, digest, number, await coming)
  }

  #flash(leaf) {
    leaf.classList.remove('fresh')
    void leaf.offsetWidth
    leaf.classList.add('fresh')
  }

  #unload(leaf) {
    delete leaf.dataset.has
    leaf.querySelector('img')?.remove()
    leaf.querySelector('svg')?.remove()
  }

  #lay(leaf, digest, number, found) {
    if (!found || leaf.dataset.digest !== digest) return
    const [, folio, width, height] = this.#pages[number] ?? []
    const layer = document.createElementNS(SVG, 'svg')
    layer.setAttribute('viewBox', `0 0 ${width} ${height}`)
    layer.setAttribute('aria-label', `Page ${folio}`)
    layer.dataset.digest = digest
    found.forEach(([text, left, top, wide, high], at) => {
      const word = document.createElementNS(SVG, 'text')
      for (const [key, value] of Object.entries({ x: left, y: top + high * 0.8, textLength: Math.max(wide, 0.5), 'font-size': high || 1, lengthAdjust: 'spacingAndGlyphs' })) word.setAttribute(key, value)
      word.textContent = `${text} `
      word.dataset.at = at
      layer.append(word)
    })
    layer.addEventListener('click', ({ target }) => {
      if (target.dataset.at == null || !getSelection().isCollapsed) return
      const at = Number(target.dataset.at), texts = found.map(([text]) => text)
      this.#frame(layer, [found[at]])
      this.#onWord({ before: texts.slice(Math.max(0, at - 14), at), word: texts[at], after: texts.slice(at + 1, at + 15) })
    })
    layer.words = found
    leaf.querySelector('svg')?.remove()
    leaf.insertBefore(layer, leaf.querySelector('figcaption'))
  }

  // Marks the words of a text on a page, as many in a row as can be found.
  #mark(leaf, text) {
    const layer = leaf.querySelector('svg')
    if (!layer || !text) return
    const plain = each => each.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
    const wanted = text.split(/\s+/).map(plain).filter(Boolean)
    const here = layer.words.map(([word]) => plain(word))
    let best = [0, 0]
    for (let at = 0; at < here.length; at++) {
      let length = 0
      while (length < wanted.length && here[at + length] && here[at + length].startsWith(wanted[length])) length++
      if (length > best[1]) best = [at, length]
    }
    this.#frame(layer, layer.words.slice(best[0], best[0] + best[1]))
  }

  #frame(layer, boxes) {
    document.querySelectorAll('.leaf rect').forEach(each => each.remove())
    for (const [, left, top, wide, high] of boxes) {
      const rect = document.createElementNS(SVG, 'rect')
      for (const [key, value] of Object.entries({ x: left - 1, y: top, width: wide + 2, height: high, rx: 1.5 })) rect.setAttribute(key, value)
      layer.prepend(rect)
    }
  }
}
