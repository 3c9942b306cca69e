// settings.yaml as rows: a plain value, or {value, basis, unverified}, or a list of hours.
export interface SettingRow {
  name: string
  value: string
  basis: string
  unverified: boolean
}
const isMap = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null && !Array.isArray(v)

export interface SettingSection {
  section: string
  rows: SettingRow[]
  based: boolean // some row says what it stands on
}
export function settingsOf(file: Record<string, unknown>): SettingSection[] {
  const read = Object.entries(file).map(([section, of]) => {
    if (Array.isArray(of)) return { section, rows: of.map((h: Record<string, unknown>, i) => ({ name: String(i + 1), value: `${h.from}—${h.to}`, basis: '', unverified: false })) }
    const all = isMap(of) ? Object.entries(of) : [[section, of] as const]
    const marked = isMap(of) && of.unverified === true // of all that stands in the section
    const rows = all.filter(([name]) => name !== 'source' && name !== 'unverified').map(([name, v]) => (isMap(v) ? { name, value: String(v.value ?? ''), basis: String(v.basis ?? ''), unverified: v.unverified === true } : { name, value: String(v), basis: '', unverified: marked }))
    return { section, rows }
  })
  return read.map((s) => ({ ...s, based: s.rows.some((r) => r.basis !== '' || r.unverified) }))
}
