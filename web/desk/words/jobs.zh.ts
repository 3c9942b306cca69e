// Words of long work: exports, imports, verifications that go on while somebody does something else.
export default {
  jobs: {
    title: '长任务', how: '可以离开这一页，任务照常进行；结果保留 24 小时，只有您自己看得到。', begin: '开始', none: '现在没有任务。', none_next: '导出办件列表、数据的，在那一页点“导出”，完成以后在这里取文件。',
    export: '导出', export_how: '在后台导出，可以接着办别的。', begun: '已经开始，完成以后在这里取：', fetch: '下载 {name}（{size}）', format: '格式', formats: { jsonl: 'JSON 行，可以导入另一个中心', zip: '五张表（CSV），打成一个 zip' }, days: '{from} 至 {to}',
    kind: { casework_export_cases: '导出办件列表', bulletin_export_counts: '导出四项数', exchange_export_cases: '导出交换表', exchange_check_import: '核对要导入的交换表', exchange_import_cases: '导入交换表', ledger_verify: '核对账本', ledger_rebuild: '重建比对', bulletin_pdf: '周报（PDF）', bulletin_ofd: '周报（OFD）', bulletin_docx: '周报（DOCX）', bulletin_xlsx: '周报（XLSX）', bulletin_text: '周报（文本）', bulletin_report_pdf: '报告（PDF）', bulletin_report_ofd: '报告（OFD）', bulletin_report_docx: '报告（DOCX）', bulletin_report_xlsx: '报告（XLSX）', bulletin_report_text: '报告（文本）' },
    state: { waiting: '排队', running: '正在办理', done: '已完成', done_wrong: '已完成，有问题', stopped: '已停止', failed: '没有办成' },
    asked: '{when} 提交', kept: '保留到 {when}', beginning: '正在开始……', of: '{done} / {all}', report: '逐条报告（{count}）', left_out: '另有 {count} 条没有列出。',
    stop: '停止', remove: '删去', remove_of: '删去：{name}', exchange_how: '国家交换表（GB/T 39046），含个人信息，请妥善保管；每次导出都留下审计记录。',
    import: '导入', import_sure: '导入以后不能撤回，确认导入？', import_how: '先上传、核对，列出每一处问题，这时还没有导入；核对完成以后再点“导入”。', file: '交换表文件', file_hint: '另一个中心导出的 JSON 行文件（.jsonl），不超过 512 MB。', check: '上传并核对',
    wrong_empty: '请选一个有内容的文件。', wrong_large: '文件超过 512 MB，请按日期分成几个。', wrong_kind: '请选 JSON 行文件（.jsonl）。',
    ledger: '账本', verify_how: '重新计算每一条记录的散列，并核对在办件。', rebuild_how: '在副本上按账本重建全部视图，逐行比对，不改动；需要与数据库一样大的空余磁盘。',
  },
}
