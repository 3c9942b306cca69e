// An application on its way. It lies in this browser until it is sent; two tabs see the same one. It is its writer's: an account's from
// the moment somebody is signed in, and shown to no other; the centre's draft_days after its last word it goes. Once it is sent, what remains
// is its number, so that going back does not send it again, and which files the case has still to be told of: nothing of a person.
import { reactive, watch } from 'vue'
import { newKey } from '@/api/client'

export interface Paper {
  material: string
  how: 'file' | 'later' | 'commitment'
  file?: string // as the program names it
  name?: string
  size?: number
  key?: string // of the act that files it
  filed?: boolean // the case knows of it
}
export interface Draft {
  matter: string
  key: string // one number for the act, until it has succeeded
  saved: string // ISO; '' while nothing was typed
  owner: string // account; '' while nobody was signed in
  kind: '' | 'natural' | 'legal'
  acting: '' | 'self' | 'other'
  name: string
  number: string
  legal: string
  phone: string
  address: string
  agent_name: string
  agent_number: string
  agent_phone: string
  papers: Record<string, Paper>
  sent?: { case_id: string; number: string; position: string }
}

const kPrefix = 'yichuang.draft.'
export const emptyDraft = (matter: string): Draft => ({
  matter, key: newKey(), saved: '', owner: '', kind: '', acting: '', name: '', number: '', legal: '', phone: '', address: '', agent_name: '', agent_number: '', agent_phone: '', papers: {},
})

export function readDraft(matter: string): Draft {
  try {
    const text = localStorage.getItem(kPrefix + matter)
    const kept = text ? (JSON.parse(text) as Partial<Draft>) : null
    if (kept && kept.matter === matter && typeof kept.key === 'string') return { ...emptyDraft(matter), ...kept, papers: kept.papers ?? {} }
  } catch {
    /* not ours, or no storage: begin anew */
  }
  return emptyDraft(matter)
}
export function writeDraft(d: Draft): boolean {
  try {
    localStorage.setItem(kPrefix + d.matter, JSON.stringify(d))
    return true
  } catch {
    return false
  }
}
export function dropDraft(matter: string) {
  try {
    localStorage.removeItem(kPrefix + matter)
  } catch {
    /* nothing was kept */
  }
}
/** What remains of a sent one. */
export function sentDraft(d: Draft, sent: NonNullable<Draft['sent']>): Draft {
  const papers = Object.values(d.papers).filter((p) => p.how === 'file' && !p.filed).map(({ material, how, file, key }) => [material, { material, how, file, key }] as const)
  return { ...emptyDraft(d.matter), key: d.key, saved: d.saved, owner: d.owner, papers: Object.fromEntries(papers), sent }
}
export const isOld = (d: Pick<Draft, 'saved'>, days: number, now = Date.now()) => d.saved !== '' && now - Date.parse(d.saved) > days * 86_400_000
/** Whatever was not touched for so many days. */
export function dropOldDrafts(days: number) {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(kPrefix) && isOld(readDraft(key.slice(kPrefix.length)), days)) localStorage.removeItem(key)
  } catch {
    /* nothing was kept */
  }
}
// In which tab it was typed: who signs in there is taken for its writer without being asked.
function typedHere(matter: string, key?: string): string {
  try {
    if (key) sessionStorage.setItem(kPrefix + matter, key)
    return sessionStorage.getItem(kPrefix + matter) ?? ''
  } catch {
    return ''
  }
}
/** Why a draft is not shown to who is here: another account's, or of nobody who can be told. '' when it is. */
export function hiddenFrom(d: Draft, account: string | undefined): '' | 'locked' | 'whose' {
  if (d.owner) return d.owner === account ? '' : 'locked'
  return d.saved && account && typedHere(d.matter) !== d.key ? 'whose' : ''
}
/** It is this account's from now on. */
export function claim(d: Draft, account: string) {
  typedHere(d.matter, d.key)
  d.owner = account
}

/** On signing out: the next person at this screen finds nothing. */
export function dropAllDrafts() {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(kPrefix)) localStorage.removeItem(key)
  } catch {
    /* nothing was kept */
  }
}

/** The draft of a matter as a reactive thing that saves itself; `changed` is called when another tab wrote it. */
export function useDraft(matter: string, changed: () => void) {
  const draft = reactive(readDraft(matter))
  const state = reactive({ kept: true })
  let quiet = false
  watch(draft, () => {
    if (quiet) return
    quiet = true
    draft.saved = new Date().toISOString()
    typedHere(matter, draft.key)
    quiet = false
    state.kept = writeDraft(draft)
  }, { deep: true, flush: 'sync' })
  function become(d: Draft) {
    quiet = true
    Object.assign(draft, { sent: undefined }, d)
    quiet = false
  }
  const hear = (e: StorageEvent) => {
    if (e.key !== kPrefix + matter) return
    become(e.newValue ? readDraft(matter) : emptyDraft(matter))
    changed()
  }
  addEventListener('storage', hear)
  const renew = () => (dropDraft(matter), become(emptyDraft(matter)))
  return { draft, state, renew, stop: () => removeEventListener('storage', hear) }
}
