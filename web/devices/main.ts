import '@/shared/tokens.css'
import '@/shared/base.css'
import './device.css'
import { createApp, defineAsyncComponent } from 'vue'
import { keepFocus } from '@/shared/focus'
import { deviceOf } from './device'

// Each device loads what it is alone.
const pages = {
  kiosk: defineAsyncComponent(() => import('./KioskPage.vue')),
  board: defineAsyncComponent(() => import('./BoardPage.vue')),
  pad: defineAsyncComponent(() => import('./PadPage.vue')),
  caller: defineAsyncComponent(() => import('./CallerPage.vue')),
  card_reader: defineAsyncComponent(() => import('./CardReaderPage.vue')),
  sender: defineAsyncComponent(() => import('./SenderPage.vue')),
  visit: defineAsyncComponent(() => import('./VisitPage.vue')),
  unknown: defineAsyncComponent(() => import('./UnknownPage.vue')),
}
const device = deviceOf(location.pathname)
document.documentElement.classList.add(device)
createApp(pages[device]).mount('#device')
keepFocus()
