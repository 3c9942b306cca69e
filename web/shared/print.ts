/** Prints one piece of a page by itself: what is around it goes (base.css), and comes back when the printing is over. */
export function printOnly(piece: HTMLElement | undefined) {
  if (!piece) return
  const root = document.documentElement
  const marks: [Element, string][] = [[root, 'prints-one'], [piece, 'printed-one']]
  for (const [e, name] of marks) e.classList.add(name)
  const over = () => {
    for (const [e, name] of marks) e.classList.remove(name)
    removeEventListener('afterprint', over)
  }
  addEventListener('afterprint', over)
  window.print()
}
