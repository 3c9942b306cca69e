// Who asked for a page gets it, also while the page before it would still lead on by itself.
import { describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { leadOn, watchSteps } from '@/desk/logic/steps'

const empty = { template: '<p />' }
async function desk() {
  let arrives: (page: typeof empty) => void = () => {}
  let fails: (why: Error) => void = () => {}
  const slow = () => new Promise<typeof empty>((done, failed) => ([arrives, fails] = [done, failed]))
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: empty }, { path: '/cases', component: empty }, { path: '/bind', component: slow }] })
  watchSteps(router)
  await router.push('/')
  return { router, arrive: () => arrives(empty), fail: () => fails(new Error('no network')) }
}
const settled = () => new Promise<void>((done) => setTimeout(done))

describe('a step that the page takes by itself', () => {
  it('is taken where nobody wants anything else', async () => {
    const { router } = await desk()
    leadOn(router, '/cases')
    await settled()
    expect(router.currentRoute.value.path).toBe('/cases')
  })
  it('gives way to a page that was asked for and is still being fetched', async () => {
    const { router, arrive } = await desk()
    const asked = router.push('/bind')
    await settled()
    leadOn(router, '/cases')
    arrive()
    await asked
    await settled()
    expect(router.currentRoute.value.path).toBe('/bind')
  })
  it('is taken after all when that page could not be fetched', async () => {
    const { router, fail } = await desk()
    const asked = router.push('/bind').catch(() => 'not there')
    await settled()
    leadOn(router, '/cases')
    fail()
    expect(await asked).toBe('not there')
    await settled()
    expect(router.currentRoute.value.path).toBe('/cases')
  })
})
