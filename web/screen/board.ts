// What the screen knows and how old it is. It asks again for ever: nobody stands beside it with a keyboard.
import type { paths } from '@yichuang/api'

type Post = paths['/api/hall/leaders']['post']
export type Board = Post extends { responses: { 200: { content: { 'application/json': infer T } } } } ? T : never
export type State = 'connecting' | 'fresh' | 'stale' | 'closed' | 'refused'

export const kAskMs = 10_000
export const kStaleMs = 35_000 // three questions unanswered
const kTimeoutMs = 8_000

/** The key of a display link, from the part of the address that is never sent; kept in this browser, and gone from the address bar. */
export function takeKey(): string {
  const given = /^#([0-9a-f]{64})$/.exec(location.hash)?.[1]
  try {
    if (given) localStorage.setItem('yichuang.screen', given)
    if (given) history.replaceState(null, '', location.pathname + location.search)
    return given ?? localStorage.getItem('yichuang.screen') ?? ''
  } catch {
    return given ?? '' // storage is off: the key stays in the address
  }
}

export interface Heard {
  state: State
  board: Board | null
  heardAt: number
  code: string
}
/** What one answer, or none, makes of what was known. An answer older than kStaleMs is stale, however it went missing. */
export function after(before: Heard, answer: { status: number; body: unknown } | null, now: number): Heard {
  if (answer?.status === 200) return { state: 'fresh', board: answer.body as Board, heardAt: now, code: '' }
  const code = (answer?.body as { code?: string } | undefined)?.code ?? ''
  if (answer?.status === 403) return { state: 'closed', board: null, heardAt: before.heardAt, code }
  if (answer && answer.status >= 400 && answer.status < 500 && answer.status !== 429) return { ...before, state: before.board ? 'stale' : 'refused', code }
  if (!before.board) return { ...before, state: before.state === 'closed' ? 'closed' : 'connecting' }
  return { ...before, state: now - before.heardAt >= kStaleMs ? 'stale' : before.state }
}

export async function askBoard(key: string): Promise<{ status: number; body: unknown } | null> {
  const stop = new AbortController()
  const timer = window.setTimeout(() => stop.abort(), kTimeoutMs)
  try {
    const r = await fetch('/api/hall/leaders', { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify({ key }), credentials: 'omit', cache: 'no-store', signal: stop.signal })
    return { status: r.status, body: await r.json().catch(() => null) }
  } catch {
    return null
  } finally {
    window.clearTimeout(timer)
  }
}

/** A display shows the same picture all day: it moves by some pixels every minute, round a small square, so that nothing burns in. */
export function shiftAt(minute: number): [number, number] {
  const path: [number, number][] = [[0, 0], [6, 0], [12, 0], [12, 6], [12, 12], [6, 12], [0, 12], [0, 6]]
  return path[minute % path.length]!
}
