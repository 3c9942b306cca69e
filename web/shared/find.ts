// Search over the catalogue in the browser: every word of the question has to be in the name or the department; a name that begins
// with the question comes first, then one that holds it whole, then the others, each in the catalogue's order.
import { normalQuery } from './text'

export interface Findable {
  name: string
  department_name: string
  code: string
}

export function find<T extends Findable>(list: readonly T[], question: string): T[] {
  const q = normalQuery(question).toLowerCase()
  if (!q) return []
  const words = q.split(' ')
  const ranked: { at: number; rank: number; item: T }[] = []
  list.forEach((item, at) => {
    const name = item.name.toLowerCase()
    const all = `${name} ${item.department_name.toLowerCase()} ${item.code.toLowerCase()}`
    if (words.every((w) => all.includes(w))) ranked.push({ at, rank: name.startsWith(q) ? 0 : name.includes(q) ? 1 : words.every((w) => name.includes(w)) ? 2 : 3, item })
    else if (scattered(name, q)) ranked.push({ at, rank: 4, item })
  })
  return ranked.sort((a, b) => a.rank - b.rank || a.at - b.at).map((r) => r.item)
}

// "公司注册" finds "公司设立注册登记": its characters, in their order, at least two.
function scattered(name: string, q: string): boolean {
  const wanted = [...q]
  if (wanted.length < 2 || wanted.some((c) => c === ' ')) return false
  let i = 0
  for (const c of name) if (c === wanted[i]) i += 1
  return i === wanted.length
}
