// What a display or a device of the hall is: a key in this browser, a question that is asked for ever, an answer that grows old. Nobody
// stands beside it with a keyboard.
export type State = 'connecting' | 'fresh' | 'stale' | 'closed' | 'refused'

const kTimeoutMs = 8_000

/** The key of a display link, from the part of the address that is never sent; kept in this browser under `place`, and gone from the address bar. */
export function takeKey(place: string): string {
  const given = /^#([0-9a-f]{64})$/.exec(location.hash)?.[1]
  try {
    if (given) localStorage.setItem(place, given)
    if (given) history.replaceState(null, '', location.pathname + location.search)
    return given ?? localStorage.getItem(place) ?? ''
  } catch {
    return given ?? '' // storage is off: the key stays in the address
  }
}

export interface Heard<T> {
  state: State
  board: T | null
  heardAt: number
  code: string
}
export const nothingHeard = <T>(): Heard<T> => ({ state: 'connecting', board: null, heardAt: 0, code: '' })

/** What one answer, or none, makes of what was known. An answer older than `staleMs` is stale, however it went missing. */
export function after<T>(before: Heard<T>, answer: { status: number; body: unknown } | null, now: number, staleMs: number): Heard<T> {
  if (answer?.status === 200) return { state: 'fresh', board: answer.body as T, heardAt: now, code: '' }
  const code = (answer?.body as { code?: string } | undefined)?.code ?? ''
  if (answer?.status === 403) return { state: 'closed', board: null, heardAt: before.heardAt, code }
  if (answer && answer.status >= 400 && answer.status < 500 && answer.status !== 429) return { ...before, state: before.board ? 'stale' : 'refused', code }
  if (!before.board) return { ...before, state: before.state === 'closed' ? 'closed' : 'connecting' }
  return { ...before, state: now - before.heardAt >= staleMs ? 'stale' : before.state }
}

/** Posted without a session: the key in the body is the credential. Null: nothing came back. */
export async function post(path: string, body: unknown, idempotencyKey = ''): Promise<{ status: number; body: unknown } | null> {
  const stop = new AbortController()
  const timer = window.setTimeout(() => stop.abort(), kTimeoutMs)
  try {
    const r = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}) },
      body: JSON.stringify(body), credentials: 'omit', cache: 'no-store', signal: stop.signal,
    })
    const said: unknown = await r.json().catch(() => null)
    return r.ok && said === null ? null : { status: r.status, body: said } // broken off on its way: nothing came back
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
