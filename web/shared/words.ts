// vue-i18n with Chinese at hand and English fetched when it is wanted. English has to have every word of Chinese: its files are typed
// by the Chinese ones.
import { createI18n } from 'vue-i18n'
import { watch } from 'vue'
import { language } from './look'

/** The shape of a list of words, for the second language: `export default {…} satisfies Same<typeof zh>`. */
export type Same<T> = { [K in keyof T]: T[K] extends string ? string : Same<T[K]> }

// The library's own compiler knows plurals, links and lists and weighs a tenth of the portal; our words have {slots} alone.
const compile = (message: unknown) => {
  const parts = String(message).split(/\{(\w+)\}/)
  return (context: { named: (key: string) => unknown }) => parts.map((p, i) => (i % 2 ? String(context.named(p) ?? '') : p)).join('')
}

// "frame.brand" is a path; the small library looks a key up as it stands.
const resolve = (messages: unknown, key: string) => {
  const found = key.split('.').reduce<unknown>((o, k) => (typeof o === 'object' && o !== null ? (o as Record<string, unknown>)[k] : undefined), messages)
  return typeof found === 'string' ? found : null
}

export async function makeWords<T extends Record<string, unknown>>(zh: T, english: () => Promise<{ default: Same<T> }>) {
  const i18n = createI18n({ legacy: false, locale: 'zh', fallbackLocale: 'zh', messages: { zh } as never, warnHtmlMessage: false, messageCompiler: compile as never, messageResolver: resolve as never })
  const locale = i18n.global.locale as unknown as { value: string }
  // Whether a word is there: the small library cannot say.
  const lists: Record<string, unknown> = { zh }
  ;(i18n.global as unknown as { te: (key: string) => boolean }).te = (key) => resolve(lists[locale.value] ?? zh, key) !== null
  let fetched = false
  const use = async () => {
    if (language.value === 'en' && !fetched) {
      lists.en = (await english()).default
      i18n.global.setLocaleMessage('en' as never, lists.en as never)
      fetched = true
    }
    locale.value = language.value
  }
  await use()
  watch(language, use)
  return i18n
}
