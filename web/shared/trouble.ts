// Whatever does not go well, in one shape: what happened, what to do, a reference. From a problem reply (RFC 9457), or from a network
// that gave none.
export interface Trouble {
  code: string
  sentence: string
  nextStep: string
  where: string
  status: number // 0: nothing came back
}

export function troubleOf(body: unknown, status: number): Trouble {
  const p = (body ?? {}) as Record<string, unknown>
  const text = (name: string) => (typeof p[name] === 'string' ? (p[name] as string) : '')
  return {
    code: text('code') || `http.${status}`,
    sentence: text('detail') || text('title') || '',
    nextStep: text('next_step'),
    where: text('where'),
    status,
  }
}

export const noAnswer: Trouble = { code: 'network', sentence: '', nextStep: '', where: '', status: 0 }
/** Nothing came back, and what was asked for is not asked again by itself. */
export const notSent: Trouble = { ...noAnswer, code: 'network.not_sent' }
/** It may have arrived all the same: nothing came back, or a proxy answered in the program's place. */
export const isUnsure = (t: Trouble) => [0, 502, 504].includes(t.status)
export const isExpired = (t: Trouble) => t.status === 401 || t.code === 'identity.csrf'
