// The devices of the hall and the course of a follow-up, as far as they are logic.
import { expect, it, vi } from 'vitest'
import { actsOf, share } from '@/desk/logic/follow'
import { callId, deviceOf, mayChoose, newCalls, spokenCall } from '@/devices/device'
import { post } from '@/shared/display'

const call = (number: string, called_at: string, times = 1) => ({ number, called_at, times })

it('an address names its device', () => {
  expect(deviceOf('/device/kiosk')).toBe('kiosk')
  expect(deviceOf('/device/card-reader/')).toBe('card_reader')
  expect(deviceOf('/visit/20240624000012-83920174')).toBe('visit')
  expect(deviceOf('/device/')).toBe('unknown')
  expect(deviceOf('/device/visit')).toBe('unknown')
})

it('a line is touched at the kiosk where it gives numbers, in large type also for an appointment, and never where nobody is served today', () => {
  const line = (taking: boolean, today: boolean, closed?: string) => [false, true].map((simple) => mayChoose({ taking, today, ...(closed ? { closed } : {}) }, simple))
  expect(line(true, true)).toEqual([true, true])
  expect(line(false, true)).toEqual([false, true]) // no numbers left, or not at this hour
  expect(line(false, false)).toEqual([false, false]) // a rest day of the line
  expect(line(false, true, '停办')).toEqual([false, false])
})

it('a board says what it has not shown, oldest first, and after a power cut not the morning again', () => {
  const old = call('A001', '2024-06-24T09:00:00+08:00')
  const again = call('A001', '2024-06-24T09:10:00+08:00', 2)
  const fresh = call('A002', '2024-06-24T09:10:20+08:00')
  expect(newCalls(null, [fresh, again, old], '2024-06-24T09:10:25+08:00')).toEqual([again, fresh])
  expect(newCalls(null, [old], '2024-06-24T09:10:25+08:00')).toEqual([])
  expect(newCalls(new Set([callId(old)]), [fresh, again, old], '2024-06-24T09:10:25+08:00')).toEqual([again, fresh])
  expect(newCalls(new Set([fresh, again, old].map(callId)), [fresh, again, old], '2024-06-24T11:00:00+08:00')).toEqual([])
})

it('a call is said digit by digit, without a name', () => {
  expect(spokenCall('A012', '综窗03')).toBe('请 A 0 幺 2 号，到综窗03办理。')
})

it('a follow-up goes its course by stage and right; a rating is appealed and never declined', () => {
  const all = () => true
  for (const kind of ['bad_rating', 'paper_evaluation'] as const) expect(actsOf({ stage: 'opened', kind }, all)).toEqual(['sort_follow_up'])
  expect(actsOf({ stage: 'opened', kind: 'unresolved' }, all)).toEqual(['sort_follow_up', 'decline_follow_up'])
  expect(actsOf({ stage: 'sorted', kind: 'unresolved' }, all)).toEqual(['answer_follow_up', 'extend_follow_up'])
  expect(actsOf({ stage: 'sorted', kind: 'bad_rating' }, (r) => r === 'hall.appeal_evaluation')).toEqual(['appeal_evaluation'])
  expect(actsOf({ stage: 'answered', kind: 'leader_problem' }, () => false)).toEqual([])
  expect(actsOf({ stage: 'answered', kind: 'bad_rating', reachable: false }, all)).toEqual(['call_back', 'no_contact_left'])
  expect(actsOf({ stage: 'answered', kind: 'unresolved', reachable: true }, all)).toEqual(['call_back'])
  expect(actsOf({ stage: 'closed', kind: 'bad_rating' }, all)).toEqual([])
})

it('a share of nothing is a dash, not nought', () => {
  expect(share(1, 8)).toBe('12.5%')
  expect(share(0, 0)).toBe('—')
})

it('an answer that was broken off on its way is none', async () => {
  const answering = (status: number, body: string) => vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { status })))
  answering(200, '{"holder":')
  expect(await post('/api/hall/kiosk/card', {})).toBeNull()
  answering(200, '{"holder":"王*"}')
  expect(await post('/api/hall/kiosk/card', {})).toEqual({ status: 200, body: { holder: '王*' } })
  answering(503, '')
  expect(await post('/api/hall/kiosk/card', {})).toEqual({ status: 503, body: null })
  vi.unstubAllGlobals()
})
