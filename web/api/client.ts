// The API as the pages ask it: typed by the program's own OpenAPI document. A refusal and a silent network are values, never thrown.
import createClient, { type Middleware } from 'openapi-fetch'
import { noAnswer, troubleOf, type Trouble } from '@/shared/trouble'
import type { paths } from '@yichuang/api'

export type { paths } from '@yichuang/api'
/** The body of a GET's 200. */
export type Got<P extends keyof paths> = paths[P] extends { get: { responses: { 200: { content: { 'application/json': infer T } } } } } ? T : never
/** The body that a POST wants. */
export type Wanted<P extends keyof paths> = paths[P] extends { post: { requestBody?: { content: { 'application/json': infer T } } } } ? T : never
/** The body of a POST's 200. */
export type Done<P extends keyof paths> = paths[P] extends { post: { responses: { 200: { content: { 'application/json': infer T } } } } } ? T : never

export type Answer<T> = { ok: true; value: T } | { ok: false; trouble: Trouble }

let csrf = ''
/** Of the session; a POST without it is refused. */
export function setCsrfToken(token: string) {
  csrf = token
}
export const csrfToken = () => csrf

const carrying: Middleware = {
  onRequest({ request }) {
    if (request.method === 'POST' && csrf) request.headers.set('X-CSRF-Token', csrf)
    request.headers.set('Accept', 'application/json')
    return request
  },
}
export const api = createClient<paths>({ baseUrl: location.origin, credentials: 'same-origin' })
api.use(carrying)

/** What openapi-fetch gives, as an Answer. Use: `await asked(api.GET('/api/health'))`. */
export async function asked<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<Answer<T>> {
  try {
    const { data, error, response } = await call
    if (response.ok) return { ok: true, value: data as T }
    return { ok: false, trouble: troubleOf(error, response.status) }
  } catch {
    return { ok: false, trouble: noAnswer }
  }
}

/** A number for one act. Sent again with the same body (double click, lost answer) it is done once: keep it until the act has succeeded. */
export function newKey(): string {
  return crypto.randomUUID?.() ?? '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (c) => (Number(c) ^ (crypto.getRandomValues(new Uint8Array(1))[0]! & (15 >> (Number(c) / 4)))).toString(16))
}
/** The key of a form's act: the same words asked for again are the same act (a double click, a lost answer), other words another one. */
export function actKey(): { of: (body: unknown) => string; done: () => void } {
  let last = ''
  let key = ''
  return {
    of(body) {
      const text = JSON.stringify(body)
      if (text !== last) key = newKey()
      last = text
      return key
    },
    done: () => void (last = ''), // what is asked for next is another act, in whatever words
  }
}
export const keyed = (key: string) => ({ headers: { 'Idempotency-Key': key } })

/** Sends one file; `progress` hears the share that has left, 0 to 1. XMLHttpRequest, because fetch cannot tell. */
export function upload(file: File, query: { case?: string }, progress: (share: number) => void): { done: Promise<Answer<{ id: string; name: string; size: number; media_type: string }>>; stop: () => void } {
  const request = new XMLHttpRequest()
  const words = new URLSearchParams({ name: file.name, ...(query.case ? { case: query.case } : {}) })
  const done = new Promise<Answer<{ id: string; name: string; size: number; media_type: string }>>((settle) => {
    request.open('POST', `/api/files?${words}`)
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream')
    request.setRequestHeader('Accept', 'application/json')
    request.setRequestHeader('Idempotency-Key', newKey())
    if (csrf) request.setRequestHeader('X-CSRF-Token', csrf)
    request.upload.onprogress = (e) => progress(e.lengthComputable ? e.loaded / e.total : 0)
    request.onerror = request.onabort = request.ontimeout = () => settle({ ok: false, trouble: noAnswer })
    request.onload = () => {
      let body: unknown
      try {
        body = JSON.parse(request.responseText)
      } catch {
        body = undefined
      }
      settle(request.status >= 200 && request.status < 300 ? { ok: true, value: body as { id: string; name: string; size: number; media_type: string } } : { ok: false, trouble: troubleOf(body, request.status) })
    }
    request.send(file)
  })
  return { done, stop: () => request.abort() }
}
