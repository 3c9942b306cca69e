// An application on its way. It lies in this browser until it is sent; two tabs see the same one; once it is sent, what remains is its
// number, so that going back does not send it again.
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
  matter, key: newKey(), saved: '', kind: '', acting: '', name: '', number: '', legal: '', phone: '', address: '', agent_name: '', agent_number: '', agent_phone: '', papers: {},
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
    quiet = false
    state.kept = writeDraft(draft)
  }, { deep: true, flush: 'sync' })
  const hear = (e: StorageEvent) => {
    if (e.key !== kPrefix + matter) return
    quiet = true
    Object.assign(draft, { sent: undefined }, e.newValue ? readDraft(matter) : emptyDraft(matter))
    quiet = false
    changed()
  }
  addEventListener('storage', hear)
  return { draft, state, stop: () => removeEventListener('storage', hear) }
}
