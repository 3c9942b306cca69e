// One case as it lies open: itself, its past, its limits counted day by day, its papers, its matter. What somebody else did meanwhile
// is told apart from what was there when it was opened.
import { computed, ref, shallowRef } from 'vue'
import { api, type Got } from '@/api/client'
import type { Trouble } from '@/shared/trouble'
import { ask } from './again'
import type { Case } from './acts'
import { useHall, type Matter } from './hall'

export type Entry = NonNullable<Got<'/api/casework/cases/{id}/history'>['entries']>[number]
export type Counted = NonNullable<Got<'/api/casework/cases/{id}/clocks'>['clocks']>[number]
export type Papers = Got<'/api/casework/cases/{id}/papers'>

/** Entries that were not there when the person last looked. */
export function newSince(entries: readonly Entry[], seen: string): Entry[] {
  return seen ? entries.filter((e) => BigInt(e.position) > BigInt(seen)) : []
}

const kTries = 4
const kFollowMs = 300

export function useOpened() {
  const hall = useHall()
  const id = ref('')
  const value = shallowRef<Case | null>(null)
  const history = shallowRef<Entry[]>([])
  const clocks = shallowRef<Counted[]>([])
  const papers = shallowRef<Papers | null>(null)
  const matter = shallowRef<Matter | null>(null)
  const trouble = ref<Trouble | null>(null)
  const loading = ref(false)
  const settled = ref(false) // its matter has been asked for too, whatever came: a form of papers can begin
  const seen = ref('') // position of the last entry that was shown
  const others = shallowRef<Entry[]>([]) // what others did since
  let turn = 0

  async function read(caseId: string, position?: string): Promise<boolean> {
    const mine = ++turn
    const fresh = caseId !== id.value
    if (fresh) {
      id.value = caseId
      value.value = null
      history.value = []
      clocks.value = []
      papers.value = null
      matter.value = null
      settled.value = false
      others.value = []
      seen.value = ''
    }
    if (!caseId) return false
    loading.value = true
    const query = (position ? { after_position: position } : {}) as never
    const path = { id: caseId }
    const [c, h, k, p] = await Promise.all([
      ask(() => api.GET('/api/casework/cases/{id}', { params: { path, query } })),
      ask(() => api.GET('/api/casework/cases/{id}/history', { params: { path, query: { limit: 200, ...(position ? { after_position: position } : {}) } as never } })),
      ask(() => api.GET('/api/casework/cases/{id}/clocks', { params: { path, query: { explain: 1, ...(position ? { after_position: position } : {}) } as never } })),
      ask(() => api.GET('/api/casework/cases/{id}/papers', { params: { path, query } })),
    ])
    if (mine !== turn) return false
    loading.value = false
    trouble.value = c.ok ? null : c.trouble
    if (!c.ok) return false
    value.value = c.value
    if (h.ok) history.value = h.value.entries ?? []
    if (k.ok) clocks.value = k.value.clocks ?? []
    if (p.ok) papers.value = p.value
    if (fresh) look()
    const m = await hall.matter(c.value.matter)
    if (caseId === id.value) { // whoever reads this case again meanwhile
      matter.value = m
      settled.value = true
    }
    return true
  }
  /** The person has the case as it is now before them. */
  function look() {
    const last = history.value[history.value.length - 1]?.position
    if (last && (!seen.value || BigInt(last) > BigInt(seen.value))) seen.value = last // never back behind one's own act
    others.value = []
  }
  /** What is at `position` the person has done: it is told as nobody else's, whenever it is read. */
  function own(position?: string) {
    if (position) seen.value = position
  }
  /** Read again because somebody else has been at it; what they did stays told until looked at. */
  async function readAgain(): Promise<void> {
    const before = seen.value
    const version = value.value?.version
    for (let tries = 0; tries < kTries; ++tries) {
      if (!(await read(id.value))) return
      others.value = newSince(history.value, before)
      if (others.value.length > 0 || value.value?.version === version) return
      await new Promise((later) => window.setTimeout(later, kFollowMs)) // the past follows the ledger by a moment
    }
  }
  const lastPause = computed(() => (value.value?.pauses ?? []).filter((p) => !p.to).pop()?.reason)
  return { id, value, history, clocks, papers, matter, trouble, loading, settled, others, read, readAgain, look, own, lastPause }
}
export type Opened = ReturnType<typeof useOpened>
