// The index by hand: every entry as it will print, with the sentences it points to, and below the line what a
// longer index would have. A decision goes to index.toml at once, and the list is at once as it will be; what
// the books do not have yet is pending.

import { get, make, post } from './api.js'

const KEYS = { a: 'accept', n: 'never', r: 'rename', m: 'merge', s: 'sub', v: 'see', e: 'also' }
const ASKS = {
  rename: 'New name', merge: 'Merge into', sub: 'Subheading of', see: 'See', also: 'See also',
}
const LABELS = { accept: 'Accept', never: 'Never', rename: 'Rename', merge: 'Merge', sub: 'Subheading', see: 'See', also: 'See also' }
const DONE = { ...LABELS, principal: 'Main place', omit: 'Place taken out', add: 'Added' }
const ORIGINS = { mark: 'marked in the text', list: 'in the list', auto: 'made by Recto' }
const FIELDS = { '/': 'input', h: '.chapter', o: '.kind', l: '.letters button' } // what the keys lead to
const CHUNK = 120 // rows that are made at once; the others when the end comes into view

const named = ({ path: [term, ...sub] }) => ({ term, sub: sub.join('!') })

// What can be decided of a row: a subheading comes and goes with its heading, and sends nobody elsewhere.
const may = ({ origin, path }, act) => act === 'accept' ? path.length === 1 && ['auto', ''].includes(origin)
  : ['see', 'also'].includes(act) ? path.length === 1 && origin !== '' : true

export class Index {
  #root; #jump; #source; #data = null; #shown = []; #made = 0; #open = null; #version = -1; #enters = false
  #filter = { words: '', chapter: '', letter: '', kind: '' }
  #list; #count; #letters; #status; #nothing; #more

  constructor(root, { jump, source }) {
    this.#root = root
    this.#jump = jump
    this.#source = source
    this.#list = make('ol', { class: 'entries', 'aria-label': 'Entries of the index' })
    this.#count = make('p', { class: 'tally' })
    this.#letters = make('div', { class: 'letters', role: 'group', 'aria-label': 'Letter' })
    this.#status = make('p', { class: 'told', role: 'status' })
    this.#nothing = make('p', { class: 'nothing', hidden: true }, 'There is nothing in the index. Select words in either book and press t, or mark terms in the text; with “include = false” in book.toml a book has none.')
    const field = (name, label, element) => {
      element.addEventListener(element.tagName === 'SELECT' ? 'change' : 'input', () => { this.#filter[name] = element.value; this.#renew() })
      return make('label', {}, make('span', {}, label), element)
    }
    this.chapter = make('select', { class: 'chapter' }, make('option', { value: '' }, 'all'))
    root.append(
      make('h2', {}, 'Index'),
      make('div', { class: 'filters' },
        field('words', 'Find', make('input', { type: 'search', placeholder: '/' })),
        field('chapter', 'Chapter', this.chapter),
        field('kind', 'Show', make('select', { class: 'kind' }, ...[['', 'all'], ['doubtful', 'doubtful'], ['auto', 'made by Recto'], ['list', 'in the list'], ['mark', 'marked'], ['below', 'below the line']]
          .map(([value, label]) => make('option', { value }, label)))),
      ),
      this.#letters,
      make('div', { class: 'undo' }, this.#count, make('button', { type: 'button', onclick: () => this.undo() }, 'Undo')),
      this.#status,
      this.#nothing,
      this.#list,
    )
    this.#more = new IntersectionObserver(seen => seen.some(each => each.isIntersecting) && this.#add(), { root: root.parentElement, rootMargin: '600px' })
    root.addEventListener('keydown', event => this.#key(event))
    root.addEventListener('focusin', () => { this.#open ??= null })
  }

  // Shows what the desk has, unless it is shown already or nobody looks.
  async show(version, force = false) {
    if (this.#root.hidden || (version === this.#version && !force)) return
    this.#version = version
    const data = await get('/index')
    if (!data) return
    this.#data = data
    const chosen = this.chapter.value
    this.chapter.replaceChildren(make('option', { value: '' }, 'all'), ...data.chapters.map((title, at) => make('option', { value: String(at) }, title)))
    this.chapter.value = chosen
    this.#renew()
  }

  // Leads the keyboard to the entries, as soon as there are some.
  enter() {
    this.#enters = !this.#root.hidden
    if (this.#enters && this.#data) this.#renew()
  }

  // What a key does in the index wherever the focus is; null for nothing.
  reach(key) {
    return this.#root.hidden ? null : this.#keyed(key, null, null)
  }

  // Takes the words that are selected in the text as a term.
  add(term) {
    return this.#decide({ do: 'add', term })
  }

  undo() {
    return this.#decide({ do: 'undo', term: 'undo' })
  }

  async #decide(asked) {
    const answer = await post('/decision', asked)
    const done = answer && !answer.fault
    this.#status.textContent = !answer ? 'That could not be written.' : answer.fault ?? `Written: ${asked.do === 'undo' ? 'the last decision is taken back' : `${DONE[asked.do]}: “${asked.term}”${asked.to ? ` → “${asked.to}”` : ''}`}`
    this.#status.classList.toggle('refused', !done)
    if (done && this.#data) {
      this.#data = answer
      this.#renew()
    }
    return done
  }

  // --- the list ------------------------------------------------------------------------------------------

  #renew() {
    if (!this.#data) return
    const { entries, candidates } = this.#data
    const { words, chapter, letter, kind } = this.#filter
    const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
    const first = path => plain(path[0]).replace(/[^\p{L}\p{N}]/gu, '').slice(0, 1)
    const fits = row => (!words || plain(row.path.join(' ')).includes(plain(words)))
      && (!chapter || row.places.some(place => String(place.chapter) === chapter))
      && (!letter || first(row.path) === letter)
    const kinds = { doubtful: row => row.doubtful, below: () => false, '': () => true }
    const above = entries.filter(row => fits(row) && (kinds[kind] ?? (each => each.origin === kind))(row))
    const below = ['', 'below'].includes(kind) ? candidates.filter(fits) : []
    const letters = [...new Set(entries.map(row => first(row.path)).filter(Boolean))].sort((one, other) => one.localeCompare(other))
    this.#letters.replaceChildren(...letters.map((each, at) => make('button', {
      type: 'button', 'aria-pressed': String(each === letter),
      onclick: () => { this.#filter.letter = each === letter ? '' : each; this.#renew(); this.#letters.children[at].focus() }, // it is a new button
    }, each.toUpperCase())))
    const heads = entries.filter(row => row.path.length === 1).length
    const doubtful = entries.filter(row => row.doubtful).length
    this.#count.textContent = `${heads} headings${doubtful ? `, ${doubtful} doubtful` : ''}; ${candidates.length} below the line`
    this.#nothing.hidden = entries.length + candidates.length > 0
    const focused = this.#focused
    this.#shown = [...above, ...(below.length ? [null] : []), ...below]
    this.#made = 0
    this.#list.replaceChildren()
    this.#add()
    this.#refocus(focused)
    if (this.#enters) this.#focus(this.#list.firstElementChild)
    this.#enters = false
  }

  #add() {
    const rows = this.#shown.slice(this.#made, this.#made + CHUNK)
    this.#made += rows.length
    this.#list.append(...rows.map(row => row ? this.#row(row) : make('li', { class: 'line' }, make('h3', {}, 'Below the line'))))
    this.#more.disconnect()
    if (this.#made < this.#shown.length && this.#list.lastElementChild) this.#more.observe(this.#list.lastElementChild)
  }

  #row(row) {
    const [term] = row.path.slice(-1), name = row.path.join(' / ')
    const button = make('button', {
      type: 'button', class: 'entry', 'aria-expanded': 'false', onclick: () => this.#toggle(item),
    }, make('span', { class: 'term', dir: 'auto' }, term), row.printed && make('span', { class: 'folios' }, row.printed),
      ...row.see?.length ? [make('span', { class: 'see' }, `see ${row.see.join('; ')}`)] : [],
      ...row.seeAlso?.length ? [make('span', { class: 'see' }, `see also ${row.seeAlso.join('; ')}`)] : [],
      row.origin === '' && make('span', { class: 'folios' }, String(row.score)))
    const item = make('li', { class: `deep-${row.path.length} from-${row.origin || 'below'}${row.doubtful ? ' doubtful' : ''}`, 'data-name': name }, button)
    item.row = row
    if (row.pending) item.classList.add('pending')
    return item
  }

  #toggle(item, open = !item.querySelector('.detail')) {
    this.#open?.querySelector('.detail')?.remove()
    this.#open?.querySelector('.entry')?.setAttribute('aria-expanded', 'false')
    this.#open = open ? item : null
    if (!open) return
    item.querySelector('.entry').setAttribute('aria-expanded', 'true')
    item.append(this.#detail(item))
    item.querySelector('.detail').scrollIntoView({ block: 'nearest' })
  }

  #detail(item) {
    const { row } = item
    const acts = Object.keys(LABELS).filter(act => may(row, act))
    const told = [ORIGINS[row.origin], row.score != null && `score ${row.score}`].filter(Boolean).join(', ')
    return make('div', { class: 'detail' },
      acts.length > 0 && make('div', { class: 'acts', role: 'group', 'aria-label': 'Decide' }, ...acts.map(act => make('button', { type: 'button', onclick: () => this.#act(item, act) }, LABELS[act]))),
      make('p', { class: 'why' }, [told, ...row.reasons].join('; '),
        row.place && ' ',
        row.place && make('button', { type: 'button', class: 'link', onclick: () => this.#source.ofLine(...row.place) }, `${row.place[0]}:${row.place[1]}`)),
      make('ol', { class: 'places' }, ...row.places.map(place => this.#place(item, place))))
  }

  #place(item, place) {
    const { row } = item
    const mayEdit = row.origin !== ''
    const text = `${place.before}${place.after}`.trim()
    const decide = act => this.#decided(item, { do: act, ...named(row), place: place.name })
    const button = make('button', {
      type: 'button', class: 'place', onclick: () => this.#jump({ page: place.page }, place.after.trim().split(/\s+/).slice(0, 6).join(' ')),
    }, make('b', {}, place.folio), make('span', { dir: 'auto' }, text ? [place.before.trimStart(), place.after.trimEnd()].join('') : place.title))
    const line = make('li', { class: place.principal ? 'principal' : '' }, button, mayEdit && make('span', { class: 'acts' },
      make('button', { type: 'button', 'aria-pressed': String(place.principal), 'aria-label': `Main place: ${place.folio}`, onclick: () => decide('principal') }, 'Main'),
      make('button', { type: 'button', 'aria-label': `Take out: ${place.folio}`, onclick: () => decide('omit') }, 'Out')))
    line.decide = mayEdit ? decide : () => {}
    return line
  }

  // --- decisions -----------------------------------------------------------------------------------------

  #act(item, act) {
    const { row } = item
    if (!may(row, act)) return
    if (act in ASKS) return this.#ask(item, act)
    return this.#decided(item, { do: act, ...named(row) })
  }

  #ask(item, act) {
    const wasOpen = this.#open === item
    if (!item.querySelector('.detail')) this.#toggle(item, true)
    item.querySelector('form')?.remove()
    const { row } = item
    const input = make('input', { type: 'text', list: act === 'rename' ? null : 'headings', maxlength: 200, required: true, 'aria-label': ASKS[act] })
    if (act === 'rename') input.value = row.path.at(-1)
    const headings = make('datalist', { id: 'headings' }, ...this.#data.entries.filter(each => each.path.length === 1 && each !== row).map(each => make('option', { value: each.path[0] })))
    const form = make('form', { class: 'ask' }, make('label', {}, make('span', {}, ASKS[act]), input), act === 'rename' ? null : headings, make('button', {}, 'Write'))
    form.addEventListener('submit', event => {
      event.preventDefault()
      item.querySelector('.entry').focus()
      form.remove()
      this.#decided(item, { do: act, ...named(row), to: input.value }, wasOpen)
    })
    form.addEventListener('keydown', event => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      form.remove()
      if (!wasOpen) this.#toggle(item, false)
      item.querySelector('.entry').focus()
    })
    item.querySelector('.detail').prepend(form)
    input.focus()
    input.select()
  }

  async #decided(item, asked, wasOpen = this.#open === item) {
    const next = item.nextElementSibling?.dataset.name
    // after a decision on an entry comes the next one; after one on a place, the same
    if (!await this.#decide(asked) || !(asked.do in LABELS)) return
    const found = [...this.#list.children].find(each => each.dataset.name === next)
    if (!found) return
    this.#toggle(found, wasOpen)
    this.#focus(found)
  }

  #key(event) {
    const item = event.target.closest('.entries > li')
    // an entry keeps the focus until the panel that was closed over it is drawn anew
    if (event.ctrlKey || event.metaKey || event.altKey || this.#root.hidden) return
    if (event.target.closest('input, select')) {
      if (event.key === 'Escape') {
        event.target.blur() // where nothing is found there is no entry to go to
        this.#focus(this.#list.firstElementChild)
      }
      if (event.key === 'ArrowDown' && event.target.type === 'search') this.#focus(this.#list.firstElementChild)
      return
    }
    const place = event.target.closest('.places > li')
    const act = this.#keyed(event.key, item, place)
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }

  #keyed(key, item, place) {
    if (key === 'u') return () => this.undo()
    if (key in FIELDS) return () => this.#root.querySelector(FIELDS[key])?.focus()
    if (!item) return null
    if (key === 'ArrowDown' || key === 'j') return () => this.#focus(place ? place.nextElementSibling ?? item.nextElementSibling : this.#open === item ? item.querySelector('.places > li') ?? item.nextElementSibling : item.nextElementSibling)
    if (key === 'ArrowUp' || key === 'k') return () => this.#focus(place ? place.previousElementSibling ?? item : item.previousElementSibling)
    if (key === 'ArrowRight' && !place) return () => this.#toggle(item, true)
    if (key === 'ArrowLeft' || (key === 'Escape' && this.#open)) return () => { this.#focus(item); this.#toggle(item, false) }
    if (place && key === 'p') return () => place.decide('principal')
    if (place && key === 'x') return () => place.decide('omit')
    return key in KEYS ? () => this.#act(item, KEYS[key]) : null
  }

  get #focused() {
    const item = document.activeElement?.closest?.('.entries > li')
    return item ? [item.dataset.name, [...this.#list.children].indexOf(item), Boolean(item.querySelector('.detail'))] : null
  }

  #refocus(focused) {
    if (!focused) return
    const [name, at, open] = focused
    while (this.#made < this.#shown.length && this.#made <= at) this.#add()
    const item = [...this.#list.children].find(each => each.dataset.name === name) ?? this.#list.children[Math.min(at, this.#list.children.length - 1)]
    if (!item) return
    if (open && item.dataset.name === name) this.#toggle(item, true)
    this.#focus(item)
  }

  #focus(item) {
    if (item?.classList.contains('line')) item = item.nextElementSibling
    const button = item?.querySelector('.entry, .place')
    button?.focus()
    button?.scrollIntoView({ block: 'nearest' })
  }
}
