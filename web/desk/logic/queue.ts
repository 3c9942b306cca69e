// A list of cases as it is worked through: one page after the other while somebody scrolls, kept true by what is heard.
import { computed, reactive, ref } from 'vue'
import { api, type Got } from '@/api/client'
import type { Trouble } from '@/shared/trouble'
import { ask } from './again'
import type { CaseNews } from '@/shared/live'

export type Row = NonNullable<Got<'/api/casework/cases'>['cases']>[number]
export type StageCount = NonNullable<Got<'/api/casework/stages'>['stages']>[number]
export interface Filters {
  stage?: string
  light?: string
  department?: string
  holder?: string
  sort?: string
  carded?: '1'
  supervision?: string
}
export type FilterName = Exclude<keyof Filters, 'sort'>
export const filterNames: readonly (keyof Filters)[] = ['light', 'department', 'holder', 'sort', 'carded', 'supervision']
/** What may be done to many at once: acts that judge nothing and can be taken back the same day. */
export type BulkAct = 'transfer' | 'make_certificate' | 'order_supervision'
export function bulkActs(may: (right: string) => boolean, stage: string | undefined): BulkAct[] {
  const out: BulkAct[] = []
  if (may('casework.transfer') && ['accepted', 'in_review', 'granted', 'refused', 'certificate_made'].includes(stage ?? '')) out.push('transfer')
  if (may('casework.make_certificate') && stage === 'granted') out.push('make_certificate')
  if (may('casework.order_supervision')) out.push('order_supervision')
  return out
}
const kPage = 200
const kScreen = 40 // rows that any screen shows at once
const kLooks = 12

/** What a piece of news does to the rows: 'gone' (left the list), 'changed', 'new' (may have come in), or nothing. */
export function applyNews(rows: Row[], n: CaseNews, f: Filters): 'gone' | 'changed' | 'new' | '' {
  const at = rows.findIndex((r) => r.case_id === n.case_id)
  if (at < 0 && (f.light || f.carded || f.supervision)) return '' // what the news does not tell
  const fits = (!f.stage || f.stage === n.stage) && (!f.department || f.department === n.department) && (!f.holder || f.holder === n.holder)
  if (at < 0) return fits ? 'new' : ''
  if (!fits) {
    rows.splice(at, 1)
    return 'gone'
  }
  Object.assign(rows[at]!, { version: n.version, stage: n.stage, stage_name: n.stage_name, holder: n.holder, due: n.due, days_left: undefined, days_unit: undefined, paused_for: undefined }) // counted when the list is read again
  return 'changed'
}

export function useQueue() {
  const filters = reactive<Filters>({})
  const rows = ref<Row[]>([])
  const next = ref<string | undefined>()
  const loading = ref(false)
  const loaded = ref(false)
  const trouble = ref<Trouble | null>(null)
  const stages = ref<StageCount[]>([])
  const arrived = ref(0) // heard of, not in the list yet
  let turn = 0

  async function page(after?: string, position?: string) {
    return ask(() => api.GET('/api/casework/cases', { params: { query: { ...(filters as Record<string, never>), limit: kPage, ...(after ? { after } : {}), ...(position ? { after_position: position } : {}) } as never } }))
  }
  async function load(position?: string): Promise<void> {
    const mine = ++turn
    loading.value = true
    const [a] = await Promise.all([page(undefined, position), count(position)])
    if (mine !== turn) return // a newer question is on its way
    loading.value = false
    trouble.value = a.ok ? null : a.trouble
    if (!a.ok) return // what was there stays, with the trouble above it
    rows.value = a.value.cases ?? []
    next.value = a.value.next
    arrived.value = 0
    await fill(mine)
    if (mine === turn) loaded.value = true
  }
  // A rare filter looks at so many cases a page and may give few of them: the screen is filled all the same.
  async function fill(mine: number) {
    for (let page = 0; page < kLooks && mine === turn && next.value && rows.value.length < kScreen; ++page) await more()
  }
  async function more(): Promise<void> {
    if (!next.value || loading.value) return
    const mine = turn
    loading.value = true
    const a = await page(next.value)
    if (mine !== turn) return
    loading.value = false
    trouble.value = a.ok ? null : a.trouble
    if (!a.ok) return
    const known = new Set(rows.value.map((r) => r.case_id))
    rows.value.push(...(a.value.cases ?? []).filter((r) => !known.has(r.case_id)))
    next.value = a.value.next
  }
  async function count(position?: string) {
    const a = await ask(() => api.GET('/api/casework/stages', { params: { query: (position ? { after_position: position } : {}) as never } }))
    if (a.ok) stages.value = a.value.stages ?? []
  }
  function hear(n: CaseNews) {
    const what = applyNews(rows.value, n, filters)
    if (what === 'new') arrived.value += 1
    if (what !== '') void count()
  }
  /** How many there are in all, where that is known; otherwise how many are here so far. */
  const total = computed(() => {
    if (!next.value) return rows.value.length
    const only = filters.stage && !filters.light && !filters.department && !filters.holder && !filters.carded && !filters.supervision
    return only ? stages.value.find((s) => s.stage === filters.stage)?.cases ?? null : null
  })
  return { filters, rows, next, loading, loaded, trouble, stages, arrived, total, load, more, count, hear }
}
export type Queue = ReturnType<typeof useQueue>
