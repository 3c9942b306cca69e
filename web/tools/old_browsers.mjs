// node tools/old_browsers.mjs DIR: looks through the built pages for what Chromium 90 does not know. The bundler lowers syntax to it
// (build.target); what it cannot lower are methods, selectors and values. Ends with 1 when something is found that has no fallback.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

// name, pattern, the first Chromium that has it. A method is a call: a definition of the same name is nobody's need.
const inScripts = [
  ['Array.prototype.at', /[\w)\]]\??\.at\(-?[\w$]/g, 92],
  ['Array.prototype.findLast', /\.findLast(Index)?\(/g, 97],
  ['Array.prototype.toSorted, toReversed, toSpliced, with', /\.(toSorted|toReversed|toSpliced)\(|[\w)\]]\.with\(\d/g, 110],
  ['Object.hasOwn', /Object\.hasOwn\(/g, 93],
  ['Object.groupBy, Map.groupBy', /\b(Object|Map)\.groupBy\(/g, 117],
  ['Array.fromAsync', /Array\.fromAsync\(/g, 121],
  ['structuredClone', /\bstructuredClone\(/g, 98],
  ['crypto.randomUUID', /crypto\.randomUUID(?!\?)/g, 92],
  ['AbortSignal.timeout, any', /AbortSignal\.(timeout|any)\(/g, 103],
  ['Promise.withResolvers, try', /Promise\.(withResolvers|try)\(/g, 119],
  ['String.prototype.isWellFormed', /\.(isWellFormed|toWellFormed)\(/g, 111],
  ['Set methods', /\.(isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\(/g, 122],
  ['Element.checkVisibility', /\.checkVisibility\(/g, 105],
  ['popover', /\.(showPopover|hidePopover|togglePopover)\(|\bpopover[:=]/g, 114],
  ['inert', /\binert[:=]/g, 102],
  ['scrollend', /["'`]scrollend["'`]/g, 114],
  ['View transitions', /startViewTransition\(/g, 111],
  ['Navigation API', /\bnavigation\.(navigate|addEventListener)\(/g, 102],
  ['URLPattern', /\bURLPattern\(/g, 95],
  ['URL.canParse', /URL\.canParse\(/g, 120],
  ['CompressionStream of deflate-raw', /deflate-raw/g, 103],
  ['class static block', /\bstatic\s*\{/g, 94],
  ['#x in', /#[\w$]+ in /g, 91],
  ['regular expression flag v', /\/[gimsuy]*v[gimsuy]*\.(test|exec)\(/g, 112],
  ['error cause', /new \w*Error\([^()]*,\s*\{\s*cause/g, 93],
]
const inStyles = [
  [':has()', /:has\(/g, 105],
  ['container queries', /@container\b|container-(type|name):/g, 105],
  ['cascade layers', /@layer\b/g, 99],
  ['nesting', /[{;}]\s*&/g, 112],
  ['@scope, @starting-style', /@(scope|starting-style)\b/g, 117],
  ['color-mix(), oklch(), lab()', /\b(color-mix|oklch|oklab|lch|lab|light-dark)\(/g, 111],
  ['small, large and dynamic viewport units', /\d(svh|lvh|dvh|svw|lvw|dvw)\b/g, 108],
  ['subgrid', /\bsubgrid\b/g, 117],
  ['single transforms', /[;{](translate|rotate|scale):/g, 104],
  [':user-valid, :modal, :popover-open', /:(user-valid|user-invalid|modal|popover-open|open)\b(?!-)/g, 105],
  ['of in :nth-child()', /:nth-(last-)?child\([^)]* of /g, 111],
  ['linear()', /timing-function:linear\(/g, 113],
  ['round(), mod(), sin()', /\b(round|mod|rem|sin|cos|pow)\(/g, 111],
  ['media query ranges', /@media[^{]*\([^)]*[<>]=?/g, 104],
  ['unprefixed mask', /[;{]mask(-image)?:/g, 120],
  ['field-sizing, interpolate-size, anchors', /\b(field-sizing|interpolate-size|anchor-name|position-anchor):/g, 123],
]
// What stays: who has it, how often at most, and why it does no harm in Chromium 90.
const known = [
  { name: 'Array.prototype.toSorted, toReversed, toSpliced, with', file: /\.js$/, most: 3, why: 'Vue gives its reactive arrays these methods too; they call the array’s own only when somebody calls them, and our pages do not' },
  { name: 'crypto.randomUUID', file: /\.js$/, most: 1, why: 'api/client.ts asks for it and makes the number by hand where it is not' },
  { name: 'View transitions', file: /\.js$/, most: 1, why: 'vue-router asks whether the document has them' },
  { name: 'unprefixed mask', file: /\.css$/, most: 2, why: 'Element Plus writes -webkit-mask beside it; the mark is for selects of several, which no page has' },
]

const folder = join(process.argv[2], 'assets')
let failed = false
let looked = 0
for (const file of readdirSync(folder).sort()) {
  const list = /\.js$/.test(file) ? inScripts : /\.css$/.test(file) ? inStyles : null
  if (!list) continue
  looked += 1
  const text = readFileSync(join(folder, file), 'utf8')
  for (const [name, pattern, since] of list) {
    const hits = [...text.matchAll(pattern)]
    const allowed = known.find((k) => k.name === name && k.file.test(file) && hits.length <= k.most)
    if (!hits.length || allowed) continue
    failed = true
    console.log(`${file}: ${name} (Chromium ${since}), ${hits.length} times: …${text.slice(Math.max(0, hits[0].index - 40), hits[0].index + 40)}…`)
  }
}
// The list itself is held: each pattern finds what it is for.
const proofs = [
  ['a.at(-1)', 'Array.prototype.at'], ['x.findLast(f)', 'Array.prototype.findLast'], ['x.toSorted(f)', 'Array.prototype.toSorted, toReversed, toSpliced, with'], ['Object.hasOwn(a,b)', 'Object.hasOwn'],
  ['structuredClone(a)', 'structuredClone'], ['crypto.randomUUID()', 'crypto.randomUUID'], ['class A{static{b()}}', 'class static block'],
  ['.a:has(b){c:d}', ':has()'], ['@container(width>1px){}', 'container queries'], ['@layer a{}', 'cascade layers'], ['a{height:100dvh}', 'small, large and dynamic viewport units'],
  ['a{color:color-mix(in srgb,red,blue)}', 'color-mix(), oklch(), lab()'], ['a{b:c;&:hover{d:e}}', 'nesting'], ['@media (width<=600px){}', 'media query ranges'],
]
for (const [text, name] of proofs) {
  const [, pattern] = [...inScripts, ...inStyles].find(([n]) => n === name)
  if (!text.match(pattern)) {
    failed = true
    console.log(`the list does not find “${name}” in ${text}`)
  }
}
console.log(`${looked} built files, ${inScripts.length + inStyles.length} features newer than Chromium 90`)
process.exit(failed || looked < 10 ? 1 : 0)
