import { nextTick } from 'vue'
import { createRouter, createWebHistory } from 'vue-router'

export const router = createRouter({
  history: createWebHistory('/'),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/', name: 'home', component: () => import('./pages/HomePage.vue') },
    { path: '/matters', name: 'matters', component: () => import('./pages/MattersPage.vue') },
    { path: '/matters/:code', name: 'matter', component: () => import('./pages/MatterPage.vue'), props: true },
    { path: '/bundles/:code', name: 'bundle', component: () => import('./pages/BundlePage.vue'), props: true },
    { path: '/apply/:code/:question?', name: 'apply', component: () => import('./pages/ApplyPage.vue'), props: true },
    { path: '/account/sign-in', name: 'sign-in', component: () => import('./pages/AccountPage.vue') },
    { path: '/account/register', name: 'register', component: () => import('./pages/AccountPage.vue'), props: { register: true } },
    { path: '/appointments', name: 'appointments', component: () => import('./pages/AppointmentsPage.vue') },
    { path: '/my', name: 'my', component: () => import('./pages/MyPage.vue') },
    { path: '/my/cases/:id', name: 'case', component: () => import('./pages/CasePage.vue'), props: true },
    { path: '/my/cases/:id/receipt', name: 'receipt', component: () => import('./pages/ReceiptPage.vue'), props: true },
    { path: '/my/cases/:id/correct', name: 'correct', component: () => import('./pages/CorrectPage.vue'), props: true },
    { path: '/my/cases/:id/evaluate', name: 'evaluate', component: () => import('./pages/EvaluatePage.vue'), props: true },
    { path: '/my/cases/:id/withdraw', name: 'withdraw', component: () => import('./pages/WithdrawPage.vue'), props: true },
    { path: '/:rest(.*)*', name: 'unknown', component: () => import('./pages/UnknownPage.vue') },
  ],
})

// A new page is announced by its heading, as a full load would do; a page that reads first has one later. Whoever has moved on by then
// stays where they are.
const kHeadingMs = 5_000
function announce() {
  const heading = () => document.querySelector<HTMLElement>('main h1')
  const idle = () => document.activeElement === null || document.activeElement === document.body || document.activeElement.id === 'main'
  const there = heading()
  if (there) return there.focus({ preventScroll: true })
  const main = document.getElementById('main')
  if (!main) return
  const seen = new MutationObserver(() => {
    const h = heading()
    if (!h && idle()) return
    seen.disconnect()
    if (h && idle()) h.focus({ preventScroll: true })
  })
  seen.observe(main, { childList: true, subtree: true })
  setTimeout(() => seen.disconnect(), kHeadingMs)
}
let first = true
router.afterEach((to, from) => {
  if (first || to.path === from.path) {
    first = false
    return
  }
  void nextTick(() => setTimeout(announce))
})
