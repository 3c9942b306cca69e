// The portal: what happens elsewhere shows by itself, what cannot be done online says so, samples, print, the code on a receipt; and the
// rest of what goes wrong: a file as large as they may be, one that is larger, a session that ends while files are sent, markup everywhere.
import { mkdtemp, open as openFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { counts, equal, expect, hold, holdElder, openPage, says } from './house.mjs'
import { answerPapers, answerPerson } from './portal_apply.mjs'
import { citizenNumber, pdf } from './people.mjs'
import { atDesk } from './staff.mjs'

const kPermit = 'SC-WJW-0001'
const kMarkup = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>'

/** A case of the account's own, as the hall took it in. */
async function caseOf(house, number, name, matter = 'SC-WJW-0003') {
  const view = await house.operator(`/api/casework/matters/${matter}`)
  const materials = view.materials.filter((p) => p.provider !== 'government').map((p) => p.name)
  const a = await house.operator('/api/casework/receive', { matter, applicant_kind: 'natural', applicant: name, applicant_id: number, phone: '13900000000', materials, window: 'W01' })
  return a.stream.replace('case:', '')
}
// The demonstration's citizen: registering by the page is counted, and the other journeys use that count up.
const citizen = { account: 'demo.citizen', number: '510199199510068020' }
async function signIn(page) {
  await page.click(`.demonstration-offer [data-account="${citizen.account}"]`)
}
async function somebody(house, browser) {
  const p = await openPage(browser)
  await p.page.goto(`${house.base}/account/sign-in`)
  await signIn(p.page)
  await p.page.waitForURL('**/my')
  await p.page.waitForSelector('.who')
  return { ...p, number: citizen.number }
}
/** A PDF of so many bytes on the disk: a browser's own file. */
async function largeFile(folder, name, bytes) {
  const path = join(folder, name)
  const f = await openFile(path, 'w')
  await f.write('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n')
  const tail = Buffer.from('\ntrailer<</Root 1 0 R>>\n%%EOF\n')
  await f.write(tail, 0, tail.length, bytes - tail.length)
  await f.close()
  return path
}

export const journeys = {
  async 'portal: a case moves in front of its applicant, and the list with it'({ house, browser, note }) {
    const { context, page, complaints, number } = await somebody(house, browser)
    const id = await caseOf(house, number, '直播示例')
    const list = await context.newPage()
    await list.goto(`${house.base}/my`)
    await list.waitForSelector(`a[href="/my/cases/${id}"]`)
    const stream = page.waitForResponse((r) => r.url().endsWith('/api/casework/events'))
    await page.goto(`${house.base}/my/cases/${id}`)
    await page.waitForSelector('.now')
    await says(page, '.now h2', '已收件', 'as it stands')
    await stream
    await page.evaluate(() => (window.notReloaded = true))
    const begin = Date.now()
    await house.operator('/api/casework/accept', { case_id: id, version: 1, window: 'W01' })
    await page.waitForFunction(() => document.querySelector('.now h2')?.textContent?.includes('已受理'), undefined, { timeout: 5000 })
    note(`seen ${Date.now() - begin} ms after the act`)
    await page.waitForFunction(() => document.querySelector('.moved')?.textContent?.includes('新的进展'))
    equal(await page.evaluate(() => window.notReloaded), true, 'without a reload')
    await list.waitForFunction((i) => document.querySelector(`a[href="/my/cases/${i}"]`)?.closest('.case')?.textContent?.includes('已受理'), id, { timeout: 5000 })
    await hold(page, 'a case that has moved')
    equal(complaints.join('\n'), '', 'complaints')
    await context.close()
  },

  async 'portal: what cannot be applied for online says why, and samples are there where the centre has them'({ real, browser, shot }) {
    const centre = await real()
    for (const [look, query] of [['normal', ''], ['elder', '?elder=1'], ['english', '?lang=en']]) {
      const { context, page, complaints } = await openPage(browser)
      await page.goto(`${centre.base}/matters/SC-WJW-0006${query}`)
      await page.waitForSelector('.act h2')
      await says(page, '.act', '涉及国家秘密', 'the reason')
      equal(await page.locator('.act a[href^="/apply"]').count(), 0, 'no way to apply')
      await hold(page, `offline (${look})`)
      await shot(page, `offline-${look}`)
      await page.goto(`${centre.base}/apply/SC-WJW-0006${query}`)
      await page.waitForFunction(() => document.querySelector('main')?.textContent?.includes('涉及国家秘密'))
      equal(await page.locator('form.ask, .tasks').count(), 0, 'no question is asked')
      await hold(page, `apply offline (${look})`)
      await page.goto(`${centre.base}/matters/${kPermit}${query}`)
      await page.waitForSelector('.sample summary')
      await page.click('.sample summary')
      await says(page, '.sample', '写明四至', 'the sample’s text')
      await hold(page, `samples (${look})`)
      if (look === 'elder') await holdElder(page, `samples (${look})`)
      await shot(page, `samples-${look}`)
      const href = await page.getAttribute('a[download]', 'href')
      const file = await fetch(centre.base + href)
      equal(file.status, 200, href)
      equal(file.headers.get('content-disposition'), 'attachment', 'it is kept, not opened')
      equal((await file.text()).slice(0, 8), '%PDF-1.4', 'the file')
      await page.goto(`${centre.base}/matters/SC-GJJ-0001${query}`)
      await page.waitForSelector('.papers')
      equal(await page.locator('.sample, a[download]').count(), 0, 'nothing where there is none')
      // What its department has checked may be praised.
      equal((await page.textContent('.beside .facts b')).trim(), look === 'english' ? 'All online:' : '全程网办：', 'checked, and online to its end')
      equal(await page.locator('.unchecked').count(), 0, 'no word of what is not checked')
      equal(complaints.join('\n'), '', 'complaints')
      await context.close()
    }
    equal((await fetch(`${centre.base}/api/casework/matters/${kPermit}/samples/..%2Fsamples.yaml`)).status === 200, false, 'no other file of the catalogue')
  },

  async 'portal: the code of a receipt leads to its case, also through signing in'({ house, browser }) {
    const { context, page, number } = await somebody(house, browser)
    const id = await caseOf(house, number, '扫码示例')
    const its = (await house.operator(`/api/casework/cases/${id}`)).number
    await page.goto(`${house.base}/my/cases/${id}/receipt`)
    await page.waitForSelector('.slip img')
    await page.goto(`${house.base}/my?number=${its}`)
    await page.waitForURL(`**/my/cases/${id}`)
    await context.clearCookies()
    await page.goto(`${house.base}/my?number=${its}`)
    await page.click('.actions .primary')
    await signIn(page)
    await page.waitForURL(`**/my/cases/${id}`)
    // Somebody else's number is nobody's.
    const other = await caseOf(house, citizenNumber(11), '别人示例')
    await page.goto(`${house.base}/my?number=${(await house.operator(`/api/casework/cases/${other}`)).number}`)
    await page.waitForSelector('#not-found')
    await context.close()
  },

  async 'portal: in print there is the matter, the case, the receipt, and nothing to click'({ house, browser, shot }) {
    const { context, page, number } = await somebody(house, browser)
    const id = await caseOf(house, number, '打印示例')
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: 794, height: 1123 }) // A4 at 96 dpi
    for (const [name, path, ready] of [['matter', `/matters/${kPermit}`, '.guide'], ['case', `/my/cases/${id}`, '.course'], ['receipt', `/my/cases/${id}/receipt`, '.slip']]) {
      await page.goto(house.base + path)
      await page.waitForSelector(ready)
      await page.waitForSelector('.demonstration')
      const seen = await page.evaluate(() => [...document.querySelectorAll('button, summary, .button, nav, footer')].filter((e) => e.checkVisibility() && !e.closest('.counted, .sample, .course')).map((e) => e.textContent.trim()))
      equal(seen.join('|'), '', `${name}: nothing to click`)
      expect(await page.isVisible('.demonstration'), `${name}: it says that it is a demonstration`)
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      equal(over, 0, `${name}: nothing is cut off at the right`)
      await shot(page, `print-${name}`)
    }
    await context.close()
  },

  async 'portal: a file of 50 MB goes with its progress, may be stopped; a larger one is told before anything leaves'({ house, browser, note, shot }) {
    const folder = await mkdtemp(join(tmpdir(), 'yichuang-large-'))
    const { context, page, complaints } = await somebody(house, browser)
    try {
      const most = await largeFile(folder, '五十兆.pdf', 50 * 1024 * 1024)
      const more = await largeFile(folder, '多一字节.pdf', 50 * 1024 * 1024 + 1)
      const sent = []
      page.on('request', (r) => r.method() === 'POST' && r.url().includes('/api/files') && sent.push(r.url()))
      await page.goto(`${house.base}/apply/SC-GJJ-0001/m-1`)
      await page.waitForSelector('#paper', { state: 'attached' })
      await page.setInputFiles('#paper', more)
      await page.waitForFunction(() => document.querySelector('.wrong')?.textContent?.includes('超过 50 MB'))
      equal(sent.length, 0, 'nothing left for a file that is too large')
      // On a slow line it is seen going, and stopped.
      const line = await context.newCDPSession(page)
      await line.send('Network.enable')
      await line.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 1_200_000 })
      await page.setInputFiles('#paper', most)
      await page.waitForFunction(() => Number(document.querySelector('progress')?.value ?? 0) > 0.05)
      await hold(page, 'a file on its way')
      await shot(page, 'apply-file-going')
      await page.click('.going button')
      await page.waitForSelector('.going', { state: 'detached' })
      equal(await page.locator('.file .have').count(), 0, 'a stopped file is not there')
      await line.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 })
      const begin = Date.now()
      await page.setInputFiles('#paper', most)
      await page.waitForSelector('.file .have', { timeout: 60_000 })
      note(`50 MB sent and stored in ${((Date.now() - begin) / 1000).toFixed(1)} s`)
      await says(page, '.file .have', '52.4 MB', 'its size')
      equal(complaints.join('\n'), '', 'complaints')
    } finally {
      await context.close()
      await rm(folder, { recursive: true, force: true })
    }
  },

  async 'portal: the session ends while a correction is being sent; files and choice stay, signing in leads back'({ house, browser }) {
    const { context, page, number } = await somebody(house, browser)
    const id = await caseOf(house, number, '补正会话示例')
    const view = await house.operator('/api/casework/matters/SC-WJW-0003')
    const [first, second] = view.materials.filter((p) => p.provider !== 'government').map((p) => p.name)
    await house.operator('/api/casework/request_correction', { case_id: id, version: 1, window: 'W01', defects: [{ material: first, wrong: kMarkup, right: '重新提交' }, { material: second, wrong: '不清楚', right: kMarkup }] })
    await page.goto(`${house.base}/my/cases/${id}/correct`)
    await page.waitForSelector('.defects')
    await page.setInputFiles('#paper-1', pdf('补正一.pdf'))
    await page.waitForSelector('.defects > li:nth-child(1) .have')
    await context.clearCookies()
    await page.setInputFiles('#paper-2', pdf('补正二.pdf'))
    await page.waitForSelector('.defects > li:nth-child(2) .trouble')
    await counts(page, '.defects > li:nth-child(1) .have', 1, 'the first file is still there')
    expect(/登录/.test(await page.textContent('.defects > li:nth-child(2)')), 'told to sign in')
    // Another tab signs in; this one goes on.
    const other = await context.newPage()
    await other.goto(`${house.base}/account/sign-in`)
    const heard = page.waitForResponse((r) => r.url().endsWith('/api/identity/me') && r.ok()) // the other tab's news
    await signIn(other)
    await other.waitForURL('**/my')
    await other.close()
    await (await heard).finished()
    await page.setInputFiles('#paper-2', pdf('补正二.pdf'))
    await page.waitForSelector('.defects > li:nth-child(2) .have')
    await page.click('form.ask .primary')
    await page.waitForURL(`**/my/cases/${id}`)
    equal(await page.evaluate(() => window.ran), undefined, 'nothing ran')
    await context.close()
  },

  async 'portal: markup in every field is text, on every page that shows it'({ house, browser }) {
    const { context, page, complaints, number } = await somebody(house, browser)
    const dialogs = []
    page.on('dialog', (d) => {
      dialogs.push(d.message())
      void d.dismiss()
    })
    // The form of questions: names and address take it as text, numbers refuse it.
    await page.goto(`${house.base}/apply/SC-GJJ-0001/number`)
    await page.fill('#number', kMarkup)
    await page.click('form.ask .button.primary')
    await page.waitForSelector('.trouble')
    await page.goto(`${house.base}/apply/SC-GJJ-0001/phone`)
    await page.fill('#phone', kMarkup)
    await page.click('form.ask .button.primary')
    await page.waitForSelector('.trouble')
    await page.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith('yichuang.draft.')).forEach((k) => localStorage.removeItem(k)))
    await answerPerson(page, house.base, { name: kMarkup, number, phone: '13900000015', address: kMarkup })
    await answerPapers(page)
    await page.waitForSelector('.answers')
    await says(page, '.answers', 'onerror', 'the answers show it as text')
    await page.click('.actions .primary')
    await page.waitForSelector('.slip')
    const id = /cases\/(\d+)/.exec(page.url())[1]
    await page.goto(`${house.base}/my/cases/${id}/withdraw`)
    await page.fill('#reason', kMarkup)
    await page.click('form.ask .weighty')
    await page.waitForURL(`**/my/cases/${id}`)
    await page.waitForSelector('.course')
    await page.goto(`${house.base}/my/cases/${id}/evaluate`)
    await page.waitForSelector('.choice')
    await page.check('#level-5')
    await page.fill('#comment', kMarkup)
    await page.click('form.ask .primary')
    await page.waitForFunction(() => document.querySelector('h1')?.textContent?.includes('已经记下'))
    await page.goto(`${house.base}/my?number=${encodeURIComponent(kMarkup)}`)
    await page.waitForSelector('#number')
    await page.goto(`${house.base}/matters?q=${encodeURIComponent(kMarkup)}`)
    await page.waitForSelector('.empty')
    equal(await page.evaluate(() => window.ran), undefined, 'nothing ran in the portal')
    equal(dialogs.length, 0, 'no dialog')
    equal(complaints.join('\n'), '', 'complaints')
    await context.close()
    const desk = await atDesk(house, browser, 'desk.liu', `/desk/cases/${id}?stage=withdrawn`)
    await desk.page.waitForSelector('.history')
    await desk.page.goto(`${house.base}/desk/questions`)
    await desk.page.fill('#question', kMarkup)
    await desk.page.keyboard.press('Control+Enter')
    await desk.page.waitForFunction(() => document.querySelector('.questions')?.textContent?.includes('onerror'))
    equal(await desk.page.evaluate(() => window.ran), undefined, 'nothing ran at the desk')
    equal(desk.complaints.join('\n'), '', 'complaints of the desk')
    await desk.context.close()
  },
}
