// node ofd_reader.mjs FILE.ofd TEXT [PICTURE.png]: opens an OFD with ofd.js in Chromium, holds the words that it drew against the
// text edition, and each page's size against A4. Ends with 77 where the reader or the browser is not installed: then nothing was tried.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..')
const [file, text, picture] = process.argv.slice(2)
const reader = join(root, '.deps/ofd.js/ofd.umd.min.js')
const browserFile = process.env.YICHUANG_CHROMIUM ?? '/usr/bin/chromium'
const playwright = join(root, 'web/node_modules/playwright-core')
for (const [what, path] of [['ofd.js (tools/readers/ofd_js.sh)', reader], ['Chromium', browserFile], ['playwright-core (web/)', playwright]])
  if (!existsSync(path)) {
    console.log(`left out: ${what} is not installed`)
    process.exit(77)
  }
const { chromium } = createRequire(import.meta.url)(playwright)
const browser = await chromium.launch({ executablePath: browserFile, args: ['--no-sandbox'] })
let failed = 0
const expect = (good, words) => {
  if (good) return
  failed += 1
  console.log(`FAILED ${words}`)
}
try {
  const page = await browser.newPage({ viewport: { width: 900, height: 1300 } })
  // Nothing is fetched: the reader and the file are all there is.
  await page.route('**', (route) => route.abort())
  await page.setContent('<meta charset="utf-8"><style>body{margin:0;background:#ddd}</style><div id="pages"></div>')
  await page.addScriptTag({ content: readFileSync(reader, 'utf8') })
  const seen = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
    const parsed = await new Promise((success, fail) => window.ofd.parseOfdDocument({ ofd: bytes.buffer, success, fail }))
    const drawn = window.ofd.renderOfd(800, parsed[0] ?? parsed)
    for (const d of drawn) document.getElementById('pages').append(d)
    return drawn.map((d) => {
      const words = [...d.querySelectorAll('text')].map((x) => x.textContent).join('')
      return { words: words || d.textContent, width: Number.parseFloat(d.style.width), height: Number.parseFloat(d.style.height) }
    })
  }, readFileSync(file).toString('base64'))
  const bare = (s) => s.replace(/[\s\u3000]/g, '')
  const drawn = bare(seen.map((p, i) => p.words.replace(new RegExp(`—\\s*${i + 1}\\s*—\\s*$`), '')).join(''))
  const wanted = bare(readFileSync(text, 'utf8'))
  expect(seen.length > 0, 'no page was drawn')
  for (const [i, p] of seen.entries()) expect(Math.abs(p.height / p.width - 297 / 210) < 0.01, `page ${i + 1} is ${p.width} × ${p.height}`)
  expect(drawn.endsWith(wanted), `the words differ:\n  drawn  ${drawn.slice(0, 200)}\n  wanted ${wanted.slice(0, 200)}`)
  if (picture) await (await page.$('#pages > *')).screenshot({ path: picture })
  console.log(`${seen.length} pages, ${drawn.length} characters drawn by ofd.js`)
} finally {
  await browser.close()
}
process.exit(failed ? 1 : 0)
