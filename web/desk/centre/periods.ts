// 统计期 as the API's addresses have them: 2024-06, 2024-Q2, 2024, 2024-06-03..2024-06-21.
import type { Got } from '@/api/client'
import { isDay, plus } from './spans'

export type Report = Got<'/api/bulletin/reports/{template}/{period}'>
export type ReportFigure = NonNullable<Report['figures']>[number]
export const kLengths = ['month', 'quarter', 'year', 'days'] as const
export type Length = (typeof kLengths)[number]

export function lengthOf(period: string): Length | undefined {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(period)) return 'month'
  if (/^\d{4}-Q[1-4]$/.test(period)) return 'quarter'
  if (/^\d{4}$/.test(period)) return 'year'
  const days = period.split('..')
  return days.length === 2 && isDay(days[0]) && isDay(days[1]) && days[0] <= days[1] ? 'days' : undefined
}
const quarter = (month: number) => Math.ceil(month / 3)
/** The period of this length in which the day lies; of any days, the seven that end with it. */
export function periodOf(length: Length, day: string): string {
  if (length === 'month') return day.slice(0, 7)
  if (length === 'quarter') return `${day.slice(0, 4)}-Q${quarter(Number(day.slice(5, 7)))}`
  if (length === 'year') return day.slice(0, 4)
  return `${plus(day, -6)}..${day}`
}
/** The first day, to go on from when the length changes. */
export function firstDay(period: string): string {
  const length = lengthOf(period)
  if (length === 'month') return `${period}-01`
  if (length === 'quarter') return `${period.slice(0, 4)}-${String(Number(period[6]) * 3 - 2).padStart(2, '0')}-01`
  if (length === 'year') return `${period}-01-01`
  return period.slice(0, 10)
}
/** The one directly behind it. */
export function after(period: string): string {
  const length = lengthOf(period)
  if (length === 'days') {
    const [from, to] = period.split('..') as [string, string]
    const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1
    return `${plus(from, days)}..${plus(to, days)}`
  }
  if (length === 'year') return String(Number(period) + 1).padStart(4, '0')
  const months = length === 'quarter' ? 3 : 1
  const first = firstDay(period)
  const next = Number(first.slice(5, 7)) + months
  const day = next > 12 ? `${Number(first.slice(0, 4)) + 1}-${String(next - 12).padStart(2, '0')}-01` : `${first.slice(0, 4)}-${String(next).padStart(2, '0')}-01`
  return periodOf(length ?? 'month', day)
}
