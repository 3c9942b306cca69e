// Opening a store on a server, and what may be in the way.
#include <algorithm>
#include <cstdlib>

#include "base/host_port.h"
#include "store/dialect.h"
#include "store/place.h"
#include "store/postgres_open.h"
#include "store/postgres_schema.h"
#include "store/postgres_writer.h"
#include "store/schema_steps.h"

namespace yi::store {
namespace {

// Beside the ledger a door waits for the answer, on a thread that serves others too.
constexpr std::chrono::milliseconds kAnswerBeside{5'000};
// And so it does for a question to a view; what reads much (verify, an export) asks page by page.
constexpr std::chrono::milliseconds kAnswerToDoor{4'000};

// Of both kinds of session. Plans of such short statements gain nothing from compiling; a question that waits for a lock
// has met a view that is being exchanged.
constexpr const char* kSession =
    " -c jit=off -c lock_timeout=30000 -c statement_timeout=0 -c idle_in_transaction_session_timeout=0"
    " -c default_transaction_isolation=read\\ committed -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3";

Refusal bad_url() {
  return {"store.bad_url", "数据库地址的写法不对。",
          "请写成 postgresql://用户@主机:端口/数据库；密码中的 @、/、: 等字符要写成 %40、%2F、%3A，或放在环境变量 PGPASSWORD、文件 ~/.pgpass 中。", 400, "--store"};
}

// The parts of a URL, or a refusal that repeats none of them: a password with a character that should have been written %40 spills
// into the host or the port.
Result<PostgresOptions> parse(const std::string& url) {
  char* error = nullptr;
  PQconninfoOption* all = PQconninfoParse(url.c_str(), &error);
  PQfreemem(error);
  if (!all) return bad_url();
  PostgresOptions out;
  bool good = is_server_url(url);
  for (auto* o = all; o->keyword; ++o) {
    if (!o->val) continue;
    const std::string_view key(o->keyword), value(o->val);
    if (key == "host" || key == "hostaddr" || key == "dbname" || key == "user") good &= value.find('@') == std::string_view::npos;
    if (key == "port") good &= value.find_first_not_of("0123456789,") == std::string_view::npos;
    out.emplace_back(key, value);
  }
  PQconninfoFree(all);
  if (!good) return bad_url();
  return out;
}

std::string value_of(const PostgresOptions& options, std::string_view key) {
  for (const auto& [k, v] : options)
    if (k == key) return v;
  return {};
}

std::string label_of(const PostgresOptions& o) {
  std::string label = "postgresql://", host = value_of(o, "host"), port = value_of(o, "port");
  const auto next = [](std::string& list) {
    const auto part = list.substr(0, list.find(','));
    if (part.size() < list.size()) list.erase(0, part.size() + 1);  // one port stands for every host
    return part;
  };
  for (auto n = std::count(host.begin(), host.end(), ',') + 1; n > 0; --n) {
    const auto at = next(host), through = next(port);
    label += at + (through.empty() ? "" : ":" + through) + (n > 1 ? "," : "");
  }
  return label + "/" + value_of(o, "dbname");
}

bool has_several_hosts(const PostgresOptions& o) {
  for (const char* key : {"host", "hostaddr"})
    if (value_of(o, key).find(',') != std::string::npos) return true;
  return false;
}

// What the URL leaves out libpq takes from its environment.
std::string said(const PostgresOptions& o, const char* key, const char* environment) {
  const auto value = value_of(o, key);
  const char* usual = std::getenv(environment);
  return !value.empty() ? value : std::string(usual ? usual : "");
}

// Of a list, which the environment may hold whole: whether what it names is a socket or the loopback, and whether a part names nothing.
struct Named {
  bool here = true, open = false;
};
Named named_by(const std::string& list) {
  Named out;
  for (std::size_t from = 0; from <= list.size();) {
    const auto to = std::min(list.find(',', from), list.size());
    const auto host = list.substr(from, to - from);
    if (host.empty()) out.open = true;
    else out.here &= host.front() == '/' || is_loopback({host, 0});
    from = to + 1;
  }
  return out;
}

// Whether every session stays on this machine. Where an address is left out, the name is gone by.
bool stays_here(const PostgresOptions& o) {
  for (const auto& one : each_host(o)) {
    const auto address = named_by(said(one, "hostaddr", "PGHOSTADDR"));
    if (!address.here || (address.open && !named_by(said(one, "host", "PGHOST")).here)) return false;
  }
  return true;
}

// A service file may name any host, and an sslmode that ours would go before: with one the URL says it.
Result<PostgresOptions> parse_to_connect(const std::string& url) {
  YI_TRY(auto options, parse(url));
  if (!said(options, "service", "PGSERVICE").empty() && said(options, "sslmode", "PGSSLMODE").empty())
    return Refusal{"store.sslmode_unsaid", "数据库地址用了 service，但没有写 sslmode。",
                   "请在 --store 中写明：经网络连接用 ?sslmode=verify-full&sslrootcert=文件；只在本机连接用 sslmode=prefer。service 文件中的 sslmode 不算。", 400, "--store"};
  return options;
}

PostgresOptions session(PostgresOptions o, const char* name, const std::string& schema) {
  const auto usual = [&](const char* key, const char* value) {
    if (value_of(o, key).empty()) o.emplace_back(key, value);
  };
  usual("keepalives_idle", "5");
  usual("keepalives_interval", "2");
  usual("keepalives_count", "3");
  usual("tcp_user_timeout", "10000");
  // libpq's own default takes a plain connection where it gets no other, and any certificate. Who wants that over a network says so.
  if (!std::getenv("PGSSLMODE") && !stays_here(o)) usual("sslmode", "verify-full");
  // Of a primary and its standbys the one that takes commits, for readers too: they must see what was just answered.
  if (has_several_hosts(o)) usual("target_session_attrs", "read-write");
  const auto options = value_of(o, "options") + kSession + " -c search_path=" + schema;
  std::erase_if(o, [](const auto& e) { return e.first == "options" || e.first == "application_name" || e.first == "client_encoding"; });
  o.emplace_back("options", options);
  o.emplace_back("application_name", name);
  o.emplace_back("client_encoding", "UTF8");
  return o;
}

Refusal refused(const PostgresFailure& f, const std::string& where) {
  const auto said = std::string(f.what()).substr(0, std::string(f.what()).find('\n'));
  if (f.state == "28P01" || f.state == "28000")
    return {"store.wrong_password", "数据库不接受这个用户名或密码。", "请检查 --store 中的用户名，以及 PGPASSWORD、~/.pgpass 或地址中的密码。", 503, where};
  if (f.state == "3D000") return {"store.no_database", "服务器上没有这个数据库。", "请由数据库管理员建立（createdb -E UTF8 -O 用户 数据库），或检查 --store 中的名称。", 404, where};
  if (f.state == "42501")
    return {"store.no_rights", "数据库用户的权限不够：" + said, "请由数据库管理员授权（GRANT CREATE ON DATABASE … TO …，或把 schema yichuang 及其中的表交给这个用户）。", 503, where};
  if (f.state == "55P03")
    return {"store.locked", "数据库中的表正被别的会话长时间占用：" + said, "没有做任何改动；请稍后再试，或由数据库管理员结束那个会话（如导出、备份）。", 409, where};
  if (f.state == "53300") return {"store.cannot_connect", "数据库的连接数已满。", "请稍后再试，或由数据库管理员提高 max_connections。", 503, where};
  if (f.kind == FailureKind::unreachable && (said.find("SSL") != std::string::npos || said.find("certificate") != std::string::npos))
    return {"store.cannot_connect", "与数据库之间没有建立加密连接：" + said,
            "请在数据库服务器上启用 TLS，并在 --store 中写上签发其证书的机构：?sslmode=verify-full&sslrootcert=文件；确实不加密时要写明 sslmode。", 503, where};
  if (f.kind == FailureKind::unreachable)
    return {"store.cannot_connect", "连接不上数据库：" + said, "请检查 --store 中的主机和端口，以及数据库是否在运行。", 503, where};
  return {"store.unusable", "数据库无法使用：" + said, "数据没有被改动；请把这句话告诉数据库管理员。", 503, where};
}

Refusal not_ours(const std::string& where) {
  return {"store.not_ours", "数据库中的 schema yichuang 不是一窗的。", "请检查 --store 中的数据库名称，或另建一个数据库。", 409, where};
}

class PostgresStore : public Store {
 public:
  PostgresStore(PostgresOptions options, std::string schema, PostgresWriter::Of of) : options_(std::move(options)), schema_(std::move(schema)), of_(of) {}
  void open_writer(Mode mode) {
    serves_ = mode == Mode::node;
    w = std::make_unique<PostgresWriter>(connection(kWriterName), of_, serves_);
  }
  std::unique_ptr<PostgresWriter> w;
  Writer& writer() override {
    if (!w) throw Failure(FailureKind::read_only, "the store is open for reading");
    return *w;
  }
  std::unique_ptr<Reader> open_reader() override {
    auto c = connection(kReaderName);
    if (serves_) c->answer_within = std::min(c->answer_within, kAnswerToDoor);
    return std::make_unique<PostgresReader>(std::move(c));
  }

 private:
  std::unique_ptr<PostgresConnection> connection(const char* name) const {
    auto c = std::make_unique<PostgresConnection>(session(options_, name, schema_));
    if (of_ == PostgresWriter::Of::beside) c->answer_within = kAnswerBeside;
    return c;
  }
  PostgresOptions options_;
  std::string schema_;
  PostgresWriter::Of of_;
  bool serves_ = false;  // doors, as a node
};

std::string setting(Reader& r, const char* name) {
  auto c = r.select("SELECT current_setting($1)", {name});
  c->next();
  return std::string(c->bytes(0));
}

Refusal newer(const std::string& where) { return {"store.newer", "数据由更新版本的一窗写成。", "请使用同一或更新的版本打开。", 409, where}; }

// What is there: nothing, a schema that may be filled, a store of an earlier program, or one that we know.
enum class Found { nothing, empty, older, store };
Result<Found> look(Reader& r, const std::string& schema, const std::string& where) {
  if (setting(r, "server_encoding") != "UTF8")
    return Refusal{"store.other_encoding", "数据库的编码不是 UTF8。", "请另建一个数据库：createdb -E UTF8 -T template0 数据库。", 409, where};
  if (setting(r, "fsync") == "off")
    return Refusal{"store.not_durable", "数据库服务器关闭了 fsync，断电会丢失已经办理的业务。", "请由数据库管理员打开 fsync 后重启数据库。", 409, where};
  if (r.select("SELECT count(*) FROM pg_namespace WHERE nspname=$1", {schema})->next_integer() == 0) return Found::nothing;
  if (!r.has_table(meta_table().name)) {
    if (r.select("SELECT count(*) FROM pg_class WHERE relnamespace=current_schema()::regnamespace", {})->next_integer() > 0) return not_ours(where);
    return Found::empty;
  }
  const auto state = schema_state(r);
  if (!state) return not_ours(where);
  switch (fit(*state, schema_version())) {
    case SchemaFit::newer: return newer(where);
    case SchemaFit::older: return Found::older;
    case SchemaFit::good: break;
  }
  return Found::store;
}

// Makes or brings up the tables. Asked again past the word: another process may have done it meanwhile, and may take its time over a
// large ledger. A lock of the tables' own is waited for no longer than usual: behind it all others would stand.
Checked prepare(PostgresWriter& w, const std::string& schema, const std::string& where) {
  const Unhurried patient(w);
  w.begin();
  w.run("SET LOCAL lock_timeout=0");
  w.lock_until_commit("schema");
  w.run("SET LOCAL lock_timeout TO DEFAULT");
  const auto found = look(w.reader(), schema, where);
  if (!found) {
    w.rollback();
    return found.error();
  }
  if (*found == Found::empty) {
    for (const auto* v : store_tables()) w.ensure_view(*v);
    w.partition();
    w.put_meta("schema", std::to_string(schema_version()));
    w.put_meta("readable_by", std::to_string(schema_version()));
  } else if (*found == Found::older) {
    bring_up(w, *schema_state(w.reader()));
  }
  w.commit();
  return Done{};
}

Result<std::unique_ptr<Store>> open_in(const std::string& url, Mode mode, bool building, PostgresWriter::Of of) {
  YI_TRY(auto options, parse_to_connect(url));
  const auto where = label_of(options);
  const std::string schema = building ? kBuildingSchema : kPostgresSchema;
  try {
    auto store = std::make_unique<PostgresStore>(options, schema, of);
    auto looking = std::make_unique<PostgresConnection>(session(options, mode == Mode::read ? kReaderName : kWriterName, schema));
    auto* connection = looking.get();
    PostgresReader reader(std::move(looking));
    YI_TRY(auto found, look(reader, schema, where));
    if (mode == Mode::read) {
      if (found == Found::older)
        return Refusal{"store.older", "数据由更早版本的一窗写成，还没有升级：" + where, "请先用这个版本启动一次服务（yichuang serve），或运行 yichuang schema。", 409, where};
      if (found != Found::store)
        return Refusal{"store.missing", "数据库中没有一窗的数据：" + where, "请先运行 yichuang replay 或 serve，或检查 --store。", 404, where};
      return std::unique_ptr<Store>(std::move(store));
    }
    if (reader.select("SELECT CASE WHEN pg_is_in_recovery() THEN 1 ELSE 0 END", {})->next_integer() != 0)
      return Refusal{"store.standby", "这台数据库服务器是备库，不接受写入。", "请在 --store 中写主库的地址，或把主库和备库都写上：postgresql://用户@主机1:端口,主机2:端口/数据库。", 503, where};
    if (found == Found::nothing) {  // two that make it at once: the lock goes with this connection
      connection->run("SELECT pg_advisory_lock(hashtext('yichuang making'), 0)");
      connection->run("CREATE SCHEMA IF NOT EXISTS " + schema);
    }
    store->open_writer(mode);
    if (found != Found::store) YI_CHECK(prepare(*store->w, schema, where));
    return std::unique_ptr<Store>(std::move(store));
  } catch (const PostgresFailure& f) {
    return refused(f, where);
  } catch (const Failure& f) {
    if (f.kind == FailureKind::busy)
      return Refusal{"store.locked", "另一个一窗进程正在写这个数据库：" + where,
                     "replay、rebuild、migrate 等要独占数据库，serve 可以有多个节点。请先停止另一方，或用 --store 指定另一个数据库；bulletin 和 verify 可以同时运行。", 409, where};
    return Refusal{"store.unusable", std::string("数据库无法使用：") + f.what(), "数据没有被改动。", 503, where};
  }
}

}  // namespace

bool is_server_url(std::string_view text) { return text.starts_with("postgresql://") || text.starts_with("postgres://"); }

std::string label_of(const std::string& url) {
  const auto options = parse(url);
  return options.ok() ? label_of(options.value()) : "postgresql://…";
}

std::string label_of(const Place& place) { return place.on_server() ? label_of(place.url) : place.directory; }

Result<std::unique_ptr<Store>> open(const Place& place, Mode mode) {
  return place.on_server() ? open_postgres(place.url, mode, place.building) : open_sqlite(place.directory, mode);
}

Result<std::unique_ptr<Store>> open_postgres(const std::string& url, Mode mode, bool building) {
  return open_in(url, mode, building, PostgresWriter::Of::ledger);
}

Result<std::unique_ptr<Store>> open_beside(const Place& place, const std::string& name, Mode mode) {
  return place.on_server() ? open_in(place.url, mode, place.building, PostgresWriter::Of::beside) : open_beside(place.directory, name, mode);
}

Result<SchemaReport> look_after_schema(const std::string& url, bool contracting) {
  // Opened for writing, it is brought up.
  YI_TRY(const auto opened, open_in(url, Mode::write, false, PostgresWriter::Of::beside));
  auto& w = static_cast<PostgresWriter&>(opened->writer());
  const Unhurried patient(w);
  try {
    w.begin();
    w.lock_until_commit("schema");
    auto state = schema_state(w.reader()).value_or(SchemaState{});
    if (contracting) state = contract(w, state);
    w.commit();
    return SchemaReport{state.version, state.readable_by, schema_version()};
  } catch (const PostgresFailure& f) {
    w.rollback();
    return refused(f, label_of(url));
  }
}

Result<PostgresOptions> session_options(const Place& place, const char* name) {
  YI_TRY(auto options, parse_to_connect(place.url));
  return session(std::move(options), name, place.building ? kBuildingSchema : kPostgresSchema);
}

Checked with_postgres(const std::string& url, const std::function<Checked(PostgresConnection&)>& act) {
  YI_TRY(auto options, parse_to_connect(url));
  const auto where = label_of(options);
  try {
    PostgresConnection c(session(options, kWriterName, kPostgresSchema));
    return act(c);
  } catch (const PostgresFailure& f) {
    return refused(f, where);
  }
}

}  // namespace yi::store
