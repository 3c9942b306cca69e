// What happens elsewhere, told while it happens. Without the stream (an older program, a proxy that swallows it) pages ask now and then.
import { onBeforeUnmount, ref, watch } from 'vue'

export interface CaseNews {
  case_id: string
  number: string
  version: number
  department: string
  stage: string
  stage_name: string
  holder: string
  due?: string
  acts?: string[]
}
export type News = { kind: 'case'; value: CaseNews } | { kind: 'question' } | { kind: 'reset' } | { kind: 'look' }

const kAskMs = 20_000
const listeners = new Set<(n: News) => void>()
export const live = ref<'off' | 'stream' | 'asking'>('off')
let source: EventSource | null = null
let timer = 0

function tell(n: News) {
  for (const l of listeners) l(n)
}
function askNowAndThen() {
  live.value = 'asking'
  window.clearInterval(timer)
  timer = window.setInterval(() => document.visibilityState === 'visible' && tell({ kind: 'look' }), kAskMs)
}
export function startLive() {
  if (source || timer) return
  if (!('EventSource' in window)) return askNowAndThen()
  source = new EventSource('/api/casework/events')
  source.addEventListener('ready', () => {
    live.value = 'stream'
    window.clearInterval(timer)
    timer = 0
  })
  source.addEventListener('case', (e) => {
    try {
      tell({ kind: 'case', value: JSON.parse((e as MessageEvent<string>).data) as CaseNews })
    } catch {
      tell({ kind: 'reset' })
    }
  })
  source.addEventListener('question', () => tell({ kind: 'question' }))
  source.addEventListener('reset', () => tell({ kind: 'reset' }))
  source.onerror = () => {
    // The browser goes on by itself, with Last-Event-ID, unless the program said that there is no such thing.
    if (source?.readyState !== EventSource.CLOSED) return
    source = null
    askNowAndThen()
  }
}
export function stopLive() {
  source?.close()
  source = null
  window.clearInterval(timer)
  timer = 0
  live.value = 'off'
}
export function hearNews(l: (n: News) => void): () => void {
  listeners.add(l)
  return () => listeners.delete(l)
}

let pages = 0
/** For a page that wants news while it stands, from when `wanted` (a stranger gets none); the last page to go ends the stream. */
export function useNews(l: (n: News) => void, wanted: () => boolean) {
  let deaf: (() => void) | null = null
  watch(wanted, (on) => {
    if (!on || deaf) return
    pages += 1
    startLive()
    deaf = hearNews(l)
  }, { immediate: true })
  onBeforeUnmount(() => {
    if (!deaf) return
    deaf()
    pages -= 1
    if (pages === 0) stopLive()
  })
}
