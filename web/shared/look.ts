// How a person wants pages to be: elder mode (适老化) and language. Kept in the browser; ?elder=1 and ?lang=en, as the
// server's own pages write them, are heard too.
import { ref, watch } from 'vue'

export type Language = 'zh' | 'en'

function kept(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null // storage is switched off: the page works, it only forgets
  }
}
function keep(name: string, value: string) {
  try {
    localStorage.setItem(name, value)
  } catch {
    /* as above */
  }
}

const asked = new URLSearchParams(location.search)
export const elder = ref((asked.get('elder') ?? kept('yichuang.elder')) === '1')
export const language = ref<Language>((asked.get('lang') ?? kept('yichuang.language')) === 'en' ? 'en' : 'zh')

watch(elder, (on) => {
  document.documentElement.classList.toggle('elder', on)
  keep('yichuang.elder', on ? '1' : '0')
}, { immediate: true, flush: 'sync' })
watch(language, (l) => {
  document.documentElement.lang = l === 'en' ? 'en' : 'zh-CN'
  keep('yichuang.language', l)
}, { immediate: true, flush: 'sync' })
