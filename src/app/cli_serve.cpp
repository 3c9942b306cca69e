#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "app/centre.h"
#include "app/cli.h"
#include "app/console.h"
#include "app/installation.h"
#include "app/log_lines.h"
#include "app/monitor.h"
#include "app/paper.h"
#include "app/places.h"
#include "app/report.h"
#include "app/supervisor.h"
#include "base/host_port.h"
#include "bulletin/desk_views.h"
#include "bulletin/week_views.h"

namespace yi::app {
namespace {

struct ServeWords {
  std::string data = "var";
  int port = 8080;
  int threads = 1;
  bool behind_tls = false;
  std::vector<std::string> hosts;
  MonitorOptions monitor;
  bool fresh = false;
  bool open_demonstration = false;
  std::string node, node_address;
};

// A name that tells people which machine it is, where none was given.
std::string host_name() {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 && name[0] ? name : "node";
}

int g_stop_pipe[2] = {-1, -1};
extern "C" void ask_to_stop(int) {
  const int error = errno;
  static_cast<void>(::write(g_stop_pipe[1], "", 1));
  errno = error;
}

// From here on SIGINT and SIGTERM end the service in order; a second one ends the process at once. Before, while
// something is replayed, rebuilt or verified, they end the process as usual: a directory survives that at any moment.
void expect_stop() {
  if (::pipe2(g_stop_pipe, O_CLOEXEC) != 0) return;
  struct sigaction action {};
  action.sa_handler = ask_to_stop;
  action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
  for (const int signal : {SIGINT, SIGTERM}) ::sigaction(signal, &action, nullptr);
}

// Until the person or the system asks to stop.
void wait_for_stop() {
  char c;
  while (::read(g_stop_pipe[0], &c, 1) < 0 && errno == EINTR) continue;
}

Result<std::unique_ptr<Installation>> open(const Cli& cli, const std::string& root, const ServeWords& w) {
  ServeOptions o;
  o.data_directory = w.data;
  o.store_url = cli.store;
  o.data_root = root;
  o.pages_root = pages_root();
  o.keys = cli.keys;
  o.files_folder = cli.files;
  o.server.port = static_cast<std::uint16_t>(w.port);
  o.server.connection_threads = w.threads;
  o.server.behind_tls = w.behind_tls;
  o.server.allowed_hosts = w.hosts;
  o.open_demonstration = w.open_demonstration;
  o.node = w.node.empty() ? host_name() : w.node;
  o.node_address = w.node_address;
  if (!w.node_address.empty())
    if (const auto place = host_port_of(w.node_address); !place || place->port == 0 || !is_loopback(*place))
      return Refusal{"app.node_address", "其他节点连接本节点的地址 " + w.node_address + " 不能使用。",
                     "请写本机地址和端口，例如 127.0.0.1:8081；节点在另一台机器上时，写两边通道共用的本机端口。", 400, "--node-address"};
  YI_TRY(auto installation, Installation::open(o));
  YI_CHECK(installation->serve());
  return installation;
}

// One-time links are for the person at the terminal. A service's output is a log that others read: there they go into a file of the
// data directory, which ends with the service.
class Links {
 public:
  Links(Installation& i, const std::string& directory) : file_(prints_to_journal() ? directory + "/links" : "") {
    std::string text;
    if (const auto link = i.first_administrator_link(); !link.empty())
      text += fmt::format("中心还没有系统管理员。设立三员的一次性链接（30 分钟内有效，只能用一次）：\n  {}\n", link);
    if (const auto link = i.one_time_link(); !link.empty()) text += fmt::format("工作人员一次性登录链接（10 分钟内有效，只能用一次）：\n  {}\n", link);
    else fmt::print("工作人员请在 http://127.0.0.1:{}/login 登录。\n", i.port());
    if (file_.empty()) fmt::print("{}", text);
    else ::unlink(file_.c_str());  // of a service that was killed
    if (file_.empty() || text.empty()) return;
    if (auto written = write_output(file_, text, ReadableBy::owner); !written) fail(written.error());
    else fmt::print("一次性链接写在 {}（只有服务账号可读，停止时删去）。\n", file_);
  }
  ~Links() {
    if (!file_.empty()) ::unlink(file_.c_str());
  }

 private:
  const std::string file_;
};

int serve_until_stopped(Installation& i, const ServeWords& w) {
  std::unique_ptr<Monitor> monitor;
  if (!w.monitor.address.empty()) {
    auto opened = Monitor::open(w.monitor, i);
    if (!opened) return fail(opened.error());
    monitor = std::move(*opened);
  }
  expect_stop();
  tell_supervisor("READY=1");
  fmt::print("\n一窗已启动：http://127.0.0.1:{}\n", i.port());
  if (monitor) fmt::print("监控数据：端口 {} 的 /metrics\n", monitor->port());
  const Links links(i, w.data);
  if (!prints_to_journal()) fmt::print("按 Ctrl+C 停止。\n");
  std::fflush(stdout);
  wait_for_stop();
  tell_supervisor("STOPPING=1");
  fmt::print("正在停止……\n");
  std::fflush(stdout);
  i.stop();
  monitor.reset();
  return 0;
}

int run_serve(const Cli& cli, const ServeWords& w) {
  count_log_lines();
  ::signal(SIGPIPE, SIG_IGN);
  const auto root = data_root(cli.catalogue);
  if (!root) return fail(root.error());
  auto installation = open(cli, *root, w);
  if (!installation) return fail(installation.error());
  return serve_until_stopped(*installation.value(), w);
}

// One edition to read and to print, into DIR/bulletins, where one is missing.
Checked write_edition(const std::string& root, const store::Place& place, const store::KeyOptions& keys, CivilDay week, bulletin::Edition edition) {
  std::optional<Papers> papers;
  for (const auto format : {bulletin::PaperFormat::text, bulletin::PaperFormat::html, bulletin::PaperFormat::pdf}) {
    const auto file = place.directory + "/bulletins/" + to_iso(week) + (edition == bulletin::Edition::internal ? "-internal." : "-public.") + bulletin::info_of(format).extension;
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) {
      if (!papers) {
        YI_TRY(papers, compose_paper({place, root, edition, week, {}, {}, keys}));
      }
      YI_TRY(const auto bytes, write_paper(*papers, format, publish::LineMode::grid));
      YI_CHECK(write_output(file, bytes, ReadableBy::owner));
    }
    fmt::print("  {}\n", file);
  }
  return Done{};
}

// Of every week that there is, but for those that are on the bulletin desk and not issued. A start that was interrupted is
// made good by the next one; a paper that cannot be written does not keep the service from starting.
void write_missing_bulletins(const std::string& root, const store::Place& place, const store::KeyOptions& keys, Installation& i) {
  fmt::print("周报：\n");
  ::mkdir((place.directory + "/bulletins").c_str(), 0700);
  auto reader = i.engine().reader();
  const auto weeks = bulletin::latest_periods(*reader, i.engine().centre(), identity::Viewer::operator_named("cli"), 10'000);
  for (auto week = weeks.rbegin(); week != weeks.rend(); ++week) {
    const auto issue = bulletin::find_issue(*reader, i.engine().centre(), week->from);
    if (issue && issue->stage != bulletin::IssueStage::issued) continue;
    for (const auto edition : {bulletin::Edition::internal, bulletin::Edition::public_})
      if (auto written = write_edition(root, place, keys, week->from, edition); !written) fail(written.error());
  }
}

int run_up(const Cli& cli, const ServeWords& w) {
  count_log_lines();
  ::signal(SIGPIPE, SIG_IGN);
  const auto root = data_root(cli.catalogue);
  if (!root) return fail(root.error());
  if (auto settled = settle(w.data); !settled) return fail(settled.error());
  auto common = load_common(*root);
  if (!common) return fail(common.error());
  const auto ledger = has_ledger(cli.place(w.data), common->catalog->settings().centre);
  if (!ledger) return fail(ledger.error());
  std::vector<replay::HallDraft> drafts;
  if (w.fresh || !*ledger) {
    auto files = load_weeks({*root + "/demonstration/week-2024-06-17.yaml"});
    if (!files) return fail(files.error());
    auto hall = replay::load_hall(*root + "/demonstration/hall.yaml", "hall.yaml", *common->catalog);
    if (!hall) return fail(hall.error());
    fmt::print("重放 2024 年 6 月 17 日一周的真实业务……\n");
    std::fflush(stdout);
    auto weeks = [&] {
      Progress progress("办理");
      return make_centre({cli.place(w.data), w.fresh, 1, cli.keys, &*hall, *root + "/roles.yaml"}, *files, *common, [&](std::int64_t done, std::int64_t all) { progress.at(done, all); });
    }();
    if (!weeks) return fail(weeks.error());
    for (const auto& week : *weeks) report(week);
    drafts = std::move(hall->drafts);
  } else {
    fmt::print("沿用数据目录 {}（--fresh 重来）。", w.data);
  }
  auto installation = open(cli, *root, w);
  if (!installation) return fail(installation.error());
  if (auto kept = installation.value()->keep_drafts(drafts); !kept) return fail(kept.error());
  write_missing_bulletins(*root, cli.place(w.data), cli.keys, *installation.value());
  return serve_until_stopped(*installation.value(), w);
}

void add_words(Cli& cli, CLI::App* command, ServeWords& w) {
  cli.add_place(command, w.data);
  command->add_option("--port", w.port, "端口；0 由系统选择")->check(CLI::Range(0, 65535))->capture_default_str();
  command->add_option("--threads", w.threads, "接待连接的线程数")->check(CLI::Range(1, 16))->capture_default_str();
  command->add_flag("--behind-tls", w.behind_tls, "前面有终结 TLS 的代理：Cookie 只走 https，地址取自 X-Forwarded-For");
  command->add_option("--node", w.node, "节点名称，供人辨认（默认：主机名）；同一 --store 可以有多个节点，各用自己的 --data");
  command->add_option("--node-address", w.node_address, "其他节点连接本节点的地址，例如 127.0.0.1:8081（默认：本节点的监听地址）");
  command->add_option("--host", w.hosts, "除本机外，浏览器可用的主机名（代理的名字），可写多个");
  command->add_flag("--open-demonstration", w.open_demonstration, "演示环境经代理开放时，也提供演示账号：谁能打开网页，谁就能用任何一个演示岗位");
  command->add_option("--metrics-address", w.monitor.address, "监控数据（/metrics）的本机地址和端口，例如 127.0.0.1:9464；默认不提供");
  command->add_option("--metrics-token-file", w.monitor.token_file, "监控令牌文件（只有服务账号可读）；不写则能到达该地址的都可读取");
}

}  // namespace

void add_serve_commands(Cli& cli) {
  auto* serve = cli.app.add_subcommand("serve", "启动服务");
  auto s = std::make_shared<ServeWords>();
  add_words(cli, serve, *s);
  serve->footer("例：yichuang serve --data var --port 8080\n    yichuang --config /etc/yichuang/yichuang.conf serve\n目前只接受本机访问。目录为空时建立一个空的中心。");
  serve->callback([&cli, s] { cli.exit_code = run_serve(cli, *s); });

  auto* up = cli.app.add_subcommand("up", "演示：目录为空时先重放真实的一周，再启动服务（./run 用它）");
  auto u = std::make_shared<ServeWords>();
  add_words(cli, up, *u);
  up->add_flag("--fresh", u->fresh, "重来：替换目录中已有的数据");
  up->footer("例：yichuang up --data var --port 8080");
  up->callback([&cli, u] { cli.exit_code = run_up(cli, *u); });
}

}  // namespace yi::app
