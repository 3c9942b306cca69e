// What is changed by proposal and approval: one item with its versions, and where a judged text is wrong.
import { keptValues } from '../logic/kept'
import { inject, provide, ref, watch, type InjectionKey, type Ref } from 'vue'
import { api, type Got } from '@/api/client'
import type { Trouble } from '@/shared/trouble'
import { ask } from '../logic/again'

export type Item = Got<'/api/catalog/items/{kind}/{code}'>
export type ItemKind = Item['kind']
export type Version = NonNullable<Item['versions']>[number]
export type Proposal = NonNullable<Item['proposals']>[number]
export interface Problem {
  code: string
  sentence: string
  next_step: string
  place: string // JSON pointer into the text; empty: the whole
}
export type Value = Record<string, unknown>

export const parsed = (of: { definition: string }): Value => JSON.parse(of.definition) as Value

/** The page that shows an item of this kind. */
export const pageOf = (kind: ItemKind, code: string) =>
  kind === 'matter' ? { path: '/centre/matters', query: { matter: code } } : kind === 'bundle' ? { path: '/centre/bundles', query: { bundle: code } } : { path: `/centre/${kind}` }

export function useItem(kind: () => ItemKind, code: () => string) {
  const item = ref<Item | null>(null)
  const trouble = ref<Trouble | null>(null)
  async function load() {
    const of = code()
    if (!of) return
    const a = await ask(() => api.GET('/api/catalog/items/{kind}/{code}', { params: { path: { kind: kind(), code: of } } }))
    if (of !== code()) return
    trouble.value = a.ok ? null : a.trouble
    if (a.ok) item.value = a.value
  }
  watch([kind, code], () => {
    item.value = null
    void load()
  }, { immediate: true })
  return { item, trouble, load }
}

// Places of a text (JSON pointers) and the fields that show them. A problem belongs to the field whose place is the longest that holds it.
interface Places {
  problems: Ref<Problem[]>
  fields: Ref<Map<string, string>> // place → id of the field
}
const kPlaces: InjectionKey<Places> = Symbol('places')
export function fieldOf(place: string, fields: ReadonlyMap<string, string>): string | undefined {
  for (let p = place; p !== ''; p = p.slice(0, p.lastIndexOf('/'))) if (fields.has(p)) return p
  return undefined
}
export function providePlaces() {
  const places: Places = { problems: ref([]), fields: ref(new Map()) }
  provide(kPlaces, places)
  return places
}
export const usePlaces = () => inject(kPlaces)

/** What is typed for the next version of something, kept in this tab until it is proposed: by the version it changes and the one it starts from. */
export interface Edit {
  place: string
  restored: boolean
  renew: () => void
  forget: () => void
}
export function editedForm<T extends object>(of: { item: Item; base: Version; start: Version }, initial: () => T): { form: T; edit: Edit } {
  const place = `change/${of.item.kind}/${of.item.code}/${of.base.version}-${of.start.version}`
  const kept = keptValues(place, initial)
  return { form: kept.values, edit: { place, restored: kept.restored, renew: () => void Object.assign(kept.values, initial()), forget: kept.forget } }
}
