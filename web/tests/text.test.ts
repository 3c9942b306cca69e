import { describe, expect, it } from 'vitest'
import { characters, isCitizenNumber, isCreditCode, isPhone, normalName, normalNumber, normalQuery, normalText } from '@/shared/text'

describe('numbers', () => {
  it.each([
    ['５１０１０５１９９００３０７０１２ｘ', '51010519900307012X'],
    [' 138 1234\u200b5678 ', '13812345678'],
    ['028—8695 2556', '028-86952556'],
    ['\u202e123\u202c', '123'],
    ['', ''],
  ])('%j becomes %j', (typed, wanted) => expect(normalNumber(typed)).toBe(wanted))

  it('knows a citizen number by its date and its check character', () => {
    expect(isCitizenNumber('11010519491231002X')).toBe(true) // the standard's own example
    for (const bad of ['110105194912310021', '11010519491231002x', '11010519490231002X', '11010519491231002', '', '１１０１０５１９４９１２３１００２Ｘ']) expect(isCitizenNumber(bad)).toBe(false)
  })
  it('knows a credit code by its alphabet and its check character', () => {
    expect(isCreditCode('91350100M000100Y43')).toBe(true) // the standard's own example
    for (const bad of ['91350100M000100Y44', '91350100M0001O0Y43', '', '9135']) expect(isCreditCode(bad)).toBe(false)
  })
  it('takes mobile and area numbers', () => {
    for (const good of ['13812345678', '028-86952556', '02886952556', '0816-1234567']) expect(isPhone(good)).toBe(true)
    for (const bad of ['12345', '1381234567', '138123456789', '86952556', '']) expect(isPhone(bad)).toBe(false)
  })
})

describe('names', () => {
  it.each([
    ['阿卜杜拉•买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉 ・ 买买提', '阿卜杜拉·买买提'],
    ['  王𬭊  ', '王𬭊'],
    ['㛃', '㛃'],
    ['李\u200b雷', '李雷'],
    ['某　公司', '某 公司'],
    ['ＡＢＣ公司', 'ＡＢＣ公司'], // a registered name may be written so: nobody's name is folded
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
  ])('%j becomes %j', (typed, wanted) => expect(normalName(typed)).toBe(wanted))
  it('counts characters, not halves of them', () => expect(characters('王𬭊')).toBe(2))
})

it('text keeps its lines and loses what nobody sees', () => expect(normalText(' 一\r\n二\u0007\u202e ')).toBe('一\n二'))
it('questions are half width', () => expect(normalQuery('　企业  设立１ ')).toBe('企业 设立1'))
