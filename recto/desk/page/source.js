// The drawer at the foot: some lines of a file of the manuscript, one of them marked.

import { get, make, post } from './api.js'

export class Source {
  #root; #place = ''; #former

  constructor(root) {
    this.#root = root
    root.querySelector('.close').addEventListener('click', () => this.close())
    root.querySelector('.copy').addEventListener('click', () => navigator.clipboard?.writeText(this.#place))
  }

  async ofWord(question) {
    this.#show(await post('/where', question), `Where “${question.word}” was written is not known`)
  }

  async ofLine(file, line) {
    this.#show(await get(`/source?${new URLSearchParams({ file, line: line ?? 1 })}`), `${file} can't be shown`)
  }

  close() {
    this.#root.hidden = true
    this.#former?.focus?.()
  }

  get isOpen() {
    return !this.#root.hidden
  }

  #show(found, otherwise) {
    this.#former = document.activeElement
    this.#place = found ? `${found.file}:${found.line}` : ''
    this.#root.querySelector('h2').textContent = found ? this.#place : otherwise
    this.#root.querySelector('.copy').hidden = !found
    const rows = (found?.lines ?? []).map(([number, text]) =>
      make('li', { 'aria-current': number === found.line && 'true' }, make('span', {}, String(number)), make('span', {}, text)))
    this.#root.querySelector('ol').replaceChildren(...rows)
    this.#root.hidden = false
    this.#root.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }
}
