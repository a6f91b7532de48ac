/* What a judge sees in a document of the book as a reader has set it. */

/* Passages that run out of their page: `pitch` is how far one page lies from the next, `edge` where the room
   between them begins, both in pixels from the left of the document. */
export const overruns = (doc, pitch, edge) => {
    const found = []
    const walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT)
    const range = doc.createRange()
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!node.data.trim()) continue
        range.selectNodeContents(node)
        const spare = node.parentElement.closest('pre') ? 12 : 1 // a space at the end of a row may hang out
        for (const { left, right, width } of range.getClientRects()) {
            if (width < 1) continue
            const page = Math.floor((left + 1) / pitch)
            if (right > page * pitch + edge + spare) {
                found.push(`${node.data.trim().slice(0, 40)} (by ${Math.round(right - page * pitch - edge)} px)`)
                break
            }
        }
    }
    for (const image of doc.images)
        for (const { left, right } of image.getClientRects())
            if (right > Math.floor((left + 1) / pitch) * pitch + edge + 1) found.push(`picture ${image.alt}`)
    return found
}

/* Pictures that did not come, and words that stand on a ground of nearly their own colour. */
export const broken = doc => [...doc.images].filter(each => each.complete && !each.naturalWidth).map(each => each.alt)

/* The words of a document, white space folded. */
export const words = doc => (doc.body?.textContent ?? '').replace(/\s+/g, ' ').trim()

/* The style of a reader's night mode and size of type. */
export const settings = new URLSearchParams(location.search)
export const size = Number(settings.get('size') ?? 100)
export const dark = settings.get('dark') === '1'
