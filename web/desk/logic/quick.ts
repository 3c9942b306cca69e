// Small forms by their list of fields: what is asked, what is still missing, what is sent.
import { normalName, normalText } from '@/shared/text'

export interface QuickField {
  name: string
  label: string
  kind: 'text' | 'long' | 'choice' | 'date' | 'person'
  required?: boolean
  max?: number // characters
  hint?: string
  choices?: readonly { value: string; label: string }[]
  latest?: string // of a date: the last day that may be given
  earliest?: string
  start?: string
  when?: (v: Record<string, string>) => boolean // asked only then; not sent otherwise
  lines?: boolean // each line is one value of a list
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
    if (f.lines) {
      const all = raw.split('\n').map(normalText).filter(Boolean)
      if (all.length > 0) out[f.name] = all
      continue
    }
    const text = f.kind === 'person' ? normalName(raw) : f.kind === 'choice' || f.kind === 'date' ? raw : normalText(raw)
    if (text) out[f.name] = text
  }
  return out
}
