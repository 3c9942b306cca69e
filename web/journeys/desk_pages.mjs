// Every page of the desk: no barrier in either mode; nothing sideways at 1366 and at 200 %; long lists stay quick.
import { equal, expect, holdElder, says, typed } from './house.mjs'
import { atDesk, hold, inReview, received } from './staff.mjs'

export const journeys = {
  async 'desk: every page without a barrier, in both modes, languages and sizes'({ house, browser, shot }) {
    const at = await received(house, 2, '𬭊㛃示例·一个名字非常非常长的少数民族申请人和他的商行有限责任公司成都分公司')
    const review = await inReview(house, '页面示例')
    const pages = [
      ['desk.wang', 'list', '/desk/cases?stage=accepted', '.line'],
      ['desk.wang', 'case', `/desk/cases/${at}?stage=received`, '.acts'],
      ['desk.wang', 'receive', '/desk/receive', '#applicant'],
      ['desk.wang', 'questions', '/desk/questions', '.questions, .empty'],
      ['desk.zhou', 'review', `/desk/cases/${review}`, '.acts'],
      ['desk.huang', 'supervise', '/desk/supervise', '.sum'],
      ['desk.huang', 'negatives', '/desk/negatives', '.questions, .empty'],
      ['desk.huang', 'recounts', '/desk/recounts', '.head + *'],
      ['desk.wang', 'calls', '/desk/calls', '.caller .small'],
      ['desk.huang', 'guide', '/desk/guide', '.figures'],
      ['desk.huang', 'follow-ups', '/desk/follow-ups', '.rates'],
      ['desk.huang', 'duties', '/desk/duties', '.questions li'],
      ['desk.huang', 'carry-over', '/desk/carry-over', '.sheet p'],
      ['desk.huang', 'account', '/desk/account', '#factor-password'],
      ['desk.huang', 'none', '/desk/cases?stage=terminated', '.empty'],
      ['desk.huang', 'unknown', '/desk/nowhere', 'h1'],
    ]
    for (const [look, options, query] of [
      ['normal', {}, ''],
      ['elder', {}, 'elder=1'],
      ['english', {}, 'lang=en'],
      ['wide', { viewport: { width: 1920, height: 1080 } }, ''],
      ['zoom', { viewport: { width: 683, height: 384 } }, ''], // 1366×768 at 200 %
    ]) {
      for (const account of ['desk.wang', 'desk.zhou', 'desk.huang']) {
        const { context, page, complaints } = await atDesk(house, browser, account, `/desk/${query ? `?${query}` : ''}`, options)
        for (const [who, name, path, ready] of pages) {
          if (who !== account) continue
          await page.goto(house.base + path + (query ? (path.includes('?') ? '&' : '?') + query : ''))
          await page.waitForSelector(ready)
          await page.waitForTimeout(300) // the stream keeps the network busy: there is no idle to wait for
          await hold(page, `${name} (${look})`, { axe: ['elder', 'english'].includes(look) }) // every_page.mjs asks axe about each in the usual look
          if (look === 'elder') await holdElder(page, `${name} (${look})`)
          await shot(page, `desk-${name}-${look}`)
        }
        equal(complaints.join('\n'), '', `what the browser complained of (${account}, ${look})`)
        await context.close()
      }
    }
  },

  async 'desk: 3,000 rows: few stand in the page, a key answers under 100 ms, the lists add up'({ house, browser, note, shot }) {
    const { context, page } = await atDesk(house, browser, 'desk.huang', '/desk/cases?stage=issued')
    await page.waitForSelector('.line')
    await page.focus('.rows')
    for (let i = 0; i < 40; ++i) {
      await page.keyboard.press('End')
      await page.waitForTimeout(150)
      if (Number(await page.getAttribute('.line >> nth=-1', 'aria-posinset')) >= 3000) break
    }
    expect(Number(await page.getAttribute('.line >> nth=-1', 'aria-posinset')) >= 3000, 'the list goes on while one scrolls')
    // Who waits in no stage any more is in no count: the list says how far it has come.
    const shown = Number(/(\d+)/.exec(await page.textContent('.foot'))[1])
    expect(shown >= 3000, `a list of ${shown}`)
    const inPage = await page.locator('.line').count()
    expect(inPage < 80, `${inPage} rows in the page`)
    const took = await page.evaluate(async () => {
      const list = document.querySelector('.rows')
      const out = []
      for (let i = 0; i < 20; ++i) {
        const begin = performance.now()
        list.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageUp', bubbles: true }))
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
        out.push(performance.now() - begin)
      }
      return out.sort((a, b) => a - b)[10]
    })
    note(`a key in ${shown} rows: ${took.toFixed(1)} ms until painted, median of 20`)
    expect(took < 100, `a key took ${took} ms`)
    await shot(page, 'desk-3000')
    await page.goto(`${house.base}/desk/supervise`)
    await page.waitForSelector('.sum.good')
    await says(page, '.sum', '相符', 'it says that the lists add up')
    await context.close()
  },

  async 'desk: many handed over with one signature, and taken back the same day'({ house, browser, shot }) {
    const { context, page } = await atDesk(house, browser, 'desk.wang', '/desk/cases?stage=accepted')
    await page.waitForSelector('.line')
    const before = (await house.behind('/api/casework/stages')).stages.find((s) => s.stage === 'accepted').cases
    await page.focus('.rows')
    for (let i = 0; i < 3; ++i) {
      await page.keyboard.press(' ')
      await page.keyboard.press('ArrowDown')
    }
    await page.click('.bulk-offer button')
    await page.selectOption('#bulk-window', 'W01')
    await page.fill('#bulk-signed', '签收示例')
    await hold(page, 'handing over many')
    await shot(page, 'desk-bulk')
    await page.press('#bulk-signed', 'Enter')
    await page.waitForSelector('.bulk .undo')
    const said = await page.textContent('.bulk')
    const done = Number(/已办理 (\d+) 件/.exec(said)[1])
    expect(done > 0, said)
    const between = (await house.behind('/api/casework/stages')).stages.find((s) => s.stage === 'accepted').cases
    equal(between, before - done, 'so many have left the list')
    await page.click('.bulk .undo')
    await page.waitForFunction(() => /已办理 0 件/.test(document.querySelector('.bulk')?.textContent ?? ''))
    equal((await house.behind('/api/casework/stages')).stages.find((s) => s.stage === 'accepted').cases, before, 'all are back')
    await context.close()
    const orders = async () => (await house.behind('/api/casework/cases?supervision=ordered&limit=200')).cases.length
    const ordered = await orders()
    const supervisor = await atDesk(house, browser, 'desk.huang', '/desk/cases?stage=&light=yellow')
    await supervisor.page.waitForSelector('.line')
    await supervisor.page.focus('.rows')
    for (let i = 0; i < 2; ++i) {
      await supervisor.page.keyboard.press(' ')
      await supervisor.page.keyboard.press('ArrowDown')
    }
    await supervisor.page.click('.bulk-offer button')
    await supervisor.page.fill('#bulk-reason', '临近期限，请按期办理')
    await supervisor.page.click('.bulk .primary')
    await supervisor.page.waitForFunction(() => /已办理 2 件/.test(document.querySelector('.bulk')?.textContent ?? ''))
    equal(await orders(), ordered + 2, 'two orders')
    await supervisor.page.click('.bulk .undo')
    await supervisor.page.waitForFunction(() => /已办理 0 件/.test(document.querySelector('.bulk')?.textContent ?? ''))
    equal(await orders(), ordered, 'taken back')
    await supervisor.context.close()
  },

  async 'desk: a question, asked, answered; a no, put right'({ house, browser }) {
    const clerk = await atDesk(house, browser, 'desk.wang', '/desk/questions')
    await clerk.page.fill('#question', '在哪里办护士注册？')
    await clerk.page.keyboard.press('Control+Enter')
    await clerk.page.waitForSelector('.questions li')
    await clerk.page.click('.questions li button >> nth=0')
    await clerk.page.fill('#q-answer', '在综窗 01 办理')
    await clerk.page.click('.questions form .primary')
    await clerk.page.waitForFunction(() => !document.querySelector('.questions li'))
    await clerk.context.close()
    await house.operator('/api/casework/say_no', { department: 'wjw', window: 'W01', reason: '说该事项不在本厅办理' })
    const page = (await atDesk(house, browser, 'desk.huang', '/desk/negatives')).page
    await page.waitForSelector('.questions li')
    await page.click('.questions li:has-text("不在本厅") button:has-text("纠正")')
    await page.fill('#n-measure', '已电话告知并约定办理时间')
    await page.click('.questions form .primary')
    await page.waitForFunction(() => !document.querySelector('.questions')?.textContent.includes('不在本厅'))
    await page.context().close()
  },

  async 'desk: keys are shown, can be switched off, and do nothing while somebody types'({ house, browser }) {
    const id = await received(house, 4, '快捷键示例')
    const { context, page } = await atDesk(house, browser, 'desk.wang', `/desk/cases/${id}?stage=received`)
    await page.waitForSelector('.acts')
    await page.keyboard.press('/')
    equal(await page.evaluate(() => document.activeElement?.id), 'search', 'the search field has the focus')
    await page.keyboard.type('ab')
    equal(await page.locator('form.act').count(), 0, 'letters in a field are letters')
    await page.fill('#search', (await house.operator(`/api/casework/cases/${id}`)).number)
    await page.press('#search', 'Enter')
    await page.waitForSelector('.acts')
    await page.press('.case h1', '?')
    await page.waitForSelector('.keys')
    await hold(page, 'the help')
    await says(page, '.keys', '受理', 'acts stand in the help')
    await page.uncheck('#letters')
    await page.keyboard.press('Escape')
    await page.waitForSelector('.keys', { state: 'hidden' })
    await page.press('.case h1', 'a')
    equal(await page.locator('form.act').count(), 0, 'letters are off')
    await page.press('.case h1', 'Alt+Shift+A')
    await page.waitForSelector('form.act')
    await context.close()
  },

  async 'desk: what happens elsewhere moves the list and the open case, without a reload'({ house, browser }) {
    const id = await received(house, 4, '别处办理示例')
    const { context, page, complaints } = await atDesk(house, browser, 'desk.wang', `/desk/cases/${id}?stage=received`)
    await page.waitForSelector(`#row-${id}`)
    const stream = await page.evaluate(async () => {
      const stop = new AbortController()
      const r = await fetch('/api/casework/events', { signal: stop.signal })
      stop.abort()
      return r.ok
    })
    expect(stream, 'the program tells open pages what moves')
    await house.operator('/api/casework/accept', { case_id: id, version: 1, window: 'W01' })
    await page.waitForSelector(`#row-${id}`, { state: 'detached', timeout: 5000 })
    await page.waitForFunction(() => document.querySelector('.state b')?.textContent === '已受理', undefined, { timeout: 5000 })
    await says(page, '.conflict', '受理', 'what others did is told')
    equal(complaints.join('\n'), '', 'what the browser complained of')
    await context.close()
  },

  async 'desk: a receipt half filled in is kept in this tab, and as a draft for another counter'({ house, browser }) {
    const { context, page } = await atDesk(house, browser, 'desk.wang', '/desk/receive')
    await page.waitForSelector('#applicant')
    await page.fill('#applicant', '写到一半示例')
    await page.reload()
    await page.waitForSelector('#applicant')
    await typed(page, '#applicant', '写到一半示例', 'after a reload')
    await page.fill('#phone', '13900000000')
    await page.waitForSelector('.closing [role=status]:has-text("已暂存")')
    const other = await atDesk(house, browser, 'desk.wang', '/desk/receive')
    await other.page.click('summary:has-text("暂存的收件")')
    await other.page.click('details li button')
    await other.page.waitForFunction(() => document.querySelector('#applicant')?.value === '写到一半示例')
    await other.context.close()
    await context.close()
  },
}
