// The questions of an application: which there are, in which order, and what is wrong with an answer. One question, one page.
import type { Got, Wanted } from '@/api/client'
import { characters, isCitizenNumber, isCreditCode, isPhone, normalName, normalNumber, normalText } from '@/shared/text'
import type { Draft } from './draft'

export type Matter = Got<'/api/casework/matters/{code}'>
export type Material = NonNullable<Matter['materials']>[number]
export type Field = 'kind' | 'acting' | 'name' | 'number' | 'legal' | 'phone' | 'address' | 'agent_name' | 'agent_number' | 'agent_phone'
export interface Question {
  id: string // of the address: "phone", "m-2"
  group: 'person' | 'agent' | 'papers'
  field?: Field
  material?: Material
}

export const forPersons = (m: Matter) => m.audience?.includes(1) ?? true
export const forBodies = (m: Matter) => m.audience?.some((a) => a > 1) ?? true
/** 告知承诺: of what would have to be brought, where the matter does not exclude it. */
export const mayPromise = (m: Matter, p: Material) => p.commitment && p.required && !m.commitment_excluded_reason
/** What the applicant has to bring: the government's own papers are not asked for. */
export const asked = (m: Matter) => (m.materials ?? []).filter((p) => p.provider !== 'government')

export function questionsOf(m: Matter, d: Draft): Question[] {
  const out: Question[] = []
  const person = (field: Field) => out.push({ id: field, group: 'person', field })
  if (forPersons(m) && forBodies(m)) person('kind')
  person('acting')
  person('name')
  person('number')
  if (kindOf(m, d) === 'legal') person('legal')
  person('phone')
  person('address')
  if (d.acting === 'other') for (const field of ['agent_name', 'agent_number', 'agent_phone'] as const) out.push({ id: field, group: 'agent', field })
  asked(m).forEach((material, i) => out.push({ id: `m-${i + 1}`, group: 'papers', material }))
  return out
}

export function kindOf(m: Matter, d: Draft): 'natural' | 'legal' | '' {
  if (!forBodies(m)) return 'natural'
  if (!forPersons(m)) return 'legal'
  return d.kind
}

/** What may stay unanswered in every situation: the address. Elder mode does not ask it, and offers it at the end. A paper with a condition
 *  is no such thing: where the condition holds it is required (docs/catalog.md), and only who applies knows whether it does. */
export const isExtra = (q: Question) => q.field === 'address'
/** The questions that are asked one after the other: in simple steps without what may stay unanswered. */
export const stepsOf = (list: readonly Question[], simple: boolean) => list.filter((q) => !simple || !isExtra(q))
/** What was left out of the steps and has no answer yet. */
export const offered = (list: readonly Question[], d: Draft) => list.filter((q) => isExtra(q) && !d[q.field!])

/** An answer as it is kept. */
export function normal(field: Field, typed: string): string {
  if (field === 'number' || field === 'agent_number' || field === 'phone' || field === 'agent_phone') return normalNumber(typed)
  if (field === 'address') return normalText(typed).replace(/\n+/g, ' ')
  return field === 'kind' || field === 'acting' ? typed : normalName(typed)
}

const longest: Partial<Record<Field, number>> = { name: 120, legal: 60, address: 200, agent_name: 60, phone: 20, agent_phone: 20 }

/** The word of what is wrong ("apply.error_…"), '' when nothing is. The address alone may stay empty. */
export function wrongWith(field: Field, value: string, m: Matter, d: Draft): string {
  if (!value) return field === 'address' ? '' : `empty_${field}`
  if (characters(value) > (longest[field] ?? 200)) return 'too_long'
  if (field === 'number') return kindOf(m, d) === 'legal' ? (isCreditCode(value) ? '' : 'credit_code') : isCitizenNumber(value) ? '' : 'citizen_number'
  if (field === 'agent_number') return isCitizenNumber(value) ? '' : 'citizen_number'
  if (field === 'phone' || field === 'agent_phone') return isPhone(value) ? '' : 'phone'
  return ''
}

export function answered(q: Question, m: Matter, d: Draft): boolean {
  if (q.field) return q.field === 'address' ? d.acting !== '' && d.phone !== '' : wrongWith(q.field, d[q.field], m, d) === ''
  const p = q.material ? d.papers[q.material.name] : undefined
  return p !== undefined && (p.how === 'file' ? Boolean(p.file) : p.how !== 'commitment' || mayPromise(m, q.material!))
}
export const firstOpen = (m: Matter, d: Draft, simple = false) => stepsOf(questionsOf(m, d), simple).find((q) => !answered(q, m, d))
/** Where an answer leads: to the next question; to what is still open where somebody came from the check, or where the question is of no
 *  step any more (large type was switched on at it). undefined: to the check. */
export function after(q: Question, m: Matter, d: Draft, simple: boolean, fromCheck: boolean): Question | undefined {
  const steps = stepsOf(questionsOf(m, d), simple)
  const at = steps.findIndex((s) => s.id === q.id)
  return fromCheck || at < 0 ? firstOpen(m, d, simple) : steps[at + 1]
}
export const complete = (m: Matter, d: Draft, simple = false) => firstOpen(m, d, simple) === undefined

/** The command of the answers. */
export function submission(m: Matter, d: Draft): Wanted<'/api/casework/submit'> {
  const handed = asked(m).filter((p) => d.papers[p.name]?.how === 'file')
  const promised = asked(m).filter((p) => mayPromise(m, p) && d.papers[p.name]?.how === 'commitment')
  const legal = kindOf(m, d) === 'legal'
  return {
    matter: m.code,
    applicant_kind: legal ? 'legal' : 'natural',
    applicant: d.name,
    applicant_id: d.number,
    phone: d.phone,
    ...(d.address ? { address: d.address } : {}),
    ...(legal ? { legal_representative: d.legal } : {}),
    ...(d.acting === 'other' ? { agent: { name: d.agent_name, id_number: d.agent_number, phone: d.agent_phone } } : {}),
    materials: handed.map((p) => p.name),
    handed: handed.map((p) => ({ material: p.name, copies: 1, form: 'electronic' as const })),
    ...(promised.length ? { commitments: promised.map((p) => p.name) } : {}),
  }
}
