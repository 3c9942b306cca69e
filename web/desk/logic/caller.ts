// The clerk's window and whom it serves: one state for the page of calls and for the strip that goes along on every page. A call is no
// form that may go out later: without a network it is said and not done.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { api, asked, keyed, newKey, type Answer, type Got } from '@/api/client'
import { useSession } from '@/shared/session'
import type { Trouble } from '@/shared/trouble'
import { ask } from './again'
import { useHall } from './hall'
import type { Done } from './outbox'

export type WindowNow = Got<'/api/hall/windows/{window}'>
export type Ticket = NonNullable<WindowNow['serving']>

const kAskMs = 5_000

export const useCaller = defineStore('caller', () => {
  const session = useSession()
  const hall = useHall()
  const now = ref<WindowNow | null>(null)
  const trouble = ref<Trouble | null>(null)
  const busy = ref('')
  const said = ref('')
  let timer = 0
  let users = 0
  let pending = { what: '', key: '' }

  const may = computed(() => session.may('hall.call_next') && session.may('hall.read_window'))
  const window_ = computed(() => hall.myWindow)
  const mine = computed(() => Boolean(now.value?.open && now.value.by === session.me?.account))
  const others = computed(() => Boolean(now.value?.open && now.value.by !== session.me?.account))
  const serving = computed(() => (mine.value ? now.value?.serving ?? null : null))
  const waiting = computed(() => (now.value?.lines ?? []).reduce((n, l) => n + l.waiting, 0))

  async function load(position?: string) {
    if (!may.value || !window_.value) return void (now.value = null)
    const code = window_.value
    const a = await asked(api.GET('/api/hall/windows/{window}', { params: { path: { window: code }, query: position ? { after_position: position } : {} } as never }))
    if (a.ok && code === window_.value) now.value = a.value
    if (!a.ok && !busy.value && a.trouble.status !== 0 && a.trouble.status !== 401) trouble.value = a.trouble
  }
  /** An act at the window; the same press again after a lost answer is the same act. */
  async function give(act: string, body: Record<string, unknown> = {}): Promise<boolean> {
    if (busy.value || !window_.value) return false
    busy.value = act
    const whole = { ...body, ...(act === 'rejoin_line' || act === 'give_up_ticket' ? {} : { window: window_.value }) }
    const what = JSON.stringify([act, whole])
    if (pending.what !== what) pending = { what, key: newKey() }
    const a = (await ask(() => api.POST(`/api/hall/${act}` as never, { body: whole, ...keyed(pending.key) } as never) as unknown as Promise<{ data?: Done; error?: unknown; response: Response }>)) as Answer<Done>
    busy.value = ''
    if (a.ok || a.trouble.status !== 0) pending = { what: '', key: '' }
    trouble.value = a.ok ? null : a.trouble
    said.value = ''
    await load(a.ok ? a.value.position : undefined)
    return a.ok
  }
  function tick() {
    window.clearTimeout(timer)
    if (users === 0) return
    timer = window.setTimeout(async () => {
      if (document.visibilityState === 'visible' && !busy.value) await load()
      tick()
    }, kAskMs)
  }
  /** Pages that show it begin and end the asking. */
  function use() {
    users += 1
    if (users === 1) void load().then(tick)
  }
  function unuse() {
    users -= 1
    if (users === 0) window.clearTimeout(timer)
  }
  return { now, trouble, busy, said, may, mine, others, serving, waiting, load, give, use, unuse }
})
