// node tools/budget.mjs DIR: holds what each entry loads first, as it lies in DIR, against its budget. Ends with 1 above it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const folder = process.argv[2]
const { budgets, loads } = JSON.parse(readFileSync(`${folder}.json`, 'utf8'))
let failed = Object.keys(budgets).length < 2
for (const [entry, budget] of Object.entries(budgets)) {
  const files = Object.keys(loads[entry].sizes)
  const total = files.reduce((sum, f) => sum + gzipSync(readFileSync(join(folder, f)), { level: 9 }).length, 0)
  const shell = readFileSync(join(folder, `${entry}.html`), 'utf8')
  const named = [...shell.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((m) => m[1])
  const missed = named.filter((f) => !files.includes(f))
  console.log(`${entry}: ${total} of ${budget} bytes gzip in ${files.length} files`)
  if (total > budget || missed.length > 0 || named.length === 0) {
    console.log(`  over the budget, or loaded and not counted: ${missed.join(' ')}`)
    failed = true
  }
}
process.exit(failed ? 1 : 0)
