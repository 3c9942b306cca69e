#include "benchmark/replayed.h"

#include <stdexcept>

#include "base/clock.h"
#include "benchmark/limits.h"
#include "store/postgres_writer.h"

namespace yi::bench {

using store::PostgresConnection;
using store::PostgresParameters;

Replayed::Replayed() {
  PostgresConnection::overhear = [this](const PostgresConnection& c, std::string_view sql, const PostgresParameters& p) {
    std::lock_guard lock(m_);
    if (done_) return;
    auto& kept = kept_[&c];
    if (sql.empty()) {
      kept.groups.push_back(std::move(kept.open));
      kept.open.clear();
      return;
    }
    if (sql.starts_with("INSERT INTO ledger_event")) kept.ledger = true;
    Part part{&texts_.try_emplace(std::string(sql), sql).first->second, p.types, {}, {}};
    for (std::size_t i = 0; i < p.values.size(); ++i) {
      part.nulls.push_back(p.values[i] == nullptr);
      part.values.emplace_back(p.values[i] ? p.values[i] : "", p.values[i] ? static_cast<std::size_t>(p.lengths[i]) : 0);
    }
    kept.open.push_back(std::move(part));
  };
}
Replayed::~Replayed() { PostgresConnection::overhear = nullptr; }

void Replayed::begin() {
  std::lock_guard lock(m_);
  for (auto& [c, kept] : kept_) kept.from = kept.groups.size();
}
void Replayed::end() {
  std::lock_guard lock(m_);
  for (auto& [c, kept] : kept_) kept.to = kept.groups.size();
  done_ = true;
}

double Replayed::replay(const std::string& url) const {
  const Kept* lane = nullptr;
  for (const auto& [c, kept] : kept_)
    if (kept.ledger) lane = &kept;
  if (!lane || lane->to <= lane->from) throw std::logic_error("nothing was sent that could be sent again");
  auto options = options_of(url);
  options.emplace_back("options", "-csearch_path=yichuang");
  PostgresConnection c(options);
  c.run("DO $$ DECLARE t text; BEGIN FOR t IN SELECT relname FROM pg_class WHERE relnamespace='yichuang'::regnamespace AND relkind IN ('r','p') AND NOT relispartition"
        " AND relname NOT LIKE 'store\\_%' LOOP EXECUTE format('TRUNCATE %I', t); END LOOP; END $$");
  c.run(store::kPlanByKeys);
  // The head as the node's term found it.
  for (bool found = false; const auto& group : lane->groups) {
    for (const auto& part : group) {
      const bool moves = part.sql->find("ledger_head AS h") != std::string::npos || part.sql->find("UPDATE ledger_head") != std::string::npos;
      if (found || !(moves || part.sql->find("FROM ledger_head") != std::string::npos)) continue;
      PostgresParameters p;
      p.add(std::string_view(part.values[0]), part.types[0]);
      p.add(std::string_view(part.values[moves ? 4 : 1]), store::oid::int8);
      c.ask("INSERT INTO ledger_head(centre, seq, groups, recorded_at, epoch, peaks) VALUES($1,0,0,0,$2,'')", p);
      found = true;
    }
    if (found) break;
  }
  std::int64_t start = 0;
  for (std::size_t i = 0; i < lane->to; ++i) {
    if (i == lane->from) start = monotonic_ns();
    c.start_pipeline();
    for (const auto& part : lane->groups[i]) {
      PostgresParameters p;
      for (std::size_t k = 0; k < part.values.size(); ++k) {
        p.add(std::string_view(part.values[k]), part.types[k]);
        if (part.nulls[k]) p.values.back() = nullptr;
      }
      c.send(*part.sql, p);
    }
    c.finish_pipeline();
  }
  return static_cast<double>(monotonic_ns() - start) / 1e9;
}

}  // namespace yi::bench
