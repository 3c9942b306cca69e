// What differs between two entries of the catalogue, path by path: "materials › 图 › copies". Things are compared by their number or code,
// else by their name, so that one paper put in front does not change all that follow, and a window that is renamed is the same window.
export interface Difference {
  path: string
  before?: string
  after?: string
}
type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const isObject = (v: Json | undefined): v is { [key: string]: Json } => typeof v === 'object' && v !== null && !Array.isArray(v)
const kNames = ['number', 'code', 'name', 'kind', 'material'] as const
const nameOf = (v: Json) => (isObject(v) ? (kNames.map((k) => v[k]).find((n) => typeof n === 'string') as string | undefined) : undefined)
// A code alone says little: "W03 不动产窗口", by the name it had.
const labelOf = (v: Json | undefined, key: string) => (isObject(v) && v.code === key && typeof v.name === 'string' ? `${key} ${v.name}` : key)
const text = (v: Json | undefined) => (v === undefined ? undefined : typeof v === 'string' ? v : Array.isArray(v) && v.length > 0 && v.every((x) => typeof x === 'string') ? v.join('；') : JSON.stringify(v))

function parts(v: Json | undefined): Map<string, Json> | null {
  if (isObject(v)) return new Map(Object.entries(v))
  if (!Array.isArray(v) || v.length === 0) return null
  const names = v.map(nameOf)
  if (names.some((n) => n === undefined) || new Set(names).size !== names.length) return null
  return new Map(v.map((e, i) => [names[i]!, e]))
}
function compare(before: Json | undefined, after: Json | undefined, path: string, out: Difference[]) {
  if (JSON.stringify(before) === JSON.stringify(after)) return
  const a = parts(before)
  const b = parts(after)
  if (a && b) {
    const count = out.length
    for (const key of new Set([...a.keys(), ...b.keys()])) {
      const label = labelOf(a.get(key) ?? b.get(key), key)
      compare(a.get(key), b.get(key), path ? `${path} › ${label}` : label, out)
    }
    if (out.length > count) return
    // The same things in another order.
    out.push({ path, before: [...a].map(([k, v]) => labelOf(v, k)).join('、'), after: [...b].map(([k, v]) => labelOf(v, k)).join('、') })
    return
  }
  out.push({ path, before: text(before), after: text(after) })
}
export function differences(before: unknown, after: unknown): Difference[] {
  const out: Difference[] = []
  compare(before as Json, after as Json, '', out)
  return out
}
