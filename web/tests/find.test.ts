import { expect, it } from 'vitest'
import { find } from '@/shared/find'

const list = [
  { code: 'A-1', name: '特种设备使用登记', department_name: '市场监督管理局' },
  { code: 'A-2', name: '企业设立登记', department_name: '市场监督管理局' },
  { code: 'B-1', name: '外商投资企业设立备案', department_name: '商务厅' },
  { code: 'C-1', name: '身份证办理', department_name: '公安厅' },
]
const codes = (q: string) => find(list, q).map((m) => m.code)

it('puts a name that begins with the question first', () => expect(codes('企业')).toEqual(['A-2', 'B-1']))
it('wants every word, in name or department', () => {
  expect(codes('企业 商务')).toEqual(['B-1'])
  expect(codes('登记 公安')).toEqual([])
})
it('finds by code, by scattered characters, and full width', () => {
  expect(codes('c-1')).toEqual(['C-1'])
  expect(codes('企设登')).toEqual(['A-2'])
  expect(codes('Ｂ－１')).toEqual(['B-1'])
})
it('a question of nothing finds nothing', () => expect(codes(' 　')).toEqual([]))
