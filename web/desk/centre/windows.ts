// windows.yaml between its text and the form that edits it.
import { namesOf } from './lists'

export const kWindowKinds = ['comprehensive', 'domain', 'special', 'issue', 'unresolved'] as const
export interface WindowForm {
  code: string
  name: string
  kind: string
  departments: string[]
  operators: string
  closed: boolean
  known: boolean // cases may name it: it stays
  rest: Record<string, unknown>
}
const text = (v: unknown) => (v === undefined || v === null ? '' : String(v))
const texts = (v: unknown) => (Array.isArray(v) ? v.map(String) : [])
const kOwn = ['code', 'name', 'kind', 'departments', 'operators', 'closed']
export const limited = (kind: string) => kind === 'domain' || kind === 'special'

export function windowsForm(file: Record<string, unknown>): WindowForm[] {
  return (Array.isArray(file.windows) ? (file.windows as Record<string, unknown>[]) : []).map((w) => ({
    code: text(w.code), name: text(w.name), kind: text(w.kind), departments: texts(w.departments), operators: texts(w.operators).join('、'), closed: w.closed === true, known: true,
    rest: Object.fromEntries(Object.entries(w).filter(([k]) => !kOwn.includes(k))),
  }))
}
export function windowsFrom(form: readonly WindowForm[]): Record<string, unknown> {
  return {
    windows: form.map((w) => ({ code: w.code.trim(), name: w.name.trim(), kind: w.kind, ...(limited(w.kind) ? { departments: w.departments } : {}), operators: namesOf(w.operators), ...(w.closed ? { closed: true } : {}), ...w.rest })),
  }
}
/** The next free number: W18. */
export function blankWindow(form: readonly WindowForm[]): WindowForm {
  const next = Math.max(0, ...form.map((w) => Number(w.code.replace(/\D/g, '')))) + 1
  return { code: `W${String(next).padStart(2, '0')}`, name: '', kind: 'comprehensive', departments: [], operators: '', closed: false, known: false, rest: { source: ['LOCAL'] } }
}
