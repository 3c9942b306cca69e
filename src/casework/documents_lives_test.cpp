// Every paper of whole lives, made from the facts of the rules with the case's own clocks: what a case that is no permit's is told.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>

#include "casework/documents.h"
#include "casework/life.h"
#include "casework/paper_facts.h"
#include "publish/notice_reading.h"
#include "publish/pdf_writer.h"
#include "store/record.h"
#include "store/temporary_directory.h"

namespace yi::casework {
namespace {
using life::Life;
using life::Wish;
using life::world;
using K = DocumentKind;

const CentreCode kCentre{990000};
const CivilDay kMonday = CivilDay::of(2024, 9, 9);

class PapersOfALife : public testing::Test {
 protected:
  PapersOfALife()
      : templates_(DocumentTemplates::load(YI_SOURCE_DIR "/data/sichuan/templates/documents").value()),
        keys_(store::KeyVault::open(directory_.path(), kCentre, {}, store::KeyAccess::make).value()) {}

  // Lives on by one act, and prints whatever can be printed then.
  void does(Life& life, Wish wish) {
    const auto done = life.act(wish);
    ASSERT_TRUE(done) << done.error().code << " " << done.error().sentence;
    prints(life);
  }
  void morning(Life& life, CivilDay day) {
    ASSERT_TRUE(life.timers(day));
    prints(life);
  }
  void prints(const Life& life, std::vector<Life::Lived> more = {}) {
    auto lived = life.facts();
    lived.insert(lived.end(), more.begin(), more.end());
    std::vector<KeptFact> kept;
    for (const auto& l : lived) {
      store::Record r;
      r.name = l.name;
      r.stream = "case:20240102000001";
      r.effective_at = l.effective_at;
      r.recorded_at = l.recorded_at;
      r.body = l.body;
      KeptFact k{static_cast<std::int64_t>(kept.size()) + 1, {}};
      store::encode(r, k.bytes);
      kept.push_back(std::move(k));
    }
    const CaseFile file(std::move(kept), kCentre, *keys_, world().catalog);
    const PaperGround ground{world().catalog, world().calendar, kMonday, [](const std::string&) { return std::string("窗口甲"); }, "https://example.invalid/r", world().warnings, {}};
    for (const auto& source : file.papers()) print(file, source, ground);
  }
  void print(const CaseFile& file, const PaperSource& source, const PaperGround& ground) {
    auto facts = paper_facts(file, source, ground);
    ASSERT_TRUE(facts) << facts.error().sentence;
    facts->applicant = "某某公司";
    // What whoever prints has to enter.
    if (facts->inspection_place.empty()) facts->inspection_place = "某路1号";
    if (!facts->inspected_on) facts->inspected_on = kMonday;
    if (facts->officer.empty()) facts->officer = "甲某、乙某";
    if (facts->recipient.empty()) facts->recipient = "相邻某单位";
    if (!facts->answer_by) facts->answer_by = kMonday + 10;
    const auto n = make_document(source.kind, *facts, templates_);
    ASSERT_TRUE(n) << row_of(source.kind).name << n.error().sentence;
    EXPECT_EQ(n->qr.text.empty(), !row_of(source.kind).to_applicant) << row_of(source.kind).name;  // what an applicant receives leads to the case's page
    if (const char* keep = std::getenv("YI_KEEP_PAPERS")) {  // a folder: to look at them
      publish::PdfOptions o;
      o.fonts = publish::test::fonts();
      o.created = at(kMonday, 9, 0);
      std::ofstream(std::filesystem::path(keep) / (std::string(facts->permit ? "permit-" : "other-") + std::string(json::enum_name(source.kind)) + ".pdf"), std::ios::binary)
          << publish::to_pdf(*n, o).value();
    }
    texts_[source.kind] += to_text(*n) + "\n" + n->remedy + "\n";
  }

  store::TemporaryDirectory directory_;
  DocumentTemplates templates_;
  std::unique_ptr<store::KeyVault> keys_;
  std::map<K, std::string> texts_;
};

Wish wish(Act act, CivilDay day, int hour = 10) {
  Wish w;
  w.act = act;
  w.now = at(day, hour, 0);
  return w;
}
Wish hand(CivilDay day, Holder to) {
  auto w = wish(Act::transfer, day);
  w.to = to;
  return w;
}

TEST_F(PapersOfALife, OfNoPermitNameThePermitLawNowhere) {
  const MatterCode matter{"JA-AA-0025"};
  {  // at the window, to the end: corrected, deferred and promised, paused, extended, late, granted
    Life life(matter);
    auto w = wish(Act::receive, kMonday);
    w.papers = {Text<120>("证明"), Text<120>("无记录证明")};
    does(life, w);
    does(life, wish(Act::request_correction, kMonday, 11));
    w = wish(Act::receive_correction, kMonday + 1);
    w.papers = {Text<120>("申请表")};
    does(life, w);
    w = wish(Act::supplement, kMonday + 1, 11);
    w.papers = {Text<120>("申请表")};
    does(life, w);
    w = wish(Act::accept, kMonday + 1, 12);
    w.deferred = {{Text<120>("证明"), kMonday + 4}};
    w.commitments = {Text<120>("无记录证明")};
    does(life, w);
    does(life, hand(kMonday + 1, Holder::department));
    does(life, wish(Act::finish_step, kMonday + 2));
    does(life, wish(Act::inspect_site, kMonday + 2));
    w = wish(Act::suspend, kMonday + 2);
    w.kind = catalog::SuspensionKind::appraisal;
    w.until = kMonday + 3;
    does(life, w);
    morning(life, kMonday + 7);  // past its planned end, and the deferred paper has not come
    does(life, wish(Act::resume, kMonday + 7));
    does(life, wish(Act::supply_deferred, kMonday + 7));
    does(life, wish(Act::check_commitment, kMonday + 7));
    w = wish(Act::request_correction, kMonday + 7);
    w.second_reason = "审查中发现";  // one had been told before acceptance
    does(life, w);
    does(life, wish(Act::receive_correction, kMonday + 8));
    w = wish(Act::request_correction, kMonday + 8);
    w.second_reason = "新发现";
    does(life, w);
    w = wish(Act::receive_correction, kMonday + 8, 11);
    w.by_applicant = true;
    does(life, w);
    w = wish(Act::extend, kMonday + 9);
    w.days = 5;
    does(life, w);
    morning(life, CivilDay::of(2024, 12, 9));  // past every limit: a red card with its order
    does(life, wish(Act::explain_overdue, CivilDay::of(2024, 12, 9)));  // the promise
    does(life, wish(Act::explain_overdue, CivilDay::of(2024, 12, 9)));  // and the law's limit
    does(life, wish(Act::answer_supervision, CivilDay::of(2024, 12, 9)));
    does(life, wish(Act::close_supervision, CivilDay::of(2024, 12, 9)));
    does(life, wish(Act::decide_grant, CivilDay::of(2024, 12, 9)));
    does(life, hand(CivilDay::of(2024, 12, 9), Holder::issue_window));
    morning(life, CivilDay::of(2024, 12, 30));  // not handed out in time either
    does(life, wish(Act::issue, CivilDay::of(2024, 12, 30)));
  }
  {  // online, nobody looked at it for five days
    Life life(matter);
    auto w = wish(Act::submit, kMonday);
    w.by_applicant = true;
    does(life, w);
    does(life, wish(Act::pre_return, kMonday));
    w = wish(Act::resubmit, kMonday + 1);
    w.by_applicant = true;
    does(life, w);
    morning(life, kMonday + 14);
    does(life, wish(Act::pre_accept, kMonday + 14));
    does(life, wish(Act::take_in, kMonday + 14));
    does(life, wish(Act::accept, kMonday + 14, 11));
    does(life, hand(kMonday + 14, Holder::department));
    does(life, wish(Act::decide_grant, kMonday + 14));
    does(life, wish(Act::close, kMonday + 14, 11));
  }
  for (const auto end : {Act::refuse_acceptance, Act::close_uncorrected, Act::withdraw, Act::terminate, Act::decide_refuse, Act::forward}) {
    Life life(matter);
    does(life, wish(Act::receive, kMonday));
    if (end == Act::close_uncorrected) does(life, wish(Act::request_correction, kMonday));
    if (end == Act::terminate || end == Act::decide_refuse || end == Act::forward) {
      does(life, wish(Act::accept, kMonday, 11));
      does(life, hand(kMonday, Holder::department));
    }
    does(life, wish(end, end == Act::close_uncorrected ? kMonday + 60 : kMonday, 12));
  }
  {  // what no rule of one case's life makes: a result to be handed out, and a reversal
    Life life(matter);
    does(life, wish(Act::receive, kMonday));
    Reversed r;
    r.department = {"aa"};
    r.fact = 1;
    r.fact_name = "casework.received/1";
    r.reason = "录错了";
    r.after = {Stage::closed, Holder::reception_window, {}, {}, {}, {}, {}, {}, {}, {}, {}};
    r.restored = Text<4000>(json::write(life.state()));
    prints(life, {{std::string(Reversed::kName), at(kMonday, 11, 0), at(kMonday, 11, 0), json::write(r)}});
    ResultReceivedForIssue h;
    h.number = life.state().number;
    h.matter = matter;
    h.department = {"aa"};
    h.window = {"W03"};
    h.foreign_number = "甲2024-1";
    h.decided_on = kMonday;
    h.handed_over = {Text<120>("发放通知")};
    h.delivery_due = kMonday + 7;
    h.signed_by = "出件员";
    prints(Life(matter), {{std::string(ResultReceivedForIssue::kName), at(kMonday, 11, 0), at(kMonday, 11, 0), json::write(h)}});
  }
  for (const auto& [kind, text] : texts_) EXPECT_EQ(text.find("行政许可法"), std::string::npos) << row_of(kind).name << "\n" << text;
  // Every paper but those of permits alone and the two that belong to no case (首问、咨询).
  for (const auto& row : document_rows()) {
    const bool none = row.permits_only || row.kind == K::consultation_slip || row.kind == K::first_asked_slip;
    EXPECT_EQ(texts_.contains(row.kind), !none) << row.name;
  }
  EXPECT_NE(texts_[K::receipt].find("本中心的服务要求（五个工作日告知）"), std::string::npos) << texts_[K::receipt];
  EXPECT_NE(texts_[K::supervision_order].find("本事项的颁发送达时限"), std::string::npos) << texts_[K::supervision_order];
  for (const char* limit : {"超过了承诺办结期限", "超过了法定办结期限"}) EXPECT_NE(texts_[K::overdue_explanation].find(limit), std::string::npos) << texts_[K::overdue_explanation];
  EXPECT_NE(texts_[K::other_refusal].find("15日内"), std::string::npos);  // the matter's own remedy against the ruling
  for (const auto kind : {K::acceptance_refusal, K::termination_notice}) {
    EXPECT_EQ(texts_[kind].find("15日内"), std::string::npos) << texts_[kind];
    EXPECT_NE(texts_[kind].find("60日"), std::string::npos) << texts_[kind];
  }
}

// The other side: a permit's papers name it, with §32 and §82 where the days are counted.
TEST_F(PapersOfALife, OfAPermitNameIt) {
  Life life(MatterCode{"JA-AA-0001"});
  does(life, wish(Act::receive, kMonday + 7));  // days of rest lie within
  EXPECT_NE(texts_[K::receipt].find("行政许可法第三十二条"), std::string::npos);
  EXPECT_NE(texts_[K::receipt].find("行政许可法第八十二条"), std::string::npos) << texts_[K::receipt];
}

}  // namespace
}  // namespace yi::casework
