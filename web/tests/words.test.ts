// The words of pages: found by their path, filled, in the language that is chosen, and in Chinese where English has none.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createApp, defineComponent, h, nextTick } from 'vue'
import { useI18n } from 'vue-i18n'
import desk from '@/desk/words/zh'
import { language } from '@/shared/look'
import { makeWords } from '@/shared/words'

it('a word is found by its path, with its slots, in both languages', async () => {
  const zh = { frame: { brand: '一窗', due: '最迟 {day}，{day}' } }
  const words = await makeWords(zh, async () => ({ default: { frame: { brand: 'One window', due: 'by {day} at the latest' } } }))
  const page = document.createElement('div')
  const Page = defineComponent({
    setup() {
      const { t, te } = useI18n()
      return () => h('p', [t('frame.brand'), ' · ', t('frame.due', { day: '6月24日' }), ' · ', t('frame.unknown'), ` ${te('frame.due')} ${te('frame.unknown')} ${te('frame')}`])
    },
  })
  createApp(Page).use(words).mount(page)
  expect(page.textContent).toBe('一窗 · 最迟 6月24日，6月24日 · frame.unknown true false false')
  language.value = 'en'
  await new Promise((done) => setTimeout(done))
  await nextTick()
  expect(page.textContent).toBe('One window · by 6月24日 at the latest · frame.unknown true false false')
  language.value = 'zh'
})

it('a post has one name: the desk calls it as data/roles.yaml does', () => {
  const file = readFileSync(join(__dirname, '../../data/roles.yaml'), 'utf8')
  const named = [...file.matchAll(/- role: (\w+)\n\s+name: (\S+)/g)].map((m) => [m[1], m[2]])
  expect(named.length).toBeGreaterThan(10)
  for (const [role, name] of named) expect(desk.role, role).toHaveProperty(role!, name)
})
