#include "casework/life.h"

#include <filesystem>

#include "store/temporary_directory.h"

namespace yi::casework::life {
namespace {
namespace fs = std::filesystem;

const CentreCode kCentre{990000};
const WindowCode kWindow{"W01"};
const WindowCode kIssuing{"W03"};
const AskStanding kNobodyAsked;

catalog::Catalog own_catalog() {
  const fs::path data = fs::path(YI_SOURCE_DIR) / "testdata";
  const store::TemporaryDirectory place;
  for (const auto& file : fs::directory_iterator(data / "catalog/base"))
    if (file.path().filename() != "matters-history.yaml") fs::copy_file(file.path(), fs::path(place.path()) / file.path().filename());
  for (const char* own : {"matters.yaml", "windows.yaml"})
    fs::copy_file(data / "casework" / own, fs::path(place.path()) / own, fs::copy_options::overwrite_existing);
  auto loaded = catalog::Catalog::load(place.path());
  if (!loaded) throw std::runtime_error(loaded.error().where + " " + loaded.error().sentence);
  return std::move(loaded).value();
}

template <class C>
C about(C c) {
  c.case_id = case_id(CivilDay::of(2024, 1, 2), 1);
  return c;
}

std::string shown(const std::optional<CivilDay>& d) { return d ? to_iso(*d) : "无"; }

}  // namespace

const World& world() {
  static const World w{own_catalog(), calendar::Calendar::load(YI_SOURCE_DIR "/data/calendar").value(),
                       WarningRules::load(YI_SOURCE_DIR "/data/sichuan/warnings.yaml").value()};
  return w;
}

Context Life::context(Instant now, const engine::Actor& actor) const {
  return {kCentre, now, world().catalog, world().calendar, actor, world().warnings, kNobodyAsked};
}

template <class F>
Checked Life::record(Result<F> fact, Instant now, const char* name) {
  if (!fact) return std::move(fact).error();
  Instant effective = now;
  if constexpr (std::is_same_v<F, Accepted>)
    if (fact->by_law) effective = start_of(*state_.received_on);
  if constexpr (requires { F::kName; }) name = F::kName.data();
  const auto body = json::write(*fact);
  store::Record r;
  r.name = name;
  r.stream = "case:1";
  r.effective_at = effective;
  r.recorded_at = now;
  r.body = body;
  fold(state_, engine::RecordedFact(kCentre, ++seq_, r));
  facts_.push_back({name, effective, now, body});
  CaseState anew = state_;
  YI_CHECK(set_dues(anew, matter_, world().calendar));
  if (!(anew.at == state_.at)) {
    ++disagreements_;
    disagreement_ = std::string(name) + ": " + json::write(state_.at) + " 重算为 " + json::write(anew.at);
  }
  return Done{};
}

Checked Life::open(const Wish& w, const Context& x) {
  Receive c;
  c.matter = matter_.code;
  c.applicant = "甲公司";
  c.window = kWindow;
  if (w.by_mail) c.source = Source::mail;
  for (const auto& paper : matter_.materials)
    if (std::find(w.papers.begin(), w.papers.end(), paper.name) == w.papers.end()) c.materials.emplace_back(paper.name);
  if (w.act == Act::receive) return record(decide(c, 1, x), w.now);
  Submit online;
  static_cast<Applying&>(online) = c;
  return record(decide(online, 1, x), w.now);
}

Checked Life::supply(const Wish& w, const Context& x) {
  auto c = about(SupplyMaterials{});
  if (!w.by_applicant) c.window = kWindow;
  c.materials = w.papers;
  if (w.act == Act::supply_deferred) c.deferred = true;
  if (c.materials.empty() && w.act == Act::supply_deferred)
    for (const auto& d : state_.detail.deferred) c.materials.emplace_back(matter_.materials[static_cast<std::size_t>(d.material)].name);
  else if (c.materials.empty())
    for (auto i : state_.detail.lacking) c.materials.emplace_back(matter_.materials[static_cast<std::size_t>(i)].name);
  if (c.materials.empty()) c.materials.emplace_back(matter_.materials.front().name);
  return record(decide(&state_, c, x), w.now);
}

Checked Life::step(const Wish& w, const Context& x) {
  auto c = about(TakeStep{});
  if (w.act == Act::take_in) c.window = kWindow;
  c.reason = "情况说明";
  c.people = {Text<60>("甲某"), Text<60>("乙某")};
  c.authority = "上级机关";
  c.outcome = true;
  if (w.act == Act::terminate) c.code = "impossible", c.legal_basis = "某办法第三条";
  if (w.act == Act::forward && !matter_.preliminary_review) c.code = "other_authority";
  return record(decide(&state_, w.act, c, x), w.now, step_name(w.act));
}

Checked Life::act(const Wish& w) {
  const engine::Actor staff{"w01", "operator"}, applicant{"a01", "applicant", {}, {}, RoleSet{Role::applicant}.bits, SubjectId{7}};
  const bool online = w.by_applicant && w.act != Act::submit;
  if (online) state_.subject = {7};  // whose case it is, is put in by the engine's side
  const auto x = context(w.now, w.by_applicant ? applicant : staff);
  const auto window = [&](auto c) {
    c = about(std::move(c));
    if (!w.by_applicant) c.window = kWindow;
    return c;
  };
  switch (w.act) {
    case Act::submit: case Act::receive: return open(w, x);
    case Act::pre_return: case Act::request_correction: {
      auto c = window(RequestCorrection{});
      c.defects = {{matter_.materials.front().name, "缺签字", "补签字"}};
      c.second_reason = w.second_reason;
      return record(decide(&state_, c, x), w.now);
    }
    case Act::supplement: case Act::receive_correction: case Act::resubmit: case Act::supply_deferred: return supply(w, x);
    case Act::accept: {
      auto c = window(Accept{});
      c.deferred = w.deferred;
      c.commitments = w.commitments;
      return record(decide(&state_, c, x), w.now);
    }
    case Act::refuse_acceptance: {
      auto c = window(RefuseAcceptance{});
      c.reason = "不需要许可";
      c.because = state_.permit() ? NotAcceptedBecause::no_permit_needed : NotAcceptedBecause::other;
      if (!state_.permit()) c.legal_basis = "某办法第二条";
      return record(decide(&state_, c, x), w.now);
    }
    case Act::transfer: {
      auto c = about(Transfer{});
      c.window = w.to == Holder::issue_window ? kIssuing : kWindow;
      c.to = w.to;
      c.signed_by = "乙某";
      c.reason = "情况复杂，不能当场决定";
      return record(decide(&state_, c, x), w.now);
    }
    case Act::suspend: {
      auto c = about(Suspend{});
      c.kind = w.kind;
      c.reason = "需要";
      c.approver = "丙某";
      c.planned_end = w.until;
      return record(decide(&state_, c, x), w.now);
    }
    case Act::resume: {
      auto c = about(Resume{});
      c.result = "已完成";
      return record(decide(&state_, c, x), w.now);
    }
    case Act::extend: case Act::extend_joint: {
      auto c = about(Extend{});
      c.days = w.days;
      c.reason = "案情复杂";
      c.approver = "丙某";
      return record(decide(&state_, c, w.act == Act::extend_joint, x), w.now);
    }
    case Act::decide_grant: case Act::decide_refuse: {
      auto c = about(Decide{});
      c.decision = w.act == Act::decide_grant ? Decision::grant : Decision::refuse;
      c.reason = "不符合条件";
      c.legal_basis = "某条例第九条";
      c.heard = "利害关系人放弃陈述";
      return record(decide(&state_, c, x), w.now);
    }
    case Act::issue: {
      auto c = about(Issue{});
      c.window = state_.at.holder == Holder::issue_window ? kIssuing : kWindow;
      c.received_by = "甲某";
      return record(decide(&state_, c, x), w.now);
    }
    case Act::withdraw: {
      auto c = window(Withdraw{});
      c.reason = "不再需要";
      return record(decide(&state_, c, x), w.now);
    }
    default: return step(w, x);
  }
}

Checked Life::timers(CivilDay day) {
  const engine::Actor program{"timers", "system"};
  const auto x = context(at(day, 0, 1), program);
  YI_TRY(const auto facts, on_timer(state_, x));
  if (facts.accepted) YI_CHECK(record<Accepted>(*facts.accepted, x.now));
  for (const auto& card : facts.cards) YI_CHECK(record<CardGiven>(card, x.now));
  return Done{};
}

std::string Life::counted_days() const {
  std::string s;
  for (const auto& clock : clocks_of(state_, matter_)) {
    const auto answer = calendar::due(world().calendar, clock.question, calendar::Explain::yes);
    s += "  " + std::string(chinese_name(clock.kind)) + "〔" + clock.question.basis + "〕：";
    if (!answer) {
      s += answer.error().sentence + "\n";
      continue;
    }
    s += answer->due ? "到期 " + shown(answer->due) : "自 " + shown(answer->paused_since) + " 暂停";
    for (const auto& d : answer->days)
      s += "\n    " + to_iso(d.day) + (d.counted ? " 第" + std::to_string(d.number) + "日 " : " 不计 ") + d.reason + (d.basis.empty() ? "" : "〔" + d.basis + "〕");
    s += "\n";
  }
  return s;
}

}  // namespace yi::casework::life
