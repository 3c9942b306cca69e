// What somebody types is kept in this tab as they type, by their account and the place of its form, until the act has succeeded: a reload,
// a lost session and another case in between lose nothing. A form that says what it said when it was opened holds nothing of anybody's.
// Who signs in next at the same tab finds nothing of it: `keepFor` drops what others typed and names whose forms are kept from now on.
import { reactive, watch } from 'vue'

const kAll = 'yichuang.desk.form.'
let prefix = `${kAll}/`

/** `untouched`: the form has filled itself in (its window, a list of papers), and nobody has typed. */
export function keptValues<T extends object>(place: string, initial: () => T, untouched: (values: T) => boolean = () => false): { values: T; restored: boolean; forget: () => void; stop: () => void } {
  const name = prefix + place
  let restored = false
  let start = initial()
  const blank = JSON.stringify(start)
  try {
    const old = sessionStorage.getItem(name)
    if (old) {
      start = { ...start, ...(JSON.parse(old) as Partial<T>) }
      restored = true
    }
  } catch {
    /* what cannot be read is not restored */
  }
  const values = reactive(start) as T
  const stop = watch(values, (now) => {
    try {
      const text = JSON.stringify(now)
      if (text === blank || untouched(now as T)) sessionStorage.removeItem(name)
      else sessionStorage.setItem(name, text)
    } catch {
      /* full or off: it is still on the screen */
    }
  }, { deep: true, flush: 'sync' })
  const forget = () => {
    stop()
    sessionStorage.removeItem(name)
  }
  return { values, restored, forget, stop }
}

/** Places whose forms hold something, below a prefix: "case/20240617000233/". */
export function keptPlaces(below: string): string[] {
  const out: string[] = []
  for (let i = 0; i < sessionStorage.length; ++i) {
    const name = sessionStorage.key(i) ?? ''
    if (name.startsWith(prefix + below)) out.push(name.slice(prefix.length))
  }
  return out
}
function forgetForms(of: (name: string) => boolean) {
  const names = Array.from({ length: sessionStorage.length }, (_, i) => sessionStorage.key(i) ?? '')
  for (const n of names) if (n.startsWith(kAll) && of(n)) sessionStorage.removeItem(n)
}
/** On signing in: forms are this account's from now on, and those of others go. */
export function keepFor(account: string) {
  prefix = `${kAll}${encodeURIComponent(account)}/`
  forgetForms((name) => !name.startsWith(prefix))
}
/** On signing out: nothing of a person stays for whoever sits here next. Unsent acts are the outbox's, each account's own. */
export const forgetAll = () => forgetForms(() => true)
