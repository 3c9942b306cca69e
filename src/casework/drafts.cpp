#include "casework/drafts.h"

#include <algorithm>

#include "base/text.h"

namespace yi::casework {
namespace {

using store::Type;
constexpr std::int64_t kDayMs = 24 * 3'600'000;
constexpr std::size_t kDraftsOfAccount = 50;  // an agent with a full day's work; each under 80 kB

const std::string kSelect = "SELECT centre, account, draft_id, subject, matter, version, saved_at, kept_until, sealed FROM casework_draft WHERE centre=$1";

enum Column { account = 1, draft_id, subject, matter, version, saved_at, kept_until, sealed };

// The title may name a person and the content does: both are sealed.
struct Inner {
  std::string title, content;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (title, content))

Refusal unknown() { return {"casework.unknown_draft", "没有这份暂存的内容，可能已经提交、删除或超过保存期限。", "请从头填写，或在暂存列表中另选一份。", 404, "/draft_id"}; }

bool is_uuid(std::string_view s) {
  if (s.size() != 36) return false;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? s[i] != '-' : !((s[i] >= '0' && s[i] <= '9') || (s[i] >= 'a' && s[i] <= 'f'))) return false;
  }
  return true;
}

// What the sealed bytes belong to: in another account's row they do not open.
std::string context_of(std::string_view of_account, std::string_view id) { return "draft\n" + std::string(of_account) + "\n" + std::string(id); }

DraftEntry entry_of(const store::Row& r) {
  DraftEntry e;
  e.draft_id = r[draft_id].s;
  e.matter = r[matter].s;
  e.version = r[version].i;
  e.saved_at = {r[saved_at].i};
  e.kept_until = {r[kept_until].i};
  return e;
}

}  // namespace

const store::View& draft_view() {
  static const store::View v{"casework_draft", 1, store::ViewKind::report, 3,
                             {{"centre", Type::integer}, {"account", Type::text}, {"draft_id", Type::text}, {"subject", Type::integer}, {"matter", Type::text},
                              {"version", Type::integer}, {"saved_at", Type::integer}, {"kept_until", Type::integer}, {"sealed", Type::bytes}}};
  return v;
}

Result<std::unique_ptr<Drafts>> Drafts::open(const store::Place& place, CentreCode centre, store::KeyVault& keys, std::function<int()> days, SubjectOfAccount subject_of, identity::Now now) {
  YI_TRY(auto tables, store::SideTables::open(place, kDraftsFile, centre, {&draft_view()}));
  std::unique_ptr<Drafts> d(new Drafts(std::move(tables), keys, std::move(days), std::move(subject_of), std::move(now)));
  // Of somebody who was erased while the program was ending.
  for (const auto gone : keys.destroyed()) d->forget(gone);
  d->remove_expired();
  return d;
}

std::string Drafts::word_of(const std::string& of_account) const { return "casework_draft\n" + std::to_string(tables_->centre().value) + "\n" + of_account; }

std::optional<store::Row> Drafts::row(const std::string& of_account, const std::string& id) {
  auto r = tables_->find(draft_view(), {tables_->centre().value, of_account, id});
  if (!r || (*r)[kept_until].i < now_().ms) return std::nullopt;
  return r;
}

std::vector<store::Row> Drafts::rows_of(const std::string& of_account) {
  auto rows = tables_->select(draft_view(), kSelect + " AND account=$2", {tables_->centre().value, of_account});
  const auto now = now_().ms;
  std::erase_if(rows, [&](const auto& r) { return r[kept_until].i < now; });
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a[saved_at].i > b[saved_at].i; });
  return rows;
}

std::vector<DraftEntry> Drafts::list(const std::string& of_account) {
  std::vector<DraftEntry> out;
  for (const auto& r : rows_of(of_account)) {
    const auto opened = keys_.open_bytes(r[sealed].s, {r[subject].i}, context_of(of_account, r[draft_id].s));
    const auto inner = opened ? json::read<Inner>(*opened) : Result<Inner>(unknown());
    if (!inner) continue;  // erased
    out.push_back(entry_of(r));
    out.back().title = inner->title;
  }
  return out;
}

Result<Draft> Drafts::get(const std::string& of_account, const std::string& id) {
  return open_row(of_account, row(of_account, id));
}

Result<Draft> Drafts::open_row(const std::string& of_account, const std::optional<store::Row>& r) {
  if (!r) return unknown();
  const auto& id = (*r)[draft_id].s;
  auto opened = keys_.open_bytes((*r)[sealed].s, {(*r)[subject].i}, context_of(of_account, id));
  if (!opened) {
    if (opened.error().code == "store.key_erased") return unknown();
    return opened.error();
  }
  YI_TRY(auto inner, json::read<Inner>(*opened));
  Draft d;
  static_cast<DraftEntry&>(d) = entry_of(*r);
  d.title = std::move(inner.title);
  d.content = std::move(inner.content);
  return d;
}

Result<DraftEntry> Drafts::save(const std::string& of_account, SubjectId of_subject, const SaveDraft& wish) {
  if (!is_uuid(wish.draft_id)) return Refusal{"casework.bad_draft_id", "暂存编号的格式不对。", "请用一个小写的 UUID，例如 0190f5fe-7c00-7a1b-8c2d-0123456789ab。", 422, "/draft_id"};
  const auto text = json::write(Inner{wish.title, wish.content});
  if (text.size() > static_cast<std::size_t>(limits::kSealedSegmentBytes.value))
    return Refusal{"casework.draft_too_long", "填写的内容过长，没有保存。", "请删减文字；长的材料请作为附件上传。", 413, "/content"};
  remove_expired();
  const auto now = now_();
  const store::Row key{tables_->centre().value, of_account, std::string(wish.draft_id)};
  Result<DraftEntry> saved = unknown();
  tables_->as_one(word_of(of_account), [&](store::SideTables::Turn& turn) {
    saved = [&]() -> Result<DraftEntry> {
      const auto there = turn.find(draft_view(), key);
      const auto known = there && (*there)[kept_until].i >= now.ms ? (*there)[version].i : 0;  // 0: none
      if (wish.version && known == 0) return unknown();
      if (known != 0 && known != wish.version.value_or(0)) {
        // The same save once more: its answer was lost on the way.
        const auto kept = open_row(of_account, there);
        if (kept && kept->content == wish.content && kept->title == wish.title) return DraftEntry(*kept);
        return Refusal{"casework.draft_changed", "这份内容在别处（另一个窗口或设备）又保存过，这次没有覆盖它。", "请先打开最新的一份核对，再决定保留哪一份。", 409, "/version"};
      }
      if (known == 0 && turn.select(draft_view(), kSelect + " AND account=$2 AND kept_until>=$3", {tables_->centre().value, of_account, now.ms}).size() >= kDraftsOfAccount)
        return Refusal{"casework.too_many_drafts", "暂存的内容已有 50 份。", "请先提交或删除不用的。", 409, ""};
      YI_TRY(auto bytes, keys_.seal_bytes(text, of_subject, context_of(of_account, wish.draft_id)));
      const store::Row fresh{tables_->centre().value, of_account, std::string(wish.draft_id), of_subject.value, wish.matter ? wish.matter->value : "",
                             known + 1, now.ms, now.ms + days_() * kDayMs, store::Value::blob(std::move(bytes))};
      turn.put(draft_view(), fresh);
      auto e = entry_of(fresh);
      e.title = wish.title;
      return e;
    }();
  });
  // Whoever is erased while this is saved has their drafts taken away before or after it: here it is seen whether it was before.
  if (const auto whose = of_subject ? of_subject : subject_of_(of_account); saved && whose)
    if (const auto still = keys_.seal_bytes({}, whose, ""); !still) {
      discard(of_account, wish.draft_id);
      return still.error();
    }
  return saved;
}

void Drafts::discard(const std::string& of_account, const std::string& id) {
  const store::Row key{tables_->centre().value, of_account, id};
  tables_->as_one(word_of(of_account), [&](store::SideTables::Turn& turn) { turn.remove(draft_view(), key); });
}

void Drafts::remove(const store::Row& r) { discard(r[account].s, r[draft_id].s); }

void Drafts::forget(SubjectId gone) {
  if (!gone) return;
  for (const auto& r : tables_->select(draft_view(), kSelect + " AND (subject=$2 OR subject=0)", {tables_->centre().value, gone.value}))
    if (r[subject].i == gone.value || subject_of_(r[account].s) == gone) remove(r);
}

void Drafts::remove_expired() {
  for (const auto& r : tables_->select(draft_view(), kSelect + " AND kept_until<$2", {tables_->centre().value, now_().ms})) remove(r);
}

}  // namespace yi::casework
