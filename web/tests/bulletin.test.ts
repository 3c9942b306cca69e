// What the bulletin desk makes of what is typed.
import { describe, expect, it } from 'vitest'
import { categoriesOf, differing, groupsOf, groupsText, moved } from '../desk/bulletin/draft'

describe('the bulletin desk', () => {
  it('reads categories with their counts, one a line', () => {
    expect(categoriesOf('工程建设领域 36\n人才服务11项\n\n 惠企政策：9 ')).toEqual([{ name: '工程建设领域', count: 36 }, { name: '人才服务', count: 11 }, { name: '惠企政策', count: 9 }])
    expect(categoriesOf('没有数')[0]!.count).toBe(-1) // the server refuses it
  })
  it('tells where what is typed is not what the tasks push', () => {
    expect(differing(['退休', '破产'], ['退休', '社保卡'])).toEqual({ typedAlone: ['破产'], pushedAlone: ['社保卡'] })
    expect(differing(['退休'], ['退休'])).toEqual({ typedAlone: [], pushedAlone: [] })
  })
  it('moves an item, and leaves the list where it cannot', () => {
    expect(moved(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b'])
    expect(moved(['a', 'b'], 'a', -1)).toEqual(['a', 'b'])
  })
  it('reads groups of names and writes them again', () => {
    expect(groupsText(groupsOf('甲、乙；丙'))).toBe('甲、乙；丙')
  })
})
