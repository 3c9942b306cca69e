// Every act on its way. It is sent under one key until an answer comes: a double click, a lost answer and a dropped network do it once.
// What waits outlives a reload in this tab (sessionStorage: it goes with the tab, as papers of one counter should), and is shown.
// What is secret, or would be worse done later and unseen than not done, does not wait: `once` asks for it now and keeps nothing.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { api, asked, keyed, newKey, type Answer } from '@/api/client'
import { isExpired, isUnsure, noAnswer, notSent, type Trouble } from '@/shared/trouble'
import { useSession } from '@/shared/session'
import { signInAgain } from './again'

export { actKey } from '@/api/client'

export interface Work {
  key: string
  path: string
  body: unknown
  what: string // 受理, 收件 …
  about: string // number of the case, or the applicant's matter
  caseId: string
  at: number
  state: 'sending' | 'waiting' | 'refused'
  trouble?: Trouble
}
export interface Done {
  position?: string
  stream?: string
  facts?: { name: string; effective_at: string; body: Record<string, unknown> }[]
  [more: string]: unknown
}
type Ended = (a: Answer<Done>) => void

const kRetryMs = 5000
/** Nothing came back, or the program is not there behind its proxy, or asks to come again: the same act may be sent again. */
export const isPassing = (t: Trouble) => t.status === 0 || t.status === 502 || t.status === 503 || t.status === 504 || t.status === 429

export const useOutbox = defineStore('outbox', () => {
  const session = useSession()
  const works = ref<Work[]>([])
  const sent = ref<{ what: string; about: string; caseId: string } | null>(null) // the last that went out after waiting
  const ended = new Map<string, Ended>()
  let timer = 0
  let running = false

  const place = () => `yichuang.desk.outbox.${session.me?.account ?? ''}`
  function keep() {
    try {
      if (works.value.length > 0) sessionStorage.setItem(place(), JSON.stringify(works.value))
      else sessionStorage.removeItem(place())
    } catch {
      /* storage is full or off: what waits is still in the page */
    }
  }
  /** After a reload: what this account had not sent yet. */
  function restore() {
    try {
      const old = JSON.parse(sessionStorage.getItem(place()) ?? '[]') as Work[]
      works.value = old.map((w) => ({ ...w, state: w.state === 'sending' ? 'waiting' : w.state }))
    } catch {
      works.value = []
    }
    if (works.value.some((w) => w.state === 'waiting')) void run()
  }

  async function post(w: Pick<Work, 'path' | 'body' | 'key'>): Promise<Answer<Done>> {
    const call = () => asked(api.POST(w.path as never, { body: w.body, ...keyed(w.key) } as never) as unknown as Promise<{ data?: Done; error?: unknown; response: Response }>)
    const a = await call()
    if (a.ok || !isExpired(a.trouble)) return a
    return (await signInAgain()) ? call() : a
  }
  function drop(key: string) {
    works.value = works.value.filter((w) => w.key !== key)
    keep()
  }
  function finish(w: Work, a: Answer<Done>) {
    const heard = ended.get(w.key)
    ended.delete(w.key)
    if (a.ok || heard) drop(w.key)
    if (a.ok && !heard) sent.value = { what: w.what, about: w.about, caseId: w.caseId }
    if (!a.ok && !heard) {
      w.state = 'refused' // its form is gone: the refusal is told where unsent work is shown
      w.trouble = a.trouble
      keep()
    }
    heard?.(a)
  }
  // In the order in which they were given; the first that finds no network stops the rest.
  async function run(): Promise<void> {
    if (running) return
    running = true
    window.clearTimeout(timer)
    try {
      for (;;) {
        const w = works.value.find((x) => x.state !== 'refused')
        if (!w) break
        w.state = 'sending'
        const a = await post(w)
        if (!works.value.includes(w)) continue // taken back meanwhile
        if (!a.ok && (isPassing(a.trouble) || isExpired(a.trouble))) {
          w.state = 'waiting'
          w.trouble = a.trouble
          keep()
          timer = window.setTimeout(() => void run(), kRetryMs)
          break
        }
        finish(w, a)
      }
    } finally {
      running = false
    }
  }

  /** Answers when the program has answered, which may be long after a network came back. */
  function give(path: string, body: unknown, words: { what: string; about: string; caseId?: string; key?: string }): Promise<Answer<Done>> {
    const key = words.key ?? newKey()
    const before = works.value.find((w) => w.key === key)
    return new Promise((done) => {
      ended.set(key, done)
      if (!before) works.value.push({ key, path, body, what: words.what, about: words.about, caseId: words.caseId ?? '', at: Date.now(), state: 'sending' })
      keep()
      void run()
    })
  }
  /** Asked now and never again by itself: a key of a screen, a one-time link, rights, rules. Nothing of it is stored. Without a network the
      answer is `notSent`; asked again under the same key it is done once, also when only the answer was lost. */
  async function once(path: string, body: unknown, key: string): Promise<Answer<Done>> {
    const a = await post({ path, body, key })
    return !a.ok && isUnsure(a.trouble) ? { ok: false, trouble: notSent } : a // the program itself says more: busy, no room
  }
  /** The person wants to change it, or lets a refused one go. It may have arrived all the same: the version of the case tells then. */
  function takeBack(key: string) {
    const heard = ended.get(key)
    ended.delete(key)
    drop(key)
    heard?.({ ok: false, trouble: { ...noAnswer, code: 'taken_back' } })
  }
  function clear() {
    works.value = []
    keep()
  }
  window.addEventListener('online', () => void run())
  window.addEventListener('beforeunload', (e) => {
    if (works.value.some((w) => w.state !== 'refused')) e.preventDefault()
  })

  const waiting = computed(() => works.value.filter((w) => w.state === 'waiting'))
  const refused = computed(() => works.value.filter((w) => w.state === 'refused'))
  const busy = (caseId: string) => works.value.some((w) => w.caseId === caseId && w.state !== 'refused')
  return { works, waiting, refused, sent, give, once, run, takeBack, restore, clear, busy }
})
