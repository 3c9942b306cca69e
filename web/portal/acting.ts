// For whom the person at the screen acts, when it is somebody else: shown under the masthead as long as it is so.
import { onUnmounted, ref, watchEffect } from 'vue'

export const actingFor = ref('')

/** The page's own words for it, while the page stands. */
export function useActing(name: () => string) {
  watchEffect(() => {
    actingFor.value = name()
  })
  onUnmounted(() => {
    actingFor.value = ''
  })
}
