// The desk: what the server tells is shown, what the author does is told to the parts of the page.

import { get, make } from './api.js'
import { Index } from './index.js'
import { Ebook } from './ebook.js'
import { Pages } from './pages.js'
import { Source } from './source.js'

const $ = selector => document.querySelector(selector)
const { body } = document
let book = null, asking = false, again = false

const source = new Source($('#source'))
const pages = new Pages($('#pages'), { onWord: word => source.ofWord(word), onTurn: at => { follow(at); current(at) } })
const index = new Index($('#index'), { jump: (where, text) => jump(where, text), source })
const ebook = new Ebook($('#reader'), { onWord: word => source.ofWord(word), onMove: (file, fraction) => told(file, fraction), onKey: event => key(event), onSelect: () => pick() })

// --- what is shown ---------------------------------------------------------------------------------------

const isNarrow = () => matchMedia('(max-width: 48rem)').matches

function view(name) {
  const panel = ['contents', 'problems', 'index'].includes(name)
  if (panel) {
    const open = body.dataset.panel === name && (!isNarrow() || body.dataset.view === 'panel')
    body.dataset.panel = open && !isNarrow() ? 'none' : name
  } else if (!isNarrow()) {
    const other = name === 'pages' ? 'ebook' : 'pages'
    body.dataset[name] = body.dataset[name] === 'on' ? 'off' : 'on'
    if (body.dataset[name] === 'off') body.dataset[other] = 'on'
  }
  body.dataset.view = panel ? 'panel' : name
  for (const each of ['contents', 'problems', 'index']) $(`#${each}`).hidden = body.dataset.panel !== each
  press()
  if (book) index.show(book.version)
}

function press() {
  for (const button of document.querySelectorAll('.views button')) {
    const { panel, pane } = button.dataset, narrow = isNarrow()
    const on = panel ? body.dataset.panel === panel && (!narrow || body.dataset.view === 'panel') : narrow ? body.dataset.view === pane : body.dataset[pane] === 'on'
    button.setAttribute('aria-pressed', String(on))
  }
}

function jump({ page, file, anchor }, marked) {
  if (page != null) pages.goTo(page, marked)
  if (file) ebook.goTo(file, anchor)
  if (isNarrow() && body.dataset.view === 'panel') view('pages')
}

let followed = -1
function follow(at) {
  if (at === followed || body.dataset.ebook === 'off') return
  followed = at
  ebook.follow(pages.folio(at))
}

function current(at) {
  let last = null
  for (const button of document.querySelectorAll('.contents button')) {
    button.removeAttribute('aria-current')
    if (button.dataset.page !== '' && Number(button.dataset.page) <= at) last = button
  }
  last?.setAttribute('aria-current', 'true')
}

function told(file, fraction) {
  const line = book?.contents.find(each => each.file === file)
  $('#whereabouts').textContent = line ? `${line.words} · ${Math.round(100 * (fraction || 0))} %` : ''
}

// --- what the server tells -------------------------------------------------------------------------------

const STANDING = {
  building: ({ changed, ahead }) => ahead.length ? 'New pages; folios, contents and e-book follow' : changed.length ? `Building: ${changed.slice(0, 3).join(', ')}` : 'Building',
  good: ({ took }) => `Built in ${took.toFixed(2)} s`,
  broken: () => 'Not built: this is the last good book. See Problems',
  away: () => 'The desk is closed. Start serve again in the terminal',
}

function stand(is, facts = {}) {
  $('#standing').dataset.is = is
  $('#standing').textContent = STANDING[is](facts)
}

async function renew() {
  if (asking) return void (again = true)
  asking = true
  let found
  do {
    again = false
    found = await get('/book')
  } while (again)
  asking = false
  if (!found) return
  const first = !book
  book = found
  stand(book.standing, book)
  document.title = `${book.title || 'Recto'} – Recto`
  $('#title').textContent = $('#title').title = book.title || 'Recto'
  listContents()
  listProblems()
  $('#pages').dir = book.leftward ? 'rtl' : 'ltr'
  const changed = pages.show(book.pages)
  if (!first) stayOrGo(changed)
  if (!book.ahead.length) index.show(book.version) // it does not wait for the e-book
  if (book.ebook) await ebook.show(book.ebook.files, book.ebook.breaks)
  body.dataset.version = book.version
}

// Pages that are ahead of the rest came with the news: nothing else has to be asked for.
function advance(told) {
  if (!book || asking) return renew()
  book.pages = book.pages.slice()
  for (const [number, ...page] of told.ahead) book.pages[number] = page
  stand('building', told)
  stayOrGo(pages.show(book.pages))
  body.dataset.version = book.version = told.version
}

// What one looks at stays, if something changed there; else the first page that changed comes into view.
function stayOrGo(changed) {
  if (!changed.length || changed.some(number => pages.isInView(number))) return
  const near = changed.filter(number => /^\d+$/.test(pages.folio(number)))
  pages.goTo((near.length ? near : changed)[0])
}

function listen() {
  const news = new EventSource('/news')
  news.onmessage = ({ data }) => {
    const told = JSON.parse(data)
    if (told.standing === 'building') told.ahead.length ? advance(told) : stand('building', told)
    else if (!book || told.version !== book.version) renew()
  }
  news.onerror = () => stand('away')
  news.onopen = () => book && stand(book.standing, book)
}

function listContents() {
  const rows = book.contents.map(line => make('li', {}, make('button', {
    type: 'button', class: `level-${line.level}`, 'data-page': line.page ?? '', onclick: () => jump(line),
  }, make('span', { dir: 'auto' }, line.words), make('span', {}, line.page == null ? '' : pages.folio(line.page) || book.pages[line.page]?.[1] || ''))))
  $('.contents').replaceChildren(...rows)
}

function listProblems() {
  const rows = book.problems.map(each => make('li', { class: each.severity },
    make('p', {}, each.message),
    make('p', { class: 'code' }, make('button', {
      type: 'button', onclick: () => { source.ofLine(each.file, each.line); jump({ page: each.page }) },
    }, each.line ? `${each.file}:${each.line}` : each.file), ` ${each.code}`),
    each.hint && make('p', { class: 'hint' }, each.hint)))
  $('.problems').replaceChildren(...(rows.length ? rows : [make('li', { class: 'nothing' }, 'Nothing to complain of.')]))
  $('#count').textContent = rows.length
  $('#count').hidden = !rows.length
}

// Words that are selected in either book can become a term of the index.
function pick() {
  const text = pages.selected()?.[1] || ebook.selected()
  $('#pick').hidden = !text || text.length > 100
  $('#pick').textContent = `Add “${text}” to the index`
  $('#pick').dataset.term = text
}

// --- what the author does --------------------------------------------------------------------------------

function theme(dark) {
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  ebook.dark = dark
}

const preferred = matchMedia('(prefers-color-scheme: dark)')
const kept = () => localStorage.getItem('theme')
theme(kept() ? kept() === 'dark' : preferred.matches)
preferred.addEventListener('change', ({ matches }) => kept() || theme(matches))

// No key may mean something else in the index: there `m` merges, and so on (index.js).
const does = {
  c: () => view('contents'), w: () => view('problems'), i: () => { view('index'); index.enter() }, 1: () => view('pages'), 2: () => view('ebook'),
  '[': () => ebook.turn(-1), ']': () => ebook.turn(1), PageDown: () => pages.turn(1), PageUp: () => pages.turn(-1),
  '+': () => pages.zoom(1.15), '-': () => pages.zoom(1 / 1.15), '?': () => $('#keys').showModal(),
  d: () => { const dark = document.documentElement.dataset.theme !== 'dark'; localStorage.setItem('theme', dark ? 'dark' : 'light'); theme(dark) },
  t: () => $('#pick').hidden || $('#pick').click(),
  Escape: () => source.isOpen && source.close(),
}

function key(event) {
  const typing = event.target.closest?.('input, select, textarea, dialog[open]')
  if (event.ctrlKey || event.metaKey || event.altKey || typing || event.defaultPrevented) return
  const act = does[event.key] ?? index.reach(event.key)
  if (!act) return
  event.preventDefault()
  act()
}

addEventListener('keydown', key)
for (const button of document.querySelectorAll('.views button')) button.addEventListener('click', () => view(button.dataset.panel ?? button.dataset.pane))
$('#smaller').addEventListener('click', does['-'])
$('#larger').addEventListener('click', does['+'])
$('#theme').addEventListener('click', does.d)
$('#help').addEventListener('click', does['?'])
$('#back').addEventListener('click', does['['])
$('#on').addEventListener('click', does[']'])
matchMedia('(max-width: 48rem)').addEventListener('change', press)

document.addEventListener('selectionchange', pick)
$('#pick').addEventListener('click', () => {
  index.add($('#pick').dataset.term)
  getSelection().removeAllRanges()
  $('#pick').hidden = true
})

press()
renew()
listen()

export { ebook, jump, pages, source }
