/* Opens an EPUB in two readers that run in a browser, and tells as JSON what came of it.

   node readers.mjs TOOLS BROWSER EPUB FOLDER: TOOLS has the node_modules, BROWSER is Chromium, FOLDER takes the
   pictures. Each reader opens the book on each device, goes through the whole of it, and writes down what was
   lost, what runs out of its page, and where links lead. The pages that drive the readers are beside this file. */

import { createServer } from 'node:http'
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { extname, join, normalize } from 'node:path'

const [tools, browserPath, epub, folder] = process.argv.slice(2)
const here = import.meta.dirname
const require = createRequire(join(tools, 'package.json'))
const puppeteer = require('puppeteer-core')

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.epub': 'application/epub+zip' }
const DEVICES = [
    { name: 'phone', width: 390, height: 844, dark: false, size: 100 },
    { name: 'phone-large-dark', width: 390, height: 844, dark: true, size: 200 },
    { name: 'tablet', width: 820, height: 1180, dark: false, size: 100 },
]
const LIMIT = 120_000 // ms for one reader on one device

/* Files of three folders and nothing else: this one, the readers, and the book. */
const serve = async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost')
    const inside = normalize(decodeURIComponent(pathname)).replace(/^[/.]+/, '')
    const file = inside === 'book.epub' ? epub
        : inside.startsWith('tools/') ? join(tools, 'node_modules', inside.slice(6)) : join(here, inside)
    try {
        const content = await readFile(file)
        response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(content)
    } catch {
        response.writeHead(404).end()
    }
}

const read = async (browser, address, reader, device) => {
    const page = await browser.newPage()
    const said = []
    page.on('pageerror', fault => said.push(String(fault.message ?? fault)))
    await page.setViewport({ width: device.width, height: device.height, deviceScaleFactor: 1 })
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: device.dark ? 'dark' : 'light' }])
    const shots = []
    await page.exposeFunction('photograph', async name => {
        const path = join(folder, `${reader}-${device.name}-${name}.png`)
        await page.screenshot({ path })
        shots.push(path)
    })
    await page.goto(`${address}/${reader}.html?size=${device.size}&dark=${device.dark ? 1 : 0}`)
    const work = page.evaluate(whole => globalThis.tour(whole), device.name === 'phone')
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error('took too long')), LIMIT).unref())
    const found = await Promise.race([work, late]).catch(fault => ({ fault: String(fault.message ?? fault) }))
    await page.close()
    return { reader, device: device.name, ...found, said, shots }
}

await mkdir(folder, { recursive: true })
const server = createServer(serve).listen(0, '127.0.0.1')
await new Promise(resolve => server.once('listening', resolve))
const browser = await puppeteer.launch({
    executablePath: browserPath,
    headless: 'shell',
    args: ['--no-sandbox', '--disable-gpu', '--single-process', '--no-zygote', '--font-render-hinting=none'],
})
const visits = []
try {
    const address = `http://127.0.0.1:${server.address().port}`
    for (const reader of ['foliate', 'epubjs'])
        for (const device of DEVICES) visits.push(await read(browser, address, reader, device))
} finally {
    await browser.close()
    server.close()
}
console.log(JSON.stringify(visits))
