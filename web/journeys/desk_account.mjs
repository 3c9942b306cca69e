// One's own account at the desk (password, one-time codes, a lost telephone), and the erasure of a person's data by the one post that may.
import { createHmac } from 'node:crypto'
import { equal, expect, holdElder, openPage } from './house.mjs'
import { citizenNumber, fullWidth } from './people.mjs'
import { atDesk, hold, kMatter, staffPassword } from './staff.mjs'

const kStepMs = 30_000
/** RFC 6238 with SHA-1 and six digits, as an authenticator reckons it. */
function codeAt(secret, step) {
  const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', key).update(counter).digest()
  const from = mac[19] & 15
  return String((mac.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
const stepNow = () => Math.floor(Date.now() / kStepMs)
async function signIn(page, base, account, password) {
  await page.goto(`${base}/desk/account`)
  await page.fill('#account', account)
  await page.fill('#password', password)
  await page.press('#password', 'Enter')
}

export const journeys = {
  async 'desk: one-time codes are set up by the person, asked for at the door, and taken off with a lost telephone'({ house, browser, shot }) {
    const account = 'desk.xie'
    const { context, page, complaints } = await atDesk(house, browser, account)
    await page.click('.me summary')
    await page.click('.menu a:has-text("我的账号")')
    await page.waitForSelector('.chip:has-text("没有启用")')
    await page.fill('#factor-password', 'not my password at all')
    await page.press('#factor-password', 'Enter')
    await page.waitForSelector('.trouble:has-text("账号或密码不对")')
    equal(await page.locator('dialog[open]').count(), 0, 'a wrong password ends no session')
    await page.fill('#factor-password', staffPassword)
    await page.press('#factor-password', 'Enter')
    await page.waitForSelector('#secret')
    equal(await page.evaluate(() => document.activeElement?.tagName), 'H3', 'the focus is where the way goes on')
    expect(await page.evaluate(() => document.querySelector('.secret img').naturalWidth > 0), 'the QR code is drawn')
    const secret = (await page.textContent('#secret')).replace(/\s/g, '')
    expect(/^[A-Z2-7]{32}$/.test(secret), 'the secret can be typed')
    equal(await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }])).then((kept) => kept.includes(secret)), false, 'it is kept nowhere')
    await hold(page, 'the secret')
    await shot(page, 'desk-account-secret')
    await page.goto(`${house.base}/desk/account?elder=1`)
    await page.fill('#factor-password', staffPassword)
    await page.press('#factor-password', 'Enter')
    await page.waitForSelector('#secret')
    await hold(page, 'the secret (elder)')
    await holdElder(page, 'the secret')
    const again = (await page.textContent('#secret')).replace(/\s/g, '')
    expect(again !== secret, 'what was not confirmed is another one the next time')
    await page.fill('#factor-code', '12')
    await page.press('#factor-code', 'Enter')
    await page.waitForSelector('.field.wrong #factor-code')
    const step = stepNow()
    await page.fill('#factor-code', codeAt(secret, step))
    await page.press('#factor-code', 'Enter')
    await page.waitForSelector('.trouble:has-text("密钥还在这一页")')
    await page.fill('#factor-code', fullWidth(codeAt(again, step)))
    await page.press('#factor-code', 'Enter')
    await page.waitForSelector('.chip.green:has-text("已启用")')
    equal(await page.locator('#secret').count(), 0, 'the secret is gone')
    equal(complaints.join('\n'), '', 'what the browser complained of')

    const other = await openPage(browser)
    await signIn(other.page, house.base, account, staffPassword)
    await other.page.waitForSelector('#code')
    await other.page.fill('#code', codeAt(again, Math.max(step + 1, stepNow()))) // a code opens once, and the confirmation was one
    await other.page.press('#code', 'Enter')
    await other.page.waitForSelector('.me')
    await other.context.close()

    // Lost: the security administrator's link sets a new password, and the codes are off.
    const { link } = await house.operator('/api/identity/reset_password', { account })
    const found = await openPage(browser)
    await found.page.goto(link)
    await found.page.fill('[name=password]', staffPassword)
    await found.page.fill('[name=again]', staffPassword)
    await found.page.click('button')
    await found.page.waitForSelector('h1:has-text("密码已设置")')
    await signIn(found.page, house.base, account, staffPassword)
    await found.page.waitForSelector('.chip:has-text("没有启用")')
    await found.context.close()
    await context.close()
  },

  async 'desk: one’s own password is changed, and this page goes on; an account without one says so'({ house, browser, shot }) {
    const account = 'desk.duan'
    const { context, page } = await atDesk(house, browser, account, '/desk/account')
    await page.waitForSelector('#own-old')
    await page.fill('#own-fresh', 'short')
    await page.press('#own-fresh', 'Enter')
    await page.waitForSelector('.field.wrong #own-fresh')
    equal(await page.evaluate(() => document.activeElement?.id), 'own-old', 'the focus goes to what is wrong first')
    await page.fill('#own-old', staffPassword)
    await page.fill('#own-fresh', 'eleven quiet lamps')
    await page.fill('#own-again', 'eleven quiet lamp')
    await page.press('#own-again', 'Enter')
    await page.waitForSelector('.field.wrong #own-again')
    await hold(page, 'a password that was typed wrongly')
    await page.fill('#own-again', 'eleven quiet lamps')
    await page.press('#own-again', 'Enter')
    await page.waitForSelector('.said:has-text("密码已修改")')
    await shot(page, 'desk-account-password')
    await page.fill('#own-old', 'eleven quiet lamps') // the new session has its own token: the page may go on acting
    await page.fill('#own-fresh', staffPassword)
    await page.fill('#own-again', staffPassword)
    await page.press('#own-again', 'Enter')
    await page.waitForFunction(() => document.querySelector('.said') && !document.querySelector('#own-old').value)
    await page.reload()
    await page.waitForSelector('.me')
    await context.close()

    const shown = await openPage(browser)
    await shown.page.goto(`${house.base}/desk/`)
    await shown.page.click('.demonstration-offer [data-account="demo.guide"]')
    await shown.page.waitForSelector('.me')
    await shown.page.goto(`${house.base}/desk/account`)
    await shown.page.waitForSelector('text=这个账号没有密码')
    equal(await shown.page.locator('#factor-password').count(), 0, 'nothing is asked for that cannot be given')
    await hold(shown.page, 'an account without a password')
    await shown.context.close()
  },

  async 'centre: a person is erased by their number, not while a case of theirs is open'({ house, browser, shot }) {
    const number = citizenNumber(81)
    const matter = await house.operator(`/api/casework/matters/${kMatter}`)
    await house.operator('/api/casework/receive', { matter: kMatter, applicant_kind: 'natural', applicant: '删除示例', applicant_id: number, materials: matter.materials.slice(0, 1).map((m) => m.name), window: 'W01' })
    const phone = '13900000981'
    await house.operator('/api/casework/ask_first', { question: '咨询开诊所（示例）', channel: 'window', visitor: { name: '来访示例', phone } })
    const { context, page, complaints } = await atDesk(house, browser, 'post.xu', '/desk/centre/erasure')
    await page.fill('#erase-number', number.slice(0, 17))
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.field.wrong #erase-number')
    await page.fill('#erase-number', fullWidth(number))
    await page.selectOption('#erase-basis', 'consent_withdrawn')
    await page.fill('#erase-reason', '本人书面申请，2024年6月24日')
    await page.check('#erase-sure')
    await hold(page, 'before an erasure')
    await shot(page, 'centre-erasure')
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.trouble:has-text("没有办结")')
    expect((await page.textContent('.trouble')).includes('没有删除任何内容'), 'nothing has gone')
    equal(await page.evaluate(() => Object.values(sessionStorage).join()).then((kept) => kept.includes('5101')), false, 'no number is kept in the browser')
    await page.selectOption('#erase-kind', 'phone')
    await page.fill('#erase-number', phone)
    equal(await page.isChecked('#erase-sure'), false, 'another number is looked at anew')
    await page.check('#erase-sure')
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.said:has-text("已删除")')
    equal(await page.inputValue('#erase-number'), '', 'the number has gone from the page')
    await page.selectOption('#erase-kind', 'phone')
    await page.fill('#erase-number', phone)
    await page.selectOption('#erase-basis', 'consent_withdrawn')
    await page.fill('#erase-reason', '又一次')
    await page.check('#erase-sure')
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.trouble:has-text("没有登记过")')
    equal(complaints.join('\n'), '', 'what the browser complained of')
    await context.close()
    const clerk = await atDesk(house, browser, 'desk.wang', '/desk/centre/erasure')
    await clerk.page.waitForSelector('.sheet h1:has-text("不在您的岗位范围内")')
    await clerk.context.close()
  },
}
