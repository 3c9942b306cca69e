import { describe, expect, it } from 'vitest'
import { actorOf, daysLeft, defectsOf, isOpen, standingOf, wantsPapers, type Clock, type Entry } from '@/portal/cases'

const day = (d: string, number: number) => ({ day: d, effect: number ? 'counted' : 'rest', counted: number > 0, number, reason: number ? '工作日' : '周末', basis: '', provisional: false })
// Received on Monday 24 June 2024, five working days: until 1 July.
const clock = {
  clock: { kind: 'notice', name: '受理告知时限', from: '2024-06-24', days: 5, unit: 'working', basis: '', due: '2024-07-01', total: 5, counted: 5, provisional: false },
  days: [day('2024-06-25', 1), day('2024-06-26', 2), day('2024-06-27', 3), day('2024-06-28', 4), day('2024-06-29', 0), day('2024-06-30', 0), day('2024-07-01', 5)],
} as unknown as Clock

describe('the time that is left', () => {
  it.each([
    ['2024-06-24', 5],
    ['2024-06-28', 1],
    ['2024-06-30', 1], // a Sunday
    ['2024-07-01', 0],
    ['2024-07-09', 0],
  ])('on %s: %i working days', (today, n) => expect(daysLeft(clock, today)).toBe(n))

  const open = { stage: 'received', light: 'green', next_due: '2024-07-01', pauses: [] } as never
  it('is said by word', () => {
    expect(standingOf(open, [clock], '2024-06-24')).toMatchObject({ kind: 'ok', days: 5, due: '2024-07-01' })
    expect(standingOf({ ...(open as object), light: 'yellow' } as never, [clock], '2024-06-28')).toMatchObject({ kind: 'soon', days: 1 })
    expect(standingOf(open, [clock], '2024-07-01').kind).toBe('today')
    expect(standingOf(open, [clock], '2024-07-02').kind).toBe('late')
  })
  it('stands still in a pause that has not ended, and goes on after it', () => {
    const pause = { from: '2024-06-25', reason: '听证', basis: '行政许可法第四十五条' }
    expect(standingOf({ ...(open as object), pauses: [pause] } as never, [clock], '2024-06-26')).toMatchObject({ kind: 'paused', reason: '听证' })
    expect(standingOf({ ...(open as object), pauses: [{ ...pause, to: '2024-06-26' }] } as never, [clock], '2024-06-27').kind).toBe('ok')
  })
  it('is over with the case, and nothing without a clock', () => {
    expect(standingOf({ ...(open as object), stage: 'issued' } as never, [clock], '2024-06-24').kind).toBe('over')
    expect(standingOf(open, [], '2024-06-24').kind).toBe('waiting')
  })
})

it('the next actor is named for every stage that is open, and for no other', () => {
  expect(actorOf('pre_returned')).toBe('you')
  expect(actorOf('in_review')).toBe('department')
  for (const stage of ['issued', 'closed', 'not_accepted', 'withdrawn', 'terminated'] as const) expect(isOpen(stage)).toBe(false)
  for (const stage of ['submitted', 'correction', 'suspended', 'granted', 'refused'] as const) expect(isOpen(stage)).toBe(true)
})

it('what has to be corrected is what the newest notice told, while the case waits for it', () => {
  const told = (wrong: string) => ({ fact: 'casework.correction_requested/1', defects: [{ material: '申请表', wrong, right: '' }] }) as unknown as Entry
  const other = { fact: 'casework.materials_supplied/1', defects: [] } as unknown as Entry
  expect(defectsOf('correction', [told('一'), other, told('二')]).map((d) => d.wrong)).toEqual(['二'])
  expect(defectsOf('received', [told('一')])).toEqual([])
  expect(defectsOf('correction', [])).toEqual([])
  expect(wantsPapers('correction_in_review')).toBe(true)
})
