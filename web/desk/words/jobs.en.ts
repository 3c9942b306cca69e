import type { Same } from '@/shared/words'
import type zh from './jobs.zh'

export default {
  jobs: {
    title: 'Long tasks', how: 'You may leave this page, tasks go on; results are kept for 24 hours and are seen by you alone.', begin: 'Begin', none: 'There is no task.', none_next: 'Lists and figures are exported by “Export” on their own page; the file is fetched here.',
    export: 'Export', export_how: 'Goes on while you do something else.', begun: 'It has begun; fetch it here: ', fetch: 'Download {name} ({size})', format: 'Format', formats: { jsonl: 'JSON lines, for another centre', zip: 'Five tables (CSV) in one zip' }, days: '{from} to {to}',
    kind: { casework_export_cases: 'Export of a list of cases', bulletin_export_counts: 'Export of the four figures', exchange_export_cases: 'Export of exchange tables', exchange_check_import: 'Check of exchange tables', exchange_import_cases: 'Import of exchange tables', ledger_verify: 'Verify the ledger', ledger_rebuild: 'Compare with a rebuild', bulletin_pdf: 'Bulletin (PDF)', bulletin_ofd: 'Bulletin (OFD)', bulletin_docx: 'Bulletin (DOCX)', bulletin_xlsx: 'Bulletin (XLSX)', bulletin_text: 'Bulletin (text)', bulletin_report_pdf: 'Report (PDF)', bulletin_report_ofd: 'Report (OFD)', bulletin_report_docx: 'Report (DOCX)', bulletin_report_xlsx: 'Report (XLSX)', bulletin_report_text: 'Report (text)' },
    state: { waiting: 'waiting', running: 'under way', done: 'done', done_wrong: 'done, with findings', stopped: 'stopped', failed: 'not done' },
    asked: 'asked {when}', kept: 'kept until {when}', beginning: 'Beginning…', of: '{done} / {all}', report: 'Report ({count})', left_out: '{count} more are not listed.',
    stop: 'Stop', remove: 'Remove', remove_of: 'Remove: {name}', exchange_how: 'The national exchange tables (GB/T 39046), with personal data: keep them safe. Each export stands in the audit.',
    import: 'Import', import_sure: 'An import cannot be taken back. Go on?', import_how: 'The file is uploaded and looked at first: what is wrong is listed, nothing is imported yet. Then press “Import”.', file: 'File of exchange tables', file_hint: 'JSON lines (.jsonl) exported by another centre, at most 512 MB.', check: 'Upload and check',
    wrong_empty: 'Choose a file with content.', wrong_large: 'Over 512 MB: divide it by days.', wrong_kind: 'Choose a file of JSON lines (.jsonl).',
    ledger: 'Ledger', verify_how: 'Each record’s hash is computed anew, open cases are added up.', rebuild_how: 'All views are built anew from the ledger on a copy and compared row by row; nothing is changed. Needs as much free disk as the database.',
  },
} satisfies Same<typeof zh>
