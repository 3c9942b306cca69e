// The centre's pages and what each asks for.
export interface CentreDoor {
  to: string
  word: 'figures' | 'trends' | 'bulletin' | 'reports' | 'changes' | 'accounts' | 'rights' | 'matters' | 'bundles' | 'windows' | 'warnings' | 'settings' | 'erasure' | 'audit'
  right: string
}
export const centreDoors: readonly CentreDoor[] = [
  { to: '/centre/figures', word: 'figures', right: 'bulletin.read_counts' },
  { to: '/centre/trends', word: 'trends', right: 'bulletin.read_counts' },
  { to: '/centre/bulletin', word: 'bulletin', right: 'bulletin.read_counts' },
  { to: '/centre/changes', word: 'changes', right: 'catalog.read_versions' },
  { to: '/centre/reports', word: 'reports', right: 'bulletin.read_counts' },
  { to: '/centre/matters', word: 'matters', right: 'catalog.read_versions' },
  { to: '/centre/bundles', word: 'bundles', right: 'catalog.read_versions' },
  { to: '/centre/windows', word: 'windows', right: 'catalog.read_versions' },
  { to: '/centre/warnings', word: 'warnings', right: 'catalog.read_versions' },
  { to: '/centre/settings', word: 'settings', right: 'catalog.read_versions' },
  { to: '/centre/accounts', word: 'accounts', right: 'identity.read_accounts' },
  { to: '/centre/rights', word: 'rights', right: 'identity.read_accounts' },
  { to: '/centre/erasure', word: 'erasure', right: 'identity.erase_subject' },
  { to: '/centre/audit', word: 'audit', right: 'identity.read_audit' },
]
export const openDoors = (may: (right: string) => boolean) => centreDoors.filter((d) => may(d.right))
