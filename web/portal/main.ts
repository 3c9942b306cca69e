import '@/shared/tokens.css'
import '@/shared/base.css'
import './portal.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { keepFocus } from '@/shared/focus'
import { makeWords } from '@/shared/words'
import App from './App.vue'
import { router } from './router'
import zh from './words/zh'

async function start() {
  const words = await makeWords(zh, () => import('./words/en'))
  const app = createApp(App)
  app.use(createPinia())
  app.use(words)
  app.use(router)
  app.mount('#app')
  keepFocus()
}
void start()
