// Keys of the desk. One letter does one thing while nobody types; a person may switch the letters off (WCAG 2.1.4), and then has
// Alt+Shift with the same letter.
import { onBeforeUnmount, onMounted, ref, watch } from 'vue'

export interface KeyUse {
  key: string
  word: string // shown in the help
  run: () => void
}
const layers: (() => readonly KeyUse[])[] = []
export const lettersOn = ref(read())

function read(): boolean {
  try {
    return localStorage.getItem('yichuang.letters') !== '0'
  } catch {
    return true
  }
}
watch(lettersOn, (on) => {
  try {
    localStorage.setItem('yichuang.letters', on ? '1' : '0')
  } catch {
    /* it holds until the page is closed */
  }
})

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable === true
}
/** Of the layers in front first: what a page opened last hears a key first. */
export function useOf(key: string): KeyUse | undefined {
  for (let i = layers.length - 1; i >= 0; --i) {
    const use = layers[i]!().find((u) => u.key === key)
    if (use) return use
  }
  return undefined
}
export function allUses(): KeyUse[] {
  const seen = new Map<string, KeyUse>()
  for (let i = layers.length - 1; i >= 0; --i) for (const u of layers[i]!()) if (!seen.has(u.key)) seen.set(u.key, u)
  return [...seen.values()]
}
function codeLetter(e: KeyboardEvent): string {
  return /^Key[A-Z]$/.test(e.code) ? e.code.slice(3).toLowerCase() : /^Digit\d$/.test(e.code) ? e.code.slice(5) : e.key
}
export function hearKey(e: KeyboardEvent) {
  if (e.defaultPrevented || e.isComposing || e.ctrlKey || e.metaKey) return
  const chord = e.altKey && e.shiftKey
  if (e.altKey && !chord) return
  const named = /^F\d{1,2}$/.test(e.key) // no letter: heard while somebody types, and when letters are off
  if (!chord && !named && (!lettersOn.value || isTyping(e.target))) return
  if (document.querySelector('dialog[open]')) return
  const use = useOf(named ? e.key : chord ? codeLetter(e) : e.key.length === 1 ? e.key.toLowerCase() : e.key)
  if (!use) return
  e.preventDefault()
  use.run()
}
export function useKeys(uses: () => readonly KeyUse[]) {
  onMounted(() => layers.push(uses))
  onBeforeUnmount(() => layers.splice(layers.indexOf(uses), 1))
}
