// Applying online: everything that goes wrong on the way loses nothing and is told.
import { Broken, counts, equal, expect, hold, holdElder, openPage, says, typed } from './house.mjs'
import { bind, citizenNumber, fullWidth, password, pdf, register } from './people.mjs'
import { atDesk, hold as holdDesk } from './staff.mjs'

const kMatter = 'SC-GJJ-0001' // 住房公积金提取: taken in directly, two papers
const path = (question) => `/apply/${kMatter}${question ? `/${question}` : ''}`

async function answer(page, selector, value) {
  const before = page.url()
  if (value === true) await page.check(selector)
  else await page.fill(selector, value)
  await page.click('form.ask .button.primary')
  await page.waitForFunction((b) => location.href !== b, before)
}
/** The questions about an applicant who acts for himself. */
async function answerPerson(page, base, person) {
  await page.goto(base + path('acting'))
  await answer(page, '#acting-1', true)
  await answer(page, '#name', person.name)
  await answer(page, '#number', person.number)
  await answer(page, '#phone', person.phone)
  await answer(page, '#address', person.address ?? '')
}
async function answerPapers(page) {
  for (let i = 1; i <= 2; ++i) {
    await page.waitForSelector(`h1[lang]`)
    await page.setInputFiles('#paper', pdf(`材料${i}.pdf`))
    await page.waitForSelector('.file .have')
    const before = page.url()
    await page.click('form.ask .button.primary')
    await page.waitForFunction((b) => location.href !== b, before)
  }
}
const casesOf = async (page) => page.evaluate(async () => (await (await fetch('/api/casework/cases')).json()).cases ?? [])

export const journeys = {
  async 'apply: pasted digits, rare characters, errors at the top, a draft that survives, one case of a double click'({ house, browser, shot }) {
    const { context, page, complaints } = await openPage(browser)
    const number = citizenNumber(1)
    await page.goto(house.base + `/matters/${kMatter}`)
    await page.click('.act a.primary')
    await page.waitForSelector('.tasks')
    await page.click('.actions a.primary')
    // Nothing chosen: told at the top, with the focus there.
    await page.waitForSelector('#acting-1')
    await page.click('form.ask .button.primary')
    await page.waitForSelector('.trouble')
    expect(await page.evaluate(() => document.activeElement?.classList.contains('trouble')), 'the focus is on the summary')
    await hold(page, 'a question with an error')
    await page.click('.trouble a')
    equal(await page.evaluate(() => document.activeElement?.id), 'acting-1', 'the line leads to its field')
    await answer(page, '#acting-1', true)
    await answer(page, '#name', ' 㛃𬭊 • 阿卜杜拉 ')
    // A wrong number, then the right one in full width with spaces.
    await page.fill('#number', number.slice(0, 17) + (number[17] === '1' ? '2' : '1'))
    await page.click('form.ask .button.primary')
    await page.waitForSelector('.trouble')
    await shot(page, 'apply-error')
    await answer(page, '#number', ` ${fullWidth(number.slice(0, 6))} ${number.slice(6)} `)
    // Loaded anew: the draft is there.
    await page.goto(house.base + path('name'))
    await typed(page, '#name', '㛃𬭊·阿卜杜拉', 'the name, whole, with one kind of dot')
    await page.goto(house.base + path('number'))
    await typed(page, '#number', number, 'the number in half width')
    await page.goto(house.base + path('phone'))
    await answer(page, '#phone', '１３９ ００００ １２３４')
    await answer(page, '#address', '<script>alert(1)</script> 示例路1号')
    // Files want an account; registering leads back.
    await says(page, 'main', '上传文件前请先登录', 'told that files want an account')
    await page.click('.notice a')
    await page.click('text=没有账号')
    await page.fill('#account', 'journey.one')
    await page.fill('#password', password)
    await page.fill('#again', password)
    await page.click('form.ask button')
    await page.waitForURL(house.base + path('m-1'))
    await says(page, '.notice', '实名绑定', 'told that files want a bound account')
    for (let i = 1; i <= 2; ++i) await answer(page, '#how-later', true)
    await page.waitForSelector('.answers')
    await hold(page, 'check answers')
    await says(page, '.answers', '<script>alert(1)</script>', 'the script is text')
    // Not bound yet: told, and everything is kept.
    await page.click('.actions .primary')
    await page.waitForSelector('.trouble')
    await says(page, '.trouble', 'casework.real_name_required', 'told that the account is not bound')
    await says(page, '.answers', '㛃𬭊·阿卜杜拉', 'the answers are still there')
    await bind(house, 'journey.one', number)
    await page.goto(house.base + path('m-1'))
    await answerPapers(page)
    await page.waitForSelector('.answers')
    await shot(page, 'apply-check')
    await page.dblclick('.actions .primary')
    await page.waitForSelector('.slip')
    await page.waitForLoadState('networkidle')
    equal((await casesOf(page)).length, 1, 'cases of a double click')
    const slip = await page.textContent('.slip')
    for (const words of ['已经提交', '㛃𬭊·阿卜杜拉', '2024年6月24日', '本中心的服务要求（五个工作日告知）']) expect(slip.includes(words), `the receipt says ${words}`)
    expect((await page.getAttribute('.slip img', 'src')).startsWith('data:image/svg+xml'), 'the QR code')
    await page.click('.counted summary')
    await says(page, '.counted', '周末', 'how it was counted')
    await hold(page, 'receipt')
    await shot(page, 'receipt')
    // Both files are filed under their materials.
    const id = /cases\/(\d+)/.exec(page.url())[1]
    const filed = await page.evaluate(async (i) => (await (await fetch(`/api/casework/cases/${i}`)).json()).files, id)
    equal(filed.length, 2, 'files of the case')
    // Nothing of the person stays in this browser.
    const left = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
    for (const words of [number, '阿卜杜拉', '13900001234', '示例路', '材料1']) expect(!left.includes(words), `${words} stays in the browser: ${left}`)
    // Back after sending: not sent again.
    await page.goBack()
    await page.waitForSelector('h1')
    await page.goto(house.base + path('check'))
    await page.waitForSelector('main h1')
    await says(page, 'main', '这份申请已经提交', 'told that it was sent')
    await hold(page, 'sent already')
    equal(complaints.join('\n'), '', 'complaints')
    await context.close()
  },

  async 'apply: the session ends in the middle, nothing is lost'({ house, browser }) {
    const { context, page } = await openPage(browser)
    const number = citizenNumber(2)
    await register(page, house.base, 'journey.two')
    await bind(house, 'journey.two', number)
    await answerPerson(page, house.base, { name: '会话某', number, phone: '13900000002' })
    await answerPapers(page)
    await page.waitForSelector('.answers')
    await context.clearCookies()
    await page.click('.actions .primary')
    await page.waitForSelector('.trouble')
    await says(page, '.trouble', '没有丢', 'told that nothing is lost')
    await hold(page, 'an expired session')
    await page.click('.trouble a.button')
    await page.fill('#account', 'journey.two')
    await page.fill('#password', password)
    await page.click('form.ask button')
    await page.waitForSelector('.answers')
    await says(page, '.answers', '会话某', 'the answers after signing in again')
    await page.click('.actions .primary')
    await page.waitForSelector('.slip')
    equal((await casesOf(page)).length, 1, 'cases')
    await context.close()
  },

  async 'apply: the network goes and comes back; two tabs see one draft'({ house, browser }) {
    const { context, page } = await openPage(browser)
    const number = citizenNumber(3)
    await register(page, house.base, 'journey.three')
    await bind(house, 'journey.three', number)
    await answerPerson(page, house.base, { name: '断网某', number, phone: '13900000003' })
    await answerPapers(page)
    await page.waitForSelector('.answers')
    const other = await context.newPage()
    await other.goto(house.base + path('phone'))
    await other.fill('#phone', '13900000033')
    await other.click('form.ask .button.primary')
    await page.waitForFunction(() => document.querySelector('.answers')?.textContent?.includes('13900000033'))
    await says(page, 'main', '另一个窗口改了这份草稿', 'told of the other window')
    await other.close()
    await context.setOffline(true)
    await page.click('.actions .primary')
    await page.waitForSelector('.trouble')
    await says(page, '.trouble', '没有连上服务器', 'told that there is no network')
    await context.setOffline(false)
    await page.click('.actions .primary')
    await page.waitForSelector('.slip')
    equal((await casesOf(page)).length, 1, 'cases')
    await context.close()
  },

  async 'apply: a commitment that is chosen arrives, and the clerk accepts with it'({ house, browser, shot }) {
    const code = 'SC-MZT-0005' // 特困人员救助供养: the statement of means may be promised
    const number = citizenNumber(21)
    const { context, page, complaints } = await openPage(browser)
    await register(page, house.base, 'journey.twentyone')
    await bind(house, 'journey.twentyone', number)
    await page.goto(`${house.base}/apply/${code}/acting`)
    await answer(page, '#acting-1', true)
    for (const [field, value] of [['#name', '承诺某'], ['#number', number], ['#phone', '13900000021'], ['#address', '']]) await answer(page, field, value)
    await page.setInputFiles('#paper', pdf('申请书.pdf'))
    await page.waitForSelector('.file .have')
    await page.click('form.ask .button.primary')
    await page.waitForURL('**/m-2')
    await answer(page, '#how-commitment', true)
    equal(await page.locator('#how-commitment').count(), 0, 'what need not be handed in is not promised')
    await answer(page, '#how-later', true)
    await page.waitForSelector('.answers')
    await page.click('.actions .primary')
    await page.waitForSelector('.slip')
    const slip = await page.textContent('.slip')
    expect(/选择以承诺代替\s*劳动能力/.test(slip), `the slip: ${slip}`)
    expect(!slip.includes('还没有交的'), 'nothing else is lacking')
    await shot(page, 'receipt-commitment')
    const id = /cases\/(\d+)/.exec(page.url())[1]
    equal((await house.operator(`/api/casework/cases/${id}`)).wished_commitments[0].name, '劳动能力、生活来源和财产状况书面声明', 'the case knows')
    await house.operator('/api/casework/take_in', { case_id: id, window: 'W01' })
    const desk = await atDesk(house, browser, 'desk.wang', `/desk/cases/${id}`)
    await desk.page.waitForSelector('.materials .wished')
    await says(desk.page, '.materials .wished', '申请时选择告知承诺', 'the clerk sees the choice')
    await desk.page.click('.acts button:has-text("受理") >> nth=0')
    await desk.page.waitForSelector('.stand')
    expect(await desk.page.isChecked('.stand input[value=commitment]'), 'the commitment stands there already')
    await holdDesk(desk.page, 'an acceptance with a chosen commitment')
    await shot(desk.page, 'desk-commitment')
    await desk.page.keyboard.press('Control+Enter')
    await desk.page.waitForFunction(() => document.querySelector('.state b')?.textContent === '已受理')
    equal((await house.operator(`/api/casework/cases/${id}`)).commitments.length, 1, 'accepted with it')
    equal(complaints.join('\n') + desk.complaints.join('\n'), '', 'complaints')
    await desk.context.close()
    await context.close()
  },

  async 'apply: a draft is its writer’s alone, and old ones go'({ house, browser, shot }) {
    const { context, page, complaints } = await openPage(browser)
    await register(page, house.base, 'journey.twentytwo')
    await page.goto(house.base + path('name'))
    await page.fill('#name', '张三示例')
    await page.waitForFunction((matter) => JSON.parse(localStorage.getItem(`yichuang.draft.${matter}`) ?? '{}').owner, kMatter)
    // The session has ended; somebody else signs in at the same screen.
    await context.clearCookies()
    await page.goto(house.base + path('name'))
    await page.waitForSelector('h1:has-text("现在不能显示")')
    expect(!(await page.textContent('body')).includes('张三示例'), 'nobody sees it before its writer signs in')
    await register(page, house.base, 'journey.twentythree')
    await page.goto(house.base + path('name'))
    await page.waitForSelector('h1:has-text("现在不能显示")')
    expect(!(await page.textContent('body')).includes('张三示例') && !(await page.locator('#name').count()), 'another account does not see it')
    await hold(page, 'a draft of another account')
    await shot(page, 'apply-locked')
    await page.click('button:has-text("重新开始")')
    await page.waitForSelector('.tasks')
    expect(!(await page.evaluate(() => JSON.stringify({ ...localStorage }))).includes('张三示例'), 'it is gone')
    // Typed by a stranger in one tab, signed in from another: asked.
    await context.clearCookies()
    await page.evaluate(() => localStorage.clear())
    await page.goto(house.base + path('name'))
    await page.fill('#name', '李四示例')
    await page.close()
    const other = await context.newPage()
    await register(other, house.base, 'journey.twentyfour')
    await other.goto(house.base + path('name'))
    await other.waitForSelector('h1:has-text("是您填的吗")')
    expect(!(await other.textContent('body')).includes('李四示例'), 'not shown before the answer')
    await hold(other, 'whose draft')
    await other.click('button:has-text("是我填的")')
    await other.waitForSelector('#name')
    await typed(other, '#name', '李四示例', 'theirs after the answer')
    // Nobody touched it for longer than the centre keeps drafts.
    await other.evaluate((code) => {
      const name = `yichuang.draft.${code}`
      const day = (n) => new Date(Date.now() - n * 86_400_000).toISOString()
      localStorage.setItem(name, JSON.stringify({ ...JSON.parse(localStorage.getItem(name)), saved: day(31) }))
      localStorage.setItem('yichuang.draft.SC-WJW-0001', JSON.stringify({ matter: 'SC-WJW-0001', key: 'k', saved: day(29), papers: {} }))
    }, kMatter)
    await other.goto(house.base + path('name'))
    await other.waitForFunction((code) => !localStorage.getItem(`yichuang.draft.${code}`) && document.querySelector('#name')?.value === '', kMatter)
    equal(await other.evaluate(() => localStorage.getItem('yichuang.draft.SC-WJW-0001') !== null), true, 'a younger one stays')
    equal(complaints.join('\n'), '', 'complaints')
    await context.close()
  },

  async 'apply: for somebody else, shown all the time'({ house, browser, shot }) {
    const { context, page } = await openPage(browser, { viewport: { width: 390, height: 844 } })
    const agent = citizenNumber(4)
    await register(page, house.base, 'journey.four')
    await bind(house, 'journey.four', agent)
    await page.goto(house.base + path('acting'))
    await answer(page, '#acting-2', true)
    expect(await page.isVisible('.acting'), 'the band is there before there is a name')
    await answer(page, '#name', '代办某')
    await says(page, '.acting', '代办某', 'the band names whom')
    await answer(page, '#number', citizenNumber(5))
    await answer(page, '#phone', '13900000005')
    await answer(page, '#address', '')
    await answer(page, '#agent_name', '代理甲')
    await answer(page, '#agent_number', agent)
    await answer(page, '#agent_phone', '13900000004')
    await answerPapers(page)
    await page.waitForSelector('.answers')
    await hold(page, 'check answers of an agent')
    await shot(page, 'apply-agent')
    await page.click('.actions .primary')
    await page.waitForSelector('.slip')
    await page.click('.actions .primary')
    await page.waitForSelector('.course')
    await says(page, '.acting', '代', 'the band on the case’s page') // whom one acts for is shown masked
    await context.close()
  },

  async 'apply: wrong files are told before they leave'({ house, browser, shot }) {
    const { context, page } = await openPage(browser)
    await register(page, house.base, 'journey.six')
    await bind(house, 'journey.six', citizenNumber(6))
    await page.goto(house.base + path('m-1'))
    await page.waitForSelector('#paper', { state: 'attached' })
    await shot(page, 'apply-paper')
    for (const [file, words] of [
      [{ name: 'virus.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') }, '不收这种文件'],
      [{ name: '空.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) }, '是空的'],
    ]) {
      await page.setInputFiles('#paper', file)
      await page.waitForSelector('.wrong')
      await says(page, '.wrong', words, words)
    }
    // Larger than 50 MB: the browser's own files are not made for it, so its size is given.
    await page.evaluate(() => {
      const file = new File(['x'], '大.pdf', { type: 'application/pdf' })
      Object.defineProperty(file, 'size', { value: 52_428_801 })
      const input = document.querySelector('#paper')
      Object.defineProperty(input, 'files', { value: [file], configurable: true })
      input.dispatchEvent(new Event('change'))
      delete input.files
    })
    await page.waitForFunction(() => document.querySelector('.wrong')?.textContent?.includes('超过 50 MB'))
    // Called a PDF, but none: the program looks inside.
    await page.setInputFiles('#paper', { name: '假.pdf', mimeType: 'application/pdf', buffer: Buffer.from('this is no pdf') })
    await page.waitForSelector('.file .trouble')
    await hold(page, 'a refused file')
    await shot(page, 'apply-file-refused')
    await context.close()
  },

  // From the matter to the receipt without a mouse: every stop is reached by Tab, chosen by Space or an arrow, left by Enter.
  async 'apply: by keyboard alone, to the receipt'({ house, browser, shot }) {
    const { context, page, complaints } = await openPage(browser)
    const number = citizenNumber(27)
    await register(page, house.base, 'journey.keyboard')
    await bind(house, 'journey.keyboard', number)
    const press = (key) => page.keyboard.press(key)
    /** A new page has its heading in focus, from where Tab goes on. */
    const announced = () => page.waitForFunction(() => document.activeElement?.matches('main h1'))
    /** Tab until the focus is on what the selector says; where it stands, it is seen. */
    async function reach(selector, words) {
      for (let i = 0; i < 40; ++i) {
        if (await page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector)) {
          // What has the focus is in sight, and says so by a ring: its own, its label's, or its frame's.
          const seen = await page.evaluate(() => {
            const e = document.activeElement
            const frame = e.closest('.choice') ?? (e.matches('.unseen-input') ? e.nextElementSibling : e)
            const box = frame.getBoundingClientRect()
            return { ring: parseFloat(getComputedStyle(frame).outlineWidth), inside: box.bottom > 0 && box.top < innerHeight }
          })
          expect(seen.ring >= 3 && seen.inside, `${words}: the focus is seen ${JSON.stringify(seen)}`)
          return
        }
        await press('Tab')
      }
      throw new Broken(`${words} is not reached by Tab`)
    }
    const onButton = 'main .button.primary'
    /** Types into the question's field, and Enter hands it over. */
    async function say(id, words) {
      await page.waitForSelector(`#${id}`)
      await announced()
      await reach(`#${id}`, `the field ${id}`)
      if (words) await page.keyboard.type(words)
      await press('Enter')
    }
    await page.goto(house.base + path())
    await page.waitForSelector('.tasks')
    await press('Tab')
    equal(await page.evaluate(() => document.activeElement?.className), 'skip', 'the first stop skips to the content')
    await reach(onButton, 'the button that begins')
    await press('Enter')
    await page.waitForSelector('#acting-1')
    await announced()
    await reach('[name=acting]', 'the choices')
    await press('Space')
    await press('ArrowDown')
    equal(await page.isChecked('#acting-2'), true, 'an arrow goes to the next choice')
    await press('ArrowUp')
    equal(await page.isChecked('#acting-1'), true, 'and back')
    await press('Enter')
    await say('name', '键盘某')
    // Wrong first: the summary has the focus, its line leads to the field.
    await say('number', '510199')
    await page.waitForSelector('.trouble')
    expect(await page.evaluate(() => document.activeElement?.classList.contains('trouble')), 'the focus is on the summary')
    await press('Tab')
    await press('Enter')
    equal(await page.evaluate(() => document.activeElement?.id), 'number', 'the line leads to its field')
    await press('Control+A')
    await page.keyboard.type(number)
    await press('Enter')
    await say('phone', '13900000027')
    await say('address', '')
    // A paper: the chooser opens by the keyboard; the other one follows later.
    await page.waitForSelector('#paper', { state: 'attached' })
    await announced()
    await reach('#paper', 'the field of a file')
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press('Space')])
    await chooser.setFiles(pdf('材料1.pdf'))
    await page.waitForSelector('.file .have')
    equal(await page.evaluate(() => document.activeElement?.id), 'paper', 'the focus stays where the file was chosen')
    await reach(onButton, 'the button that goes on')
    await press('Enter')
    await page.waitForURL('**/m-2')
    await announced()
    await reach('[name=how]', 'the other ways')
    await press((await page.evaluate(() => document.activeElement?.id)) === 'how-later' ? 'Space' : 'ArrowDown')
    equal(await page.isChecked('#how-later'), true, 'it follows later')
    await press('Enter')
    await page.waitForSelector('.answers')
    await announced()
    // One answer is looked at again and left as it is.
    await reach('.change a[href*="/phone"]', 'the way to change the telephone')
    await press('Enter')
    await page.waitForSelector('#phone')
    await typed(page, '#phone', '13900000027', 'what was typed is there')
    await say('phone', '')
    await page.waitForSelector('.answers')
    await announced()
    await hold(page, 'check answers by keyboard')
    await shot(page, 'apply-keyboard-check')
    await reach(onButton, 'the button that sends')
    await press('Enter')
    await page.waitForSelector('.slip')
    await announced()
    const slip = await page.textContent('.slip')
    for (const words of ['已经提交', '键盘某', '还没有交的']) expect(slip.includes(words), `the receipt says ${words}: ${slip}`)
    // How the due date was counted opens by the keyboard too, and the way on is a stop.
    await reach('.counted summary', 'how it was counted')
    await press('Enter')
    await page.waitForSelector('.counted details[open]')
    await reach('main a[href^="/my/cases/"]', 'the way to the progress')
    await press('Enter')
    await page.waitForURL(/my\/cases\/\d+$/)
    equal((await casesOf(page)).length, 1, 'cases')
    equal(complaints.join('\n'), '', 'complaints')
    await context.close()
  },

  async 'apply: in elder mode the address is offered at the end, a paper with a condition is asked with it; plain words; help on every page'({ house, browser, shot }) {
    const code = 'SC-SCJGJ-0002' // 企业变更登记: one paper is wanted in some situations alone
    const at = (question) => `${house.base}/apply/${code}${question ? `/${question}` : ''}`
    const { context, page, complaints } = await openPage(browser, { viewport: { width: 390, height: 844 }, hasTouch: true })
    const credit = '91510199MA00000X7J' // invented, with its right check character
    await page.goto(`${house.base}/?elder=1`)
    await page.waitForSelector('.few .help')
    await says(page, '.few .help', '人工窗口', 'where somebody helps')
    await page.goto(at())
    await page.waitForSelector('.tasks')
    equal(await page.locator('.tasks a').count(), 0, 'one way on')
    await holdElder(page, 'simple tasks')
    await shot(page, 'apply-simple-tasks')
    await page.click('.actions a.primary')
    await page.waitForSelector('form.ask')
    const seen = []
    const given = { acting: ['#acting-1', true], name: ['#name', '示例贸易公司'], number: ['#number', credit], legal: ['#legal', '示例某'], phone: ['#phone', '13900000028'] }
    while (!page.url().endsWith('/check')) {
      const question = new URL(page.url()).pathname.split('/').pop()
      seen.push(question)
      await page.waitForSelector('form.ask')
      await page.waitForSelector('.aid') // help beside every question
      await holdElder(page, `simple ${question}`)
      if (question === 'm-3') {
        const asked = await page.textContent('form.ask')
        expect(asked.includes('只在这种情况要') && asked.includes('我的情况不需要'), `the condition stands at its question: ${asked}`)
        await shot(page, 'apply-simple-condition')
      }
      const [selector, value] = given[question] ?? ['#how-later', true]
      await answer(page, selector, value)
      expect(seen.length < 12, `the questions end: ${seen.join(' ')}`)
    }
    expect(!seen.includes('address') && seen.includes('m-3'), `the address alone is not asked: ${seen.join(' ')}`)
    await page.waitForSelector('.answers')
    const main = await page.textContent('main')
    for (const words of ['看一看，都对吗', '还想补充吗', '联系地址', '要邮寄结果的请填写']) expect(main.includes(words), `the check says ${words}`)
    await hold(page, 'simple check')
    await holdElder(page, 'simple check')
    await shot(page, 'apply-simple-check')
    await says(page, '.answers', '章程修正案', 'the paper with a condition is among the answers')
    await counts(page, '.extras li', 1, 'offered besides')
    // What is added stands among the answers, and comes back to them.
    await page.click('.extras a >> nth=0')
    await page.waitForSelector('#address')
    await answer(page, '#address', '示例路1号')
    await page.waitForSelector('.answers')
    await says(page, '.answers', '示例路1号', 'the address is an answer now')
    equal(await page.locator('.extras').count(), 0, 'and is offered no longer')
    // Large type switched on at the address: it is of no step there, and leads to what is open.
    await page.evaluate((code) => {
      const draft = JSON.parse(localStorage.getItem(`yichuang.draft.${code}`))
      localStorage.setItem(`yichuang.draft.${code}`, JSON.stringify({ ...draft, papers: {} }))
    }, code)
    await page.goto(at('address') + '?elder=0')
    await page.waitForSelector('#address')
    await page.click('.tools button[aria-pressed=false]')
    await page.waitForSelector('html.elder')
    await answer(page, '#address', '示例路2号')
    await page.waitForURL(`**/apply/${code}/m-1`)
    // In the usual mode everything is asked, and what was answered is there.
    await page.goto(at() + '?elder=0')
    await page.waitForSelector('.tasks a')
    equal(complaints.join('\n'), '', 'complaints')
    await context.close()
  },
}
export { answerPerson, answerPapers, kMatter, holdElder }
