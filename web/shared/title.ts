import { watchEffect } from 'vue'

/** The window's title: what the page is about, then the house. */
export function useTitle(words: () => string, house: () => string) {
  watchEffect(() => {
    const w = words()
    document.title = w ? `${w} · ${house()}` : house()
  })
}
