/** Prints one piece of a page by itself: a copy of it beside the page, which is all that a printer sees (base.css), until the printing
    is over. What is only hidden would still fill sheets. */
export async function printOnly(piece: HTMLElement | undefined) {
  if (!piece) return
  const copy = piece.cloneNode(true) as HTMLElement
  copy.classList.add('printed-one')
  for (const e of [copy, ...copy.querySelectorAll('[id]')]) e.removeAttribute('id') // one element has it already
  document.body.append(copy)
  await Promise.all([...copy.querySelectorAll('img')].map((i) => i.decode?.().catch(() => {}))) // or the sheet comes without its QR code
  document.documentElement.classList.add('prints-one')
  const over = () => {
    document.documentElement.classList.remove('prints-one')
    copy.remove()
  }
  addEventListener('afterprint', over, { once: true })
  window.print()
}
