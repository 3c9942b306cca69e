// The rules of 电子监察 between their text and the form that edits them.
export const kTriggers = ['notice_missed', 'promised_over', 'statutory_over', 'step_over', 'delivery_over', 'second_notice', 'pause_over', 'deferred_broken', 'unexplained', 'pause_untold', 'commitment_false'] as const
export interface RuleForm {
  number: string
  name: string
  trigger: string
  card: string
  order: boolean
  basis: string
  other_basis: string
  unverified: boolean
}
export interface RulesForm {
  yellow_days: number | ''
  yellow_percent: number | ''
  rules: RuleForm[]
}
const text = (v: unknown) => (v === undefined || v === null ? '' : String(v))
const number = (v: unknown): number | '' => (typeof v === 'number' ? v : '')

export function rulesForm(of: Record<string, unknown>): RulesForm {
  const rules = Array.isArray(of.rules) ? (of.rules as Record<string, unknown>[]) : []
  return {
    yellow_days: number(of.yellow_days), yellow_percent: number(of.yellow_percent),
    rules: rules.map((r) => ({ number: text(r.number), name: text(r.name), trigger: text(r.trigger), card: text(r.card), order: r.order === true, basis: text(r.basis), other_basis: text(r.other_basis), unverified: r.unverified === true })),
  }
}
/** As the file has it: what is false or empty is not written. */
export function rulesOf(f: RulesForm): Record<string, unknown> {
  return {
    ...(f.yellow_days === '' ? {} : { yellow_days: f.yellow_days }), ...(f.yellow_percent === '' ? {} : { yellow_percent: f.yellow_percent }),
    rules: f.rules.map((r) => ({ number: r.number.trim(), name: r.name.trim(), trigger: r.trigger, card: r.card, ...(r.order ? { order: true } : {}), basis: r.basis.trim(), ...(r.other_basis.trim() ? { other_basis: r.other_basis.trim() } : {}), ...(r.unverified ? { unverified: true } : {}) })),
  }
}
