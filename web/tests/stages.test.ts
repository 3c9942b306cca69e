// Matters by stage of life, and what is called wholly online.
import { expect, it } from 'vitest'
import { byStage, isFor, isIn, isWhollyOnline, type LifeStage } from '@/portal/stages'

const stages: LifeStage[] = [
  { audience: 'person', name: '就业' },
  { audience: 'person', name: '养老' },
  { audience: 'enterprise', name: '招聘用工' },
  { audience: 'enterprise', name: '注销退出' },
]
const m = (code: string, audience: number[], life_stages: string[]) => ({ code, audience, life_stages })
const injury = m('injury', [1, 2], ['就业', '招聘用工'])
const pension = m('pension', [1], ['养老'])
const archive = m('archive', [1, 2, 3], [])
const all = [injury, pension, archive]
const told = (whom: '' | 'person' | 'enterprise') => byStage(all, stages, whom).map((g) => `${g.stage?.name ?? '-'}: ${g.list.map((x) => x.code).join(' ')}`)

it('a list lies under its stages in the order of life; an empty stage is left out, what is in none stands last', () => {
  expect(told('person')).toEqual(['就业: injury', '养老: pension', '-: archive'])
  expect(told('enterprise')).toEqual(['招聘用工: injury', '-: pension archive'])
  expect(told('')).toEqual(['就业: injury', '养老: pension', '招聘用工: injury', '-: archive'])
  expect(byStage(all, [], '').map((g) => g.list.length)).toEqual([3])
})

it('a stage of both lives holds those whom it is for', () => {
  const both: LifeStage[] = [{ audience: 'person', name: '经营' }, { audience: 'enterprise', name: '经营' }]
  const shop = m('shop', [1], ['经营'])
  expect(both.map((s) => isIn(shop, s))).toEqual([true, false])
  expect(isFor({ audience: [3] }, 'enterprise')).toBe(true)
  expect(isFor({ audience: undefined }, 'person')).toBe(false)
})

it('wholly online is what is handled there to the told end without a visit, and checked by the department', () => {
  const told = ['receive', 'accept', 'handle', 'result_feedback']
  expect(isWhollyOnline({ online_depth: told, visits: 0, unverified: false })).toBe(true)
  expect(isWhollyOnline({ online_depth: told, visits: 0, unverified: true })).toBe(false)
  expect(isWhollyOnline({ online_depth: told, visits: 1, unverified: false })).toBe(false)
  expect(isWhollyOnline({ online_depth: told.slice(0, 3), visits: 0, unverified: false })).toBe(false)
  expect(isWhollyOnline({ visits: 0, unverified: false })).toBe(false)
})
