import { expect, it } from 'vitest'
import { dayOf, daysBetween, dayWords, shortDayWords, timeOf } from '@/shared/days'

it('writes a day as the house does', () => {
  expect(dayWords('2024-06-21', 'zh')).toBe('2024年6月21日（周五）')
  expect(dayWords('2024-06-21', 'zh', false)).toBe('2024年6月21日')
  expect(dayWords('2024-06-21', 'en')).toBe('Fri 21 June 2024')
  expect(dayWords('2024-02-29', 'zh')).toBe('2024年2月29日（周四）')
  expect(shortDayWords('2024-06-21', 'zh')).toBe('6月21日')
  expect(dayWords(undefined, 'zh')).toBe('')
  expect(dayWords('soon', 'zh')).toBe('soon')
})
it('an instant is of its civil day at UTC+8, whatever the browser’s zone', () => {
  expect(dayOf('2024-06-20T16:00:00Z')).toBe('2024-06-21')
  expect(dayOf('2024-06-20T15:59:59Z')).toBe('2024-06-20')
  expect(dayOf('2024-06-24T09:00:00.000+08:00')).toBe('2024-06-24')
  expect(timeOf('2024-06-24T09:05:00+08:00')).toBe('09:05')
})
it('counts days over months and years', () => {
  expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2)
  expect(daysBetween('2024-01-01', '2023-12-31')).toBe(-1)
})
