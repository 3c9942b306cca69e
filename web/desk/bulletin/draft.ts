// What is being typed for one issue and not saved yet: the preview prints it with what is saved.
import { reactive } from 'vue'
import type { Got, Wanted } from '@/api/client'

export type Board = Got<'/api/bulletin/desk/issues/{week}'>
export type Item = NonNullable<Board['items']>[number]
export type Section = NonNullable<Board['sections']>[number]
export type Draft = Wanted<'/api/bulletin/desk/issues/{week}/preview'>['draft']
export type Warning = { code: string; sentence: string; where: string; key: string; must: boolean }

export interface TypedItem {
  item?: string
  merged?: readonly string[] // these go into `item`
  department?: string
  on?: string
  text: string
}
export const typed = reactive<{ item: TypedItem | null; sections: Record<string, { entries: string[]; pushed: string[] }>; imprint: NonNullable<Draft['imprint']> | null; words: { key: string; text: string }[] | null }>({ item: null, sections: {}, imprint: null, words: null })
export function forgetTyped() {
  Object.assign(typed, { item: null, sections: {}, imprint: null, words: null })
}

export const linesOf = (text: string) => text.split('\n').map((s) => s.trim()).filter(Boolean)

function news(board: Board): NonNullable<Draft['news']> {
  const now = typed.item
  const out: NonNullable<Draft['news']> = []
  const add = (department: string | undefined, on: string | undefined, text: string) => out.push({ ...(department ? { department } : {}), ...(on && !department ? { on } : {}), text })
  let stands = false
  for (const i of board.items ?? []) {
    if (i.stage !== 'taken' || now?.merged?.includes(i.item)) continue
    if (now && now.item === i.item) {
      stands = true
      add(i.department, now.on, now.text)
    } else add(i.department, i.on, i.text)
  }
  if (now && !stands) add(now.department, now.on, now.text) // as it would stand when it is taken
  return out
}
export function draftOf(board: Board): Draft {
  const item = typed.item?.text.trim() ? typed.item : null
  return {
    news_typed: item !== null,
    ...(item ? { news: news(board) } : {}),
    sections: Object.entries(typed.sections).map(([section, s]) => ({ section: section as Section['section'], entries: s.entries, pushed: s.pushed })),
    ...(typed.imprint?.issued_on && typed.imprint.issuer ? { imprint: typed.imprint } : {}),
    ...(typed.words ? { words: typed.words } : {}),
  } as Draft
}
/** Items in the order in which a new one stands after being moved by `by` places; the same list when it cannot. */
export function moved(order: readonly string[], item: string, by: number): string[] {
  const at = order.indexOf(item)
  const to = at + by
  if (at < 0 || to < 0 || to >= order.length) return [...order]
  const out = order.filter((i) => i !== item)
  out.splice(to, 0, item)
  return out
}
/** "甲、乙；丙" as groups of names, and back. */
export const groupsOf = (text: string) => text.split(/[;；\n]/).map((g) => namesOf(g)).filter((g) => g.length > 0)
export const namesOf = (text: string) => text.split(/[、，,]/).map((s) => s.trim()).filter(Boolean)
/** "工程建设领域 36" or "工程建设领域36项" a line, as categories with their counts; a line without a number has none and is refused. */
export const categoriesOf = (text: string) => linesOf(text).map((line) => {
  const [, name, count] = /^(.*?)[\s:：]*(\d+)\s*项?$/.exec(line) ?? ['', line, '-1']
  return { name: name!.trim(), count: Number(count) }
})
/** What is typed and not pushed, pushed and not typed: names of the tasks of a week. */
export const differing = (typedNames: readonly string[], pushed: readonly string[]) => ({ typedAlone: typedNames.filter((n) => !pushed.includes(n)), pushedAlone: pushed.filter((n) => !typedNames.includes(n)) })
export const groupsText = (groups: readonly (readonly string[])[]) => groups.map((g) => g.join('、')).join('；')
