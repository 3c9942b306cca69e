// 暂存 beside the ledger, where the program keeps it; an older one has no such door, and then this tab's own memory is all there is.
import { ref } from 'vue'
import { csrfToken, newKey, type Answer } from '@/api/client'
import { noAnswer, troubleOf } from '@/shared/trouble'

export interface DraftLine {
  draft_id: string
  matter: string
  title: string
  version: number
  saved_at: string
}
export const draftsKnown = ref<boolean | null>(null)

async function call<T>(path: string, body?: unknown): Promise<Answer<T>> {
  try {
    const r = await fetch(`/api/casework/drafts${path}`, {
      method: body === undefined ? 'GET' : 'POST', credentials: 'same-origin',
      headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json', 'X-CSRF-Token': csrfToken(), 'Idempotency-Key': newKey() }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (r.ok) return { ok: true, value: (await r.json()) as T }
    return { ok: false, trouble: troubleOf(await r.json().catch(() => null), r.status) }
  } catch {
    return { ok: false, trouble: noAnswer }
  }
}
export async function listDrafts(): Promise<DraftLine[]> {
  const a = await call<{ drafts?: DraftLine[] }>('')
  if (a.ok || a.trouble.status !== 0) draftsKnown.value = a.ok
  return a.ok ? (a.value.drafts ?? []) : []
}
export const readDraft = (id: string) => call<DraftLine & { content: string }>(`/${id}`)
/** With the version that it has now; null where the program keeps none. */
export async function saveDraft(d: { draft_id: string; version?: number; matter?: string; title: string; content: string }): Promise<Answer<DraftLine> | null> {
  return draftsKnown.value ? call<DraftLine>('', d) : null
}
export const discardDraft = (id: string) => call(`/${id}/discard`, {})
