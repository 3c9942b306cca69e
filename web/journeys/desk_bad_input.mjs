// What goes wrong at a counter and in the centre: double clicks, going back, full-width digits, rare names, two tabs, large and wrong
// files, scripts in every field, the network gone before what must not wait. Nothing is lost, nothing is executed, the person is told.
import { mkdtemp, open as openFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { equal, expect, intercept, says, typed } from './house.mjs'
import { citizenNumber, fullWidth } from './people.mjs'
import { atDesk, enter, hold, received, staffPassword } from './staff.mjs'

const kMarkup = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>'
// As they are typed, as they are kept, as the desk shows them before somebody asks.
const kNames = [
  ['𬭊㛃', '𬭊㛃', '𬭊*'],
  ['古丽米热·阿不都热合曼·买买提江', '古丽米热·阿不都热合曼·买买提江', `古${'*'.repeat(14)}江`],
  ['阿卜杜拉 • 买买提', '阿卜杜拉·买买提', '阿******提'],
]

async function chooseMatter(page) {
  await page.focus('#matter')
  await page.keyboard.type('医疗机构设置')
  await page.waitForSelector('.el-select-dropdown__item.is-hovering, .el-select-dropdown__item.hover')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.paper')
}
async function largeFile(folder, name, bytes) {
  const path = join(folder, name)
  const f = await openFile(path, 'w')
  await f.write('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n')
  const tail = Buffer.from('\ntrailer<</Root 1 0 R>>\n%%EOF\n')
  await f.write(tail, 0, tail.length, bytes - tail.length)
  await f.close()
  return path
}
const casesOf = async (house, number) => (await house.operator(`/api/casework/search?q=${encodeURIComponent(number)}`)).cases?.length ?? 0

export const journeys = {
  async 'bad input: a receipt with full-width digits and rare names, sent by a double click, and not again by going back'({ house, browser, shot }) {
    const { context, page, complaints } = await atDesk(house, browser, 'desk.wang', '/desk/receive')
    for (const [i, [name, whole, masked]] of kNames.entries()) {
      const number = citizenNumber(40 + i)
      await page.goto(`${house.base}/desk/receive`)
      await page.waitForSelector('#applicant')
      await page.fill('#applicant', ` ${name} `)
      await page.fill('#applicant_id', ` ${fullWidth(number.slice(0, 10))} ${number.slice(10)} `)
      await page.fill('#phone', '１３９ ００００ １２３４')
      await chooseMatter(page)
      if (i === 0) await shot(page, 'bad-receive')
      await page.dblclick('.closing .primary')
      await page.waitForSelector('.case h1')
      equal(await page.textContent('.person .name'), masked, `${name}: masked, character by character`)
      await page.click('.person button:has-text("查看完整信息")')
      await page.fill('#unmask-reason', '核对姓名')
      await page.press('#unmask-reason', 'Enter')
      await page.waitForFunction((w) => document.querySelector('.person .name')?.textContent !== w, masked)
      equal(await page.textContent('.person .name'), whole, `${name}: kept as it is written`)
      equal(await casesOf(house, number), 1, `${name}: one case of a double click`)
      await page.goBack()
      await page.waitForSelector('#applicant')
      equal(await page.inputValue('#applicant'), '', 'going back finds an empty form')
      equal(await casesOf(house, number), 1, `${name}: still one`)
    }
    equal(complaints.join('\n'), '', 'complaints')
    await context.close()
  },

  async 'bad input: /desk/receive opened and left asks nobody about unsent work'({ house, browser }) {
    const { context, page } = await atDesk(house, browser, 'desk.wang', '/desk/receive')
    await page.waitForSelector('#applicant')
    await page.waitForTimeout(300)
    equal(await page.evaluate(() => Object.keys(sessionStorage).filter((k) => k.startsWith('yichuang.desk.form.')).join()), '', 'nothing is kept of an untouched form')
    await page.click('.me summary')
    await page.click('.me .leave')
    await page.waitForSelector('.arrival #account')
    await context.close()
  },

  async 'bad input: the next clerk at the same tab finds nothing that the last one typed'({ house, browser }) {
    const { context, page, complaints } = await atDesk(house, browser, 'desk.wang', '/desk/receive')
    await page.waitForSelector('#applicant')
    await page.fill('#applicant', '写到一半·示例')
    // The session ends without signing out, as a cookie does over night.
    await context.clearCookies()
    await page.goto(`${house.base}/desk/receive`)
    await enter(page, 'desk.liu')
    await page.waitForSelector('#applicant')
    equal(await page.inputValue('#applicant'), '', 'an empty form')
    expect(!(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).includes('写到一半'), 'and nothing of it in the tab')
    equal(complaints.join('\n'), '', 'complaints')
    await context.close()
  },

  async 'bad input: one clerk in two tabs; what one has done the other is told'({ house, browser }) {
    const id = await received(house, 4, '两个标签页示例')
    const { context, page } = await atDesk(house, browser, 'desk.wang', `/desk/cases/${id}`)
    const other = await context.newPage()
    await other.goto(`${house.base}/desk/cases/${id}`)
    for (const p of [page, other]) await p.waitForSelector('.acts')
    await other.press('.case h1', 'r')
    await other.fill('#f-reason', '另一页写的理由')
    await page.press('.case h1', 'a')
    await page.keyboard.press('Control+Enter')
    await page.waitForFunction(() => document.querySelector('.state b')?.textContent === '已受理')
    await other.waitForFunction(() => document.querySelector('.state b')?.textContent === '已受理')
    await typed(other, '#f-reason', '另一页写的理由', 'what was typed in the other tab')
    equal((await house.operator(`/api/casework/cases/${id}`)).version, 2, 'one act')
    await context.close()
  },

  async 'bad input: files at the counter: empty, of a wrong kind, no PDF inside, too large, and 50 MB as it is'({ house, browser, note }) {
    const folder = await mkdtemp(join(tmpdir(), 'yichuang-counter-'))
    const id = await received(house, 4, '大文件示例')
    const { context, page, complaints } = await atDesk(house, browser, 'desk.wang', `/desk/cases/${id}`)
    try {
      await page.waitForSelector('.materials')
      const input = '.materials input[type=file] >> nth=0'
      const sent = []
      page.on('request', (r) => r.method() === 'POST' && r.url().includes('/api/files') && sent.push(r.url()))
      for (const [file, words] of [
        [{ name: 'virus.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') }, '只收'],
        [{ name: '空.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) }, '空的'],
        [await largeFile(folder, '多一字节.pdf', 50 * 1024 * 1024 + 1), '超过 50 MB'],
      ]) {
        await page.setInputFiles(input, file)
        await page.waitForFunction((w) => document.querySelector('.materials')?.textContent?.includes(w), words)
      }
      equal(sent.length, 0, 'none of them left')
      await page.setInputFiles(input, { name: '假.pdf', mimeType: 'application/pdf', buffer: Buffer.from('this is no pdf') })
      await page.waitForSelector('.materials .trouble')
      const begin = Date.now()
      await page.setInputFiles(input, await largeFile(folder, '五十兆.pdf', 50 * 1024 * 1024))
      await page.waitForFunction(() => document.querySelector('.materials')?.textContent?.includes('五十兆.pdf') && !document.querySelector('.materials progress'), undefined, { timeout: 60_000 })
      note(`50 MB at the counter in ${((Date.now() - begin) / 1000).toFixed(1)} s`)
      equal((await house.operator(`/api/casework/cases/${id}`)).files.length, 1, 'one file of the case')
      equal(complaints.join('\n'), '', 'complaints')
    } finally {
      await context.close()
      await rm(folder, { recursive: true, force: true })
    }
  },

  async 'bad input: markup in every text field of desk and centre is text'({ house, browser }) {
    const dialogs = []
    const ran = async (page, where) => equal(await page.evaluate(() => window.ran), undefined, `nothing ran: ${where}`)
    const fillAll = async (page, form) => {
      for (const field of await page.locator(`${form} input:visible, ${form} textarea:visible`).all()) {
        const [type, readonly, role] = await field.evaluate((e) => [e.getAttribute('type') ?? 'text', e.readOnly || e.disabled, e.getAttribute('role') ?? ''])
        if (!readonly && !role && ['text', 'search', 'tel', ''].includes(type)) await field.fill(kMarkup)
      }
    }
    const id = await received(house, 4, kMarkup)
    const clerk = await atDesk(house, browser, 'desk.wang', `/desk/cases/${id}`)
    clerk.page.on('dialog', (d) => (dialogs.push(d.message()), void d.dismiss()))
    await clerk.page.waitForSelector('.acts')
    await clerk.page.press('.case h1', 'r')
    await clerk.page.selectOption('#f-because', 'other')
    await fillAll(clerk.page, 'form.act')
    await clerk.page.check('#confirmed')
    await clerk.page.click('form.act .button.primary')
    await clerk.page.waitForFunction(() => document.querySelector('.state b')?.textContent === '不予受理')
    await says(clerk.page, '.history', 'onerror', 'the history shows it as text')
    await ran(clerk.page, 'a case')
    for (const [path, field] of [['/desk/receive', '#applicant'], ['/desk/questions', '#consult-question'], ['/desk/negatives', '#say-no-reason']]) {
      await clerk.page.goto(house.base + path)
      await clerk.page.waitForSelector(field)
      await fillAll(clerk.page, 'main')
      await clerk.page.reload()
      await clerk.page.waitForSelector(field)
      await ran(clerk.page, path)
    }
    await clerk.page.goto(`${house.base}/desk/cases?stage=not_accepted`)
    await clerk.page.waitForSelector('.line')
    await ran(clerk.page, 'the list')
    equal(clerk.complaints.join('\n'), '', 'complaints of the desk')
    await clerk.context.close()
    const supervisor = await atDesk(house, browser, 'desk.huang', '/desk/centre/warnings')
    await supervisor.page.click('button:has-text("变更监察规则")')
    await supervisor.page.fill('#c-reason', kMarkup)
    await supervisor.page.fill('#r-name-0', kMarkup)
    await supervisor.page.waitForSelector('.before-sending tr:has-text("onerror")')
    await ran(supervisor.page, 'rules')
    await supervisor.page.goto(`${house.base}/desk/centre/matters?matter=SC-WJW-0003`)
    await supervisor.page.click('button:has-text("变更这个事项")')
    await supervisor.page.fill('#m-note', kMarkup)
    await supervisor.page.waitForSelector('.before-sending tr:has-text("onerror")')
    await ran(supervisor.page, 'a matter')
    await supervisor.context.close()
    equal(dialogs.length, 0, 'no dialog')
  },

  async 'bad input: what was typed in the centre outlives a reload, an ended session, a lost network; rights and keys do not wait'({ house, browser, shot }) {
    const { context, page } = await atDesk(house, browser, 'desk.huang', '/desk/centre/warnings')
    await page.click('button:has-text("变更监察规则")')
    await page.fill('#w-days', '3')
    await page.fill('#c-reason', '写到一半的理由')
    await page.reload()
    await page.waitForSelector('button:has-text("变更监察规则") i')
    await page.click('button:has-text("变更监察规则")')
    await typed(page, '#c-reason', '写到一半的理由', 'after a reload')
    await typed(page, '#w-days', '3', 'after a reload')
    // The session has ended: signed in again in place, checked, nothing lost.
    await context.clearCookies()
    await page.click('button:has-text("核对")')
    await page.waitForSelector('dialog #password')
    await page.fill('dialog #password', staffPassword)
    await page.press('dialog #password', 'Enter')
    await page.waitForSelector('.judged')
    await typed(page, '#c-reason', '写到一半的理由', 'after signing in again')
    // Without a network the change is not put off: told, kept in the form, nowhere else.
    await context.setOffline(true)
    await page.fill('#c-since', '2024-07-15')
    await page.click('.finish .primary')
    await page.waitForSelector('.trouble:has-text("不会留到以后自动送出")')
    equal(await page.locator('.outbox').count(), 0, 'nothing waits')
    equal(await page.evaluate(() => Object.keys(sessionStorage).some((k) => k.startsWith('yichuang.desk.outbox'))), false, 'nothing is stored to be sent')
    await hold(page, 'what must not wait, offline')
    await shot(page, 'centre-not-sent')
    await context.setOffline(false)
    await page.click('.finish button:has-text("取消")')
    await page.click('button:has-text("变更监察规则")')
    await page.click('button:has-text("清空重填")')
    await context.close()
    // Accounts, and the key of a screen.
    const admin = await atDesk(house, browser, 'desk.admin', '/desk/centre/accounts')
    await admin.page.click('button:has-text("开户")')
    await admin.page.fill('#new-account', 'half.typed')
    await admin.page.fill('#new-name', '写到一半·示例')
    await admin.page.reload()
    await admin.page.click('button:has-text("开户")')
    await typed(admin.page, '#new-name', '写到一半·示例', 'a new account after a reload')
    await admin.page.goto(`${house.base}/desk/screens`)
    await admin.page.waitForSelector('#screen-place')
    await admin.page.fill('#screen-place', '断网示例墙')
    await admin.context.setOffline(true)
    // Two pictures are drawn before the refusal, as on a slow machine: the field that is off loses the focus, and has it again afterwards.
    await intercept(admin.page, '**/api/hall/open_screen', async (route) => {
      await admin.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
      await route.abort('internetdisconnected')
    })
    await admin.page.keyboard.press('Control+Enter')
    await admin.page.waitForSelector('.trouble:has-text("不会留到以后自动送出")')
    await admin.page.unroute('**/api/hall/open_screen')
    await admin.page.waitForFunction(() => document.activeElement?.id === 'screen-place')
    const kept = await admin.page.evaluate(() => JSON.stringify({ ...sessionStorage }))
    expect(!/[0-9a-f]{64}/.test(kept), `no key is kept: ${kept}`)
    await admin.context.setOffline(false)
    await admin.page.keyboard.press('Control+Enter')
    await admin.page.waitForSelector('#screen-link')
    expect(!/[0-9a-f]{64}/.test(await admin.page.evaluate(() => JSON.stringify({ ...sessionStorage }))), 'nor afterwards')
    await admin.page.click('.questions li:has-text("断网示例墙") button')
    await admin.page.click('.questions li:has-text("断网示例墙") button')
    await admin.context.close()
  },
}
