/** What became of a copying: `selected` where the browser lets a page put nothing on the clipboard (no https, an old one). The text
    then stands selected, one key away, and the page has to say so. */
export type Copied = 'copied' | 'selected'

function select(where: HTMLElement) {
  where.focus() // first: a field may select itself on it, and a selection elsewhere would go
  if (where instanceof HTMLInputElement || where instanceof HTMLTextAreaElement) return where.select()
  const selection = getSelection()
  selection?.removeAllRanges()
  const range = document.createRange()
  range.selectNodeContents(where)
  selection?.addRange(range)
}
/** `text` onto the clipboard; where that cannot be, `where` (which shows it) is selected. */
export async function copyFrom(where: HTMLElement | null, text: string): Promise<Copied> {
  try {
    await navigator.clipboard.writeText(text)
    return 'copied'
  } catch {
    if (where) select(where)
    return 'selected'
  }
}
