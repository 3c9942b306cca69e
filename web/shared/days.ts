// Civil days are text "2024-06-21", as the API gives them; instants are ISO 8601 with their offset. Shown as the house writes them.
import type { Language } from './look'

const kWeekdays = ['日', '一', '二', '三', '四', '五', '六']
const kOffsetMs = 8 * 3_600_000 // civil days count at UTC+8

function utcOf(day: string): Date | null {
  const m = /^(\d{4})-(\d{2})-(\d{2})/.exec(day)
  return m ? new Date(Date.UTC(Number(m[1]), Number(m[2]) - 1, Number(m[3]))) : null
}

/** "2024年6月21日（周五）"; in English "Fri 21 June 2024". What is no day is given back unchanged. */
export function dayWords(day: string | undefined, language: Language, withWeekday = true): string {
  if (!day) return ''
  const d = utcOf(day)
  if (!d) return day
  if (language === 'en')
    return d.toLocaleDateString('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric', ...(withWeekday ? { weekday: 'short' } : {}) }).replace(',', '')
  const words = `${d.getUTCFullYear()}年${d.getUTCMonth() + 1}月${d.getUTCDate()}日`
  return withWeekday ? `${words}（周${kWeekdays[d.getUTCDay()]}）` : words
}

/** "6月21日" */
export function shortDayWords(day: string | undefined, language: Language): string {
  const d = day ? utcOf(day) : null
  if (!d) return day ?? ''
  return language === 'en' ? d.toLocaleDateString('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' }) : `${d.getUTCMonth() + 1}月${d.getUTCDate()}日`
}

/** The civil day of an instant, "2024-06-21". */
export function dayOf(instant: string): string {
  const t = Date.parse(instant)
  return Number.isNaN(t) ? instant.slice(0, 10) : new Date(t + kOffsetMs).toISOString().slice(0, 10)
}

/** "09:05" of an instant, at UTC+8. */
export function timeOf(instant: string): string {
  const t = Date.parse(instant)
  return Number.isNaN(t) ? '' : new Date(t + kOffsetMs).toISOString().slice(11, 16)
}

/** Calendar days from one day to another; negative when `to` lies before. */
export function daysBetween(from: string, to: string): number {
  const a = utcOf(from)
  const b = utcOf(to)
  return a && b ? Math.round((b.getTime() - a.getTime()) / 86_400_000) : 0
}
