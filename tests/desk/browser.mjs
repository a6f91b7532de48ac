// A browser that does what it is told: a line of JSON on standard input is an order, a line on standard output
// its answer. `node browser.mjs TOOLS`, where TOOLS holds the browser and puppeteer that Ace came with.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const tools = process.argv[2]
const require = createRequire(`${tools}/node_modules/`)
const browser = await require('puppeteer-core').launch({
  executablePath: process.env.PUPPETEER_EXECUTABLE_PATH || `${tools}/browser/chromium`,
  headless: 'shell',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
})
const page = await browser.newPage()
const axe = readFileSync(require.resolve('@daisy/axe-core-for-ace/axe.min.js'), 'utf8')
const faults = []
// Every document of the page, those of the e-book's frames too, writes down what keys come to it.
await page.evaluateOnNewDocument(() => {
  top.heard ??= []
  addEventListener('keydown', ({ key, target }) => top.heard.push(`${key} on ${target.nodeName}`), true)
})
page.on('pageerror', error => faults.push(error.stack ?? String(error)))
page.on('console', message => message.type() === 'error' && faults.push(message.text()))

const orders = {
  open: async ({ url, width = 1400, height = 900, dark = false }) => {
    await page.setViewport({ width, height })
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ])
    await page.goto(url, { waitUntil: 'domcontentloaded' })
  },
  size: ({ width, height }) => page.setViewport({ width, height }),
  run: ({ code }) => page.evaluate(code),
  until: async ({ code, seconds = 20 }) => {
    try {
      await page.waitForFunction(code, { timeout: seconds * 1000, polling: 50 })
    } catch (error) {
      const keys = await page.evaluate(() => top.heard.slice(-5))
      throw new Error(`${error}; the last keys: ${keys.join(', ') || 'none'}`)
    }
  },
  press: ({ key }) => page.keyboard.press(key),
  type: ({ text }) => page.keyboard.type(text),
  click: ({ selector }) => page.click(selector),
  // The text of every page of the e-book that is open: each lies in a frame of its own.
  frames: () => Promise.all(page.frames().slice(1).map(frame => frame.evaluate('document.body.textContent').catch(() => ''))),
  picture: async ({ path }) => { await page.screenshot({ path }) },
  // What axe-core complains of: rule, weight, and the elements.
  axe: async () => {
    await page.evaluate(axe)
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'], iframes: false }))
    return found.violations.map(({ id, impact, nodes }) => `${id} (${impact}): ${nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | ')}`)
  },
  faults: () => faults.splice(0),
}

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line)
  try {
    console.log(JSON.stringify({ answer: (await orders[order.do](order)) ?? null }))
  } catch (error) {
    console.log(JSON.stringify({ fault: String(error) }))
  }
}
await browser.close()
