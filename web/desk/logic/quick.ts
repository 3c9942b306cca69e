// Small forms by their list of fields: what is asked, what is still missing, what is sent.
import { normalName, normalText } from '@/shared/text'

export interface QuickField {
  name: string
  label: string
  kind: 'text' | 'long' | 'choice' | 'several' | 'date' | 'person' // several: of the choices, one a line
  required?: boolean
  max?: number // characters
  hint?: string
  choices?: readonly { value: string; label: string; about?: string }[]
  latest?: string // of a date: the last day that may be given
  earliest?: string
  start?: string
  when?: (v: Record<string, string>) => boolean // asked only then; not sent otherwise
  lines?: boolean // each line is one value of a list
}
export const linesOf = (text: string): string[] => text.split('\n').map(normalText).filter(Boolean)
/** The lines with some of them ticked or not; what is on offer in the order of the offer, then what is no longer on offer. */
export function ticked(lines: string, values: readonly string[], on: boolean, offer: readonly string[]): string {
  const chosen = new Set(linesOf(lines))
  for (const v of values) if (on) chosen.add(v)
    else chosen.delete(v)
  return [...offer.filter((v) => chosen.delete(v)), ...chosen].join('\n')
}
export const askedOf = (fields: readonly QuickField[], v: Record<string, string>) => fields.filter((f) => !f.when || f.when(v))
export const startOf = (fields: readonly QuickField[]): Record<string, string> => Object.fromEntries(fields.map((f) => [f.name, f.start ?? '']))

/** The word of `missing.` for each field that cannot go out as it is. */
export function lacksOf(fields: readonly QuickField[], v: Record<string, string>): Record<string, 'empty' | 'too_long' | 'past' | 'future'> {
  const out: Record<string, 'empty' | 'too_long' | 'past' | 'future'> = {}
  for (const f of askedOf(fields, v)) {
    const text = (v[f.name] ?? '').trim()
    if (!text && f.required) out[f.name] = 'empty'
    else if (f.max && [...text].length > f.max) out[f.name] = 'too_long'
    else if (text && f.latest && text > f.latest) out[f.name] = 'future'
    else if (text && f.earliest && text < f.earliest) out[f.name] = 'past'
  }
  return out
}
export function wishOf(fields: readonly QuickField[], v: Record<string, string>, fixed: Record<string, unknown> = {}): Record<string, unknown> {
  const out: Record<string, unknown> = { ...fixed }
  for (const f of askedOf(fields, v)) {
    const raw = v[f.name] ?? ''
    if (f.lines || f.kind === 'several') {
      const all = linesOf(raw)
      if (all.length > 0) out[f.name] = all
      continue
    }
    const text = f.kind === 'person' ? normalName(raw) : f.kind === 'choice' || f.kind === 'date' ? raw : normalText(raw)
    if (text) out[f.name] = text
  }
  return out
}
