import { createRouter, createWebHistory } from 'vue-router'
import DeskHome from './pages/DeskHome.vue'

export const router = createRouter({
  history: createWebHistory('/desk/'),
  routes: [
    { path: '/', name: 'home', component: DeskHome },
    { path: '/cases/:id(\\d{1,18})?', name: 'cases', component: () => import('./pages/WorkPage.vue') },
    { path: '/receive', name: 'receive', component: () => import('./pages/ReceivePage.vue') },
    { path: '/supervise', name: 'supervise', component: () => import('./pages/SupervisePage.vue') },
    { path: '/questions', name: 'questions', component: () => import('./pages/QuestionsPage.vue') },
    { path: '/negatives', name: 'negatives', component: () => import('./pages/NegativesPage.vue') },
    {
      path: '/centre',
      component: () => import('./centre/CentreFrame.vue'),
      children: [
        { path: 'figures', component: () => import('./centre/FiguresPage.vue') },
        { path: 'trends', component: () => import('./centre/TrendsPage.vue') },
        { path: 'bulletin', component: () => import('./centre/BulletinPage.vue') },
        { path: 'reports', component: () => import('./centre/ReportsPage.vue') },
        { path: 'matters', component: () => import('./centre/MattersPage.vue') },
        { path: 'warnings', component: () => import('./centre/WarningsPage.vue') },
        { path: 'settings', component: () => import('./centre/SettingsPage.vue') },
        { path: 'accounts', component: () => import('./centre/AccountsPage.vue') },
        { path: 'rights', component: () => import('./centre/RightsPage.vue') },
        { path: 'audit', component: () => import('./centre/AuditPage.vue') },
      ],
    },
    { path: '/results', name: 'results', component: () => import('./pages/ResultPage.vue') },
    { path: '/recounts', name: 'recounts', component: () => import('./pages/RecountsPage.vue') },
    { path: '/screens', name: 'screens', component: () => import('./pages/ScreensPage.vue') },
    { path: '/:rest(.*)*', name: 'unknown', component: () => import('./pages/UnknownPage.vue') },
  ],
})
