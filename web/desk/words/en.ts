import type { Same } from '@/shared/words'
import type zh from './zh'

export default {
  brand: 'Yichuang',
  desk: 'Desk',
  tools: 'Display and account',
  elder: 'Large type',
  other_language: '中文',
  leave: 'Sign out',
  sign_in: 'Sign in',
  title: 'Desk',
  hello: 'Hello, {name}.',
  for_staff: 'This is the desk of the staff. Please sign in.',
  week: 'Figures of the week and the bulletin',
  rights: 'Roles and rights',
  unknown: 'There is no such page',
} satisfies Same<typeof zh>
