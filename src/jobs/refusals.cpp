#include "jobs/refusals.h"

#include "base/refusal_table.h"
#include "jobs/limits.h"

namespace yi::jobs {
namespace {

constexpr RefusalRow<Reason> kTable[] = {
    {Reason::unknown_job, "jobs.unknown_job", "没有这项任务，或者它不是您的。", "任务和文件最多保留 24 小时，程序重新启动以后也不再保留；需要的请重新办理。", 404, "/id"},
    {Reason::too_many, "jobs.too_many", limits::kJobsOfAccount.message, "请等其中一项完成，或者停止不要的一项，再办这一项。", 409, ""},
    {Reason::not_exportable, "jobs.not_exportable", "这个接口不能作为导出任务。", "可以导出的是办件列表、四项数、交换表；其他内容请在各自的页面查看。", 422, "/door"},
    {Reason::no_file, "jobs.no_file", "这项任务没有文件。", "只有完成的导出任务有文件；有人的个人信息被删除时，已经导出的文件也会清除，请重新导出。", 404, "/id"},
    {Reason::still_running, "jobs.still_running", "这项任务还没有结束。", "请等它结束，或者先停止它。", 409, "/id"},
    {Reason::not_checked, "jobs.not_checked", "这项任务不是核对完成的导入文件。", "请先上传交换表文件，核对完成以后再导入。", 409, "/id"},
    {Reason::ended_here, "jobs.ended", "程序停止了，这项任务没有做完。", "已经导入的办件都在；请重新办理这一项，导入过的不会重复。", 503, ""},
    {Reason::storage_unavailable, "jobs.storage_unavailable", "任务的文件写不下来，这项任务没有做完。", "请管理员检查数据目录的磁盘空间，然后重新办理。", 503, ""},
    {Reason::file_too_large, "jobs.file_too_large", limits::kJobFileBytes.message, "请缩小日期范围，分几次办理。", 413, ""},
    {Reason::broken_off, "jobs.broken_off", "这项任务中途出错，没有做完。", "请重新办理；再出错的，请把任务编号告诉系统管理员，由其查看日志。", 500, ""},
    {Reason::needs_command_line, "jobs.needs_command_line", "账本在数据库服务器上，这里不能在副本上重建比对。", "请管理员停止服务以后运行 yichuang rebuild。", 409, ""},
};

}  // namespace

Refusal refuse(Reason why) { return refusal_of(kTable, why); }
std::vector<std::string> refusal_codes() { return codes_of(kTable); }

}  // namespace yi::jobs
