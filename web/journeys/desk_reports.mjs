// Reports of other periods: chosen by length and days, compared, opened to their facts, taken away in every form.
import { equal, expect, says, until } from './house.mjs'
import { atDesk } from './staff.mjs'

const number = (words) => Number(words.replace(/[^0-9]/g, ''))

export const journeys = {
  async 'reports: a month, a quarter, a year and any days, each with its figures, its evidence and its files'({ house, browser, shot }) {
    const { context, page, complaints } = await atDesk(house, browser, 'desk.huang', '/desk/centre/reports')
    await page.waitForSelector('.reports tbody tr')
    equal(await page.textContent('.choose [role=status]'), '2024-06', 'the month that the clock is in')
    // The demonstration's ledger begins in May 2024: nothing of the year before is made up.
    const accepted = page.locator('.reports .by-unit tbody tr', { hasText: '受理' }).first()
    const printed = (await house.operator('/api/bulletin/weeks/2024-06-17')).figures.find((f) => f.figure === 'accepted').count
    expect(number((await accepted.locator('td >> nth=0').textContent()).split('（')[0]) >= printed, 'the month has at least the week')
    await says(accepted.locator('td >> nth=1'), null, '起有记录', 'in May the ledger began')
    equal(await accepted.locator('td >> nth=2').textContent(), '无记录', 'the year before has no record')
    await says(page, '.reports caption', '不等于零', 'it says that this is no zero')
    // By the keyboard: the figure, its facts.
    await accepted.locator('button').focus()
    await page.keyboard.press('Enter')
    await page.waitForSelector('.evidence tbody tr')
    expect(page.url().includes('figure=accepted'), 'the address holds it')
    await shot(page, 'reports-month')
    // Longer and shorter.
    await page.click('.tabs button:text-is("季")')
    await page.waitForFunction(() => document.querySelector('.choose [role=status]')?.textContent === '2024-Q2')
    await page.click('.tabs button:text-is("年")')
    await page.waitForFunction(() => document.querySelector('.choose [role=status]')?.textContent === '2024')
    const year = (await house.operator('/api/bulletin/weeks/2024-06-17')).figures.find((f) => f.figure === 'accepted_year').count
    const ofYear = accepted.locator('td >> nth=0')
    await until(() => ofYear.textContent(), (words) => number(words.split('（')[0]) >= year, (words) => `the year has its balance: ${words}, wanted ${year}`)
    await page.click('.tabs button:text-is("任意几日")')
    await page.waitForSelector('#from')
    await page.fill('#from', '2024-06-17')
    await page.fill('#to', '2024-06-21')
    await page.waitForFunction(() => document.querySelector('.reports')?.textContent?.includes('2024年6月17日—2024年6月21日'))
    equal(number(await accepted.locator('td >> nth=0').textContent()), printed, 'the days of the week are the week')
    // The district's month, the internal edition, and what can be taken away.
    await page.selectOption('#report', 'district-month')
    await page.waitForFunction(() => document.querySelector('.reports')?.textContent?.includes('平台办件评价率'))
    await page.click('.tabs button:text-is("内部版")')
    await page.frameLocator('.paper-frame').locator('text=超期办件').first().waitFor()
    await shot(page, 'reports-district')
    for (const [kind, type] of [['PDF', 'application/pdf'], ['OFD', 'application/ofd'], ['DOCX', 'wordprocessingml'], ['XLSX', 'spreadsheetml'], ['文本', 'text/plain']]) {
      const path = await page.getAttribute(`.head a:text-is("${kind}")`, 'href')
      const got = await page.evaluate(async (p) => {
        const r = await fetch(p)
        return { status: r.status, type: r.headers.get('content-type'), name: r.headers.get('content-disposition'), size: (await r.arrayBuffer()).byteLength }
      }, path)
      equal(got.status, 200, kind)
      expect(got.type.includes(type) && got.size > 300, `${kind} is ${got.type}, ${got.size} bytes`)
      expect(got.name.includes('district-month-2024-06-internal'), got.name)
    }
    equal(complaints.join('\n'), '', 'what the browser complained of')
    await context.close()
  },
}
