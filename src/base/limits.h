#pragma once
// Every limit of the house, once, with its reason and the words that a person reads when it is reached.
#include <cstddef>
#include <cstdint>

namespace yi::limits {

struct Limit {
  std::int64_t value;
  const char* unit;
  const char* reason;   // for engineers
  const char* message;  // for people, Chinese
};

// A request's body. Commands are forms, not files; files come by their own door (part 2).
inline constexpr Limit kBodyBytes{256 * 1024, "bytes", "the largest form of the catalogue is under 40 kB",
                                  "提交的内容超过 256 KB。请删减文字，或将长内容作为附件上传。"};
inline constexpr Limit kHeaderBytes{16 * 1024, "bytes", "cookies and Idempotency-Key fit in 2 kB",
                                    "请求头过大。请清理浏览器的 Cookie 后重试。"};
inline constexpr Limit kConnections{2'000, "connections", "file descriptors; a hall has under 400 desks",
                                    "同时在线的连接已达上限。请过一分钟再试；正在办理的业务不受影响。"};
inline constexpr Limit kRequestSeconds{30, "s", "a slow sender must not hold a connection",
                                       "请求在 30 秒内没有传完，连接已关闭，内容没有保存。请检查网络后重新提交。"};
// Long answers (PDF, long reads) waiting for the worker pool.
inline constexpr Limit kWorkerQueue{64, "requests", "two workers at 500 ms each: nobody waits over 20 s",
                                    "正在生成的文件较多，这一份没有排上。请在几秒后再点一次。"};
// Log-ins, registrations and whatever else costs a tenth of a second before anybody is known.
inline constexpr Limit kStrangerQueue{16, "requests", "one thread at 100 ms each: nobody waits over 2 s",
                                      "同时登录的人较多，这一次没有处理。请在几秒后再试。"};
// Event streams are connections too: half of those are left to people who do something.
inline constexpr Limit kEventStreams{1'000, "streams", "a hall has under 400 desks with two pages each",
                                     "同时接收通知的页面已达上限。页面会自动重试；办理业务不受影响。"};
inline constexpr Limit kEventQueueBytes{256 * 1024, "bytes a stream", "some hundred events; all streams together under 256 MB", ""};
inline constexpr Limit kFeedFacts{20'000, "facts", "behind that, a page loads anew what it shows, which is cheaper", ""};
inline constexpr Limit kHeartbeatSeconds{15, "s", "below the 30 s after which proxies take a silent stream for dead", ""};
inline constexpr Limit kUploadBytes{50 * 1024 * 1024, "bytes", "a scanned booklet of 200 pages",
                                    "文件超过 50 MB。请压缩或拆分后重新上传，这次的文件没有保存。"};
inline constexpr Limit kUploads{32, "uploads", "each holds a temporary file and half a MB",
                                "正在上传的文件较多，这一份没有接收。请在几秒后重新上传。"};
inline constexpr Limit kUploadsOfAccount{4, "uploads", "of one account at a time: a page sends them one after the other", "您有几个文件正在上传，这一个没有接收。"};
inline constexpr Limit kUploadBytesOfDay{std::int64_t{2} * 1024 * 1024 * 1024, "bytes", "of one account in 24 h: a window scans 200 cases of 10 MB",
                                         "您今天上传的文件已满 2 GB，这一个没有保存。"};
inline constexpr Limit kIdempotencyKeyChars{100, "characters", "a UUID has 36", "Idempotency-Key 超过 100 个字符。"};
inline constexpr Limit kIdleSeconds{75, "s", "keep-alive longer than a reverse proxy's 60 s", "连接空闲过久，已关闭。"};
// Free text in one field, in code points, where the field's type names no smaller one.
inline constexpr Limit kTextChars{4'000, "characters", "the longest news item seen has 300", "文字超过 4000 字，请删减。"};
inline constexpr Limit kJsonDepth{32, "levels", "no form nests deeper than 6", "内容的嵌套层次过深。"};
inline constexpr Limit kListItems{2'000, "items", "the longest list of the catalogue has 136", "列表超过 2000 项，请分次提交。"};
inline constexpr Limit kPageRows{200, "rows", "one screen is 40 rows", "每页最多 200 行。"};
inline constexpr Limit kSiteBytes{32 * 1024 * 1024, "bytes", "the built pages with their compressed forms are under 8 MB", ""};
// Commands waiting for the lane; beyond it a command is refused with 503 and Retry-After, before any work is done.
inline constexpr Limit kLaneQueue{20'000, "commands", "one second of work at the measured rate",
                                  "系统正忙，这一步没有执行。请在几秒后再点一次，不会重复办理。"};
inline constexpr Limit kLaneQueueBytes{64 * 1024 * 1024, "bytes", "as much as the cache of states", kLaneQueue.message};
inline constexpr Limit kGroupCommands{1'024, "commands", "p99: one group stays under 20 ms", ""};
// Personal fields that are sealed as one, as JSON; and the base64 of it with its tag.
inline constexpr Limit kSealedBytes{16 * 1024, "bytes", "a name, a number, an address and one long text",
                                    "个人信息一项超过 16 KB，请删减。"};
inline constexpr Limit kSealedChars{21'868, "characters", "base64 of kSealedBytes and 16 bytes", kSealedBytes.message};
// Of a file, sealed as one: 64 KiB of it, or its description (a name of kNameChars and 42 bytes).
inline constexpr Limit kSealedSegmentBytes{64 * 1024, "bytes", "a segment of a file (files/limits.h)", ""};
inline constexpr Limit kCaseFiles{200, "files a case", "the longest list of materials has 40, a few scans each",
                                  "一个办件最多登记 200 个材料文件。请先合并扫描件。"};
inline constexpr Limit kKeyCache{32'768, "keys", "about 300 bytes each; the subjects of a week's open cases", ""};
inline constexpr Limit kStateCacheBytes{64 * 1024 * 1024, "bytes", "states of about 100,000 open cases", ""};
// The number's six digits (casework.md §4.6): a centre receives at most this many cases a day.
inline constexpr Limit kCaseSerial{999'999, "cases a day", "six digits of the case number",
                                   "今日收件编号已用完。请联系管理员。"};
// Days of one limit with its extensions, and pauses of one clock (calendar/clock.h). The longest limit seen is a year.
inline constexpr Limit kDueDays{3'650, "days", "ten years; longer is a typing error", "期限超过 3650 日，请核对天数。"};
inline constexpr Limit kDuePauses{1'000, "pauses", "a case of ten years with two a week",
                                  "同一期限的暂停超过 1000 次，请核对特别程序的记录。"};
// One figure of one week as a week file gives it (replay/week_file.h); each becomes records of its own.
inline constexpr Limit kWeekCount{1'000'000, "records a week", "the busiest hall seen has 6,000 a week; more is a typing error",
                                  "一期的一项数字超过 1000000，请核对数字。"};

// One case of an exchange file: its rows in the five tables, as JSON lines.
inline constexpr Limit kExchangeCaseBytes{16 * 1024 * 1024, "bytes", "2,000 facts of 6 kB, the most that travel",
                                          "这个办件的交换表超过 16 MB。"};

// Accounts (identity). Numbers of local practice; a stricter centre changes them here.
inline constexpr Limit kSessionIdleMinutes{30, "min", "a desk that was left", "您有一段时间没有操作，已自动退出。请重新登录。"};
inline constexpr Limit kSessionHours{12, "h", "a working day with its evening", "登录已满 12 小时，已自动退出。请重新登录。"};
inline constexpr Limit kSessionsOfAccount{20, "sessions", "devices of one person; the oldest ends", ""};
inline constexpr Limit kLoginFailures{5, "failures", "of one account within kLoginWindowMinutes: then it is locked", ""};
inline constexpr Limit kAddressFailures{50, "failures", "of one address: softer, a whole hall may share one", ""};
inline constexpr Limit kLoginWindowMinutes{15, "min", "failures further apart are typing errors", ""};
inline constexpr Limit kKnownPairDays{30, "days", "an account that has signed in from an address is known there for so long", ""};
inline constexpr Limit kRegistrations{100, "registrations", "of one address within kLoginWindowMinutes: a hall's kiosks share one",
                                      "这个网络地址注册的账号过多。"};
inline constexpr Limit kLockMinutes{15, "min", "480 guesses a day at one account", ""};
inline constexpr Limit kLoginSubjects{20'000, "names and addresses", "whose failures are counted in memory; about 4 MB", ""};
inline constexpr Limit kPasswordHashes{2, "hashes", "64 MiB and 0.1 s of a core each", ""};
inline constexpr Limit kPasswordChars{128, "characters", "a sentence fits; hashing has a bound", "密码最多 128 个字符。"};
inline constexpr Limit kPasswordLeastChars{10, "characters", "NIST SP 800-63B asks for 8", "密码至少 10 个字符。"};
inline constexpr Limit kLinkMinutes{30, "min", "of a one-time link: handed over by a person", ""};
inline constexpr Limit kLinks{1'000, "links", "alive at one time", "未使用的一次性链接过多，请等较早的失效后再试。"};
// Looking people up by their number or phone (casework/lookup_limit.h).
inline constexpr Limit kFruitlessLookups{30, "look-ups", "of one account within kLookupMinutes: a counter misreads one in ten",
                                         "按证件号码或电话查找多次没有结果，暂时不能再查。"};
inline constexpr Limit kLookupMinutes{10, "min", "the 10,000 endings that a masked phone hides take two days and 10,000 audit entries", ""};
inline constexpr Limit kProviderThreads{4, "threads", "that wait for the identity provider; 40 log-ins a second at 100 ms each", ""};
inline constexpr Limit kProviderQueue{64, "log-ins", "16 for each thread: under 2 s where the provider is well", "同时经统一身份认证登录的人较多，这一次没有排上。"};
// The access audit.
inline constexpr Limit kAuditQueue{20'000, "entries", "one second of work at the lane's rate",
                                   "访问审计繁忙，这次没有读取。请在几秒后再试。"};
inline constexpr Limit kAuditBatch{1'024, "entries", "one sync", ""};
inline constexpr Limit kRefusalsNoted{60, "entries a minute", "of one account, or of all strangers; further ones are counted in one: a flood must not fill the disk", ""};

}  // namespace yi::limits
