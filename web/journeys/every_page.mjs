// Every page of portal, desk, centre and screen: no barrier (axe), nothing sideways at 1366×768, at 200 %, in a hand, in both modes. Which
// pages there are is read from the routers: a new page is in by being there, and one that wants a number of something must be given it here.
import { readFile, readdir } from 'node:fs/promises'
import { Broken, equal, expect, hold as holdPage, holdElder, openPage } from './house.mjs'
import { atDesk, hold, inReview, kMatter, received } from './staff.mjs'

const at = (path) => new URL(`../${path}`, import.meta.url)

/** The paths of a router, children with their parents' path before them; without the page for what is not there. */
export function routesOf(text) {
  const out = []
  const parents = []
  for (const m of text.matchAll(/path: '([^']*)'|children: \[|^ {6}\]/gm)) {
    if (m[0].startsWith('children')) parents.push(out.pop())
    else if (m[0].trim() === ']') parents.pop()
    else out.push([...parents.slice(-1), m[1]].join('/').replace(/\/{2,}/g, '/'))
  }
  return out.filter((p) => !p.includes(':rest'))
}
/** A path with its parameters filled: { ':code': 'X' }. An optional one is filled as well. */
function filled(pattern, values, where) {
  return pattern.replace(/:(\w+)(\([^)]*\))?\??/g, (_all, name) => {
    if (!(name in values)) throw new Broken(`${where} has a page ${pattern}: give it a "${name}" in every_page.mjs`)
    return values[name]
  })
}
const looks = [
  ['desk', { viewport: { width: 1366, height: 768 } }, ''],
  ['elder', { viewport: { width: 1366, height: 768 } }, 'elder=1'],
  ['zoom', { viewport: { width: 683, height: 384 } }, ''], // 1366×768 at 200 %
]
// What axe finds hangs on mode and on the hand's layout; at 200 % and in a hand's elder mode a page is asked whether it fits.
const deep = (look) => ({ axe: !['zoom', 'hand-elder'].includes(look) })
const inHand = ['hand', { viewport: { width: 390, height: 844 }, hasTouch: true }, '']
const withQuery = (path, query) => path + (query ? (path.includes('?') ? '&' : '?') + query : '')
/** What a page shows when it has all it asked for: no word of reading, and a heading. */
async function whole(page) {
  await page.waitForSelector('main h1, main h2, .screen h1, .screen h2', { state: 'attached' })
  await page.waitForFunction(() => ![...document.querySelectorAll('main [role=status]')].some((e) => /正在读取/.test(e.textContent ?? '')))
  await page.waitForTimeout(250) // the stream keeps the network busy: there is no idle to wait for
}

// Who opens a page of the desk: whose work it is. Any other page is opened by somebody who holds every post but the three that exclude each other.
const kEverybody = 'desk.all'
const openers = { '/centre/accounts': 'post.xu', '/centre/rights': 'post.xu', '/centre/erasure': 'post.xu', '/centre/audit': 'post.he', '/jobs': 'post.qin', '/screens': 'desk.admin', '/receive': 'desk.wang' }

export const journeys = {
  async 'all pages: the routes are read from the routers'() {
    equal(routesOf("routes: [\n    { path: '/', a },\n    {\n      path: '/centre',\n      children: [\n        { path: 'a', x },\n        { path: 'b/:id(\\\\d{1,18})?' },\n      ],\n    },\n    { path: '/z' },\n    { path: '/:rest(.*)*' },\n  ],").join(' '), '/ /centre/a /centre/b/:id(\\\\d{1,18})? /z', 'a router’s paths')
    const desk = routesOf(await readFile(at('desk/router.ts'), 'utf8'))
    for (const known of ['/centre/figures', '/receive', '/jobs']) expect(desk.includes(known), `${known} among ${desk.join(' ')}`)
  },

  async 'all pages of the portal: no barrier in both modes, nothing sideways at 200 % and in a hand'({ house, browser, shot }) {
    const citizen = { account: 'demo.citizen', number: '510199199510068020' }
    const matter = await house.operator(`/api/casework/matters/${kMatter}`)
    const own = await house.operator('/api/casework/receive', { matter: kMatter, applicant_kind: 'natural', applicant: '古丽米热·阿不都热合曼𬭊㛃示例', applicant_id: citizen.number, phone: '13900000000', materials: matter.materials.slice(0, 2).map((m) => m.name), window: 'W01' })
    const id = own.stream.replace('case:', '')
    await house.operator('/api/casework/request_correction', { case_id: id, version: 1, window: 'W01', defects: [{ material: matter.materials[2].name, wrong: '没有提交。', right: '请提交原件 1 份。' }] })
    const bundle = (await house.operator('/api/onething/bundles')).bundles?.[0]?.code ?? 'QYXXBG'
    for (const [look, options, query] of [...looks, inHand, ['hand-elder', inHand[1], 'elder=1']]) {
      const { context, page, complaints } = await openPage(browser, options)
      await page.goto(`${house.base}/account/sign-in`)
      await page.click(`.demonstration-offer [data-account="${citizen.account}"]`)
      await page.waitForURL('**/my')
      for (const route of routesOf(await readFile(at('portal/router.ts'), 'utf8'))) {
        const path = filled(route, { code: route.startsWith('/bundles') ? bundle : kMatter, id, question: 'name' }, 'the portal')
        await page.goto(house.base + withQuery(path, query))
        await whole(page)
        await holdPage(page, `${route} (${look})`, deep(look))
        if (query) await holdElder(page, `${route} (${look})`)
        await shot(page, `every-portal${route.replace(/\W+/g, '-')}-${look}`)
      }
      equal(complaints.join('\n'), '', `what the browser complained of (${look})`)
      await context.close()
    }
  },

  async 'all pages that the program writes itself: no barrier in both modes, nothing sideways in a hand'({ house, browser, shot }) {
    const account = 'server.pages'
    await house.operator('/api/identity/open_account', { account, name: '页面示例' })
    const { link } = await house.operator('/api/identity/invite', { account })
    const id = await received(house, 3, '回执页面示例')
    const matter = await house.operator(`/api/casework/matters/${kMatter}`)
    await house.operator('/api/casework/request_correction', { case_id: id, version: 1, window: 'W01', defects: [{ material: matter.materials[3].name, wrong: '没有提交', right: '请提交原件 1 份' }] })
    const receiptOf = async (of) => (await house.operator(`/api/casework/receipt_link?number=${(await house.operator(`/api/casework/cases/${of}`)).number}`)).path
    const open = await receiptOf(id)
    const accepted = await receiptOf(await inReview(house, '受理回执示例'))
    const set = new URL(link)
    const pages = ['/week', '/bulletin/2024-06-17', '/figures/2024-06-17/accepted', '/figures/2024-06-17/consulted', '/bulletin/2024-06-18', open, accepted, '/receipts/510000202406240000000000?k=x', '/login', set.pathname + set.search, '/set-password?code=' + '0'.repeat(64), '/nothing/there']
    for (const [look, options, query] of [...looks, inHand, ['hand-elder', inHand[1], 'elder=1']]) {
      const { context, page, complaints } = await openPage(browser, options)
      for (const path of pages) {
        const where = `${path.replace(/\?.*/, '')} (${look})`
        await page.goto(house.base + withQuery(path, query))
        await page.waitForSelector('h1')
        await holdPage(page, where, deep(look))
        if (query) await holdElder(page, where)
        // The policy names the hash of the page's own style: the browser has obeyed it.
        expect(await page.evaluate(() => [document.documentElement, document.body].some((e) => getComputedStyle(e).backgroundColor === 'rgb(251, 250, 247)')), `${where}: the paper has its colour`)
        equal(complaints.filter((c) => /Content Security Policy/.test(c)).join('\n'), '', `${where}: the policy`)
        await shot(page, `every-server${path.replace(/\?.*/, '').replace(/\W+/g, '-')}-${look}`)
      }
      await context.close()
    }
    // A clerk's elder mode goes with them to the desk, and the way to the other mode keeps the page.
    const { context, page } = await openPage(browser)
    await page.goto(`${link}`)
    await page.click('a:has-text("长者模式")')
    expect(page.url().includes(set.search.slice(1)), 'the other mode is of the same page')
    await page.fill('[name=password]', 'nine quiet counters')
    await page.fill('[name=again]', 'nine quiet counters')
    await page.click('button')
    await page.waitForSelector('html.elder h1:has-text("密码已设置")')
    await page.goto(`${house.base}/login?elder=1`)
    await page.fill('[name=account]', account)
    await page.fill('[name=password]', 'nine quiet counters')
    await page.click('button')
    await page.waitForSelector('html.elder .me')
    await context.close()
  },

  async 'all pages of desk and centre: no barrier in both modes, nothing sideways at 1366×768 and at 200 %'({ house, browser, shot }) {
    const id = await received(house, 2, '𬭊㛃示例·一个名字非常非常长的少数民族申请人和他的商行有限责任公司成都分公司')
    await inReview(house, '每页示例')
    const routes = routesOf(await readFile(at('desk/router.ts'), 'utf8')).map((route) => ({ route, account: openers[route] ?? kEverybody, path: `/desk${filled(route, { id, week: '2024-06-17' }, 'the desk')}` }))
    for (const [look, options, query] of looks)
      for (const account of new Set(routes.map((r) => r.account))) {
        const { context, page, complaints } = await atDesk(house, browser, account, `/desk/${query ? `?${query}` : ''}`, options)
        for (const { route, path } of routes.filter((r) => r.account === account)) {
          await page.goto(house.base + withQuery(path, query))
          await whole(page)
          expect(!(await page.locator('.sheet h1:has-text("不在您的岗位范围内")').count()), `${account} may open ${route}: name who may in every_page.mjs`)
          await hold(page, `${route} (${look})`, deep(look))
          if (query) await holdElder(page, `${route} (${look})`)
          await shot(page, `every-desk${route.replace(/\W+/g, '-')}-${look}`)
        }
        equal(complaints.join('\n'), '', `what the browser complained of (${account}, ${look})`)
        await context.close()
      }
  },

  async 'all pages of the hall’s screens: no barrier, nothing sideways, also without a key'({ house, browser }) {
    // Screens are entries of their own: one component a file; which addresses they have their router says, when there is one.
    const files = await readdir(at('screen/'))
    const routes = files.includes('router.ts') ? routesOf(await readFile(at('screen/router.ts'), 'utf8')).map((r) => `/screen${filled(r, {}, 'the screen')}`) : ['/screen/leaders']
    for (const [look, options, query] of [['wide', { viewport: { width: 1920, height: 1080 } }, ''], ['light', { viewport: { width: 1920, height: 1080 } }, 'light=1']]) {
      const { context, page } = await openPage(browser, options)
      for (const route of routes) {
        await page.goto(house.base + withQuery(route, query))
        await page.waitForSelector('h1, h2')
        await holdPage(page, `${route} (${look})`)
      }
      await context.close()
    }
  },
}
