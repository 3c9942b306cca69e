// The days that a figure is asked for: what people say ("本周") as two civil days. The program's clock says which day it is.
import { daysBetween } from '@/shared/days'

export interface Span {
  from: string
  to: string
}
export const kSpans = ['today', 'week', 'period', 'last_period', 'month', 'year'] as const
export type SpanName = (typeof kSpans)[number]
/** A period of the bulletin, newest first, as /api/bulletin/weeks gives them. */
export interface Period {
  week: string
  from: string
  to: string
}

export function plus(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
// Monday is the first day of a week.
export const monday = (day: string) => plus(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))

/** Nothing where there is no such period. A period counts from the end of the one before, as the bulletin does. */
export function spanOf(name: SpanName, today: string, periods: readonly Period[]): Span | null {
  if (name === 'today') return { from: today, to: today }
  if (name === 'week') return { from: monday(today), to: today }
  if (name === 'month') return { from: `${today.slice(0, 8)}01`, to: today }
  if (name === 'year') return { from: `${today.slice(0, 5)}01-01`, to: today }
  const begun = periods.filter((p) => p.from <= today)
  const countedFrom = (at: number) => (begun[at + 1] ? plus(begun[at + 1]!.to, 1) : begun[at]!.from)
  if (begun.length === 0) return null
  if (name === 'last_period') {
    const at = begun[0]!.to < today ? 0 : 1
    return begun[at] ? { from: countedFrom(at), to: begun[at]!.to } : null
  }
  // The one that runs, or the days since the last one ended: they will be the next one's.
  return begun[0]!.to < today ? { from: plus(begun[0]!.to, 1), to: today } : { from: countedFrom(0), to: today }
}
export const isDay = (s: unknown): s is string => typeof s === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(s) && !Number.isNaN(Date.parse(`${s}T00:00:00Z`)) && plus(s, 0) === s
export const daysIn = (s: Span) => daysBetween(s.from, s.to) + 1

/** "12.5 %" of a named whole; nothing where there is no whole. */
export function share(part: number, whole: number): string {
  return whole > 0 ? `${(Math.round((part / whole) * 1000) / 10).toFixed(1)}%` : '—'
}
