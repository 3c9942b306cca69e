// A bundle (一件事) between its text and the form that edits it. What the form has no field for is kept, and can be edited as text.
import type { Entry, Json } from './entry'
import { linesOf, namesOf } from './lists'

export interface MemberForm {
  code: string
  name: string
  department: string
  requirement: string
  condition: string
  after: string
  handling: string
  result: string
  rest: Entry
}
export interface BundleForm {
  name: string
  aliases: string
  scope: string
  order_note: string
  results: string
  notes: string
  members: MemberForm[]
  rest: string
}
export const kRequirements = ['mandatory', 'conditional', 'optional', 'alternative'] as const
export const kHandlings = ['apply', 'auto_check', 'guide'] as const
const kOwn = ['name', 'aliases', 'scope', 'order_note', 'results', 'notes', 'members'] as const
const kOwnMember = ['code', 'name', 'department', 'requirement', 'condition', 'after', 'handling', 'result'] as const
const text = (v: Json | undefined) => (v === undefined || v === null ? '' : String(v))
const lines = (v: Json | undefined) => (Array.isArray(v) ? v.map(text).join('\n') : '')
const map = (v: Json | undefined): Entry => (typeof v === 'object' && v !== null && !Array.isArray(v) ? v : {})
const without = (e: Entry, keys: readonly string[]): Entry => Object.fromEntries(Object.entries(e).filter(([k]) => !keys.includes(k)))

export function bundleForm(e: Entry): BundleForm {
  return {
    name: text(e.name), aliases: lines(e.aliases), scope: text(e.scope), order_note: text(e.order_note), results: lines(e.results), notes: lines(e.notes),
    members: (Array.isArray(e.members) ? e.members : []).map((v) => {
      const m = map(v)
      return { code: text(m.code), name: text(m.name), department: text(m.department), requirement: text(m.requirement), condition: text(m.condition), after: Array.isArray(m.after) ? m.after.map(text).join('、') : '', handling: text(m.handling) || 'apply', result: text(m.result), rest: without(m, kOwnMember) }
    }),
    rest: JSON.stringify(without(e, kOwn), null, 2),
  }
}
export function blankMember(code: string, members: readonly MemberForm[]): MemberForm {
  const next = Math.max(0, ...members.map((m) => Number(m.code.slice(code.length + 1)) || 0)) + 1
  return { code: `${code}-${next}`, name: '', department: '', requirement: 'mandatory', condition: '', after: '', handling: 'apply', result: '', rest: { source: ['general-knowledge'], unverified: true } }
}
// In the order that it had; what is new stands behind.
function inOrder(of: Entry, wanted: Entry): Entry {
  const out: Entry = {}
  for (const k of Object.keys(of)) if (k in wanted) out[k] = wanted[k]!
  for (const k of Object.keys(wanted)) if (!(k in out)) out[k] = wanted[k]!
  return out
}
function memberOf(m: MemberForm, before: Entry | undefined): Entry {
  const after = namesOf(m.after)
  const out: Entry = { code: m.code.trim(), name: m.name.trim(), department: m.department, requirement: m.requirement }
  if (m.condition.trim()) out.condition = m.condition.trim()
  if (after.length > 0 || before?.after !== undefined) out.after = after
  if (m.handling !== 'apply' || before?.handling !== undefined) out.handling = m.handling
  out.result = m.result.trim()
  return inOrder(before ?? out, { ...out, ...m.rest })
}
/** The whole entry again. Throws SyntaxError when the text of the other fields is not JSON. */
export function bundleOf(f: BundleForm, before: Entry): Entry {
  const rest: unknown = JSON.parse(f.rest || '{}')
  if (typeof rest !== 'object' || rest === null || Array.isArray(rest)) throw new SyntaxError('not an object')
  const out: Entry = { ...without(rest as Entry, kOwn), name: f.name.trim(), order_note: f.order_note.trim(), results: linesOf(f.results) }
  if (f.scope.trim()) out.scope = f.scope.trim()
  for (const k of ['aliases', 'notes'] as const) if (linesOf(f[k]).length > 0 || before[k] !== undefined) out[k] = linesOf(f[k])
  const members = new Map((Array.isArray(before.members) ? before.members : []).map((m) => [text(map(m).code), map(m)]))
  out.members = f.members.map((m) => memberOf(m, members.get(m.code)))
  return inOrder(before, out)
}
