// An entry of the catalogue between its text and the form that edits it. What the form has no field for is kept as it is, and can be
// edited as text by whoever knows docs/catalog.md.
import { kOnlineDepth } from '@/shared/depth'
import { courseForm, courseOf, kCourse, type CourseForm } from './course'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type Entry = { [key: string]: Json }

export interface PaperForm {
  name: string
  required: boolean
  condition: string
  copies: number | ''
  form: string
  provider: string
  deferrable: boolean
  deferral_days: number | ''
  commitment: boolean
  rest: Entry // main and what else the file may have
}
export interface EntryForm extends CourseForm {
  name: string
  basis: string // a line each, as conditions
  conditions: string
  case_type: string
  promised_days: number | ''
  promised_unit: string
  statutory_days: number | ''
  statutory_unit: string
  statutory_basis: string
  visits: number | ''
  online_depth: string[]
  life_stages: string[]
  direct_receipt: boolean
  offline_reason: string
  fee_name: string
  fee_standard: string
  fee_basis: string
  contact: string
  service_hours: string
  note: string
  result_name: string
  materials: PaperForm[]
  rest: string
}
const kOwn = ['name', 'basis', 'conditions', 'case_type', 'promised', 'statutory', 'visits', 'online_depth', 'life_stages', 'direct_receipt', 'offline_reason', 'fee', 'contact', 'service_hours', 'note', 'result', 'materials', ...kCourse] as const
const kOwnPaper = ['name', 'required', 'condition', 'copies', 'form', 'provider', 'deferrable', 'deferral_days', 'commitment'] as const

export const parseEntry = (text: string): Entry => JSON.parse(text) as Entry
const text = (v: Json | undefined) => (v === undefined || v === null ? '' : String(v))
const number = (v: Json | undefined): number | '' => (typeof v === 'number' ? v : '')
const linesOf = (v: Json | undefined) => (Array.isArray(v) ? v.map(text).join('\n') : text(v))
const texts = (v: Json | undefined) => (Array.isArray(v) ? v.map(text) : [])
const map = (v: Json | undefined): Entry => (typeof v === 'object' && v !== null && !Array.isArray(v) ? v : {})
const without = (e: Entry, keys: readonly string[]): Entry => Object.fromEntries(Object.entries(e).filter(([k]) => !keys.includes(k)))

export const blankPaper = (): PaperForm => ({ name: '', required: true, condition: '', copies: 1, form: 'original', provider: 'applicant', deferrable: false, deferral_days: '', commitment: false, rest: {} })
export function formOf(e: Entry): EntryForm {
  const promised = map(e.promised)
  const statutory = map(e.statutory)
  const fee = map(e.fee)
  return {
    ...courseForm(e),
    name: text(e.name), basis: linesOf(e.basis), conditions: linesOf(e.conditions), case_type: text(e.case_type), promised_days: number(promised.days), promised_unit: text(promised.unit) || 'working',
    statutory_days: number(statutory.days), statutory_unit: text(statutory.unit) || 'working', statutory_basis: text(statutory.basis),
    visits: number(e.visits), online_depth: texts(e.online_depth), life_stages: texts(e.life_stages), direct_receipt: e.direct_receipt === true, offline_reason: text(e.offline_reason),
    fee_name: text(fee.name), fee_standard: text(fee.standard), fee_basis: text(fee.basis),
    contact: text(e.contact), service_hours: text(e.service_hours), note: text(e.note), result_name: text(map(e.result).name),
    materials: (Array.isArray(e.materials) ? e.materials : []).map((m) => {
      const p = map(m)
      return { name: text(p.name), required: p.required === true, condition: text(p.condition), copies: number(p.copies), form: text(p.form), provider: text(p.provider), deferrable: p.deferrable === true, deferral_days: number(p.deferral_days), commitment: p.commitment === true, rest: without(p, kOwnPaper) }
    }),
    rest: JSON.stringify(without(e, kOwn), null, 2),
  }
}

// Written in the order that the entry had, so that what did not change reads the same; new fields stand behind.
function put(out: Entry, key: string, value: Json | undefined) {
  if (value !== undefined && value !== '') out[key] = value
}
function inOrder(of: Entry, wanted: Entry): Entry {
  const out: Entry = {}
  for (const k of Object.keys(of)) if (k in wanted) out[k] = wanted[k]!
  for (const k of Object.keys(wanted)) if (!(k in out)) out[k] = wanted[k]!
  return out
}
function paperOf(p: PaperForm, before: Entry | undefined): Entry {
  const out: Entry = {}
  put(out, 'name', p.name.trim())
  out.required = p.required
  put(out, 'copies', p.copies)
  put(out, 'form', p.form)
  put(out, 'provider', p.provider)
  if (!p.required) put(out, 'condition', p.condition.trim())
  // False and absent are the same to the loader: kept as the entry had it.
  if (p.deferrable || before?.deferrable !== undefined) out.deferrable = p.deferrable
  if (p.deferrable) put(out, 'deferral_days', p.deferral_days)
  if (p.commitment || before?.commitment !== undefined) out.commitment = p.commitment
  Object.assign(out, p.rest)
  return inOrder(before ?? out, out)
}
/** The whole entry again. Throws SyntaxError when the text of the other fields is not JSON. */
export function entryOf(f: EntryForm, before: Entry): Entry {
  const rest: unknown = JSON.parse(f.rest || '{}')
  if (typeof rest !== 'object' || rest === null || Array.isArray(rest)) throw new SyntaxError('not an object')
  const out: Entry = {}
  put(out, 'name', f.name.trim())
  for (const key of ['basis', 'conditions'] as const) {
    const list = f[key].split('\n').map((l) => l.trim()).filter(Boolean)
    if (list.length > 0 || Array.isArray(before[key])) out[key] = list
  }
  put(out, 'case_type', f.case_type)
  if (f.statutory_days !== '' || f.statutory_basis.trim()) out.statutory = inOrder(map(before.statutory), { ...without(map(before.statutory), ['days', 'unit', 'basis']), ...(f.statutory_days === '' ? {} : { days: f.statutory_days }), unit: f.statutory_unit, ...(f.statutory_basis.trim() ? { basis: f.statutory_basis.trim() } : {}) })
  if (f.case_type === 'promised' && f.promised_days !== '') out.promised = inOrder(map(before.promised), { ...without(map(before.promised), ['days', 'unit']), days: f.promised_days, unit: f.promised_unit })
  put(out, 'visits', f.visits)
  // In the order of doing; stages as they were, and new ones behind. Ticked off and on again, a list reads as before.
  const depth = kOnlineDepth.filter((d) => f.online_depth.includes(d))
  if (depth.length > 0 || Array.isArray(before.online_depth)) out.online_depth = [...depth]
  const stood = texts(before.life_stages)
  const stages = [...stood.filter((s) => f.life_stages.includes(s)), ...f.life_stages.filter((s) => !stood.includes(s))]
  if (stages.length > 0 || Array.isArray(before.life_stages)) out.life_stages = stages
  if (f.direct_receipt || before.direct_receipt !== undefined) out.direct_receipt = f.direct_receipt
  put(out, 'offline_reason', f.offline_reason.trim())
  if (f.fee_name.trim() || f.fee_standard.trim() || f.fee_basis.trim()) {
    const fee: Entry = {}
    put(fee, 'name', f.fee_name.trim())
    put(fee, 'standard', f.fee_standard.trim())
    put(fee, 'basis', f.fee_basis.trim())
    out.fee = inOrder(map(before.fee), fee)
  }
  put(out, 'contact', f.contact.trim())
  put(out, 'service_hours', f.service_hours.trim())
  put(out, 'note', f.note.trim())
  out.result = inOrder(map(before.result), { ...map(before.result), name: f.result_name.trim(), ...(f.result_type ? { type: f.result_type } : {}) })
  const papers = new Map((Array.isArray(before.materials) ? before.materials : []).map((m) => [text(map(m).name), map(m)]))
  out.materials = f.materials.map((p) => paperOf(p, papers.get(p.name.trim())))
  Object.assign(out, courseOf(f, before), without(rest as Entry, kOwn))
  return inOrder(before, out)
}
