import { beforeEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { claim, dropAllDrafts, dropOldDrafts, emptyDraft, hiddenFrom, readDraft, sentDraft, useDraft, writeDraft } from '@/portal/apply/draft'
import { after, complete, firstOpen, kindOf, normal, offered, questionsOf, stepsOf, submission, wrongWith, type Matter } from '@/portal/apply/questions'
import { sizeWords, wrongWithFile } from '@/portal/upload'

const material = (name: string, more = {}) => ({ name, required: true, copies: 1, form: 'original', provider: 'applicant', deferrable: false, deferral_days: 0, commitment: false, ...more })
const matter = (audience: number[]) => ({ code: 'M-1', name: '事项', audience, materials: [material('申请表'), material('身份证', { provider: 'government' }), material('证明', { commitment: true })] }) as unknown as Matter
const both = matter([1, 2])
const person = '11010519491231002X'

describe('questions', () => {
  const ids = (m: Matter, more = {}) => questionsOf(m, { ...emptyDraft('M-1'), ...more }).map((q) => q.id)
  it('follow from the matter and from the answers', () => {
    expect(ids(both)).toEqual(['kind', 'acting', 'name', 'number', 'phone', 'address', 'm-1', 'm-2'])
    expect(ids(both, { kind: 'legal' })).toContain('legal')
    expect(ids(both, { acting: 'other' }).slice(6, 9)).toEqual(['agent_name', 'agent_number', 'agent_phone'])
    expect(ids(matter([1]))).not.toContain('kind')
    expect(ids(matter([2, 3]))).toContain('legal')
  })
  it('do not ask for what the government has', () => expect(questionsOf(both, emptyDraft('M-1')).some((q) => q.material?.name === '身份证')).toBe(false))
  it('the kind is the matter’s where it has one only', () => {
    expect(kindOf(matter([1]), emptyDraft('M-1'))).toBe('natural')
    expect(kindOf(matter([4]), emptyDraft('M-1'))).toBe('legal')
    expect(kindOf(both, emptyDraft('M-1'))).toBe('')
  })
  it('say what is wrong', () => {
    const d = { ...emptyDraft('M-1'), kind: 'natural' as const }
    expect(wrongWith('number', person, both, d)).toBe('')
    expect(wrongWith('number', '110105194912310021', both, d)).toBe('citizen_number')
    expect(wrongWith('number', person, both, { ...d, kind: 'legal' })).toBe('credit_code')
    expect(wrongWith('phone', '12345', both, d)).toBe('phone')
    expect(wrongWith('name', '', both, d)).toBe('empty_name')
    expect(wrongWith('name', '𬭊'.repeat(120), both, d)).toBe('')
    expect(wrongWith('name', '𬭊'.repeat(121), both, d)).toBe('too_long')
    expect(wrongWith('address', '', both, d)).toBe('')
  })
  it('are fewer in simple steps: the address is offered at the end, but a paper with a condition is asked', () => {
    const m = { ...both, materials: [...both.materials!, material('图纸', { required: false, condition: '新建的' })] } as Matter
    const d = { ...emptyDraft('M-1'), kind: 'natural' as const, acting: 'self' as const, name: '某甲', number: person, phone: '13900001234', papers: { 申请表: { material: '申请表', how: 'later' as const }, 证明: { material: '证明', how: 'later' as const } } }
    const list = questionsOf(m, d)
    const named = (of: typeof list) => of.map((q) => q.id)
    expect(named(stepsOf(list, true))).toEqual(['kind', 'acting', 'name', 'number', 'phone', 'm-1', 'm-2', 'm-3'])
    expect(named(stepsOf(list, false))).toEqual(named(list))
    expect([complete(m, d), complete(m, d, true)]).toEqual([false, false]) // whether it is new nobody has said yet
    const said = { ...d, papers: { ...d.papers, 图纸: { material: '图纸', how: 'later' as const } } }
    expect([complete(m, said), complete(m, said, true)]).toEqual([true, true])
    expect(firstOpen(m, { ...d, phone: '' }, true)?.id).toBe('phone')
    expect(named(offered(list, d))).toEqual(['address'])
    expect(named(offered(list, { ...d, address: '路1号' }))).toEqual([])
    expect(submission(m, d)).not.toHaveProperty('address')
  })
  it('lead on: to the next one, from the check to what is open, and so where large type was switched on at a question that it does not ask', () => {
    const d = { ...emptyDraft('M-1'), kind: 'natural' as const, acting: 'self' as const, name: '某甲', number: person, phone: '13900001234' }
    const leads = (id: string, simple: boolean, fromCheck: boolean, of = d) => after(questionsOf(both, of).find((q) => q.id === id)!, both, of, simple, fromCheck)?.id
    expect(leads('phone', false, false)).toBe('address')
    expect(leads('phone', true, false)).toBe('m-1')
    expect(leads('m-2', false, false)).toBeUndefined()
    expect(leads('name', false, true)).toBe('m-1')
    expect(leads('address', true, false)).toBe('m-1') // and not to the check, where nothing could be sent yet
    expect(leads('address', true, false, { ...d, phone: '' })).toBe('phone')
    const all = { ...d, papers: { 申请表: { material: '申请表', how: 'later' as const }, 证明: { material: '证明', how: 'later' as const } } }
    expect([leads('address', true, false, all), leads('name', true, true, all)]).toEqual([undefined, undefined])
  })
  it('keep answers in their form', () => {
    expect(normal('phone', ' １３９ 0000 1234')).toBe('13900001234')
    expect(normal('name', '阿不都•热合曼 ')).toBe('阿不都·热合曼')
    expect(normal('address', '路1号\n2室')).toBe('路1号 2室')
  })
})

describe('the command', () => {
  const answers = {
    ...emptyDraft('M-1'), kind: 'natural' as const, acting: 'other' as const, name: '某甲', number: person, phone: '13900001234', agent_name: '某乙', agent_number: person, agent_phone: '13900001235',
    papers: { 申请表: { material: '申请表', how: 'file' as const, file: 'f1' }, 证明: { material: '证明', how: 'commitment' as const } },
  }
  it('holds what was answered, and only files that are there', () => {
    expect(complete(both, answers)).toBe(true)
    const c = submission(both, answers)
    expect(c).toMatchObject({ matter: 'M-1', applicant_kind: 'natural', applicant: '某甲', applicant_id: person, agent: { name: '某乙' }, materials: ['申请表'], handed: [{ material: '申请表', copies: 1, form: 'electronic' }], commitments: ['证明'] })
    expect(c).not.toHaveProperty('address')
    expect(c).not.toHaveProperty('legal_representative')
  })
  it('has no agent when one acts for oneself, whatever was typed before', () => expect(submission(both, { ...answers, acting: 'self' })).not.toHaveProperty('agent'))
  it('promises only what may be promised', () => {
    const excluded = { ...both, commitment_excluded_reason: '涉及公共安全' }
    expect(submission(excluded, answers)).not.toHaveProperty('commitments')
    expect(complete(excluded, answers)).toBe(false)
  })
  it('is not complete with a question open', () => {
    expect(firstOpen(both, { ...answers, phone: '' })?.id).toBe('phone')
    expect(firstOpen(both, { ...answers, papers: {} })?.id).toBe('m-1')
  })
})

describe('the draft', () => {
  beforeEach(() => (localStorage.clear(), sessionStorage.clear()))
  it('saves itself, and is read again', async () => {
    const { draft, stop } = useDraft('M-1', () => {})
    const key = draft.key
    draft.name = '某甲'
    draft.papers['申请表'] = { material: '申请表', how: 'later' }
    await nextTick()
    stop()
    expect(readDraft('M-1')).toMatchObject({ name: '某甲', key, papers: { 申请表: { how: 'later' } } })
    expect(readDraft('M-1').saved).not.toBe('')
  })
  it('what is not ours is left alone', () => {
    localStorage.setItem('yichuang.draft.M-1', '{"matter":"M-2","key":"k"}')
    expect(readDraft('M-1').name).toBe('')
    localStorage.setItem('yichuang.draft.M-1', 'no json')
    expect(readDraft('M-1').name).toBe('')
  })
  it('another tab’s words are taken over', () => {
    let told = 0
    const { draft, stop } = useDraft('M-1', () => (told += 1))
    const theirs = { ...emptyDraft('M-1'), name: '某丙' }
    writeDraft(theirs)
    dispatchEvent(new StorageEvent('storage', { key: 'yichuang.draft.M-1', newValue: JSON.stringify(theirs) }))
    stop()
    expect([draft.name, draft.key, told]).toEqual(['某丙', theirs.key, 1])
  })
  it('begun anew it holds nothing, and is not begun', () => {
    const { draft, renew, stop } = useDraft('M-1', () => {})
    draft.name = '某甲'
    renew()
    stop()
    expect([draft.name, draft.saved, Object.keys(localStorage)]).toEqual(['', '', []])
  })
  it('is its writer’s: another account does not see it, nor does whoever signs in where it was not typed', () => {
    const { draft, stop } = useDraft('M-1', () => {})
    draft.name = '某甲' // in this tab, by a stranger
    stop()
    expect([hiddenFrom(draft, undefined), hiddenFrom(draft, 'a')]).toEqual(['', ''])
    sessionStorage.clear() // another tab, another day
    expect(hiddenFrom(draft, 'a')).toBe('whose')
    claim(draft, 'a')
    expect([hiddenFrom(draft, 'a'), hiddenFrom(draft, 'b'), hiddenFrom(draft, undefined)]).toEqual(['', 'locked', 'locked'])
    expect(hiddenFrom(emptyDraft('M-2'), 'b')).toBe('')
  })
  it('once sent it says nothing of a person, and knows which files the case has still to be told of', () => {
    const d = { ...emptyDraft('M-1'), owner: 'a', saved: '2024-06-24T01:00:00Z', name: '某甲', number: person, phone: '13900001234', address: '路1号', agent_name: '某乙', papers: {
      申请表: { material: '申请表', how: 'file' as const, file: 'f1', key: 'k1', name: '某甲的申请表.pdf' }, 表二: { material: '表二', how: 'file' as const, file: 'f2', filed: true }, 证明: { material: '证明', how: 'later' as const } } }
    const rest = sentDraft(d, { case_id: '1', number: 'N', position: '7' })
    expect(JSON.stringify(rest)).not.toMatch(/某甲|某乙|139|路1号|1101/)
    expect(rest).toMatchObject({ key: d.key, owner: 'a', sent: { number: 'N' }, papers: { 申请表: { file: 'f1', key: 'k1' } } })
    expect(Object.keys(rest.papers)).toEqual(['申请表'])
  })
  it('goes when nobody touched it for the centre’s days', () => {
    const day = (n: number) => new Date(Date.now() - n * 86_400_000).toISOString()
    writeDraft({ ...emptyDraft('M-1'), saved: day(31) })
    writeDraft({ ...emptyDraft('M-2'), saved: day(29) })
    dropOldDrafts(30)
    expect(Object.keys(localStorage)).toEqual(['yichuang.draft.M-2'])
  })
  it('signing out leaves none', () => {
    writeDraft(emptyDraft('M-1'))
    localStorage.setItem('other', '1')
    dropAllDrafts()
    expect(Object.keys(localStorage)).toEqual(['other'])
  })
})

it('files are looked at before they leave', () => {
  expect(wrongWithFile({ name: 'a.PDF', size: 1 })).toBe('')
  expect(wrongWithFile({ name: 'a.exe', size: 1 })).toBe('kind')
  expect(wrongWithFile({ name: 'a.pdf.exe', size: 1 })).toBe('kind')
  expect(wrongWithFile({ name: 'a.pdf', size: 0 })).toBe('empty')
  expect(wrongWithFile({ name: 'a.pdf', size: 50 * 1024 * 1024 })).toBe('')
  expect(wrongWithFile({ name: 'a.pdf', size: 50 * 1024 * 1024 + 1 })).toBe('too_large')
  expect([sizeWords(20), sizeWords(1_234_567)]).toEqual(['1 kB', '1.2 MB'])
})
