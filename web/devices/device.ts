// What the devices of the hall share: which one this is, its words, its question that is asked for ever.
import { computed, onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue'
import { after, nothingHeard, post, takeKey, type Heard } from '@/shared/display'
import { language } from '@/shared/look'
import { en, zh, type Word } from './words'

export const devices = ['kiosk', 'board', 'pad', 'caller', 'card_reader', 'sender'] as const
export type Device = (typeof devices)[number] | 'visit' | 'unknown'

/** "/device/kiosk" is the kiosk, "/visit/…" the page of a ticket. */
export function deviceOf(path: string): Device {
  if (path.startsWith('/visit/')) return 'visit'
  const name = path.replace(/^\/device\//, '').replace(/\/+$/, '').replace(/-/g, '_')
  return (devices as readonly string[]).includes(name) ? (name as Device) : 'unknown'
}

export const keyPlace = (d: Device) => `yichuang.device.${d}`

const words = computed(() => (language.value === 'en' ? en : zh))
export type { Word } from './words'
export const say = (name: Word, slots: Record<string, string | number> = {}) => words.value[name].replace(/\{(\w+)\}/g, (_, s: string) => String(slots[s] ?? ''))
export const hasWord = (name: string): name is Word => name in zh

/** Whether a line can be touched at the kiosk: where numbers are given; in large type, which asks for an appointment next, also where
 *  none are left, but not where nobody is served today. */
export const mayChoose = (line: { taking: boolean; today: boolean; closed?: string }, simple: boolean) => line.taking || (simple && line.today && !line.closed)

/** A sentence for a reply that is no 200; nothing came back when it is null. */
export interface Trouble {
  sentence: string
  next: string
}
export function troubleOf(answer: { status: number; body: unknown } | null): Trouble {
  const p = (answer?.body ?? {}) as { detail?: string; next_step?: string }
  return answer && p.detail ? { sentence: p.detail, next: p.next_step ?? '' } : { sentence: say('no_answer'), next: say('no_answer_next') }
}

export interface Asking<T> {
  heard: Ref<Heard<T>>
  key: string
  ask: () => Promise<void>
}
/** Asks `path` with the device's key every `everyMs`; an answer older than `staleMs` is said to be old. A new day begins with a fresh page. */
export function useDevice<T extends { as_of?: string; day?: string }>(device: Device, path: string, everyMs: number, staleMs: number, title: () => string): Asking<T> {
  const key = takeKey(keyPlace(device))
  const heard = ref(nothingHeard<T>()) as Ref<Heard<T>>
  let timer = 0
  let gone = false
  async function ask() {
    window.clearTimeout(timer)
    const day = heard.value.board?.day
    heard.value = after<T>(heard.value, await post(path, { key }), Date.now(), staleMs)
    if (day && heard.value.board?.day && heard.value.board.day !== day) location.reload()
    window.clearTimeout(timer)
    if (!gone) timer = window.setTimeout(() => void ask(), everyMs)
  }
  onMounted(() => void ask())
  onBeforeUnmount(() => {
    gone = true
    window.clearTimeout(timer)
  })
  watch(language, () => (document.title = `${title()} · 一窗`), { immediate: true })
  return { heard, key, ask }
}

/** "A012" as one says it at a window: letter by letter, and 1 as 幺 where a listener could take it for 7. */
export function spokenNumber(number: string): string {
  return [...number].map((c) => (c === '1' ? '幺' : c)).join(' ')
}

/** What a board says aloud of a call: never a name, a number and a place alone. */
export function spokenCall(number: string, window: string): string {
  return `请 ${spokenNumber(number)} 号，到${window}办理。`
}

export interface Call {
  number: string
  called_at: string
  times: number
}
export const callId = (c: Call) => `${c.number}/${c.called_at}/${c.times}`
/** Calls that were not on the board before, oldest first. On the first answer those of the last half minute alone: a board that comes
    back from a power cut does not call the whole morning again. */
export function newCalls<T extends Call>(known: ReadonlySet<string> | null, calls: readonly T[], asOf: string): T[] {
  const fresh = known ? calls.filter((c) => !known.has(callId(c))) : calls.filter((c) => Date.parse(asOf) - Date.parse(c.called_at) < 30_000)
  return [...fresh].reverse()
}

export const minutesWords = (wait: { from: number; to: number } | undefined) => (wait ? say('minutes', { from: wait.from, to: wait.to }) : say('minutes_unknown'))
