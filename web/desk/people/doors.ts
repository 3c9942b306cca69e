// The pages of the people who work here, and what each asks for.
export interface PeopleDoor {
  to: string
  word: 'today' | 'mine' | 'leave' | 'attendance' | 'conduct' | 'activities' | 'tasks' | 'rules'
  right: string
}
export const peopleDoors: readonly PeopleDoor[] = [
  { to: '/people/today', word: 'today', right: 'staff.read_board' },
  { to: '/people/mine', word: 'mine', right: 'staff.sign' },
  { to: '/people/leave', word: 'leave', right: 'staff.list_my_leaves' },
  { to: '/people/attendance', word: 'attendance', right: 'staff.read_attendance' },
  { to: '/people/conduct', word: 'conduct', right: 'conduct.register_contact' },
  { to: '/people/activities', word: 'activities', right: 'reform.read' },
  { to: '/people/tasks', word: 'tasks', right: 'reform.read' },
  { to: '/people/rules', word: 'rules', right: 'reform.read' },
]
export const openPeople = (may: (right: string) => boolean) => peopleDoors.filter((d) => may(d.right))
