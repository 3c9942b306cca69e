// Long work: begun, left, found again; an export of a list and of figures, an import that is looked at first, the ledger verified and
// compared, each with its progress and its end.
import { readFile } from 'node:fs/promises'
import { equal, expect, holdElder, says } from './house.mjs'
import { atDesk, hold, received } from './staff.mjs'

const done = (page, kind) => page.waitForSelector(`.job:has(h2:has-text("${kind}")) .chip:has-text("已完成")`, { timeout: 60_000 })

export const journeys = {
  async 'jobs: a list and figures are exported, the page is left, the files are found again'({ house, browser, shot }) {
    const { context, page, complaints } = await atDesk(house, browser, 'desk.huang', '/desk/cases?stage=issued')
    await page.waitForSelector('.line')
    await page.click('.export summary')
    await hold(page, 'the export opened')
    await page.click('.export button:has-text("XLSX")')
    await page.waitForSelector('.export :text("已经开始")')
    await page.goto(`${house.base}/desk/centre/figures?days=last_period`)
    await page.waitForSelector('.four li')
    await page.click('.export summary')
    await page.click('.export button:has-text("CSV")')
    await page.waitForSelector('.export :text("已经开始")')
    await page.click('.export a')
    await done(page, '导出办件列表')
    await done(page, '导出四项数')
    await hold(page, 'long tasks')
    await shot(page, 'desk-jobs')
    const [figures] = await Promise.all([page.waitForEvent('download'), page.click('.job:has(h2:has-text("四项数")) a.button')])
    const text = await readFile(await figures.path(), 'utf8')
    expect(text.startsWith('\ufeff部门,窗口,咨询,受理,颁发,流转') && text.includes('口径：受理'), text.slice(0, 300))
    const [list] = await Promise.all([page.waitForEvent('download'), page.click('.job:has(h2:has-text("办件列表")) a.button')])
    expect(list.suggestedFilename().endsWith('.xlsx'), list.suggestedFilename())
    expect((await readFile(await list.path())).subarray(0, 2).toString() === 'PK', 'an XLSX')
    await page.goto(`${house.base}/desk/jobs?elder=1`)
    await page.waitForSelector('.job')
    await hold(page, 'long tasks (elder)')
    await holdElder(page, 'long tasks (elder)')
    await page.goto(`${house.base}/desk/jobs?elder=0`)
    await page.waitForSelector('.job')
    await page.click('.job:has(h2:has-text("四项数")) button:has-text("删去")')
    await page.waitForFunction(() => document.querySelectorAll('.job').length === 1)
    equal(complaints.join('\n'), '', 'complaints')
    await context.close()
  },

  async 'jobs: the bulletin and a report are made while somebody does something else'({ house, browser, shot }) {
    const { context, page, complaints } = await atDesk(house, browser, 'desk.huang', '/desk/centre/bulletin?edition=internal')
    await page.click('.export summary')
    await hold(page, 'a bulletin’s forms')
    for (const form of ['OFD', 'DOCX']) {
      await page.click(`.export button:has-text("${form}")`)
      await page.waitForSelector('.export :text("已经开始")')
    }
    await page.goto(`${house.base}/desk/centre/reports?report=statistics&period=2024-06`)
    await page.click('.export summary')
    await page.click('.export button:has-text("PDF")')
    await page.waitForSelector('.export :text("已经开始")')
    await page.click('.export a')
    for (const name of ['周报（OFD）', '周报（DOCX）', '报告（PDF）']) await done(page, name)
    await shot(page, 'desk-jobs-papers')
    const [ofd] = await Promise.all([page.waitForEvent('download'), page.click('.job:has(h2:has-text("周报（OFD）")) a.button')])
    equal(ofd.suggestedFilename(), 'bulletin-2024-06-17-internal.ofd', 'the file’s name')
    const [pdf] = await Promise.all([page.waitForEvent('download'), page.click('.job:has(h2:has-text("报告（PDF）")) a.button')])
    expect((await readFile(await pdf.path())).subarray(0, 5).toString() === '%PDF-', 'a PDF')
    for (let n = await page.locator('.job button:has-text("删去")').count(); n > 0; --n) {
      await page.click('.job button:has-text("删去") >> nth=0')
      await page.waitForFunction((left) => document.querySelectorAll('.job').length === left, n - 1)
    }
    equal(complaints.join('\n'), '', 'complaints')
    await context.close()
  },

  // The cases are those of this very centre: the report says so of each, and nothing enters twice.
  async 'jobs: exchange tables go out, are looked at, and taken over; the ledger is verified and compared'({ house, browser, shot }) {
    await received(house, 4, '交换示例')
    const out = await atDesk(house, browser, 'desk.huang', '/desk/jobs')
    await out.page.fill('#jobs-from', '2024-06-24')
    await out.page.fill('#jobs-to', '2024-06-24')
    await out.page.click('form:has(#jobs-from) .primary')
    await done(out.page, '导出交换表')
    const [file] = await Promise.all([out.page.waitForEvent('download'), out.page.click('.job a.button >> nth=0')])
    const tables = await readFile(await file.path())
    expect(tables.toString('utf8').startsWith('{"table":"accept"'), 'exchange tables')
    await out.context.close()
    const admin = await atDesk(house, browser, 'desk.admin', '/desk/jobs')
    await admin.page.setInputFiles('#jobs-file', { name: '照片.png', mimeType: 'image/png', buffer: Buffer.from('x') })
    await admin.page.click('form:has(#jobs-file) .primary')
    await admin.page.waitForSelector('.error:has-text("JSON 行")')
    await admin.page.setInputFiles('#jobs-file', { name: 'cases.jsonl', mimeType: 'application/x-ndjson', buffer: Buffer.concat([tables, Buffer.from('这一行不是交换表\n')]) })
    await admin.page.click('form:has(#jobs-file) .primary')
    await done(admin.page, '核对要导入的交换表')
    await says(admin.page, '.job', '还没有导入', 'only looked at')
    if (!(await admin.page.locator('.job details[open]').count())) await admin.page.click('.job summary') // a long report stands closed
    await admin.page.waitForSelector('.report li:has-text("exchange.not_a_row")')
    await admin.page.waitForSelector('.report li:has-text("exchange.case_exists")')
    await hold(admin.page, 'a report of an import')
    await shot(admin.page, 'desk-jobs-import')
    await admin.page.click('.job button:has-text("导入")')
    await admin.page.click('.job .weighty')
    await done(admin.page, '导入交换表')
    await admin.page.click('button:has-text("核对账本")')
    await done(admin.page, '核对账本')
    await admin.page.click('button:has-text("重建比对")')
    await admin.page.waitForSelector('.job:has(h2:has-text("重建比对"))')
    // Left, and come back to.
    await admin.page.goto(`${house.base}/desk/screens`)
    await admin.page.waitForSelector('#screen-place')
    await admin.page.goto(`${house.base}/desk/jobs`)
    await done(admin.page, '重建比对')
    await says(admin.page, '.jobs-list', '完全一致', 'the views are those of the ledger')
    await shot(admin.page, 'desk-jobs-done')
    equal(admin.complaints.join('\n'), '', 'complaints')
    await admin.context.close()
  },
}
