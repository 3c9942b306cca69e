// How each act of a case is asked for: its door, its key, what it has to be told. Whether it may be done is said by the program
// (`allowed_acts`); here only how. An act that the API gains and this table has not breaks the build.
import type { Got, paths } from '@/api/client'

export type Case = Got<'/api/casework/cases/{id}'>
export type Act = NonNullable<Case['allowed_acts']>[number]
export type Value = string | number | boolean | string[] | undefined
export type Values = Record<string, Value>

export interface Field {
  name: string
  kind: 'text' | 'long' | 'choice' | 'date' | 'number' | 'names' | 'window' | 'issue_window'
  required?: boolean
  max?: number // characters, or the highest number
  choices?: readonly string[] // words below `choice.`
  when?: (v: Values) => boolean // asked only then; not sent otherwise
  opinions?: boolean // prepared texts are offered
}
type Door = Extract<keyof paths, `/api/casework/${string}`>
export interface Face {
  door: Door | null // null: the program's own act, or one that opens a case
  key: string
  form?: 'defects' | 'materials' | 'accept'
  fields?: readonly Field[]
  fixed?: Values
  weight: 1 | 2 | 3 // 1: the way forward, 2: beside it, 3: rare, under "more"
  weighty?: boolean // hard to undo: what follows is said, and a yes is asked for
}

const reason: Field = { name: 'reason', kind: 'long', required: true, max: 500, opinions: true }
const window_: Field = { name: 'window', kind: 'window' }
const approver: Field = { name: 'approver', kind: 'text', required: true, max: 60 }
const basis: Field = { name: 'legal_basis', kind: 'text', required: true, max: 200 }
const is = (name: string, ...values: string[]) => (v: Values) => values.includes(String(v[name]))
export const kDeliveries = ['window', 'post', 'electronic', 'locker', 'left', 'entrusted', 'announced'] as const
export const kProcedures = ['hearing', 'bidding', 'auction', 'inspection', 'test', 'quarantine', 'appraisal', 'expert_review'] as const
const issue: Face = {
  door: '/api/casework/issue', key: 'i', weight: 1,
  fields: [
    { name: 'window', kind: 'issue_window', required: true },
    { name: 'delivery', kind: 'choice', choices: kDeliveries, required: true },
    { name: 'received_by', kind: 'text', required: true, max: 60, when: is('delivery', 'window') },
    { name: 'tracking_number', kind: 'text', required: true, max: 60, when: is('delivery', 'post') },
  ],
}
const none: Face = { door: null, key: '', weight: 3 }
const supply: Face = { door: '/api/casework/supply_materials', key: 's', form: 'materials', weight: 1 }

export const faces = {
  submit: none, receive: none, accept_by_law: none, give_card: none, recount: none, receive_result: none, carry_over: none,
  pre_accept: { door: '/api/casework/pre_accept', key: 'a', weight: 1, fields: [] },
  pre_return: { door: '/api/casework/request_correction', key: 'b', form: 'defects', weight: 1 },
  take_in: { door: '/api/casework/take_in', key: 'i', weight: 1, fields: [{ ...window_, required: true }] },
  accept: { door: '/api/casework/accept', key: 'a', form: 'accept', weight: 1 },
  request_correction: { door: '/api/casework/request_correction', key: 'b', form: 'defects', weight: 1 },
  supplement: { ...supply, weight: 2 }, receive_correction: supply, resubmit: supply, supply_deferred: { ...supply, key: 'd', weight: 2 },
  refuse_acceptance: {
    door: '/api/casework/refuse_acceptance', key: 'r', weight: 2, weighty: true,
    fields: [
      { name: 'because', kind: 'choice', choices: ['no_permit_needed', 'not_competent', 'other'], required: true },
      { name: 'competent_authority', kind: 'text', required: true, max: 120, when: is('because', 'not_competent') },
      { ...basis, when: (v) => v.because !== 'no_permit_needed' },
      reason,
    ],
  },
  transfer: {
    door: '/api/casework/transfer', key: 't', weight: 1,
    fields: [
      { name: 'to', kind: 'choice', choices: ['department', 'reception_window', 'issue_window'], required: true },
      { name: 'window', kind: 'window', required: true, when: (v) => v.to !== 'issue_window' },
      { name: 'window', kind: 'issue_window', required: true, when: is('to', 'issue_window') },
      { name: 'signed_by', kind: 'text', required: true, max: 60 },
      { ...reason, when: (v) => v.instant === true && v.to === 'department' }, // 即办件: why it is not decided on the spot
    ],
  },
  decide_grant: {
    door: '/api/casework/decide', key: 'g', weight: 1, fixed: { decision: 'grant' },
    fields: [{ ...reason, required: false }, { name: 'certificate_number', kind: 'text', max: 64 }, { name: 'standard', kind: 'text', max: 200 }, { name: 'heard', kind: 'text', max: 300, when: (v) => v.third_party === true }],
  },
  decide_refuse: {
    door: '/api/casework/decide', key: 'r', weight: 1, weighty: true, fixed: { decision: 'refuse' },
    fields: [reason, basis, { name: 'standard', kind: 'text', max: 200 }, { name: 'heard', kind: 'text', max: 300, when: (v) => v.third_party === true }],
  },
  finish_step: { door: '/api/casework/finish_step', key: 'f', weight: 2, fields: [{ ...reason, required: false }] },
  inspect_site: { door: '/api/casework/inspect_site', key: 'v', weight: 2, fields: [{ name: 'people', kind: 'names', required: true }, reason] },
  inform_third_party: { door: '/api/casework/inform_third_party', key: 'o', weight: 2, fields: [{ name: 'people', kind: 'names', required: true }, reason, { name: 'answer_by', kind: 'date' }] },
  suspend: {
    door: '/api/casework/suspend', key: 'u', weight: 2,
    fields: [{ name: 'kind', kind: 'choice', choices: kProcedures, required: true }, reason, approver, { name: 'planned_end', kind: 'date', required: true }],
  },
  resume: { door: '/api/casework/resume', key: 'u', weight: 1, fields: [{ name: 'result', kind: 'long', required: true, max: 500 }] },
  extend: { door: '/api/casework/extend', key: 'e', weight: 2, fields: [{ name: 'days', kind: 'number', required: true, max: 365 }, reason, approver] },
  extend_joint: { door: '/api/casework/extend_joint', key: 'l', weight: 3, fields: [{ name: 'days', kind: 'number', required: true, max: 365 }, reason, approver] },
  forward: {
    door: '/api/casework/forward', key: 'q', weight: 2,
    fields: [{ name: 'authority', kind: 'text', required: true, max: 120 }, { name: 'code', kind: 'choice', choices: ['', 'other_authority'] }, reason],
  },
  take_back: { door: '/api/casework/take_back', key: 'q', weight: 1, fields: [reason] },
  close_forwarded: { door: '/api/casework/close_forwarded', key: 'c', weight: 2, fields: [{ ...reason, required: false }] },
  make_certificate: { door: '/api/casework/make_certificate', key: 'm', weight: 1, fields: [] },
  issue,
  close: { door: '/api/casework/close', key: 'c', weight: 1, fields: [] },
  withdraw: { door: '/api/casework/withdraw', key: 'w', weight: 3, weighty: true, fields: [reason] },
  terminate: {
    door: '/api/casework/terminate', key: 'z', weight: 3, weighty: true,
    fields: [{ name: 'code', kind: 'choice', choices: ['subject_ended', 'false_commitment', 'false_material', 'deferred_not_supplied', 'impossible', 'other'], required: true }, basis, reason],
  },
  close_uncorrected: { door: '/api/casework/close_uncorrected', key: 'x', weight: 2, weighty: true, fields: [reason] },
  check_commitment: { door: '/api/casework/check_commitment', key: 'y', weight: 2, fields: [{ name: 'outcome', kind: 'choice', choices: ['true', 'false'], required: true }, { ...reason, required: false }] },
  reverse: { door: '/api/casework/reverse', key: '0', weight: 3, weighty: true, fields: [reason] },
  explain_overdue: { door: '/api/casework/explain_overdue', key: '9', weight: 2, fields: [reason] },
  evaluate: none, // the applicant's own word on a case (好差评), from their account; a visit is rated at the pad or by its link
  order_supervision: { door: '/api/casework/order_supervision', key: '6', weight: 2, fields: [reason] },
  answer_supervision: { door: '/api/casework/answer_supervision', key: '7', weight: 2, fields: [reason] },
  close_supervision: { door: '/api/casework/close_supervision', key: '8', weight: 2, fields: [{ ...reason, required: false }] },
} satisfies Record<Act, Face>

export const faceOf = (act: Act): Face => faces[act]

/** Papers that have to come before a decision: deferred ones, and what is lacking (accepted by law), but for what was promised instead. */
export function owedPapers(c: Case): string[] {
  const promised = new Set((c.commitments ?? []).map((m) => m.place))
  const owed = new Map([...(c.deferred ?? []), ...(c.lacking ?? [])].filter((m) => !promised.has(m.place)).map((m) => [m.place, m.name]))
  return [...owed.values()]
}

/** How much an act is wanted as the case stands. It moves a button between the bar and "more"; it never takes one away. */
export function weightOf(act: Act, c: Case): 1 | 2 | 3 {
  const idle: Partial<Record<Act, boolean>> = {
    supply_deferred: owedPapers(c).length === 0,
    check_commitment: (c.commitments ?? []).length === 0,
    explain_overdue: !(c.light === 'red' || (c.cards ?? []).length > 0) || c.overdue_explained,
    order_supervision: c.supervision !== 'none',
    answer_supervision: c.supervision !== 'ordered',
    close_supervision: c.supervision !== 'answered',
    extend: c.extension_days > 0,
    supplement: (c.lacking ?? []).length === 0,
    close: Boolean(c.delivery_due),
  }
  if (idle[act]) return 3
  if (act === 'transfer' && c.holder === 'department' && !c.decided_on) return 2 // back to the window: possible, not the way on
  return faceOf(act).weight
}

// What leads a case on, the most likely first.
const kLead: readonly Act[] = ['pre_accept', 'receive_correction', 'resubmit', 'take_in', 'accept', 'decide_grant', 'resume', 'take_back', 'issue', 'close', 'make_certificate', 'transfer', 'request_correction', 'decide_refuse']
function lead(act: Act, c: Case): number {
  if (act === 'request_correction' && (c.lacking ?? []).length > 0) return -1
  const at = kLead.indexOf(act)
  return at < 0 ? kLead.length : at
}

/** Buttons in their order: what leads on first, as the program lists them otherwise. */
export function actsOf(c: Case): { act: Act; face: Face; weight: 1 | 2 | 3 }[] {
  return (c.allowed_acts ?? [])
    .map((act) => ({ act, face: faceOf(act), weight: weightOf(act, c) }))
    .filter((x) => x.face.door !== null)
    .sort((a, b) => a.weight - b.weight || lead(a.act, c) - lead(b.act, c))
}

/** Where the papers most likely go next: only what the form proposes. */
export function likelyReceiver(c: Case): string {
  if (c.holder === 'reception_window') return 'department'
  return c.decided_on ? 'issue_window' : 'reception_window'
}

export function startValues(act: Act, c: Case, window: string, today: string): Values {
  const v: Values = { third_party: c.third_party_informed, instant: c.type === 'instant' }
  for (const f of faceOf(act).fields ?? []) v[f.name] = f.kind === 'names' ? ['', ''] : f.kind === 'window' ? window : f.choices?.length === 1 ? f.choices[0] : ''
  if (act === 'transfer') v.to = likelyReceiver(c)
  if (act === 'issue') Object.assign(v, { delivery: 'window', window })
  if (act === 'suspend') v.planned_end = ''
  if (act === 'close_uncorrected') v.day = today
  return v
}

export interface Missing {
  field: string
  why: 'empty' | 'two_names' | 'too_long' | 'not_number' | 'past'
}
export const asked = (act: Act, v: Values): Field[] => (faceOf(act).fields ?? []).filter((f) => !f.when || f.when(v))
const text = (v: Value) => (typeof v === 'string' ? v.trim() : '')

/** What the person can mend at once; everything else is the program's to judge. */
export function missingOf(act: Act, v: Values, today: string): Missing[] {
  const out: Missing[] = []
  for (const f of asked(act, v)) {
    const value = v[f.name]
    if (f.kind === 'names') {
      const names = new Set((value as string[]).map((n) => n.trim()).filter(Boolean))
      // 许可法 §34(3): two look at a site; whoever is told of their interest may be one.
      if (f.required && names.size === 0) out.push({ field: f.name, why: act === 'inspect_site' ? 'two_names' : 'empty' })
      else if (f.required && act === 'inspect_site' && names.size < 2) out.push({ field: f.name, why: 'two_names' })
    } else if (f.kind === 'number') {
      const n = Number(value)
      if (f.required && !(Number.isInteger(n) && n >= 1 && n <= (f.max ?? n))) out.push({ field: f.name, why: 'not_number' })
    } else if (f.required && !text(value as string)) out.push({ field: f.name, why: 'empty' })
    else if (f.max && [...text(value)].length > f.max) out.push({ field: f.name, why: 'too_long' })
    else if (f.kind === 'date' && text(value) && text(value) < today) out.push({ field: f.name, why: 'past' })
  }
  return out
}

export function bodyOf(act: Act, c: { case_id: string; version: number }, v: Values): Record<string, unknown> {
  const body: Record<string, unknown> = { case_id: c.case_id, version: c.version, ...faceOf(act).fixed }
  for (const f of asked(act, v)) {
    const value = v[f.name]
    if (f.kind === 'names') body[f.name] = (value as string[]).map((n) => n.trim()).filter(Boolean)
    else if (f.kind === 'number') body[f.name] = Number(value)
    else if (f.name === 'outcome') body[f.name] = value === 'true'
    else if (text(value)) body[f.name] = text(value)
  }
  return body
}
