import { createRouter, createWebHistory } from 'vue-router'
import DeskHome from './pages/DeskHome.vue'

export const router = createRouter({
  history: createWebHistory('/desk/'),
  routes: [
    { path: '/', name: 'home', component: DeskHome },
    { path: '/:rest(.*)*', name: 'unknown', component: () => import('./pages/UnknownPage.vue') },
  ],
})
