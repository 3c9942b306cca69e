// What somebody writes on a page of a case is kept in this tab, by their account, until it has been sent: a reload loses nothing. Whoever
// signs in next at the same tab finds nothing of it, and signing out takes it along.
import { ref, watch } from 'vue'
import { useSession } from '@/shared/session'

const kAll = 'yichuang.portal.form.'
const prefixOf = (account: string) => `${kAll}${encodeURIComponent(account)}/`

/** What others wrote here goes; without an account, everything. */
export function keepOnly(account = '') {
  try {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith(kAll) && !(account && name.startsWith(prefixOf(account)))) sessionStorage.removeItem(name)
  } catch {
    /* nothing was kept */
  }
}

/** `values` (reactive) as they were left, once it is known who is here; `ready` says when. What is typed before that stays as it is. */
export function useKept<T extends object>(place: string, values: T) {
  const session = useSession()
  const blank = JSON.stringify(values)
  const ready = ref(false)
  let name = ''
  let over = false
  function keep() {
    if (!name || over) return
    try {
      const text = JSON.stringify(values)
      if (text === blank) sessionStorage.removeItem(name)
      else sessionStorage.setItem(name, text)
    } catch {
      /* full or off: it is still on the page */
    }
  }
  watch(() => session.me?.account, (account) => {
    if (!account) return
    keepOnly(account)
    const before = name
    name = prefixOf(account) + place
    if (before && before !== name) over = true // somebody else signed in beside it: what stands on the page is not theirs to keep
    try {
      const old = !over && JSON.stringify(values) === blank ? sessionStorage.getItem(name) : null
      if (old) Object.assign(values, JSON.parse(old) as Partial<T>)
    } catch {
      /* what cannot be read is not restored */
    }
    keep()
    ready.value = true
  }, { immediate: true })
  watch(values, keep, { deep: true, flush: 'sync' })
  /** It is sent. */
  function forget() {
    over = true
    try {
      if (name) sessionStorage.removeItem(name)
    } catch {
      /* nothing was kept */
    }
  }
  return { ready, forget }
}
