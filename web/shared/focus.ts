// A form switches its fields off while it is sent, and a browser takes the focus from a field that is off: after a refusal the next key
// would go nowhere, and whoever works by the keyboard would begin at the top of the page. The focus comes back to where it was when the
// field is switched on again, unless the person or the page has put it elsewhere meanwhile. Once for a whole page, for every form in it.

/** Watches `document`; answers how to stop, which a page never needs. */
export function keepFocus(): () => void {
  let lost: HTMLElement | null = null
  const off = (e: HTMLElement) => e.matches(':disabled')
  const seen = () => {
    const now = document.activeElement
    if (now instanceof HTMLElement && now !== document.body && off(now)) lost = now
    if (!lost || off(lost)) return
    if (lost.isConnected && (!now || now === document.body)) lost.focus({ preventScroll: true })
    lost = null
  }
  const elsewhere = (e: Event) => {
    if (e.target !== lost) lost = null
  }
  // A change is told before the next picture is drawn, and only with that one a browser takes the focus away.
  const watcher = new MutationObserver(seen)
  watcher.observe(document, { subtree: true, attributes: true, attributeFilter: ['disabled'] })
  document.addEventListener('focusin', elsewhere)
  document.addEventListener('pointerdown', elsewhere)
  return () => {
    watcher.disconnect()
    document.removeEventListener('focusin', elsewhere)
    document.removeEventListener('pointerdown', elsewhere)
  }
}
