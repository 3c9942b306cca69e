// The program's clock, not the browser's: a demonstration stands in June 2024, and a counter's PC may be wrong.
import { computed, ref } from 'vue'
import { api, asked } from '@/api/client'

const ahead = ref(0) // of the browser's clock, ms
const tick = ref(Date.now())
export const demonstration = ref(false)
export const clockKnown = ref(false)
export const now = computed(() => new Date(tick.value + ahead.value))
/** "2024-06-24", at UTC+8. */
export const today = computed(() => new Date(now.value.getTime() + 8 * 3_600_000).toISOString().slice(0, 10))

export async function readClock() {
  const a = await asked(api.GET('/api/health'))
  if (!a.ok) return
  ahead.value = Date.parse(a.value.now) - Date.now()
  demonstration.value = a.value.demonstration
  clockKnown.value = true
  tick.value = Date.now()
}
window.setInterval(() => (tick.value = Date.now()), 10_000)
