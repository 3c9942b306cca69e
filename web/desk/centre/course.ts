// The parts of a matter about its course: steps, special procedures, extension, corrections, remedies, between their text and the form.
import type { Entry, Json } from './entry'

export interface StepForm {
  code: string
  name: string
  department: string // empty: the matter's own
  days: number | ''
  unit: string
  suspension: boolean
  rest: Entry
}
export interface ProcedureForm {
  kind: string
  days: number | ''
  basis: string
  rest: Entry
}
export interface WordsForm {
  material: string
  wrong: string
  right: string
}
export interface CourseForm {
  steps: StepForm[]
  suspensions: ProcedureForm[]
  extension: '' | 'none' | 'own' // empty: what the law says
  extension_days: number | ''
  extension_unit: string
  extension_basis: string
  extension_approver: string
  extension_rest: Entry
  correction_days: number | ''
  correction_pauses: boolean
  correction_basis: string
  correction_texts: WordsForm[]
  review_body: string
  court: string
  remedy: string
  audience: string[]
  commitment_excluded_reason: string
  result_type: string
}
export const kCourse = ['steps', 'suspensions', 'extension', 'correction', 'correction_texts', 'remedies', 'audience', 'commitment_excluded_reason'] as const
export const kProcedures = ['hearing', 'bidding', 'auction', 'inspection', 'test', 'quarantine', 'appraisal', 'expert_review'] as const
export const kResultTypes = ['licence', 'certificate', 'approval', 'receipt', 'letter'] as const
export const kAudience = ['1', '2', '3', '4', '5', '6'] as const

const text = (v: Json | undefined) => (v === undefined || v === null ? '' : String(v))
const number = (v: Json | undefined): number | '' => (typeof v === 'number' ? v : '')
const map = (v: Json | undefined): Entry => (typeof v === 'object' && v !== null && !Array.isArray(v) ? v : {})
const maps = (v: Json | undefined): Entry[] => (Array.isArray(v) ? v.map(map) : [])
const without = (e: Entry, keys: readonly string[]): Entry => Object.fromEntries(Object.entries(e).filter(([k]) => !keys.includes(k)))
function inOrder(of: Entry, wanted: Entry): Entry {
  const out: Entry = {}
  for (const k of Object.keys(of)) if (k in wanted) out[k] = wanted[k]!
  for (const k of Object.keys(wanted)) if (!(k in out)) out[k] = wanted[k]!
  return out
}

export const blankStep = (unit: string): StepForm => ({ code: '', name: '', department: '', days: '', unit, suspension: false, rest: {} })
export function courseForm(e: Entry): CourseForm {
  const extension = map(e.extension)
  const correction = map(e.correction)
  const remedies = map(e.remedies)
  return {
    steps: maps(e.steps).map((s) => ({ code: text(s.code), name: text(s.name), department: text(s.department), days: number(s.days), unit: text(s.unit), suspension: s.suspension === true, rest: without(s, ['code', 'name', 'department', 'days', 'unit', 'suspension']) })),
    suspensions: maps(e.suspensions).map((s) => ({ kind: text(s.kind), days: number(s.days), basis: text(s.basis), rest: without(s, ['kind', 'days', 'basis']) })),
    extension: e.extension === undefined ? '' : e.extension === 'none' ? 'none' : 'own',
    extension_days: number(extension.days), extension_unit: text(extension.unit) || 'working', extension_basis: text(extension.basis), extension_approver: text(extension.approver) || 'authority_head',
    extension_rest: without(extension, ['days', 'unit', 'basis', 'approver']),
    correction_days: number(correction.days), correction_pauses: correction.pauses_after_acceptance === true, correction_basis: text(correction.basis),
    correction_texts: maps(e.correction_texts).map((c) => ({ material: text(c.material), wrong: text(c.wrong), right: text(c.right) })),
    review_body: text(remedies.review_body), court: text(remedies.court), remedy: text(remedies.text),
    audience: Array.isArray(e.audience) ? e.audience.map(text) : [],
    commitment_excluded_reason: text(e.commitment_excluded_reason),
    result_type: text(map(e.result).type),
  }
}
const said = (e: Entry): Entry => Object.fromEntries(Object.entries(e).filter(([, v]) => v !== ''))
/** The fields of kCourse as the file would have them; what says nothing is not written. */
export function courseOf(f: CourseForm, before: Entry): Entry {
  const out: Entry = {}
  const stepBefore = new Map(maps(before.steps).map((s) => [text(s.code), s]))
  if (f.steps.length > 0 || before.steps !== undefined)
    out.steps = f.steps.map((s) => inOrder(stepBefore.get(s.code) ?? {}, { ...said({ code: s.code.trim(), name: s.name.trim(), department: s.department, days: s.days, unit: s.unit }), ...(s.suspension || stepBefore.get(s.code)?.suspension !== undefined ? { suspension: s.suspension } : {}), ...s.rest }))
  if (f.suspensions.length > 0 || before.suspensions !== undefined)
    out.suspensions = f.suspensions.map((s) => ({ ...said({ kind: s.kind, days: s.days, basis: s.basis.trim() }), ...s.rest }))
  if (f.extension === 'none') out.extension = 'none'
  if (f.extension === 'own') out.extension = inOrder(map(before.extension), { ...said({ days: f.extension_days, unit: f.extension_unit, basis: f.extension_basis.trim(), approver: f.extension_approver }), ...f.extension_rest })
  const correction = said({ days: f.correction_days, ...(f.correction_pauses ? { pauses_after_acceptance: true } : {}), basis: f.correction_basis.trim() })
  if (Object.keys(correction).length > 0) out.correction = inOrder(map(before.correction), correction)
  if (f.correction_texts.length > 0 || before.correction_texts !== undefined) out.correction_texts = f.correction_texts.map((c) => ({ material: c.material, wrong: c.wrong.trim(), right: c.right.trim() }))
  const remedies = said({ review_body: f.review_body.trim(), court: f.court.trim(), text: f.remedy.trim() })
  if (Object.keys(remedies).length > 0) out.remedies = inOrder(map(before.remedies), remedies)
  const numbers = Array.isArray(before.audience) && before.audience.every((a) => typeof a === 'number')
  out.audience = [...f.audience].sort().map((a) => (numbers ? Number(a) : a))
  if (f.commitment_excluded_reason.trim()) out.commitment_excluded_reason = f.commitment_excluded_reason.trim()
  return out
}
