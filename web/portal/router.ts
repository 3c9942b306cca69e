import { nextTick } from 'vue'
import { createRouter, createWebHistory } from 'vue-router'

export const router = createRouter({
  history: createWebHistory('/'),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/', name: 'home', component: () => import('./pages/HomePage.vue') },
    { path: '/matters', name: 'matters', component: () => import('./pages/MattersPage.vue') },
    { path: '/:rest(.*)*', name: 'unknown', component: () => import('./pages/UnknownPage.vue') },
  ],
})

// A new page is announced by its heading, as a full load would do.
let first = true
router.afterEach((to, from) => {
  if (first || to.path === from.path) {
    first = false
    return
  }
  void nextTick(() => setTimeout(() => document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })))
})
