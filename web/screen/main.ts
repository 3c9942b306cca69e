import '@/shared/tokens.css'
import '@/shared/base.css'
import './screen.css'
import { createApp } from 'vue'
import LeadersScreen from './LeadersScreen.vue'

createApp(LeadersScreen).mount('#screen')
