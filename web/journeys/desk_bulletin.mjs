// The bulletin desk: the published week made again through the pages, from items to the last signature, and what follows an issue.
import { readFile } from 'node:fs/promises'
import { counts, equal, expect, holdElder, intercept, openHouse, says } from './house.mjs'
import { atDesk, hold } from './staff.mjs'

const kWeek = '2024-06-17'
const weeks = new URL('../../testdata/weeks/', import.meta.url)
/** What the published week says, from its file: items, duty, leave, sections. */
async function published() {
  const text = await readFile(new URL('week-2024-06-17.yaml', weeks), 'utf8')
  const all = (re, part = text) => [...part.matchAll(re)].map((m) => m.slice(1))
  const line = (name) => text.split('\n').find((l) => l.trim().startsWith(`${name}:`)) ?? ''
  return {
    news: all(/- \{by: ([^,]+)(?:, on: ([\d-]+))?, text: "([^"]+)"\}/g).map(([by, on, words]) => ({ by, on, words })),
    duties: all(/- \{department: ([^,]+), post: ([^,]+), name: ([^}]+)\}/g),
    leaves: ['annual', 'sick', 'official'].flatMap((kind) => all(/\{department: ([^,]+), name: ([^}]+)\}/g, line(kind)).map(([department, name]) => [kind, department, name])),
    oneThing: /^ {2}text: "([^"]+)"/m.exec(text)[1],
    valueAdded: all(/^ {4}- "([^"]+)"/gm).map(([s]) => s),
    guides: /guides: \[([^\]]+)\]/.exec(text)[1].split(', '), plates: /plates: \[([^\]]+)\]/.exec(text)[1].split(', '), chains: /chains: \[([^\]]+)\]/.exec(text)[1].split(', '),
  }
}
let made
/** A centre whose windows have worked the published week, and nothing else of it. */
const windowsOnly = (program) => openHouse(program, { command: 'serve', week: 'windows-2024-06-17.yaml' })
/** Records dated facts of the issue, one after another, at the page. */
async function recordFacts(page, kind, id, name, values) {
  await page.click(`.recorded .tabs button:has-text("${kind}")`)
  for (const value of values) {
    for (const [field, text] of Object.entries({ on: '2024-06-20', source: '示例', ...value })) {
      if (field === 'bundle') await page.selectOption(`#fact-${id}-bundle`, { label: text })
      else await page.fill(`#fact-${id}-${field}`, text)
    }
    await page.selectOption(`#fact-${id}-verified`, 'yes')
    await page.click(`#fact-${id} .primary`)
    await page.waitForFunction(([box, field]) => document.querySelector(`#fact-${box}-${field}`)?.value === '', [id, name])
  }
}
const said = (page, words) => page.waitForSelector(`.said:has-text("${words}")`)
const part = (page, words) => page.click(`.tabs button:has-text("${words}")`)
/** Types an item, acknowledges what is asked, sends it. */
async function send(page, { department, on, words }) {
  if (department) await page.selectOption('#item-new-department', { label: department })
  else if (await page.locator('#item-new-department').count()) await page.selectOption('#item-new-department', '')
  if (on) await page.fill('#item-new-on', on)
  const answer = page.waitForResponse((r) => r.url().endsWith('/desk/check_text'))
  await page.fill('#item-new-text', words)
  const asked = ((await (await answer).json()).warnings ?? []).filter((w) => w.must).length
  await page.waitForFunction((n) => document.querySelectorAll('#item-new .warned input').length === n, asked)
  for (let i = 0; i < asked; ++i) await page.locator('#item-new .warned input').nth(i).check()
  await page.click('#item-new .primary')
  await page.waitForFunction(() => document.querySelector('#item-new-text')?.value === '')
}

export const journeys = {
  async 'bulletin: the published week is made again through the pages, and its text is the same'({ program, browser, shot }) {
    const house = await (made ??= windowsOnly(program))
    const p = await published()
    const editor = await atDesk(house, browser, 'desk.huang', '/desk/bulletin')
    const { page } = editor
    await page.waitForSelector('.empty')
    await hold(page, 'an empty desk')
    await page.click('button:has-text("开始一期")')
    await page.fill('#open-from', kWeek)
    await page.fill('#open-to', '2024-06-21')
    await page.fill('#open-deadline', '2024-06-25 17:00')
    await page.click('#open .primary')
    await page.waitForSelector('.issue-page h1')
    equal((await fetch(`${house.base}/bulletin/${kWeek}`)).status, 404, 'the public does not see it yet')

    // A department sends its item with a telephone number in it, is asked, sends; the editor returns it; it comes again.
    const health = p.news.find((n) => n.by === '省卫生健康委')
    const clerk = await atDesk(house, browser, 'desk.zhou', `/desk/bulletin/${kWeek}`)
    await clerk.page.fill('#item-new-text', `${health.words}联系电话13800138000。`)
    await clerk.page.waitForSelector('.warned li:has-text("138****8000")')
    await clerk.page.click('#item-new .primary')
    await clerk.page.waitForSelector('.error:has-text("没有确认")')
    await shot(clerk.page, 'bulletin-submission')
    for (const box of await clerk.page.locator('#item-new .warned input').all()) await box.check()
    await hold(clerk.page, 'a department’s form with warnings')
    await clerk.page.click('#item-new .primary')
    await clerk.page.waitForSelector('.item-list li.submitted')
    await page.reload()
    await page.click('li.submitted button:has-text("退回")')
    await page.fill('li.submitted textarea', '请删去电话')
    await page.click('li.submitted form .primary')
    await page.waitForSelector('li.returned')
    await clerk.page.reload()
    await clerk.page.click('li.returned button:has-text("修改")')
    await clerk.page.fill('#item-edit-text', health.words)
    await clerk.page.click('#item-edit .primary')
    await clerk.page.waitForSelector('li.submitted')
    await clerk.page.click('li.submitted button:has-text("各版")')
    await clerk.page.waitForSelector('.past li:has-text("请删去电话")')
    await counts(clerk.page, '.item-list > li', 1, 'a department sees its own items alone')

    // The editor enters what came by telephone; one of them in two pieces that are merged.
    await page.reload()
    for (const n of p.news) {
      if (n === health) continue
      const department = n.by === 'centre' ? '' : n.by
      if (n.by === '公安厅') {
        const cut = n.words.indexOf('更好服务')
        await send(page, { department, words: n.words.slice(0, cut) })
        await send(page, { department, words: n.words.slice(cut) })
      } else await send(page, { department, on: n.on, words: n.words })
    }
    for (const mark of await page.locator('li.submitted:has-text("公安厅") input[type=checkbox]').all()) await mark.check()
    await page.click('button:has-text("合并选中的 2 条")')
    equal(await page.inputValue('#item-edit-text'), p.news.find((n) => n.by === '公安厅').words, 'both texts stand in the form')
    await page.click('#item-edit .primary')
    await said(page, '合并')
    while (await page.locator('li.submitted button:has-text("采用")').count()) {
      const left = await page.locator('li.submitted').count()
      await page.click('li.submitted button:has-text("采用")')
      await page.waitForFunction((n) => document.querySelectorAll('li.submitted').length < n, left)
    }
    // By the keyboard: each item to its place.
    for (const [place, n] of p.news.entries()) {
      const handle = page.locator('li.taken', { hasText: n.words.slice(0, 24) }).locator('.handle')
      for (;;) {
        const at = Number((await handle.textContent()).replace(/\D/g, '')) - 1
        if (at === place) break
        await handle.focus()
        await page.keyboard.press(at > place ? 'ArrowUp' : 'ArrowDown')
        await page.waitForFunction(([id, was]) => document.getElementById(id)?.textContent.replace(/\D/g, '') !== was && document.activeElement?.id === id, [await handle.getAttribute('id'), String(at + 1)])
      }
    }
    await hold(page, 'the board')
    await shot(page, 'bulletin-board')

    await part(page, '本期事实')
    await recordFacts(page, '图解', 'guide', 'bundle', p.guides.map((bundle) => ({ bundle })))
    await recordFacts(page, '专区板块', 'zone', 'plates', [{ plates: p.plates.join('、') }])
    await recordFacts(page, '产业链', 'chain', 'chain', p.chains.map((chain) => ({ chain })))
    await said(page, '登记产业链清单')
    await hold(page, 'facts of the issue')
    await shot(page, 'bulletin-facts')
    await part(page, '专项')
    await page.fill('#entries-one_thing', p.oneThing)
    await page.fill('#pushed', '退休、社保卡、破产')
    await page.click('form:has(#entries-one_thing) .primary')
    await said(page, '专项行动')
    // The browser keeps nothing of a body that becomes a blob: it is looked at on its way.
    let previewedBytes = ''
    await intercept(page, '**/preview', async (route) => {
      const typed = route.request().postData()?.includes(p.valueAdded[0])
      try {
        const answer = await route.fetch()
        const body = await answer.body()
        await route.fulfill({ response: answer, body })
        if (typed) previewedBytes = body.subarray(0, 5).toString()
      } catch (e) {
        if (typed) previewedBytes = String(e)
        await route.abort().catch(() => {})
      }
    })
    await page.fill('#entries-value_added', p.valueAdded.join('\n'))
    for (const until = Date.now() + 15_000; !previewedBytes && Date.now() < until; ) await page.waitForTimeout(50)
    await page.unroute('**/preview')
    equal(previewedBytes, '%PDF-', 'the preview is a PDF of what is typed')
    await page.click('form:has(#entries-value_added) .primary')
    await said(page, '增值化')
    await part(page, '值守、请假')
    for (const [department, post, name] of p.duties) {
      await page.selectOption('#duty-department', { label: department })
      await page.fill('#duty-post', post)
      await page.fill('#duty-name', name)
      await page.click('#duty .primary')
      await page.waitForFunction(() => document.querySelector('#duty-name')?.value === '')
    }
    for (const [kind, department, name] of p.leaves) {
      await page.selectOption('#leave-kind', kind)
      await page.selectOption('#leave-department', { label: department })
      await page.fill('#leave-name', name)
      await page.click('#leave .primary')
      await page.waitForFunction(() => document.querySelector('#leave-name')?.value === '')
    }
    await part(page, '报头版记')
    await page.fill('#issued-on', '2024-07-04')
    await page.click('form:has(#issuer) .primary')
    await said(page, '报头和版记')
    await hold(page, 'masthead, imprint and words')

    // Signed off by three people; none of them twice.
    await part(page, '送审签发')
    await page.waitForSelector('.sign-off .warned input')
    await page.waitForFunction(() => !document.querySelector('.preview [role=status]')?.textContent.includes('正在生成')) // the questions are those of the paper as it stands
    await says(page, '.sign-off .warned', '件次', 'the drift of units is asked about')
    equal(await page.isDisabled('.sign-off .primary'), true, 'every warning is acknowledged first')
    await shot(page, 'bulletin-checks')
    for (const box of await page.locator('.sign-off .warned input').all()) await box.check()
    await page.click('.sign-off .primary')
    await said(page, '送审')
    equal(await page.locator('.sign-off button:has-text("审核通过")').count(), 0, 'who presents does not review')
    await hold(page, 'in review')
    for (const [account, words] of [['desk.bai', '审核通过'], ['desk.lin', '签发']]) {
      const other = await atDesk(house, browser, account, `/desk/bulletin/${kWeek}?part=sign_off`)
      await other.page.click(`.sign-off .primary:has-text("${words}")`)
      await said(other.page, words)
      if (account === 'desk.lin') await shot(other.page, 'bulletin-issued')
      equal(other.complaints.join('\n'), '', 'what the browser complained of')
      await other.context.close()
    }
    const wanted = await readFile(new URL('bulletin-2024-06-17.txt', weeks), 'utf8')
    equal(await house.operator(`/bulletin/${kWeek}/text?edition=internal`, undefined, 'text'), wanted, 'the text of the internal edition')
    const open = await (await fetch(`${house.base}/bulletin/${kWeek}/text`)).text()
    expect(open.startsWith('（6月17日—6月21日）') && !open.includes('病假') && open.includes('因公外出：'), 'the public edition carries no sick leave')
    expect((await (await fetch(`${house.base}/bulletins`)).text()).includes('第1期（总第1期）'), 'the public finds it with its number')
    equal(editor.complaints.join('\n') + clerk.complaints.join('\n'), '', 'what the browser complained of')
    await editor.context.close()
    await clerk.context.close()
  },

  async 'bulletin: an issued one is distributed, received, and corrected by a notice of its own'({ program, browser, shot }) {
    const house = await (made ??= windowsOnly(program))
    const p = await published()
    const { context, page, complaints } = await atDesk(house, browser, 'desk.huang', `/desk/bulletin/${kWeek}?part=distribution`)
    await page.click('button:has-text("按常用名单分发")')
    await page.waitForSelector('.distribution tbody tr')
    await page.click('summary:has-text("再分发给")')
    await page.fill('#receiver-name', '省卫生健康委')
    await page.fill('#receiver-account', 'desk.zhou')
    await page.selectOption('#receiver-edition', 'public')
    await page.click('#receiver .primary')
    await page.waitForSelector('tr:has-text("desk.zhou")')
    await page.click('tr:has-text("省政务管理办公室") button')
    await page.fill('#hand-signed_by', '某某丁')
    await page.click('#hand .primary')
    await page.waitForSelector('tr:has-text("省政务管理办公室") .chip.green')
    await hold(page, 'distribution')
    const reader = await atDesk(house, browser, 'desk.zhou', '/desk/bulletin')
    await reader.page.click('.issues button:has-text("签收")')
    await reader.page.waitForSelector('.chip:has-text("已签收")')
    await hold(reader.page, 'what was distributed to me')
    await reader.context.close()
    await page.reload()
    await page.waitForSelector('tr:has-text("desk.zhou") .chip.green')
    await shot(page, 'bulletin-distribution')
    await part(page, '更正')
    await page.click('button:has-text("拟更正")')
    // A sick leave is in the internal edition alone: the public notice is refused, and says what to do.
    await page.fill('#correction-was', p.leaves.find(([kind]) => kind === 'sick')[2])
    await page.fill('#correction-now', '某某')
    await page.fill('#correction-reason', '示例：登记有误')
    await page.click('#correction .primary')
    await page.waitForSelector('#correction:has-text("请改为只更正内部版")')
    await page.fill('#correction-was', '90余名党员干部')
    await page.fill('#correction-now', '92名党员干部')
    await page.fill('#correction-reason', '示例：核对签到表')
    await page.click('#correction .primary')
    await page.waitForSelector('.corrections .chip:has-text("待签发")')
    const before = await (await fetch(`${house.base}/bulletin/${kWeek}/text`)).text()
    const other = await atDesk(house, browser, 'desk.bai', `/desk/bulletin/${kWeek}?part=corrections`)
    await other.page.click('button:has-text("签发更正")')
    await other.page.waitForSelector('.corrections .chip:has-text("已签发")')
    await shot(other.page, 'bulletin-corrections')
    await hold(other.page, 'corrections')
    await other.page.goto(`${house.base}/bulletin/${kWeek}`)
    await other.page.click('#corrections a')
    await other.page.waitForSelector('text=“90余名党员干部”应为“92名党员干部”。')
    await other.context.close()
    equal(await (await fetch(`${house.base}/bulletin/${kWeek}/text`)).text(), before, 'the issued text is as it was')
    equal(complaints.join('\n'), '', 'what the browser complained of')
    await context.close()
  },

  async 'bulletin: every part without a barrier, in both modes, in English, on a phone'({ program, browser, shot }) {
    const house = await (made ??= windowsOnly(program))
    for (const [look, options, query] of [['elder', {}, 'elder=1'], ['english', {}, 'lang=en'], ['phone', { viewport: { width: 390, height: 844 } }, '']]) {
      const { context, page, complaints } = await atDesk(house, browser, 'desk.huang', `/desk/${query ? `?${query}` : ''}`, options)
      for (const name of ['items', 'sections', 'recorded', 'facts', 'imprint', 'sign_off', 'distribution', 'corrections', 'acts']) {
        await page.goto(`${house.base}/desk/bulletin/${kWeek}?part=${name}${query ? `&${query}` : ''}`)
        await page.waitForSelector('.preview a')
        await hold(page, `${name} (${look})`)
        if (look === 'elder') await holdElder(page, `${name} (${look})`)
        await shot(page, `bulletin-${name}-${look}`)
      }
      equal(complaints.join('\n'), '', `what the browser complained of (${look})`)
      await context.close()
    }
    await house.stop()
  },
}
