// What the desk decides by itself: words of lights, forms of acts, what is kept and sent, what news does to a list.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPinia, setActivePinia } from 'pinia'
import zh from '@/desk/words/zh'
import { actsOf, asked, bodyOf, faceOf, faces, missingOf, startValues, type Act, type Case } from '@/desk/logic/acts'
import { forgetAll, keepFor, keptPlaces, keptValues } from '@/desk/logic/kept'
import { isTyping } from '@/desk/logic/keys'
import { cardWords, daysLeft, leftOf, lightWords } from '@/desk/logic/lights'
import { isOpen, merged, percentOf, type Job } from '@/desk/logic/jobs'
import { newSince, type Entry } from '@/desk/logic/opened'
import { addOpinion, firstGap, hideOpinions, opinionsFor, opinionsOf } from '@/desk/logic/opinions'
import { actKey, isPassing, useOutbox } from '@/desk/logic/outbox'
import { applyNews, bulkActs, type Row } from '@/desk/logic/queue'
import { maskedNumber } from '@/desk/logic/masked'
import { lacksOf, linesOf, startOf, ticked, wishOf, type QuickField } from '@/desk/logic/quick'
import { copyFrom } from '@/shared/copy'
import { printOnly } from '@/shared/print'
import { after, kStaleMs, shiftAt, type Board, type Heard } from '@/screen/board'
import { doorsOf, firstPage, firstStage } from '@/desk/logic/roles'
import { halfDefects, pickedBody, saidDefects, standsBody, startStands, stillMissing } from '@/desk/logic/special'

// The client takes the browser's fetch when it is made: this one asks each test.
const net = vi.hoisted(() => {
  const n = { answer: (_: Request): Promise<Response> => Promise.reject(new TypeError('no network')) }
  globalThis.fetch = ((r: Request) => n.answer(r)) as typeof fetch
  return n
})
const today = '2024-06-24'
const aCase = (more: Partial<Case> = {}) => ({ case_id: '1', number: 'N', version: 3, stage: 'received', holder: 'reception_window', extension_days: 0, supervision: 'none', allowed_acts: [], ...more }) as Case

describe('lights', () => {
  it('says date, shape and colour', () => {
    const say = (more: object) => Object.values(lightWords({ light: 'green', stage: 'in_review', due: '2024-06-28', today, ...more }))
    expect(say({})).toEqual(['green', '●', 'in_time', 0])
    expect(say({ light: 'yellow', left: { days: 3, unit: 'working' } })).toEqual(['amber', '▲', 'left_working', 3])
    expect(say({ light: 'yellow', due: today, left: { days: 0, unit: 'working' } })).toEqual(['amber', '▲', 'today', 0])
    expect(say({ light: 'yellow', due: '2024-06-25' })).toEqual(['amber', '▲', 'tomorrow', 0])
    expect(say({ light: 'red', due: '2024-06-20' })).toEqual(['red', '■', 'past', 4])
    expect(say({ light: 'red', due: '2024-06-20', left: { days: -2, unit: 'working' } })).toEqual(['red', '■', 'past_working', 2])
    expect(say({ light: 'grey', stage: 'suspended', due: undefined, pause: '听证' })).toEqual(['grey', '‖', 'paused_for', 0])
    expect(say({ light: 'grey', stage: 'correction' })).toEqual(['grey', '‖', 'waits_correction', 0])
    expect(say({ light: undefined, stage: 'issued' })).toEqual(['grey', '○', 'ended', 0])
    expect(say({ light: 'green', stage: 'closed', due: undefined })).toEqual(['grey', '○', 'ended', 0])
  })
  it('takes a row’s days as the program says them', () => {
    expect(leftOf({ days_left: -1, days_unit: 'working' })).toEqual({ days: -1, unit: 'working' })
    expect(leftOf({})).toBeUndefined()
  })
  it('counts the days that count, as the program explained them, from tomorrow on', () => {
    const clocks = [{ clock: { kind: 'promised', unit: 'working' as const, due: '2024-06-28' }, days: [
      { day: '2024-06-22', counted: false }, { day: '2024-06-24', counted: true }, { day: '2024-06-25', counted: true }, { day: '2024-06-26', counted: true }, { day: '2024-06-27', counted: false }, { day: '2024-06-28', counted: true }] }]
    expect(daysLeft(clocks, '2024-06-28', today)).toEqual({ days: 3, unit: 'working' })
    expect(daysLeft(clocks, '2024-06-28', '2024-06-29')).toBeNull()
    expect(daysLeft([{ ...clocks[0]!, clock: { ...clocks[0]!.clock, paused_since: today } }], '2024-06-28', today)).toBeNull()
  })
})

describe('acts', () => {
  // The table of acts as the handbook prints it (made by the program): every stage's acts have different keys, for any one person.
  const rows = readFileSync(join(__dirname, '../../docs/casework.md'), 'utf8').split('<!-- acts -->')[1]!.split('<!-- /acts -->')[0]!.split('\n').filter((l) => l.startsWith('| ') && !l.startsWith('| 阶段')).map((l) => l.split('|').map((c) => c.trim()))
  const named = new Map(Object.entries(zh.act).map(([act, name]) => [name, act as Act]))
  const inTable: Record<string, string> = { 告知补正: 'request_correction', 流转: 'transfer' }
  it('has no key twice where one person may do both', () => {
    expect(rows.length).toBeGreaterThan(50)
    const byStage = new Map<string, Map<string, string>>()
    for (const r of rows) for (const stage of r[1]!.split('、')) for (const role of r[3]!.split('、')) {
      const act = (inTable[r[2]!] ?? named.get(r[2]!)) as Act
      expect(act, r[2]).toBeDefined()
      const face = faceOf(act)
      if (face.door === null) continue
      const place = `${stage}/${role}`
      const keys = byStage.get(place) ?? new Map<string, string>()
      expect(keys.get(face.key) ?? act, `${place}: ${face.key}`).toBe(act)
      byStage.set(place, keys.set(face.key, act))
    }
  })
  it('leaves the desk’s own keys alone', () => {
    for (const [act, face] of Object.entries(faces)) if (face.door) expect('jknhp/? '.includes(face.key), act).toBe(false)
  })
  it('has words for every act, field and choice', () => {
    for (const act of Object.keys(faces) as Act[]) {
      expect(zh.act).toHaveProperty(act)
      for (const f of faceOf(act).fields ?? []) {
        if (f.name === 'reason') expect(zh.reason).toHaveProperty(act)
        else expect(zh.field).toHaveProperty(f.name)
        for (const o of f.choices ?? []) expect(zh.choice).toHaveProperty(o || 'none')
      }
    }
  })
  it('shows what the program allows, all of it and nothing else', () => {
    const c = aCase({ allowed_acts: ['accept', 'request_correction', 'reverse', 'give_card'] as Act[], lacking: [] })
    expect(actsOf(c).map((a) => a.act)).toEqual(['accept', 'request_correction', 'reverse'])
    expect(actsOf(aCase({ allowed_acts: [] }))).toEqual([])
    expect(actsOf(aCase({ allowed_acts: ['accept', 'request_correction'] as Act[], lacking: [{ place: 0, name: '表' }] })).map((a) => a.act)[0]).toBe('request_correction')
  })
  it('sends the version, trimmed words, and only what was asked', () => {
    const v = { ...startValues('issue', aCase(), 'W15', today), received_by: ' 王某 ', tracking_number: '不问' }
    expect(bodyOf('issue', aCase(), v)).toEqual({ case_id: '1', version: 3, window: 'W15', delivery: 'window', received_by: '王某' })
    expect(asked('issue', { ...v, delivery: 'post' }).map((f) => f.name)).toContain('tracking_number')
    expect(bodyOf('decide_refuse', aCase(), { reason: '甲', legal_basis: '乙' })).toMatchObject({ decision: 'refuse', version: 3 })
    expect(bodyOf('check_commitment', aCase(), { outcome: 'false' })).toMatchObject({ outcome: false })
  })
  it('tells what is missing before it is sent', () => {
    expect(missingOf('inspect_site', { people: ['甲', ' 甲 '], reason: '好' }, today)).toEqual([{ field: 'people', why: 'two_names' }])
    expect(missingOf('extend', { days: '0', reason: '', approver: '甲' }, today).map((m) => m.why)).toEqual(['not_number', 'empty'])
    expect(missingOf('suspend', { kind: 'hearing', reason: '甲', approver: '乙', planned_end: '2024-06-23' }, today)).toEqual([{ field: 'planned_end', why: 'past' }])
  })
})

it('prepared opinions of what is no permit do not speak of permits', () => {
  for (const act of Object.keys(faces) as Act[]) if (act !== 'inform_third_party') for (const o of opinionsFor(act, false)) expect(o, act).not.toMatch(/行政许可|不予许可|准予许可|二十日/)
})
it('opinions that somebody kept are their account’s, and go when another signs in', () => {
  localStorage.setItem('yichuang.opinions', '{"withdraw":["从前不分账号存下的"]}')
  opinionsOf('a')
  expect(opinionsFor('withdraw')).not.toContain('从前不分账号存下的')
  addOpinion('withdraw', '林某电话说不办了')
  hideOpinions()
  expect(opinionsFor('withdraw')).not.toContain('林某电话说不办了')
  addOpinion('withdraw', '没有人登录时') // of nobody: not stored
  opinionsOf('a') // the same one comes back
  expect(opinionsFor('withdraw')).toContain('林某电话说不办了')
  expect(opinionsFor('withdraw')).not.toContain('没有人登录时')
  opinionsOf('a.b')
  expect(opinionsFor('withdraw')).not.toContain('林某电话说不办了')
  expect(Object.keys(localStorage).filter((k) => k.startsWith('yichuang.opinions'))).toEqual([])
  hideOpinions()
})
it('a citizen’s number is shown as the house shows it', () => {
  expect(maskedNumber('11010519491231002X')).toBe('110***********002X')
  expect(maskedNumber('1234')).toBe('****')
})
it('what is hard to undo says what follows', () => {
  for (const [act, face] of Object.entries(faces) as [Act, { weighty?: boolean }][]) if (face.weighty) expect(zh.weigh).toHaveProperty(act)
})

describe('materials', () => {
  it('tells whole defects only, and finds the half ones', () => {
    const list = [{ material: 'a', wrong: ' 缺 ', right: '补' }, { material: '', wrong: '', right: '' }, { material: 'b', wrong: '错', right: ' ' }]
    expect(saidDefects(list)).toEqual([{ material: 'a', wrong: '缺', right: '补' }, { material: 'b', wrong: '错', right: '' }])
    expect(halfDefects(list)).toEqual([2])
  })
  it('counts what lies on the counter', () => {
    expect(pickedBody([{ name: 'a', on: true, copies: 0, form: 'copy' }, { name: 'b', on: false, copies: 2, form: 'original' }])).toEqual({ materials: ['a'], handed: [{ material: 'a', copies: 1, form: 'copy' }] })
    const matter = { materials: [{ name: 'a', required: true, provider: 'applicant' }, { name: 'b', required: true, provider: 'government' }] } as never
    expect(stillMissing(matter, [])).toEqual(['a'])
    expect(standsBody([{ name: 'a', instead: 'deferred', by: today, deferrable: true, commitment: true }, { name: 'b', instead: 'commitment', by: '', deferrable: true, commitment: true }])).toEqual({ deferred: [{ material: 'a', by: today }], commitments: ['b'] })
  })
  it('offers the commitment that the applicant chose, where the matter allows it', () => {
    const of = (more: object) => startStands(aCase({ lacking: [{ place: 0, name: 'a' }, { place: 1, name: 'b' }], wished_commitments: [{ place: 1, name: 'b' }] } as never), { materials: [{ name: 'a', commitment: true }, { name: 'b', commitment: true }], ...more } as never).map((s) => s.instead)
    expect(of({})).toEqual(['', 'commitment'])
    expect(of({ commitment_excluded_reason: '涉及公共安全' })).toEqual(['', ''])
  })
})

it('news moves a case out of a list, changes it, or says that one has come', () => {
  const rows = [{ case_id: '1', stage: 'received', department: 'a', version: 1 }] as Row[]
  const news = { case_id: '1', number: 'N', version: 2, department: 'a', stage: 'received', stage_name: '', holder: 'reception_window' }
  expect(applyNews(rows, news, { stage: 'received' })).toBe('changed')
  expect(rows[0]!.version).toBe(2)
  expect(applyNews(rows, { ...news, case_id: '2' }, { stage: 'received', department: 'b' })).toBe('')
  expect(applyNews(rows, { ...news, case_id: '2' }, { stage: 'received' })).toBe('new')
  expect(applyNews(rows, { ...news, stage: 'accepted' }, { stage: 'received' })).toBe('gone')
  expect(rows).toEqual([])
})
it('what others did is what came after the last that was seen', () => {
  const entries = [{ position: '9' }, { position: '10' }] as Entry[]
  expect(newSince(entries, '9').map((e) => e.position)).toEqual(['10'])
  expect(newSince(entries, '')).toEqual([])
})
it('a page is opened to whom it belongs', () => {
  const as = (roles: string[], ...rights: string[]) => ({ me: { roles }, may: (r: string) => rights.includes(r) })
  expect(firstPage(as(['clerk'], 'view.cases', 'casework.receive'))).toBe('/cases')
  expect(firstPage(as(['supervisor'], 'view.cases', 'casework.health'))).toBe('/supervise')
  expect(firstPage(as(['auditor'], 'casework.health'))).toBe('')
  expect(doorsOf(as(['runner'], 'view.cases')).map((d) => d.to)).toEqual(['/cases'])
  expect(doorsOf(as(['clerk'], 'identity.bind_applicant')).map((d) => d.to)).toEqual(['/bind'])
  expect(firstStage(as(['handler']))).toBe('in_review')
})
it('finds the gap of a prepared text', () => {
  expect(firstGap('经审查，〔事实〕，不符合')).toEqual([4, 8])
  expect(firstGap('同意。')).toBeNull()
})
it('letters are keys only where nobody types', () => {
  const of = (html: string) => {
    document.body.innerHTML = html
    return document.body.firstElementChild
  }
  expect(isTyping(of('<input>'))).toBe(true)
  expect(isTyping(of('<textarea></textarea>'))).toBe(true)
  expect(isTyping(of('<input type="checkbox">'))).toBe(false)
  expect(isTyping(of('<button></button>'))).toBe(false)
})

describe('what is typed', () => {
  beforeEach(() => sessionStorage.clear())
  it('outlives its form until it is forgotten', () => {
    const first = keptValues('case/1/accept', () => ({ reason: '' }))
    expect(first.restored).toBe(false)
    first.values.reason = '写到一半'
    const second = keptValues('case/1/accept', () => ({ reason: '' }))
    expect([second.restored, second.values.reason]).toEqual([true, '写到一半'])
    expect(keptPlaces('case/1/')).toEqual(['case/1/accept'])
    second.values.reason = '' // as it was when it was opened
    expect(keptPlaces('')).toEqual([])
    second.values.reason = '又写'
    second.forget()
    first.stop()
    expect(keptPlaces('')).toEqual([])
    const third = keptValues('receive', () => ({ name: '', window: '' }), (v) => v.name === '')
    third.values.window = 'W01' // the form's own doing
    expect(keptPlaces('')).toEqual([])
    third.values.name = '林'
    expect(keptPlaces('')).toEqual(['receive'])
    third.forget()
  })
  it('is nobody else’s: the next account at this tab finds no form, and each keeps its own unsent acts', () => {
    const blank = () => ({ name: '' })
    keepFor('a')
    keptValues('receive', blank).values.name = '林某'
    sessionStorage.setItem('yichuang.desk.outbox.a', '[1]')
    keepFor('a') // the same one again, after a session that ended
    expect(keptValues('receive', blank).values.name).toBe('林某')
    keepFor('a/receive')
    expect([keptValues('receive', blank).restored, keptPlaces('')]).toEqual([false, []])
    expect(Object.keys(sessionStorage)).toEqual(['yichuang.desk.outbox.a'])
    keptValues('receive', blank).values.name = '王某'
    forgetAll()
    expect(Object.keys(sessionStorage)).toEqual(['yichuang.desk.outbox.a'])
    keepFor('')
  })
})

describe('the outbox', () => {
  const replies: (() => Promise<Response>)[] = []
  const sent: { key: string | null; body: string }[] = []
  const ok = () => Promise.resolve(new Response('{"position":"7"}', { status: 200, headers: { 'content-type': 'application/json' } }))
  const refused = () => Promise.resolve(new Response('{"code":"casework.version_conflict","detail":"已办理过"}', { status: 409, headers: { 'content-type': 'application/problem+json' } }))
  const silent = () => Promise.reject(new TypeError('no network'))
  beforeEach(() => {
    sessionStorage.clear()
    setActivePinia(createPinia())
    replies.length = sent.length = 0
    vi.useFakeTimers()
    net.answer = async (request) => {
      sent.push({ key: request.headers.get('Idempotency-Key'), body: await request.text() })
      return (replies.shift() ?? ok)()
    }
  })
  const words = { what: '受理', about: 'N', caseId: '1' }

  it('sends again under the same key until an answer comes', async () => {
    replies.push(silent, silent, ok)
    const outbox = useOutbox()
    const answer = outbox.give('/api/casework/accept', { case_id: '1', version: 1 }, words)
    await vi.waitFor(() => expect(outbox.waiting.length).toBe(1))
    await vi.advanceTimersByTimeAsync(5000)
    await vi.advanceTimersByTimeAsync(5000)
    expect(await answer).toMatchObject({ ok: true })
    expect(new Set(sent.map((s) => s.key)).size).toBe(1)
    expect(sent.length).toBe(3)
    expect(outbox.works).toEqual([])
    expect(sessionStorage.length).toBe(0)
  })
  it('keeps the order, and a reload', async () => {
    replies.push(silent)
    const outbox = useOutbox()
    void outbox.give('/api/casework/accept', { n: 1 }, words)
    void outbox.give('/api/casework/transfer', { n: 2 }, words)
    await vi.waitFor(() => expect(outbox.waiting.length).toBe(1))
    setActivePinia(createPinia())
    const after = useOutbox()
    after.restore()
    await vi.waitFor(() => expect(after.works).toEqual([]))
    expect(sent.map((s) => s.body)).toEqual(['{"n":1}', '{"n":1}', '{"n":2}'])
    expect(sent[0]!.key).toBe(sent[1]!.key)
    expect(after.sent?.what).toBe('受理')
  })
  it('gives a refusal back to its form, and keeps one in sight whose form is gone', async () => {
    replies.push(refused)
    const outbox = useOutbox()
    expect(await outbox.give('/api/casework/accept', {}, words)).toMatchObject({ ok: false, trouble: { code: 'casework.version_conflict' } })
    expect(outbox.works).toEqual([])
    replies.push(silent)
    void outbox.give('/api/casework/accept', {}, words)
    await vi.waitFor(() => expect(outbox.waiting.length).toBe(1))
    setActivePinia(createPinia())
    replies.push(refused)
    const after = useOutbox()
    after.restore()
    await vi.waitFor(() => expect(after.refused.length).toBe(1))
    expect(after.refused[0]!.trouble?.sentence).toBe('已办理过')
  })
  it('stores nothing of what is asked once, and does not send it later by itself', async () => {
    let stored = -1
    replies.push(() => {
      stored = sessionStorage.length
      return silent()
    })
    const outbox = useOutbox()
    const body = { place: '东墙', key: 'secret' }
    const key = actKey()
    expect(await outbox.once('/api/hall/open_screen', body, key.of(body))).toMatchObject({ ok: false, trouble: { code: 'network.not_sent' } })
    await vi.advanceTimersByTimeAsync(60_000)
    const secrets = () => sent.filter((s) => s.body.includes('secret')) // stores of other tests send on by themselves
    expect([secrets().length, stored, sessionStorage.length, outbox.works.length]).toEqual([1, 0, 0, 0])
    expect(await outbox.once('/api/hall/open_screen', body, key.of(body))).toMatchObject({ ok: true })
    expect(secrets()[1]!.key).toBe(secrets()[0]!.key) // the answer alone may have been lost: it is done once
    key.done()
    expect(key.of(body)).not.toBe(secrets()[0]!.key)
  })
  it('knows what passes', () => {
    const of = (status: number) => isPassing({ code: '', sentence: '', nextStep: '', where: '', status })
    expect([0, 502, 503, 504, 429].every(of)).toBe(true)
    expect([400, 403, 404, 409, 422, 500].some(of)).toBe(false)
  })
})

describe('small forms', () => {
  const fields: QuickField[] = [
    { name: 'way', label: '', kind: 'choice', required: true, start: 'window' },
    { name: 'tracking', label: '', kind: 'text', required: true, max: 4, when: (v) => v.way === 'post' },
    { name: 'day', label: '', kind: 'date', latest: today, earliest: '2024-06-01' },
    { name: 'things', label: '', kind: 'long', lines: true },
  ]
  it('ask, lack and send only what is wanted', () => {
    const v = startOf(fields)
    expect(v).toEqual({ way: 'window', tracking: '', day: '', things: '' })
    expect(lacksOf(fields, v)).toEqual({})
    expect(lacksOf(fields, { ...v, way: 'post' })).toEqual({ tracking: 'empty' })
    expect(lacksOf(fields, { ...v, way: 'post', tracking: 'ABCDE' })).toEqual({ tracking: 'too_long' })
    expect(lacksOf(fields, { ...v, day: '2024-06-25' })).toEqual({ day: 'future' })
    expect(lacksOf(fields, { ...v, day: '2024-05-25' })).toEqual({ day: 'past' })
    expect(wishOf(fields, { ...v, tracking: 'no', day: today, things: ' a \n\nb' }, { document: 'x' })).toEqual({ document: 'x', way: 'window', day: today, things: ['a', 'b'] })
  })
})

describe('some of many', () => {
  const offer = ['a', 'b', 'c']
  it('stand in the order of the offer, and nobody who is no longer on offer is lost', () => {
    expect(ticked('', ['c'], true, offer)).toBe('c')
    expect(ticked('c', ['a'], true, offer)).toBe('a\nc')
    expect(ticked('a\nc', ['a'], false, offer)).toBe('c')
    expect(ticked('gone\nc', offer, true, offer)).toBe('a\nb\nc\ngone')
    expect(ticked('', [], true, offer)).toBe('')
    expect(linesOf('a\n\n b \n')).toEqual(['a', 'b'])
  })
  it('go out as a list, and are asked for', () => {
    const who: QuickField = { name: 'accounts', label: '', kind: 'several', required: true, choices: [] }
    expect(wishOf([who], { accounts: 'w01.chen\nw02.li' })).toEqual({ accounts: ['w01.chen', 'w02.li'] })
    expect(lacksOf([who], { accounts: '' })).toEqual({ accounts: 'empty' })
  })
})
describe('copying', () => {
  const clipboard = (value: unknown) => Object.defineProperty(navigator, 'clipboard', { value, configurable: true })
  afterEach(() => clipboard(undefined))
  it('says that it copied, or selects what stands there', async () => {
    const field = document.createElement('input')
    const code = document.createElement('code')
    code.innerHTML = '<span>AAAA</span><span>BBBB</span>'
    field.value = 'https://hall.example/receipts/1'
    code.tabIndex = -1
    document.body.replaceChildren(field, code)
    const writeText = vi.fn(() => Promise.resolve())
    clipboard({ writeText })
    expect(await copyFrom(field, field.value)).toBe('copied')
    expect(writeText).toHaveBeenCalledWith(field.value)
    clipboard(undefined) // plain http
    expect(await copyFrom(field, field.value)).toBe('selected')
    expect([document.activeElement, field.selectionStart, field.selectionEnd]).toEqual([field, 0, field.value.length])
    clipboard({ writeText: () => Promise.reject(new Error('not allowed')) })
    expect(await copyFrom(code, 'AAAABBBB')).toBe('selected')
    expect(getSelection()?.toString()).toBe('AAAABBBB')
    document.body.replaceChildren()
  })
})
describe('printing one piece', () => {
  it('puts a copy beside the page while the printing lasts', async () => {
    const piece = document.createElement('div')
    piece.innerHTML = '<p id="said">一张</p>'
    document.body.replaceChildren(piece)
    const beside = () => [...document.querySelectorAll('body > .printed-one')].map((e) => e.innerHTML)
    const print = vi.spyOn(window, 'print').mockImplementation(() => expect([document.documentElement.className, beside()]).toEqual(['prints-one', ['<p>一张</p>']]))
    await printOnly(piece)
    expect(print).toHaveBeenCalledOnce()
    expect(piece.innerHTML).toBe('<p id="said">一张</p>')
    window.dispatchEvent(new Event('afterprint'))
    expect([document.documentElement.className, beside()]).toEqual(['', []])
    document.body.replaceChildren()
    print.mockRestore()
  })
})

describe('the screen', () => {
  const before: Heard = { state: 'connecting', board: null, heardAt: 0, code: '' }
  const board = { day: today } as unknown as Board
  const fresh = after(before, { status: 200, body: board }, 1000)
  it('is fresh, then stale after three unanswered questions, and fresh again', () => {
    expect(fresh).toMatchObject({ state: 'fresh', heardAt: 1000 })
    const once = after(fresh, null, 1000 + kStaleMs - 1)
    expect(once.state).toBe('fresh')
    const old = after(once, { status: 503, body: null }, 1000 + kStaleMs)
    expect(old).toMatchObject({ state: 'stale', board })
    expect(after(old, { status: 200, body: board }, 99_000).state).toBe('fresh')
  })
  it('shows nothing more when it was closed, and says what cannot be counted', () => {
    expect(after(fresh, { status: 403, body: { code: 'hall.screen_not_open' } }, 2000)).toMatchObject({ state: 'closed', board: null })
    expect(after(before, { status: 422, body: { code: 'calendar.year_missing' } }, 2000)).toMatchObject({ state: 'refused', code: 'calendar.year_missing' })
    expect(after(before, null, 5).state).toBe('connecting')
  })
  it('moves within a small square and comes round', () => {
    const places = Array.from({ length: 8 }, (_, i) => shiftAt(i))
    expect(new Set(places.map(String)).size).toBe(8)
    expect(Math.max(...places.flat())).toBeLessThanOrEqual(12)
    expect(shiftAt(8)).toEqual(shiftAt(0))
  })
})

it('does to many at once only what judges nothing', () => {
  const all = () => true
  expect(bulkActs(all, 'granted')).toEqual(['transfer', 'make_certificate', 'order_supervision'])
  expect(bulkActs(all, 'received')).toEqual(['order_supervision'])
  expect(bulkActs((r) => r === 'casework.transfer', 'received')).toEqual([])
})

describe('cards', () => {
  it('say their level in word, shape and colour', () => {
    expect(cardWords(3, 1)).toEqual([{ card: 'red', tone: 'red', shape: '■', rule: '', count: 1 }, { card: 'yellow', tone: 'amber', shape: '▲', rule: '', count: 2 }])
    expect(cardWords(2, 0)).toEqual([{ card: 'yellow', tone: 'amber', shape: '▲', rule: '', count: 2 }])
    expect(cardWords(0, 0)).toEqual([])
    expect(cardWords(['JC-0202', 'JC-0101'], ['JC-0101']).map((w) => w.shape + w.rule)).toEqual(['■JC-0101', '▲JC-0202'])
  })
})

describe('long tasks', () => {
  const job = (job_id: string, state: string, done = 0, all = 0) => ({ job_id, state, done, all }) as unknown as Job
  it('know how far they are only where the end is known', () => {
    expect([percentOf(job('a', 'running', 1, 3)), percentOf(job('a', 'running', 3, 3)), percentOf(job('a', 'running', 900, 0))]).toEqual([33, 100, null])
    expect(['waiting', 'running', 'done', 'stopped', 'failed'].map((s) => isOpen(job('a', s)))).toEqual([true, true, false, false, false])
  })
  it('are never made older by news that came late', () => {
    const list = [job('b', 'running', 5), job('a', 'done')]
    expect(merged(list, job('c', 'waiting')).map((j) => j.job_id)).toEqual(['c', 'b', 'a'])
    expect(merged(list, job('b', 'done')).map((j) => j.state)).toEqual(['done', 'done'])
    expect(merged(list, job('a', 'running')).map((j) => j.state)).toEqual(['running', 'done'])
  })
})
