// 暂存 beside the ledger, where the program keeps it; an older one has no such door, and then this tab's own memory is all there is.
import { ref } from 'vue'
import { csrfToken, newKey } from '@/api/client'

export interface DraftLine {
  draft_id: string
  matter: string
  title: string
  version: number
  saved_at: string
}
export const draftsKnown = ref<boolean | null>(null)

async function call<T>(path: string, body?: unknown): Promise<{ status: number; value?: T }> {
  try {
    const r = await fetch(`/api/casework/drafts${path}`, {
      method: body === undefined ? 'GET' : 'POST', credentials: 'same-origin',
      headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json', 'X-CSRF-Token': csrfToken(), 'Idempotency-Key': newKey() }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: r.status, ...(r.ok ? { value: (await r.json()) as T } : {}) }
  } catch {
    return { status: 0 }
  }
}
export async function listDrafts(): Promise<DraftLine[]> {
  const a = await call<{ drafts?: DraftLine[] }>('')
  if (a.status !== 0) draftsKnown.value = a.status >= 200 && a.status < 300
  return a.value?.drafts ?? []
}
export async function readDraft(id: string): Promise<(DraftLine & { content: string }) | null> {
  return (await call<DraftLine & { content: string }>(`/${id}`)).value ?? null
}
/** The version that it has now; null when it was not kept. */
export async function saveDraft(d: { draft_id: string; version?: number; matter?: string; title: string; content: string }): Promise<number | null> {
  if (!draftsKnown.value) return null
  return (await call<DraftLine>('', d)).value?.version ?? null
}
export const discardDraft = (id: string) => call(`/${id}/discard`, {})
