// The leaders' screen: opened by the administrator, shown without a person, old when the program is silent, shut when it is closed.
import { equal, expect, hold as holdPage, openPage, says } from './house.mjs'
import { atDesk, hold } from './staff.mjs'

/** Nothing lies outside the picture, nothing is cut off, nothing is too small for five metres. */
async function fits(page, where) {
  const bad = await page.evaluate(() => {
    const out = []
    const least = (36 * Math.min(innerWidth / 1920, innerHeight / 1080)) - 0.5
    if (document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth) out.push('it scrolls')
    for (const e of document.querySelectorAll('.screen *')) {
      const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())
      if (!own) continue
      const box = e.getBoundingClientRect()
      if (box.right > innerWidth || box.bottom > innerHeight || box.left < 0 || box.top < 0) out.push(`outside: ${e.textContent}`)
      if (parseFloat(getComputedStyle(e).fontSize) < least) out.push(`small (${getComputedStyle(e).fontSize}): ${e.textContent}`)
      if (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflow === 'visible' && getComputedStyle(e).display !== 'inline') out.push(`cut: ${e.textContent}`)
    }
    return out
  })
  equal(bad.join('\n'), '', where)
}

export const journeys = {
  async 'screen: opened by an administrator, shows counts that add up and nobody, says when it is old, comes back by itself, is closed'({ house, browser, shot }) {
    const admin = await atDesk(house, browser, 'desk.admin', '/desk/screens')
    await admin.page.waitForSelector('#screen-place')
    await hold(admin.page, 'screens, none yet')
    await admin.page.fill('#screen-place', '二楼大厅东墙')
    await admin.page.keyboard.press('Control+Enter')
    await admin.page.waitForSelector('#screen-link')
    const link = (await admin.page.textContent('#screen-link')).trim()
    await hold(admin.page, 'a screen was opened')
    await shot(admin.page, 'desk-screens')
    for (const [name, options, query] of [['1080', { viewport: { width: 1920, height: 1080 } }, ''], ['2160', { viewport: { width: 3840, height: 2160 } }, ''], ['light', { viewport: { width: 1920, height: 1080 } }, '?light=1'], ['english', { viewport: { width: 1920, height: 1080 } }, '?lang=en']]) {
      const { context, page, complaints } = await openPage(browser, options)
      const answers = []
      page.on('response', async (r) => r.url().endsWith('/api/hall/leaders') && answers.push(await r.text().catch(() => '')))
      await page.goto(link.replace('/leaders#', `/leaders${query}#`))
      await page.waitForSelector('.open li')
      equal(await page.evaluate(() => location.hash), '', 'the key is gone from the address')
      await holdPage(page, `screen (${name})`)
      await fits(page, `screen (${name})`)
      await shot(page, `screen-${name}`)
      const numbers = (await page.locator('.open li b').allTextContents()).map((t) => Number(t.replaceAll(',', '')))
      const open = Number((await page.textContent('.open h2 b')).replaceAll(',', ''))
      equal(numbers.reduce((a, b) => a + b, 0), open, 'the ways add up to all open cases')
      equal(open, (await house.operator('/api/casework/health')).open_cases, 'as the ledger counts them')
      expect(answers.length > 0 && answers.every((a) => !/[0-9]{7,}|case_id|"name"|applicant/.test(a)), `no person and no case is in the answer: ${answers[0]}`)
      if (name === '1080') {
        // The program is silent: the figures stay, and say of when they are; then they come back without anybody.
        await context.setOffline(true)
        await page.waitForSelector('.stale', { timeout: 70_000 })
        await fits(page, 'a screen whose figures are old')
        await shot(page, 'screen-stale')
        await context.setOffline(false)
        await page.waitForSelector('.stale', { state: 'detached', timeout: 30_000 })
        await page.reload()
        await page.waitForSelector('.open li') // the key is kept by the browser
      }
      equal(complaints.join('\n'), '', 'what the browser complained of')
      await context.close()
    }
    const stranger = await openPage(browser, { viewport: { width: 1920, height: 1080 } })
    await stranger.page.goto(`${house.base}/screen/leaders`)
    await stranger.page.waitForSelector('.words[role=alert] h2')
    await says(stranger.page, '.words', '没有开通', 'without a key there is nothing')
    await fits(stranger.page, 'a screen without a key')
    await shot(stranger.page, 'screen-closed')
    await stranger.context.close()
    await admin.page.click('.questions button')
    await admin.page.click('.questions button')
    await admin.page.waitForSelector('.questions .chip.grey')
    const after = await openPage(browser, { viewport: { width: 1920, height: 1080 } })
    await after.page.goto(link)
    await after.page.waitForSelector('.words')
    await after.page.waitForFunction(() => document.querySelector('.words')?.textContent.includes('停用'))
    await after.context.close()
    equal(admin.complaints.join('\n'), '', 'what the desk complained of')
    await admin.context.close()
  },
}
