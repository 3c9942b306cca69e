// One case with its clocks counted day by day and its history; read anew after each act.
import { computed, ref, watch, type Ref } from 'vue'
import { api, asked, type Got } from '@/api/client'
import { isExpired, type Trouble } from '@/shared/trouble'
import { useActing } from './acting'
import { standingOf, type Case, type Clock, type Entry } from './cases'
import { loadHall, today } from './hall'
import { useNews } from '@/shared/live'

export type Papers = Got<'/api/casework/cases/{id}/papers'>

/** `live`: the page follows the case while it stands; a page on which somebody writes does not move under their hands. */
export function useCase(id: Ref<string>, live = false) {
  const found = ref<Case | null>(null)
  const clocks = ref<Clock[]>([])
  const entries = ref<Entry[]>([])
  const papers = ref<Papers | null>(null)
  const trouble = ref<Trouble | null>(null)
  async function load(after?: string): Promise<void> {
    trouble.value = null
    const path = { id: id.value }
    const since = after ? { after_position: after } : {}
    const [c, k, h, p] = await Promise.all([
      asked(api.GET('/api/casework/cases/{id}', { params: { path, query: since } })),
      asked(api.GET('/api/casework/cases/{id}/clocks', { params: { path, query: { explain: '1', ...since } } })),
      asked(api.GET('/api/casework/cases/{id}/history', { params: { path, query: since } })),
      asked(api.GET('/api/casework/cases/{id}/papers', { params: { path, query: since } })),
      loadHall(),
    ])
    if (c.ok) found.value = c.value
    else trouble.value = c.trouble
    if (k.ok) clocks.value = k.value.clocks ?? []
    if (h.ok) entries.value = h.value.entries ?? []
    if (p.ok) papers.value = p.value
  }
  watch(id, () => load(), { immediate: true })
  const moved = ref(false) // something happened since the page was opened
  useNews((news) => {
    if (news.kind === 'question' || (news.kind === 'case' && (news.value.case_id !== id.value || Number(news.value.version) <= (found.value?.version ?? 0)))) return
    const before = found.value?.version
    void load().then(() => {
      if (before !== undefined && found.value && found.value.version > before) moved.value = true
    })
  }, () => live && found.value !== null)
  // A form about the case was refused: what the case is now is read, and whoever wrote the form decides anew.
  const refused = ref<Trouble | null>(null)
  const again = ref(false)
  async function seeAgain(): Promise<void> {
    await load()
    refused.value = trouble.value
    again.value = !trouble.value
  }
  const asOf = computed(() => found.value?.as_of || today())
  const standing = computed(() => (found.value ? standingOf(found.value, clocks.value, asOf.value) : null))
  const expired = computed(() => (trouble.value ? isExpired(trouble.value) : false))
  useActing(() => (found.value?.agent ? (found.value.applicant?.name ?? found.value.applicant?.label ?? '') : ''))
  return { found, clocks, entries, papers, trouble, expired, standing, asOf, moved, load, refused, again, seeAgain }
}
