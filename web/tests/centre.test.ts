// What the centre's pages decide by themselves: days, shares, files for a spreadsheet, differences, entries of the catalogue, rights.
import { describe, expect, it } from 'vitest'
import { csv } from '@/shared/csv'
import { differences } from '@/desk/centre/differences'
import { centreDoors, openDoors } from '@/desk/centre/doors'
import { blankPaper, entryOf, formOf, parseEntry, type Entry } from '@/desk/centre/entry'
import { bundleForm, bundleOf, blankMember } from '@/desk/centre/bundle'
import { caseOf } from '@/desk/centre/figures'
import { fieldOf } from '@/desk/centre/items'
import { moved } from '@/desk/centre/lists'
import { matches } from '@/desk/centre/matching'
import { after, firstDay, lengthOf, periodOf } from '@/desk/centre/periods'
import { changeOf, heldBy, kAccountName, postsTogether, withIncluded, type Rights } from '@/desk/centre/rights'
import { rulesForm, rulesOf } from '@/desk/centre/rules'
import { settingsForm, settingsFrom, settingsOf } from '@/desk/centre/settings'
import { blankWindow, windowsForm, windowsFrom } from '@/desk/centre/windows'
import { daysIn, isDay, plus, share, spanOf, type Period } from '@/desk/centre/spans'

describe('days', () => {
  const periods: Period[] = [{ week: '2024-06-17', from: '2024-06-17', to: '2024-06-21' }, { week: '2024-06-10', from: '2024-06-10', to: '2024-06-14' }]
  it('a week begins on Monday, Sundays included', () => {
    expect(spanOf('week', '2024-06-23', periods)).toEqual({ from: '2024-06-17', to: '2024-06-23' })
    expect(spanOf('week', '2024-06-24', periods)).toEqual({ from: '2024-06-24', to: '2024-06-24' })
    expect(spanOf('month', '2024-06-24', [])).toEqual({ from: '2024-06-01', to: '2024-06-24' })
    expect(spanOf('year', '2024-02-29', [])).toEqual({ from: '2024-01-01', to: '2024-02-29' })
  })
  it('a period counts from the end of the one before, as the bulletin does', () => {
    expect(spanOf('last_period', '2024-06-24', periods)).toEqual({ from: '2024-06-15', to: '2024-06-21' })
    expect(spanOf('period', '2024-06-24', periods)).toEqual({ from: '2024-06-22', to: '2024-06-24' })
    expect(spanOf('period', '2024-06-19', periods)).toEqual({ from: '2024-06-15', to: '2024-06-19' })
    expect(spanOf('last_period', '2024-06-19', periods)).toEqual({ from: '2024-06-10', to: '2024-06-14' })
    expect(spanOf('last_period', '2024-06-12', periods)).toBeNull() // set ahead: it has not begun
    expect(spanOf('period', '2024-06-24', [])).toBeNull()
  })
  it('days that do not exist are none', () => {
    expect(['2024-02-30', '2024-2-3', '', undefined, '2024-13-01'].filter(isDay)).toEqual([])
    expect(isDay('2024-02-29')).toBe(true)
    expect(plus('2024-12-31', 1)).toBe('2025-01-01')
    expect(daysIn({ from: '2024-06-15', to: '2024-06-21' })).toBe(7)
  })
  it('a share names no percentage of nothing', () => {
    expect([share(1, 8), share(0, 8), share(1, 0)]).toEqual(['12.5%', '0.0%', '—'])
  })
})

describe('files for a spreadsheet', () => {
  it('quotes what needs it, and lets nothing be a formula', () => {
    expect(csv([['甲,乙', '"', 'a\nb', 3, -2, undefined]])).toBe('\ufeff"甲,乙","""","a\nb",3,-2,\r\n')
    expect(csv([['=1+1', '+86', '-x', '@x', '\tx']])).toBe("\ufeff'=1+1,'+86,'-x,'@x,'\tx\r\n")
  })
  it('a stream is a case, or is not', () => {
    expect([caseOf('case:20240617000005'), caseOf('consultation:1'), caseOf('case:')]).toEqual(['20240617000005', undefined, undefined])
  })
})

const entry = { code: 'SC-X-1', name: '示例', department: 'x', kind: '01', case_type: 'promised', statutory: { days: 20, unit: 'working', basis: '某法', unverified: true }, promised: { days: 5, unit: 'working' }, audience: [1, 2], visits: 1, materials: [{ name: '申请书', required: true, copies: 1, form: 'original', provider: 'applicant' }, { name: '图', required: false, copies: 2, form: 'copy', provider: 'applicant', condition: '有改建的', main: true }], result: { name: '证', type: 'licence' }, source: ['S'], unverified: true }

describe('differences', () => {
  it('finds what is the same thing by its name, wherever it stands', () => {
    expect(differences(entry, entry)).toEqual([])
    const more = { ...entry, materials: [{ ...entry.materials[0]!, name: '新的' }, ...entry.materials], visits: 0 }
    expect(differences(entry, more).map((d) => d.path)).toEqual(['visits', 'materials › 新的'])
    expect(differences(entry, { ...entry, promised: { days: 4, unit: 'working' } })).toEqual([{ path: 'promised › days', before: '5', after: '4' }])
    expect(differences(entry, { ...entry, audience: [1] })).toEqual([{ path: 'audience', before: '[1,2]', after: '[1]' }])
    const { unverified: _, ...less } = entry
    expect(differences(entry, less)).toEqual([{ path: 'unverified', before: 'true', after: undefined }])
  })
  it('a window that is renamed is the same window', () => {
    const windows = [{ code: 'W01', name: '综窗01', kind: 'comprehensive' }, { code: 'W02', name: '综窗02', kind: 'comprehensive' }]
    const renamed = [{ ...windows[0]!, name: '企业综窗' }, windows[1]!]
    expect(differences({ windows }, { windows: renamed })).toEqual([{ path: 'windows › W01 综窗01 › name', before: '综窗01', after: '企业综窗' }])
    // Two that change their names are no two that change their places.
    expect(differences({ windows }, { windows: [{ ...windows[0]!, name: '综窗02' }, { ...windows[1]!, name: '综窗01' }] }).map((d) => [d.path, d.after])).toEqual([['windows › W01 综窗01 › name', '综窗02'], ['windows › W02 综窗02 › name', '综窗01']])
    expect(differences({ windows }, { windows: [...windows, { code: 'W03', name: '新窗', kind: 'issue' }] }).map((d) => d.path)).toEqual(['windows › W03 新窗'])
    expect(differences({ windows }, { windows: [...windows].reverse() })).toEqual([{ path: 'windows', before: 'W01 综窗01、W02 综窗02', after: 'W02 综窗02、W01 综窗01' }])
  })
  it('says another order', () => {
    expect(differences(entry, { ...entry, materials: [...entry.materials].reverse() })).toEqual([{ path: 'materials', before: '申请书、图', after: '图、申请书' }])
  })
})

describe('an entry and its form', () => {
  const text = JSON.stringify(entry)
  it('goes through the form unchanged, order included', () => {
    const read = parseEntry(text)
    expect(JSON.stringify(entryOf(formOf(read), read))).toBe(text)
  })
  it('writes what was changed and nothing else', () => {
    const read = parseEntry(text)
    const form = formOf(read)
    form.promised_days = 3
    form.materials.push({ ...blankPaper(), name: '补充', deferrable: true, deferral_days: 2 })
    form.fee_name = '工本费'
    const out = entryOf(form, read)
    expect(differences(read, out).map((d) => d.path).sort()).toEqual(['fee', 'materials › 补充', 'promised › days'])
    expect((out.materials as Entry[])[2]).toMatchObject({ deferrable: true, deferral_days: 2 })
    expect((out.materials as Entry[])[1]).toMatchObject({ main: true, condition: '有改建的' })
    expect(out.statutory).toEqual(entry.statutory)
  })
  it('basis and conditions are a line each; without a line there is no field', () => {
    const read = parseEntry(text)
    const form = formOf(read)
    form.conditions = ' 有场所 \n\n有人员\n'
    const out = entryOf(form, read)
    expect(out.conditions).toEqual(['有场所', '有人员'])
    expect('basis' in out).toBe(false)
    expect(differences(read, out)).toEqual([{ path: 'conditions', before: undefined, after: '有场所；有人员' }])
    expect(formOf(out).conditions).toBe('有场所\n有人员')
    expect(JSON.stringify(entryOf(formOf(out), out))).toBe(JSON.stringify(out))
  })
  it('online depth is written in the order of doing, stages of life as they stood; without any there is no field', () => {
    const read = parseEntry(text)
    const form = formOf(read)
    expect([form.online_depth, form.life_stages]).toEqual([[], []])
    form.online_depth = ['accept', 'receive']
    form.life_stages = ['就业']
    const out = entryOf(form, read)
    expect(out.online_depth).toEqual(['receive', 'accept'])
    expect(differences(read, out).map((d) => d.path)).toEqual(['online_depth', 'life_stages'])
    const again = formOf({ ...out, life_stages: ['养老', '就业'] })
    again.life_stages = ['就业', '养老', '生活'] // ticked off and on again, and one more
    again.online_depth = []
    const next = entryOf(again, { ...out, life_stages: ['养老', '就业'] })
    expect(next.life_stages).toEqual(['养老', '就业', '生活'])
    expect(next.online_depth).toEqual([])
    expect(JSON.parse(form.rest)).not.toHaveProperty('online_depth')
  })
  it('an instant matter has no promise; what the text of the rest has of its own fields is not taken', () => {
    const read = parseEntry(text)
    const form = formOf(read)
    form.case_type = 'instant'
    form.rest = JSON.stringify({ ...JSON.parse(form.rest), name: '别的' })
    const out = entryOf(form, read)
    expect('promised' in out).toBe(false)
    expect(out.name).toBe('示例')
    form.rest = '{"a":'
    expect(() => entryOf(form, read)).toThrow(SyntaxError)
    form.rest = '[]'
    expect(() => entryOf(form, read)).toThrow(SyntaxError)
  })
})

describe('warning rules and their form', () => {
  const file = { yellow_days: 1, yellow_percent: 20, rules: [{ number: 'JC-1', name: '甲', trigger: 'promised_over', card: 'red', order: true, basis: '某法' }, { number: 'JC-2', name: '乙', trigger: 'step_over', card: 'yellow', basis: '某则', other_basis: '另则', unverified: true }] }
  it('go through the form unchanged, and differ by their number', () => {
    expect(JSON.stringify(rulesOf(rulesForm(file)))).toBe(JSON.stringify(file))
    const form = rulesForm(file)
    form.rules[1]!.card = 'red'
    form.yellow_days = 2
    expect(differences(file, rulesOf(form)).map((d) => d.path)).toEqual(['yellow_days', 'rules › JC-2 › card'])
  })
})

describe('rights', () => {
  const rights = {
    roles: [{ role: 'guide', name: '', includes: [] }, { role: 'clerk', name: '', includes: ['guide'] }, { role: 'handler', name: '', includes: [] }],
    rights: [
      { right: 'a.consult', source: 'role_table', acts: ['POST /a 咨询'], holders: [{ role: 'guide', reach: 'centre' }] },
      { right: 'a.see', source: 'question', acts: [], holders: [{ role: 'clerk', reach: 'centre' }, { role: 'handler', reach: 'department' }] },
    ],
  } as unknown as Rights
  it('a role has what it includes', () => {
    expect([...withIncluded(['clerk'], rights)].sort()).toEqual(['clerk', 'guide'])
    expect(heldBy(['clerk'], rights).map((h) => `${h.right} ${h.reach}`)).toEqual(['a.consult centre', 'a.see centre'])
    expect(heldBy([], rights)).toEqual([])
  })
  it('says what a change gives and takes, a further reach included', () => {
    expect(changeOf(['handler'], ['clerk'], rights)).toEqual({ gains: ['a.consult', 'a.see'], loses: [] })
    expect(changeOf(['clerk'], ['handler'], rights)).toEqual({ gains: [], loses: ['a.consult', 'a.see'] })
    expect(changeOf(['clerk'], ['clerk', 'guide'], rights)).toEqual({ gains: [], loses: [] })
  })
  it('the three posts are apart, and an account name is no number of a person', () => {
    expect(postsTogether(['administrator', 'auditor'])).toBe(true)
    expect(postsTogether(['administrator', 'clerk'])).toBe(false)
    expect(['desk.wang', 'ab', '13900000000', 'Wang', 'a b'].filter((s) => kAccountName.test(s))).toEqual(['desk.wang'])
  })
  it('pages open by their right', () => {
    expect(openDoors((r) => r === 'identity.read_audit').map((d) => d.word)).toEqual(['audit'])
    expect(openDoors(() => false)).toEqual([])
    expect(openDoors(() => true).length).toBe(centreDoors.length)
  })
  it('a search wants all its words, in whatever width they are typed', () => {
    expect(matches('王 desk', 'desk.wang', '王示例')).toBe(true)
    expect(matches('ＤＥＳＫ', 'desk.wang')).toBe(true)
    expect(matches('王 李', '王示例')).toBe(false)
    expect(matches('', '王示例')).toBe(true)
  })
})

it('settings are rows with their basis, hours from to', () => {
  const rows = settingsOf({ hall: { name: '厅', source: ['S'], unverified: true }, office_hours: [{ from: '09:00', to: '12:00' }], casework: { draft_days: { value: 30, basis: '示例', unverified: true }, correction_restarts_notice: { value: false, basis: '' } } })
  expect(rows.map((s) => s.section)).toEqual(['hall', 'office_hours', 'casework'])
  expect(rows[0]!.rows).toEqual([{ name: 'name', value: '厅', basis: '', unverified: true }])
  expect(rows[1]!.rows[0]!.value).toBe('09:00—12:00')
  expect(rows[2]!.rows).toEqual([{ name: 'draft_days', value: '30', basis: '示例', unverified: true }, { name: 'correction_restarts_notice', value: 'false', basis: '', unverified: false }])
})

describe('the forms of what is changed by proposal', () => {
  it('a course goes through its form unchanged, and says what moved', () => {
    const course = { ...entry, steps: [{ code: 'sl', name: '受理', days: 1, unit: 'working' }, { code: 'sc', name: '审查', department: 'y', days: 3, unit: 'working', suspension: true }], suspensions: [{ kind: 'hearing', days: 20, basis: '某法' }], extension: 'none', correction: { days: 15 }, correction_texts: [{ material: '图', wrong: '没有比例', right: '写明比例' }], remedies: { text: '十五日内起诉' } }
    const read = parseEntry(JSON.stringify(course))
    expect(JSON.stringify(entryOf(formOf(read), read))).toBe(JSON.stringify(course))
    const form = formOf(read)
    moved(form.steps, 0, 1)
    form.extension = 'own'
    form.extension_days = 10
    form.extension_basis = '某法第二条'
    form.correction_texts.splice(0, 1)
    const out = entryOf(form, read)
    expect((out.steps as Entry[]).map((s) => s.code)).toEqual(['sc', 'sl'])
    expect(out.extension).toEqual({ days: 10, unit: 'working', basis: '某法第二条', approver: 'authority_head' })
    expect(differences(read, out).map((d) => d.path)).toEqual(['steps', 'extension', 'correction_texts'])
  })
  it('settings keep what has no field, and write what was changed', () => {
    const file = { centre: { code: '510000', name: '中心' }, hall: { name: '厅', source: ['S'] }, office_hours: [{ from: '09:00', to: '12:00' }], casework: { draft_days: { value: 30, basis: '示例', unverified: true }, forward_pauses: { value: 'never', basis: '某法' }, second_notice_flag: { value: true, basis: '某法' } } }
    const form = settingsForm(file)
    expect(settingsFrom(form, file)).toEqual(file)
    expect(form.sections[0]!.fields[0]).toMatchObject({ name: 'code', fixed: true })
    const drafts = form.sections[2]!.fields[0]!
    drafts.value = 20
    drafts.unverified = false
    form.hours.push({ from: '13:00', to: '17:00' })
    expect(differences(file, settingsFrom(form, file)).map((d) => d.path)).toEqual(['office_hours', 'casework › draft_days › value', 'casework › draft_days › unverified'])
  })
  it('windows: names however they are parted, departments only where the kind is limited, the next free number', () => {
    const file = { windows: [{ code: 'W01', name: '综窗01', kind: 'comprehensive', operators: ['甲'], source: ['LOCAL'] }, { code: 'W13', name: '专窗', kind: 'special', departments: ['gat'], operators: ['乙'], source: ['LOCAL'] }] }
    const form = windowsForm(file)
    expect(windowsFrom(form)).toEqual(file)
    form[1]!.kind = 'comprehensive'
    form[1]!.operators = '乙, 丙；丁'
    form.push(blankWindow(form))
    const out = (windowsFrom(form).windows as Record<string, unknown>[])
    expect(out[1]).toEqual({ code: 'W13', name: '专窗', kind: 'comprehensive', operators: ['乙', '丙', '丁'], source: ['LOCAL'] })
    expect(out[2]!.code).toBe('W14')
  })
  it('a bundle goes through its form unchanged, and a new member has the next code', () => {
    const bundle: Entry = { code: 'AB', name: '某事', aliases: ['甲'], audience: 'person', order_note: '先后', members: [{ code: 'AB-1', name: '一', department: 'x', requirement: 'mandatory', result: '证', source: ['S'] }, { code: 'AB-2', name: '二', department: 'x', requirement: 'conditional', condition: '某', after: ['AB-1'], result: '证', source: ['S'] }], materials: [], results: ['证'], source: ['S'] }
    const form = bundleForm(bundle)
    expect(JSON.stringify(bundleOf(form, bundle))).toBe(JSON.stringify(bundle))
    expect(blankMember('AB', form.members).code).toBe('AB-3')
    form.rest = '{'
    expect(() => bundleOf(form, bundle)).toThrow(SyntaxError)
  })
  it('what is wrong belongs to the field whose place is the longest that holds it', () => {
    const fields = new Map([['/promised', 'a'], ['/materials/1', 'b'], ['/materials/1/copies', 'c']])
    expect(['/promised/days', '/materials/1/copies', '/materials/1/main', '/materials/10', ''].map((p) => fieldOf(p, fields))).toEqual(['/promised', '/materials/1/copies', '/materials/1', undefined, undefined])
  })
})

describe('periods of reports', () => {
  it('are told apart, and nothing else is one', () => {
    expect(['2024-06', '2024-Q2', '2024', '2024-06-03..2024-06-21'].map(lengthOf)).toEqual(['month', 'quarter', 'year', 'days'])
    for (const bad of ['', '2024-13', '2024-Q5', '2024-6', '2024-06-31..2024-07-01', '2024-06-21..2024-06-03', '2024-06-03']) expect(lengthOf(bad)).toBeUndefined()
  })
  it('lie about a day, begin and go on', () => {
    expect((['month', 'quarter', 'year', 'days'] as const).map((l) => periodOf(l, '2024-12-05'))).toEqual(['2024-12', '2024-Q4', '2024', '2024-11-29..2024-12-05'])
    expect(['2024-12', '2024-Q4', '2024', '2024-02-28..2024-03-01'].map(after)).toEqual(['2025-01', '2025-Q1', '2025', '2024-03-02..2024-03-04'])
    expect(['2024-06', '2024-Q2', '2024', '2024-06-03..2024-06-21'].map(firstDay)).toEqual(['2024-06-01', '2024-04-01', '2024-01-01', '2024-06-03'])
  })
})
