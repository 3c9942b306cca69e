#include "bulletin/desk_views.h"

#include <algorithm>

#include "base/text.h"
#include "bulletin/paper_record.h"

namespace yi::bulletin {
namespace {
using store::Merge;
using store::Personal;
using store::Type;
using store::Value;

template <class T>
T read(std::string_view body) {
  auto v = json::read<T>(body);
  if (!v) throw store::Failure(store::FailureKind::corrupt, "a view of the bulletin desk does not read: " + v.error().where);
  return std::move(v).value();
}
struct Words {
  std::vector<IssueWord> words;
};
BOOST_DESCRIBE_STRUCT(Words, (), (words))
struct Pieces {
  std::vector<PaperPiece> pieces;
};
BOOST_DESCRIBE_STRUCT(Pieces, (), (pieces))
struct SealedPieces {
  std::vector<store::SealedText> pieces;
};
BOOST_DESCRIBE_STRUCT(SealedPieces, (), (pieces))

// "bulletin.item_revised/1" → "item_revised".
std::string_view act_of(std::string_view fact) {
  fact.remove_prefix(fact.find('.') + 1);
  return fact.substr(0, fact.find('/'));
}
Value text_of(const json::Node& body, std::string_view member) {
  const auto n = body.find(member);
  return n && n->kind() == json::Kind::string ? Value(n->string()) : Value();
}
Value number_of(const json::Node& body, std::string_view member) {
  const auto n = body.find(member);
  return n && n->kind() == json::Kind::integer ? Value(n->integer()) : Value();
}

class ItemActReport : public engine::Report {
 public:
  const store::View& view() const override {
    static const store::View v{"bulletin_item_act", 1, store::ViewKind::report, 3,
                               {{"centre", Type::integer}, {"item", Type::integer}, {"seq", Type::integer}, {"act", Type::text}, {"acted_by", Type::text}, {"acted_at", Type::integer},
                                {"version", Type::integer}, {"words", Type::text}, {"note", Type::text}}};
    return v;
  }
  std::vector<std::string_view> listens_to() const override {
    return {NewsEntered::kName, ItemSubmitted::kName, ItemRevised::kName, ItemReturned::kName, ItemWithdrawn::kName, ItemTaken::kName, ItemDeclined::kName, ItemsMerged::kName};
  }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    const auto name = f.record.name;
    const auto body = f.node();
    const auto put = [&](std::int64_t item, Value version, Value words, Value note) {
      out.put({f.centre.value, item, f.seq, act_of(name), f.record.actor, f.record.recorded_at.ms, std::move(version), std::move(words), std::move(note)});
    };
    if (name == NewsEntered::kName || name == ItemSubmitted::kName) return put(f.seq, 1, text_of(body, "text"), {});
    if (name == ItemsMerged::kName) {
      const auto m = f.as<ItemsMerged>();
      put(m.into.value, m.version, m.text, {});
      for (const auto& i : m.from) put(i.value, {}, {}, std::to_string(m.into.value));
      return;
    }
    const auto item = body.find("item");
    std::int64_t id = 0;
    for (const char c : item->string()) id = id * 10 + (c - '0');
    put(id, number_of(body, "version"), text_of(body, "text"), text_of(body, "reason"));
  }
};

class IssueActReport : public engine::Report {
 public:
  const store::View& view() const override {
    static const store::View v{"bulletin_issue_act", 1, store::ViewKind::report, 3,
                               {{"centre", Type::integer}, {"week_day", Type::integer}, {"seq", Type::integer}, {"act", Type::text}, {"acted_by", Type::text}, {"acted_at", Type::integer},
                                {"number", Type::integer}, {"note", Type::text}}};
    return v;
  }
  std::vector<std::string_view> listens_to() const override {
    return {IssueOpened::kName, WordsSet::kName, SectionWritten::kName, ImprintSet::kName, ItemsOrdered::kName, IssuePresented::kName, IssueRecalled::kName, IssueSentBack::kName, StepPassed::kName,
            IssueSigned::kName, CorrectionDrafted::kName, CorrectionDropped::kName, CorrectionIssued::kName, IssueDistributed::kName, CopiesHanded::kName, MailAsked::kName};
  }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    const auto body = f.node();
    const auto week = parse_day(body.find("week")->string());
    Value note = text_of(body, "reason");
    if (f.record.name == StepPassed::kName || f.record.name == IssueSentBack::kName) {
      const auto step = std::string(body.find("step")->string());
      const auto said = f.record.name == StepPassed::kName ? text_of(body, "note") : note;
      note = Value(step + (said.s.empty() ? "" : "\n" + said.s));
    }
    if (f.record.name == SectionWritten::kName) note = text_of(body, "section");
    auto number = number_of(body, f.record.name == IssueSigned::kName ? "number" : "correction");
    out.put({f.centre.value, week->days, f.seq, act_of(f.record.name), f.record.actor, f.record.recorded_at.ms, std::move(number), std::move(note)});
  }
};

class IssueWordsReport : public engine::Report {
 public:
  const store::View& view() const override {
    static const store::View v{"bulletin_issue_words", 1, store::ViewKind::report, 2, {{"centre", Type::integer}, {"week_day", Type::integer}, {"seq", Type::integer}, {"body", Type::text}}};
    return v;
  }
  std::vector<std::string_view> listens_to() const override { return {WordsSet::kName}; }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    auto w = f.as<WordsSet>();
    out.put({f.centre.value, w.week.days, f.seq, json::write(Words{std::move(w.words)})});
  }
};

// Papers as they were presented; the sealed half goes with its subject.
class PaperReport : public engine::Report {
 public:
  const store::View& view() const override {
    static const store::View v{"bulletin_paper", 1, store::ViewKind::report, 2,
                               {{"centre", Type::integer}, {"seq", Type::integer}, {"pieces", Type::text}, {"subject", Type::integer}, {"sealed", Type::text, Merge::replace, Personal::sealed}, {"stream", Type::text}},
                               {{"centre", "subject"}}, "subject"};
    return v;
  }
  std::vector<std::string_view> listens_to() const override { return {IssuePresented::kName}; }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    auto p = f.as<IssuePresented>();
    out.put({f.centre.value, f.seq, json::write(Pieces{std::move(p.public_paper)}), p.subject.value, json::write(SealedPieces{std::move(p.internal_paper)}), f.record.stream});
  }
};
class CorrectionPaperReport : public engine::Report {
 public:
  const store::View& view() const override {
    static const store::View v{"bulletin_correction_paper", 1, store::ViewKind::report, 2,
                               {{"centre", Type::integer}, {"seq", Type::integer}, {"pieces", Type::text}, {"subject", Type::integer}, {"sealed", Type::text, Merge::replace, Personal::sealed}, {"stream", Type::text}},
                               {{"centre", "subject"}}, "subject"};
    return v;
  }
  std::vector<std::string_view> listens_to() const override { return {CorrectionDrafted::kName}; }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    auto p = f.as<CorrectionDrafted>();
    out.put({f.centre.value, f.seq, json::write(Pieces{std::move(p.paper)}), p.subject ? p.subject->value : 0,
             p.subject ? Value(json::write(SealedPieces{std::move(p.sealed_paper)})) : Value(), f.record.stream});
  }
};
class MailListReport : public engine::Report {
 public:
  const store::View& view() const override {
    static const store::View v{"bulletin_mail_list", 1, store::ViewKind::report, 2,
                               {{"centre", Type::integer}, {"seq", Type::integer}, {"subject", Type::integer}, {"sealed", Type::text, Merge::replace, Personal::sealed}, {"stream", Type::text}},
                               {{"centre", "subject"}}, "subject"};
    return v;
  }
  std::vector<std::string_view> listens_to() const override { return {IssueDistributed::kName}; }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    const auto d = f.as<IssueDistributed>();
    if (d.sealed) out.put({f.centre.value, f.seq, d.subject->value, *d.sealed, f.record.stream});
  }
};

// The row of a guard's table, whole.
template <class State>
std::optional<State> row_of(store::Reader& reader, CentreCode centre, Value key) {
  auto c = reader.select(store::select_row_sql(State::view(), State::view().name), {centre.value, std::move(key)});
  if (!c->next()) return std::nullopt;
  return State::from(store::read_row(State::view(), *c));
}
std::string columns_of(const store::View& v) {
  std::string out;
  for (const auto& c : v.columns) out += (out.empty() ? "" : ", ") + c.name;
  return out;
}

std::optional<publish::Document> opened(store::Cursor& c, const store::KeyVault& keys, CentreCode centre, std::string_view fact) {
  const SubjectId subject{c.integer(1)};
  const auto sealed = c.is_null(2) ? std::string() : std::string(c.bytes(2));
  if (sealed.empty()) return std::nullopt;
  const std::string stream(c.bytes(3));
  const auto all = read<SealedPieces>(sealed);
  std::vector<PaperPiece> pieces;
  for (std::size_t i = 0; i < all.pieces.size(); ++i) {
    const auto part = sealed_part(i);
    const auto p = keys.open<SealedPiece>(all.pieces[i], subject, {centre, fact, stream, part});
    if (!p) return std::nullopt;
    pieces.push_back(p->text);
  }
  return paper_of(pieces);
}

// Columns seq, act, acted_by, acted_at, version or number, note, and words where they are asked for.
std::vector<ActEntry> acts(std::unique_ptr<store::Cursor> c, bool with_words) {
  std::vector<ActEntry> out;
  while (c->next()) {
    ActEntry a{c->integer(0), std::string(c->bytes(1)), std::string(c->bytes(2)), {c->integer(3)}, {}, {}, {}};
    if (!c->is_null(4)) a.version = static_cast<std::int32_t>(c->integer(4));
    if (!c->is_null(5)) a.note = std::string(c->bytes(5));
    if (with_words && !c->is_null(6)) a.words = std::string(c->bytes(6));
    out.push_back(std::move(a));
  }
  return out;
}

std::vector<IssueEntry> issues(std::unique_ptr<store::Cursor> c) {
  std::vector<IssueEntry> out;
  while (c->next()) {
    const auto row = store::read_row(IssueState::view(), *c);
    out.push_back({CivilDay{static_cast<std::int32_t>(row[1].i)}, IssueState::from(row)});
  }
  return out;
}
std::vector<ReceiverState> receivers(std::unique_ptr<store::Cursor> c) {
  std::vector<ReceiverState> out;
  while (c->next()) out.push_back(ReceiverState::from(store::read_row(ReceiverState::view(), *c)));
  return out;
}
const std::string& issue_columns() {
  static const std::string c = "SELECT " + columns_of(IssueState::view()) + " FROM bulletin_issue ";
  return c;
}
const std::string& receiver_columns() {
  static const std::string c = "SELECT " + columns_of(ReceiverState::view()) + " FROM bulletin_receiver ";
  return c;
}
}  // namespace

std::string sealed_part(std::size_t n) { return "internal_" + std::to_string(n); }

void add_desk_reports(engine::Registry& registry) {
  registry.add_report<ItemActReport>();
  registry.add_report<IssueActReport>();
  registry.add_report<IssueWordsReport>();
  registry.add_report<PaperReport>();
  registry.add_report<CorrectionPaperReport>();
  registry.add_report<MailListReport>();
}

std::optional<IssueState> find_issue(store::Reader& reader, CentreCode centre, CivilDay week) { return row_of<IssueState>(reader, centre, week.days); }

std::vector<IssueEntry> desk_issues(const DeskReader& h, int limit) {
  return issues(h.reader.select(issue_columns() + "WHERE centre=$1 ORDER BY week_day DESC LIMIT $2", {h.centre.value, limit}));
}
std::vector<IssueEntry> issued_issues(store::Reader& reader, CentreCode centre, int limit) {
  return issues(reader.select(issue_columns() + "WHERE centre=$1 AND stage=$2 ORDER BY week_day DESC LIMIT $3", {centre.value, static_cast<int>(IssueStage::issued), limit}));
}

std::vector<ItemEntry> items_of(const DeskReader& h, CivilDay week) {
  std::vector<ItemEntry> out;
  auto c = h.reader.select("SELECT " + columns_of(ItemState::view()) + " FROM bulletin_item WHERE centre=$1 AND week_day=$2 AND ($3=1 OR department=$4) ORDER BY rank_no, item",
                           {h.centre.value, week.days, h.editor() ? 1 : 0, h.viewer.department.value});
  while (c->next()) {
    const auto row = store::read_row(ItemState::view(), *c);
    out.push_back({ItemId{row[1].i}, ItemState::from(row)});
  }
  std::stable_partition(out.begin(), out.end(), [](const ItemEntry& e) { return e.state.stage == ItemStage::taken; });
  return out;
}

std::optional<ItemState> find_item(const DeskReader& h, ItemId item) {
  auto s = row_of<ItemState>(h.reader, h.centre, item.value);
  if (s && !h.editor() && s->department != h.viewer.department.value) return std::nullopt;
  return s;
}

std::vector<ActEntry> item_acts(const DeskReader& h, ItemId item) {
  if (!find_item(h, item)) return {};
  return acts(h.reader.select("SELECT seq, act, acted_by, acted_at, version, note, words FROM bulletin_item_act WHERE centre=$1 AND item=$2 ORDER BY seq LIMIT $3",
                              {h.centre.value, item.value, limits::kPageRows.value}), true);
}
std::vector<ActEntry> issue_acts(const DeskReader& h, CivilDay week) {
  return acts(h.reader.select("SELECT seq, act, acted_by, acted_at, number, note FROM bulletin_issue_act WHERE centre=$1 AND week_day=$2 ORDER BY seq DESC LIMIT $3",
                              {h.centre.value, week.days, limits::kPageRows.value}), false);
}

std::vector<ActEntry> sign_offs(const DeskReader& h, CivilDay week, std::int64_t presented) {
  return acts(h.reader.select("SELECT seq, act, acted_by, acted_at, number, note FROM bulletin_issue_act WHERE centre=$1 AND week_day=$2 AND seq>=$3 AND act IN ('issue_presented', 'step_passed', 'issued') ORDER BY seq",
                              {h.centre.value, week.days, presented}), false);
}

std::vector<IssueWord> words_of_issue(store::Reader& reader, CentreCode centre, CivilDay week) {
  auto c = reader.select("SELECT body FROM bulletin_issue_words WHERE centre=$1 AND week_day=$2", {centre.value, week.days});
  if (!c->next()) return {};
  return read<Words>(c->bytes(0)).words;
}

Result<std::optional<publish::Document>> presented_paper(const DeskReader& h, const store::KeyVault& keys, std::int64_t position, Edition edition) {
  if (edition == Edition::internal && !h.viewer.may_see_internal_edition())
    return Refusal{"bulletin.internal_edition", "内部版不对公众开放。", "请查看公开版；工作人员请先登录。", 403, ""};
  auto c = h.reader.select("SELECT pieces, subject, sealed, stream FROM bulletin_paper WHERE centre=$1 AND seq=$2", {h.centre.value, position});
  if (!c->next()) return std::optional<publish::Document>();
  if (edition == Edition::public_) return std::optional(paper_of(read<Pieces>(c->bytes(0)).pieces));
  return opened(*c, keys, h.centre, IssuePresented::kName);
}

Result<std::optional<IssuedPaper>> issued_paper(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, const store::KeyVault& keys, CivilDay week, Edition edition) {
  const auto issue = find_issue(reader, centre, week);
  if (!issue || issue->stage != IssueStage::issued) return std::optional<IssuedPaper>();
  static const DepartmentCode none;
  YI_TRY(auto document, presented_paper({reader, centre, viewer, none}, keys, issue->presented, edition));
  if (!document) return Refusal{"bulletin.paper_erased", "这一版的文字已经依法删除。", "请查看另一版。", 410, ""};
  document->masthead.number = issue->number_words;
  return std::optional(IssuedPaper{*issue, std::move(*document)});
}

std::vector<CorrectionEntryOf> corrections_of(store::Reader& reader, CentreCode centre, CivilDay week, std::int32_t count) {
  std::vector<CorrectionEntryOf> out;
  for (std::int32_t n = 1; n <= count; ++n)
    if (auto s = row_of<CorrectionState>(reader, centre, part_key(week, n))) out.push_back({n, std::move(*s)});
  return out;
}

std::optional<publish::Document> paper_of_correction(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, const store::KeyVault& keys, CivilDay week, std::int32_t correction) {
  const auto s = row_of<CorrectionState>(reader, centre, part_key(week, correction));
  if (!s) return std::nullopt;
  if ((s->internal || s->stage != CorrectionStage::issued) && !viewer.may_see_internal_edition()) return std::nullopt;
  auto c = reader.select("SELECT pieces, subject, sealed, stream FROM bulletin_correction_paper WHERE centre=$1 AND seq=$2", {centre.value, s->drafted});
  if (!c->next()) return std::nullopt;
  if (s->internal) return opened(*c, keys, centre, CorrectionDrafted::kName);
  return paper_of(read<Pieces>(c->bytes(0)).pieces);
}

std::vector<ReceiverState> receivers_of(const DeskReader& h, CivilDay week) {
  return receivers(h.reader.select(receiver_columns() + "WHERE centre=$1 AND week_day=$2 ORDER BY receiver", {h.centre.value, week.days}));
}
std::vector<ReceiverState> received_by(const DeskReader& h, const std::string& account, int limit) {
  return receivers(h.reader.select(receiver_columns() + "WHERE centre=$1 AND account=$2 ORDER BY week_day DESC, receiver LIMIT $3", {h.centre.value, account, limit}));
}
std::vector<ReceiverState> mails_waiting(store::Reader& reader, CentreCode centre, int limit) {
  return receivers(reader.select(receiver_columns() + "WHERE centre=$1 AND way=$2 AND stage=$3 ORDER BY week_day, receiver LIMIT $4",
                                 {centre.value, static_cast<int>(Way::mail), static_cast<int>(ReceiverStage::waiting), limit}));
}
std::optional<std::string> address_of(store::Reader& reader, CentreCode centre, const store::KeyVault& keys, const ReceiverState& r) {
  auto c = reader.select("SELECT subject, sealed, stream FROM bulletin_mail_list WHERE centre=$1 AND seq=$2", {centre.value, r.distributed});
  if (!c->next() || c->is_null(1)) return std::nullopt;
  const auto list = keys.open<MailAddresses>(store::SealedText(std::string(c->bytes(1))), SubjectId{c->integer(0)}, {centre, IssueDistributed::kName, std::string(c->bytes(2))});
  if (!list) return std::nullopt;
  for (const auto& a : list->list)
    if (a.receiver == r.receiver) return a.mail;
  return std::nullopt;
}

}  // namespace yi::bulletin
