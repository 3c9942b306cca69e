// 长任务: one's own exports, imports and verifications. They go on at the program whether or not a page looks; whoever comes back finds them.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { api, csrfToken, newKey, type Answer, type Got } from '@/api/client'
import { isExpired, noAnswer, troubleOf, type Trouble } from '@/shared/trouble'
import { ask, signInAgain } from './again'

export type Job = NonNullable<Got<'/api/jobs'>['jobs']>[number]
/** The forms that a bulletin and a report leave the house in. */
export const kPapers = ['pdf', 'ofd', 'docx', 'xlsx', 'text'] as const
export type Paper = (typeof kPapers)[number]
export type ExportDoor = 'casework.export_cases' | 'bulletin.export_counts' | 'exchange.export_cases' | `bulletin.${Paper}` | `bulletin.report_${Paper}`
/** The kinds that have a name of their own on pages. */
export const kJobKinds = ['casework.export_cases', 'bulletin.export_counts', 'exchange.export_cases', 'exchange.check_import', 'exchange.import_cases', 'ledger.verify', 'ledger.rebuild', ...kPapers.map((p) => `bulletin.${p}` as const), ...kPapers.map((p) => `bulletin.report_${p}` as const)] as const

export const isOpen = (j: Job) => j.state === 'waiting' || j.state === 'running'
/** Of a job whose end is known: 0 to 100. */
export const percentOf = (j: Job): number | null => (j.all > 0 ? Math.min(100, Math.floor((j.done / j.all) * 100)) : null)
/** The newest state of each job, whichever way it came: a list that was asked for may be older than what the stream has said. */
export function merged(jobs: readonly Job[], news: Job): Job[] {
  const at = jobs.findIndex((j) => j.job_id === news.job_id)
  if (at < 0) return [news, ...jobs]
  const old = jobs[at]!
  if (!isOpen(old) && isOpen(news)) return [...jobs]
  return jobs.map((j, i) => (i === at ? news : j))
}

const kAskMs = 3000

export const useJobs = defineStore('jobs', () => {
  const jobs = ref<Job[]>([])
  const loaded = ref(false)
  const trouble = ref<Trouble | null>(null)
  let source: EventSource | null = null
  let timer = 0
  let pages = 0

  async function load() {
    const a = await ask(() => api.GET('/api/jobs'))
    trouble.value = a.ok ? null : a.trouble
    if (!a.ok) return
    jobs.value = a.value.jobs ?? []
    loaded.value = true
  }
  function take(data: string) {
    try {
      jobs.value = merged(jobs.value, JSON.parse(data) as Job)
    } catch {
      void load()
    }
  }
  /** While some page looks: the stream tells at once; the list is asked for as well while something is under way, for a stream that does not come through. */
  function look(): () => void {
    pages += 1
    if (pages === 1) {
      void load()
      if ('EventSource' in window) {
        source = new EventSource('/api/jobs/events')
        source.addEventListener('job', (e) => take((e as MessageEvent<string>).data))
      }
      timer = window.setInterval(() => document.visibilityState === 'visible' && jobs.value.some(isOpen) && void load(), kAskMs)
    }
    return () => {
      pages -= 1
      if (pages > 0) return
      source?.close()
      source = null
      window.clearInterval(timer)
    }
  }
  function put<A extends { ok: boolean }>(a: A & ({ ok: true; value: Job } | { ok: false; trouble: Trouble })): A {
    if (a.ok) jobs.value = merged(jobs.value, a.value)
    return a
  }
  const begin = async (door: ExportDoor, query: Record<string, string | undefined>, about: string): Promise<Answer<Job>> =>
    put(await ask(() => api.POST('/api/jobs/export', { body: { door, about, query: Object.entries(query).filter((x): x is [string, string] => Boolean(x[1])).map(([name, value]) => ({ name, value })) } })))
  const verify = async (): Promise<Answer<Job>> => put(await ask(() => api.POST('/api/jobs/verify')))
  const rebuild = async (): Promise<Answer<Job>> => put(await ask(() => api.POST('/api/jobs/rebuild')))
  const takeOver = async (id: string): Promise<Answer<Job>> => put(await ask(() => api.POST('/api/jobs/{id}/import', { params: { path: { id } } })))
  const stop = async (id: string): Promise<Answer<Job>> => put(await ask(() => api.POST('/api/jobs/{id}/stop', { params: { path: { id } } })))
  async function remove(id: string) {
    const a = await ask(() => api.POST('/api/jobs/{id}/remove', { params: { path: { id } } }))
    if (a.ok || a.trouble.status === 404) jobs.value = jobs.value.filter((j) => j.job_id !== id)
    return a
  }
  /** Sends a file of exchange tables to be looked at; `progress` hears the share that has left. */
  async function send(file: File, progress: (share: number) => void): Promise<Answer<Job>> {
    const once = () => new Promise<Answer<Job>>((settle) => {
      const request = new XMLHttpRequest()
      request.open('POST', `/api/jobs/import?${new URLSearchParams({ name: file.name })}`)
      request.setRequestHeader('Content-Type', 'application/x-ndjson')
      request.setRequestHeader('Accept', 'application/json')
      request.setRequestHeader('Idempotency-Key', newKey())
      if (csrfToken()) request.setRequestHeader('X-CSRF-Token', csrfToken())
      request.upload.onprogress = (e) => progress(e.lengthComputable ? e.loaded / e.total : 0)
      request.onerror = request.onabort = request.ontimeout = () => settle({ ok: false, trouble: noAnswer })
      request.onload = () => {
        let body: unknown
        try {
          body = JSON.parse(request.responseText)
        } catch {
          body = undefined
        }
        settle(request.status === 200 ? { ok: true, value: body as Job } : { ok: false, trouble: troubleOf(body, request.status) })
      }
      request.send(file)
    })
    const first = await once()
    if (first.ok || !isExpired(first.trouble) || !(await signInAgain())) return put(first)
    return put(await once())
  }
  const open = computed(() => jobs.value.filter(isOpen).length)
  const stranger = () => {
    jobs.value = []
    loaded.value = false
  }
  return { jobs, loaded, trouble, open, load, look, begin, verify, rebuild, takeOver, stop, remove, send, stranger }
})
