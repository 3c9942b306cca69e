import { createRouter, createWebHistory } from 'vue-router'
import { watchSteps } from './logic/steps'
import DeskHome from './pages/DeskHome.vue'

export const router = createRouter({
  history: createWebHistory('/desk/'),
  routes: [
    { path: '/', name: 'home', component: DeskHome },
    { path: '/cases/:id(\\d{1,18})?', name: 'cases', component: () => import('./pages/WorkPage.vue') },
    { path: '/receive', name: 'receive', component: () => import('./pages/ReceivePage.vue') },
    { path: '/bind', name: 'bind', component: () => import('./pages/BindPage.vue') },
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
        { path: 'changes', component: () => import('./centre/ChangesPage.vue') },
        { path: 'matters', component: () => import('./centre/MattersPage.vue'), props: { kind: 'matter' } },
        { path: 'bundles', component: () => import('./centre/MattersPage.vue'), props: { kind: 'bundle' } },
        { path: 'windows', component: () => import('./centre/WindowsPage.vue') },
        { path: 'warnings', component: () => import('./centre/WarningsPage.vue') },
        { path: 'settings', component: () => import('./centre/SettingsPage.vue') },
        { path: 'accounts', component: () => import('./centre/AccountsPage.vue') },
        { path: 'rights', component: () => import('./centre/RightsPage.vue') },
        { path: 'erasure', component: () => import('./centre/ErasurePage.vue') },
        { path: 'audit', component: () => import('./centre/AuditPage.vue') },
      ],
    },
    {
      path: '/people',
      component: () => import('./people/PeopleFrame.vue'),
      children: [
        { path: 'today', component: () => import('./people/BoardPage.vue') },
        { path: 'mine', component: () => import('./people/MinePage.vue') },
        { path: 'leave', component: () => import('./people/LeavePage.vue') },
        { path: 'attendance', component: () => import('./people/AttendancePage.vue') },
        { path: 'conduct', component: () => import('./people/ConductPage.vue') },
        { path: 'activities', component: () => import('./people/ActivitiesPage.vue') },
        { path: 'tasks', component: () => import('./people/TasksPage.vue') },
        { path: 'rules', component: () => import('./people/RulesPage.vue') },
      ],
    },
    { path: '/bulletin', name: 'bulletin', component: () => import('./bulletin/DeskPage.vue') },
    { path: '/bulletin/:week(\\d{4}-\\d{2}-\\d{2})', name: 'issue', component: () => import('./bulletin/IssuePage.vue') },
    { path: '/carry-over', name: 'carry-over', component: () => import('./pages/CarryOverPage.vue') },
    { path: '/results', name: 'results', component: () => import('./pages/ResultPage.vue') },
    { path: '/recounts', name: 'recounts', component: () => import('./pages/RecountsPage.vue') },
    { path: '/jobs', name: 'jobs', component: () => import('./pages/JobsPage.vue') },
    { path: '/screens', name: 'screens', component: () => import('./pages/ScreensPage.vue') },
    { path: '/calls', name: 'calls', component: () => import('./pages/CallsPage.vue') },
    { path: '/guide', name: 'guide', component: () => import('./pages/GuidePage.vue') },
    { path: '/follow-ups', name: 'follow-ups', component: () => import('./pages/FollowUpsPage.vue') },
    { path: '/account', name: 'account', component: () => import('./pages/AccountPage.vue') },
    { path: '/duties', name: 'duties', component: () => import('./pages/DutiesPage.vue') },
    { path: '/:rest(.*)*', name: 'unknown', component: () => import('./pages/UnknownPage.vue') },
  ],
})
watchSteps(router)
