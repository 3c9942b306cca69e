// The three forms that are about materials: what is wrong with them, which are here, and what is accepted in their place.
import { normalText } from '@/shared/text'
import type { Case } from './acts'
import type { Matter } from './hall'

export interface Defect {
  material: string
  wrong: string
  right: string
}
export interface Picked {
  name: string
  on: boolean
  copies: number
  form: 'original' | 'copy' | 'electronic'
}
export interface Stand {
  name: string
  instead: '' | 'deferred' | 'commitment'
  by: string
  deferrable: boolean
  commitment: boolean
}

/** Every line of a correction that says something; a line without words is none. */
export const saidDefects = (list: readonly Defect[]): Defect[] =>
  list.map((d) => ({ material: d.material, wrong: normalText(d.wrong), right: normalText(d.right) })).filter((d) => d.wrong || d.right)
/** Lines of which one half is missing, by their place in the list. */
export const halfDefects = (list: readonly Defect[]): number[] =>
  list.flatMap((d, i) => (Boolean(d.wrong.trim()) !== Boolean(d.right.trim()) ? [i] : []))

/** To begin with: one line for each paper that is lacking, with the matter's own words for it where there are some. */
export function startDefects(c: Case, m: Matter | null, lackingWords: { wrong: string; right: (copies: number, form: string) => string }): Defect[] {
  const out = (c.lacking ?? []).map((l) => {
    const paper = m?.materials?.find((x) => x.name === l.name)
    return { material: l.name, wrong: lackingWords.wrong, right: lackingWords.right(paper?.copies ?? 1, paper?.form ?? 'original') }
  })
  return out.length > 0 ? out : [{ material: '', wrong: '', right: '' }]
}

export const startPicked = (m: Matter | null, only?: readonly string[]): Picked[] =>
  (m?.materials ?? []).filter((x) => !only || only.includes(x.name)).map((x) => ({ name: x.name, on: false, copies: x.copies || 1, form: x.form }))
export function pickedBody(list: readonly Picked[]) {
  const on = list.filter((p) => p.on)
  return { materials: on.map((p) => p.name), handed: on.map((p) => ({ material: p.name, copies: Math.min(999, Math.max(1, Math.round(Number(p.copies) || 1))), form: p.form })) }
}
/** Papers that the applicant has to bring, also those that a third party makes for them, and that are not ticked; what an authority holds is not theirs to bring. */
export const stillMissing = (m: Matter | null, list: readonly Picked[]): string[] =>
  (m?.materials ?? []).filter((x) => x.required && x.provider !== 'government' && !list.some((p) => p.on && p.name === x.name)).map((x) => x.name)

export const startStands = (c: Case, m: Matter | null): Stand[] =>
  (c.lacking ?? []).map((l) => {
    const paper = m?.materials?.find((x) => x.name === l.name)
    const commitment = (paper?.commitment ?? false) && !m?.commitment_excluded_reason
    const wished = commitment && (c.wished_commitments ?? []).some((w) => w.place === l.place)
    return { name: l.name, instead: wished ? 'commitment' : '', by: '', deferrable: paper?.deferrable ?? false, commitment }
  })
export const standsBody = (list: readonly Stand[]) => ({
  deferred: list.filter((s) => s.instead === 'deferred').map((s) => ({ material: s.name, by: s.by })),
  commitments: list.filter((s) => s.instead === 'commitment').map((s) => s.name),
})
