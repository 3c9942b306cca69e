// node tools/build.mjs --openapi FILE --out DIR [--no-check]
// Types of the API, type check of every page against them, the bundles, their compressed forms, and the budgets. DIR is replaced as a
// whole and only when everything went well; beside it stands DIR.json with what each entry loads first.
import { spawn } from 'node:child_process'
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const web = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const words = process.argv.slice(2)
const word = (name) => (words.includes(name) ? words[words.indexOf(name) + 1] : undefined)
const openapi = word('--openapi')
const out = resolve(word('--out') ?? join(web, '..', 'build', 'pages'))

// Bundled by themselves: what two entries share is one piece with all that either needs, and the portal would load the desk's share of Vue
// with its own. Element Plus alone needs the options API.
const apart = [{ entries: ['desk'], optionsApi: true }, { entries: ['portal'] }, { entries: ['screen', 'device'] }]

// What an entry may load before its first view stands, gzip.
export const budgets = { portal: 80_000, desk: 450_000, screen: 45_000, device: 52_000 }

export async function writeTypes(from) {
  const { default: openapiTS, astToString } = await import('openapi-typescript')
  const text = '// Made from the OpenAPI document by tools/build.mjs.\n' + astToString(await openapiTS(await readFile(from, 'utf8')))
  const to = join(web, 'node_modules', '.yichuang', 'schema.d.ts') // not a source: git, the editor's search and the house's rules pass it over
  await mkdir(dirname(to), { recursive: true })
  const before = await readFile(to, 'utf8').catch(() => '')
  if (before !== text) await writeFile(to, text)
}

function check() {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [join(web, 'node_modules', 'vue-tsc', 'bin', 'vue-tsc.js'), '--noEmit'], { cwd: web, stdio: 'inherit' })
    child.on('exit', (code) => (code === 0 ? done() : failed(new Error('the pages do not fit the API, or their own types'))))
  })
}

async function compress(folder) {
  const brotli = promisify(brotliCompress)
  const zip = promisify(gzip)
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    if ((await stat(path)).isDirectory()) continue
    const bytes = await readFile(path)
    if (bytes.length < 1024 || !/\.(js|css|html|svg|json)$/.test(name)) continue
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
    for (const [suffix, packed] of [['.br', await brotli(bytes, { params })], ['.gz', await zip(bytes, { level: 9 })]])
      if (packed.length < bytes.length * 0.95) await writeFile(path + suffix, packed)
  }
}

// The shell, the entry's chunk with all that it imports statically, and the chunk of the first view (`first`), each once.
async function firstLoad(folder, manifest, entry, first) {
  const files = new Set([`${entry}.html`])
  const take = (key) => {
    const chunk = manifest[key]
    if (!chunk || files.has(chunk.file)) return
    files.add(chunk.file)
    for (const css of chunk.css ?? []) files.add(css)
    for (const more of chunk.imports ?? []) take(more)
  }
  take(`${entry}.html`)
  for (const key of first) take(key)
  const zip = promisify(gzip)
  const sizes = {}
  for (const f of files) sizes[f] = (await zip(await readFile(join(folder, f)), { level: 9 })).length
  return { total: Object.values(sizes).reduce((a, b) => a + b, 0), sizes }
}

async function main() {
  if (openapi) await writeTypes(resolve(openapi))
  process.chdir(web)
  const { build } = await import('vite')
  const making = `${out}.making`
  await rm(making, { recursive: true, force: true })
  await mkdir(dirname(out), { recursive: true })
  const manifests = {}
  async function bundle({ entries, optionsApi = false }, at) {
    Object.assign(process.env, { YICHUANG_ENTRIES: entries.join(' '), VITE_OPTIONS_API: String(optionsApi) })
    await build({ root: web, logLevel: 'warn', build: { outDir: making, emptyOutDir: at === 0, copyPublicDir: at === 0, manifest: 'manifest.json' } })
    const manifest = join(making, 'manifest.json')
    for (const entry of entries) manifests[entry] = JSON.parse(await readFile(manifest, 'utf8'))
    await rm(manifest)
  }
  const checked = words.includes('--no-check') ? undefined : check()
  checked?.catch(() => {}) // told below, when the bundles are there
  for (const [at, one] of apart.entries()) await bundle(one, at)
  await checked
  const loads = {
    portal: await firstLoad(making, manifests.portal, 'portal', ['portal/pages/HomePage.vue']),
    desk: await firstLoad(making, manifests.desk, 'desk', ['desk/pages/DeskHome.vue', 'desk/pages/WorkPage.vue']),
    screen: await firstLoad(making, manifests.screen, 'screen', []),
    device: await firstLoad(making, manifests.device, 'device', ['devices/KioskPage.vue']),
  }
  await compress(making)
  await compress(join(making, 'assets'))
  await rm(out, { recursive: true, force: true })
  await rename(making, out)
  await writeFile(`${out}.json`, JSON.stringify({ budgets, loads }, null, 1))
  for (const [entry, load] of Object.entries(loads)) {
    console.log(`${entry}: ${(load.total / 1000).toFixed(1)} kB of ${budgets[entry] / 1000} kB gzip`)
    if (load.total > budgets[entry]) throw new Error(`${entry} loads more than its budget: ${JSON.stringify(load.sizes, null, 1)}`)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((e) => {
    console.error(String(e?.message ?? e))
    process.exit(1)
  })
}
