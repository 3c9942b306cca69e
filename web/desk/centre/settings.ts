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

// The same as fields. What a field is follows from what the file has; what is not shown (sources) is kept as it is.
export interface SettingField {
  section: string
  name: string
  place: string // JSON pointer of the value
  kind: 'text' | 'number' | 'boolean' | 'choice'
  value: string | number | boolean
  basis?: string // only where the setting says what it stands on
  unverified?: boolean
  fixed: boolean // keys, calendars and ledgers hang on it
}
export interface SettingsForm {
  sections: { section: string; fields: SettingField[] }[]
  hours: { from: string; to: string }[]
}
export const kPauses = ['never', 'preliminary_only', 'always'] as const
const kFixed = ['centre.code', 'centre.region', 'centre.department']
const kindOf = (name: string, v: unknown): SettingField['kind'] => (name === 'forward_pauses' ? 'choice' : typeof v === 'boolean' ? 'boolean' : typeof v === 'number' ? 'number' : 'text')
const plain = (v: unknown) => (typeof v === 'boolean' || typeof v === 'number' ? v : String(v ?? ''))

export function settingsForm(file: Record<string, unknown>): SettingsForm {
  const sections = Object.entries(file).filter(([, of]) => isMap(of)).map(([section, of]) => ({
    section,
    fields: Object.entries(of as Record<string, unknown>).filter(([name]) => name !== 'source' && name !== 'unverified').map(([name, v]): SettingField => {
      const fixed = kFixed.includes(`${section}.${name}`)
      return isMap(v)
        ? { section, name, place: `/${section}/${name}`, kind: kindOf(name, v.value), value: plain(v.value), basis: String(v.basis ?? ''), unverified: v.unverified === true, fixed }
        : { section, name, place: `/${section}/${name}`, kind: kindOf(name, v), value: plain(v), fixed }
    }),
  }))
  const hours = Array.isArray(file.office_hours) ? (file.office_hours as Record<string, unknown>[]).map((h) => ({ from: String(h.from ?? ''), to: String(h.to ?? '') })) : []
  return { sections, hours }
}
/** The whole file again, in its order. */
export function settingsFrom(form: SettingsForm, before: Record<string, unknown>): Record<string, unknown> {
  const out = JSON.parse(JSON.stringify(before)) as Record<string, unknown>
  for (const f of form.sections.flatMap((s) => s.fields)) {
    const of = out[f.section] as Record<string, unknown>
    const value = typeof f.value === 'string' ? f.value.trim() : f.value
    if (f.basis === undefined) {
      of[f.name] = value
      continue
    }
    const one: Record<string, unknown> = { ...(of[f.name] as Record<string, unknown>), value, basis: f.basis.trim() }
    if (f.unverified) one.unverified = true
    else delete one.unverified
    of[f.name] = one
  }
  out.office_hours = form.hours.map((h) => ({ from: h.from.trim(), to: h.to.trim() }))
  return out
}
