// Every paper of a case: its template, its words, its PDF and DOCX.
#include "casework/documents.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "base/json.h"
#include "base/text.h"
#include "casework/documents_template.h"
#include "publish/docx_reading.h"
#include "publish/docx_writer.h"
#include "publish/notice_reading.h"
#include "publish/pdf_writer.h"

namespace yi::casework {
namespace {
namespace fs = std::filesystem;

const fs::path kFolder = YI_SOURCE_DIR "/data/sichuan/templates/documents";

const DocumentTemplates& templates() {
  static const auto t = DocumentTemplates::load(kFolder);
  if (!t) throw std::runtime_error(t.error().where + ": " + t.error().sentence);
  return *t;
}

DocumentDue due_of(std::string name, CivilDay from, int days, std::string basis) {
  static const auto calendar = calendar::Calendar::load(YI_SOURCE_DIR "/data/calendar").value();
  DocumentDue d;
  d.name = std::move(name);
  d.question = calendar::DueQuestion::of(from, calendar::WorkingDays{days});
  d.question.basis = std::move(basis);
  d.answer = calendar::due(calendar, d.question, calendar::Explain::yes).value();
  return d;
}

// Invented people and numbers.
DocumentFacts facts() {
  const auto monday = CivilDay::of(2024, 9, 9);
  DocumentFacts f;
  f.case_number = "51000020240909010000018";
  f.matter = "食品生产许可（含保健食品、特殊医学用途配方食品）新办";
  f.department = "四川省市场监督管理局";
  f.centre = "四川省政府政务服务和公共资源交易服务中心";
  f.window = "综合窗口 A12";
  f.applicant = "某某（四川）食品科技有限公司";
  f.agent = "王某某";
  f.contact_person = "李某某";
  f.contact_phone = "028-00000001";
  f.complaint_phone = "028-12345";
  f.supervision_phone = "028-00000002";
  f.overdue_limit = "承诺办结期限（2024年9月24日）";
  f.contact_address = "成都市青羊区草市街2号一楼";
  f.officer = "陈某、赵某某";
  f.approver = "四川省市场监督管理局负责人周某";
  f.applied_on = monday;
  f.date = f.received_on = f.accepted_on = monday;
  f.decided_on = f.closed_on = CivilDay::of(2024, 9, 30);
  f.correct_by = CivilDay::of(2024, 9, 23);
  f.delivery_due = CivilDay::of(2024, 10, 21);
  f.pause_from = CivilDay::of(2024, 9, 11);
  f.pause_to = CivilDay::of(2024, 9, 25);
  f.answer_by = CivilDay::of(2024, 9, 18);
  f.inspected_on = CivilDay::of(2024, 9, 12);
  f.materials = {{"食品生产许可申请书", "原件", 1, "窗口提交"}, {"食品生产设备布局图和工艺流程图", "复印件", 2, "窗口提交"}, {"食品安全管理制度目录", "电子", 1, "网上提交"}};
  f.missing = {{"生产场所租赁合同", "复印件", 1, "", CivilDay::of(2024, 9, 16)}, {"专职食品安全管理人员培训证明", "复印件", 1, "", CivilDay::of(2024, 9, 18)}};
  f.defects = {{"食品生产许可申请书", "第3页法定代表人没有签名，申请日期没有填写", "请法定代表人在第3页签名，并填写申请日期"},
               {"食品生产设备布局图", "没有标明清洁作业区与一般作业区的界线", "请在图上标明各作业区的界线和面积，加盖公章"},
               {"食品安全管理制度目录", "缺少进货查验记录制度", "请补充进货查验记录制度，一并列入目录"}};
  f.reason = "现场核查时，清洁作业区与一般作业区没有有效隔离，不符合生产许可审查通则规定的条件。";
  f.legal_basis = "《食品生产许可管理办法》第二十二条";
  f.competent_authority = "成都市市场监督管理局";
  f.not_competent = true;
  f.standard = "食品安全国家标准 食品生产通用卫生规范（GB 14881）";
  f.committed = "法定代表人身份证明";
  f.authority = "成都市市场监督管理局";
  f.inspectors = "陈某、赵某某";
  f.foreign_number = "SJ-2024-000123";
  f.delivered_number = f.case_number + "-07";
  f.receiver = "出件员孙某";
  f.review_body = "四川省人民政府";
  f.court = "有管辖权的人民法院";
  f.result = "食品生产许可证";
  f.result_number = "SC10000000000000";
  f.procedure = "专家评审";
  f.duration = "15个工作日";
  f.extended_by = "10个工作日";
  f.delivered_document = "准予行政许可决定书、食品生产许可证（正本、副本各1份）";
  f.delivery_way = "窗口领取";
  f.delivery_place = "省政务服务大厅颁证窗口";
  f.from_holder = "综合窗口 A12";
  f.to_holder = "四川省市场监督管理局食品生产处";
  f.question = "新办食品生产许可需要准备哪些材料，多少天可以办好？";
  f.answer = "当面给了一次性告知单，说明了6份材料和承诺的9个工作日，并告知可以网上申报。";
  f.channel = "窗口";
  f.rule_number = "JC-03";
  f.recipient = "某某（成都）包装有限公司";
  f.step = "技术审查";
  f.amount = "人民币120元";
  f.reversed_act = "受理（2024年9月9日10:12）";
  f.inspection_place = "成都市某某区某某路1号生产车间";
  f.dues = {due_of("承诺办结期限", monday, 9, "服务承诺"), due_of("法定办结期限", monday, 20, "行政许可法第四十二条")};
  f.promised_due = f.dues[0].answer.due;
  f.statutory_due = f.dues[1].answer.due;
  f.qr_text = "https://example.invalid/r/51000020240909010000018";
  return f;
}

publish::Notice made(DocumentKind kind, const DocumentFacts& f = facts()) {
  auto n = make_document(kind, f, templates());
  if (!n) throw std::runtime_error(n.error().sentence);
  return *std::move(n);
}

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
std::string bare(std::string text) {
  for (const char* ornament : {"《", "》", "中华人民共和国"}) text = replace_all(text, ornament, "");
  return text;
}

publish::PdfOptions pdf_options() {
  publish::PdfOptions o;
  o.fonts = publish::test::fonts();
  o.created = at(CivilDay::of(2024, 9, 9), 9, 0);
  return o;
}

class Papers : public testing::TestWithParam<DocumentRow> {};
INSTANTIATE_TEST_SUITE_P(All, Papers, testing::ValuesIn(document_rows().begin(), document_rows().end()),
                         [](const auto& p) { return std::string(json::enum_name(p.param.kind)); });

TEST_P(Papers, FillsEverySlotAndNamesItsArticle) {
  const auto& row = GetParam();
  const auto n = made(row.kind);
  const auto text = to_text(n);
  EXPECT_EQ(text.find('{'), text.npos) << text;
  EXPECT_EQ(text.find('}'), text.npos);
  EXPECT_FALSE(n.title.empty());
  EXPECT_NE(bare(text).find(row.article), text.npos) << text;
  EXPECT_FALSE(templates().impl().all.at(row.kind).article.empty());
}

TEST_P(Papers, RefusalsTellTheRemedyAndApplicantsWhomToAsk) {
  const auto& row = GetParam();
  const auto n = made(row.kind);
  if (row.refuses) {
    for (const char* word : {"60日", "行政复议", "6个月", "行政诉讼", "四川省人民政府", "人民法院"})
      EXPECT_NE(n.remedy.find(word), std::string::npos) << word;
  } else {
    EXPECT_TRUE(n.remedy.empty());
  }
  EXPECT_EQ(n.contact.find("028-00000001") != std::string::npos, row.to_applicant);
}

TEST_P(Papers, PdfSaysWhatTheTextSays) {
  const auto n = made(GetParam().kind);
  const auto pdf = to_pdf(n, pdf_options());
  ASSERT_TRUE(pdf) << pdf.error().sentence;
  EXPECT_EQ(publish::test::notice_words(publish::test::PdfFile(*pdf)), to_utf8(publish::test::words(to_text(n))));
  if (const char* keep = std::getenv("YI_KEEP_PAPERS"))  // a folder: to look at them
    std::ofstream(fs::path(keep) / (std::string(json::enum_name(GetParam().kind)) + ".pdf"), std::ios::binary) << *pdf;
}

TEST_P(Papers, DocxIsWholeAndSaysTheSame) {
  const auto n = made(GetParam().kind);
  const auto docx = to_docx(n, {at(CivilDay::of(2024, 9, 9), 9, 0)});
  ASSERT_TRUE(docx) << docx.error().sentence;
  const publish::test::DocxFile file(*docx);
  file.check();
  EXPECT_EQ(to_utf8(publish::test::words(file.text())), to_utf8(publish::test::words(to_text(n))));
  if (const char* keep = std::getenv("YI_KEEP_PAPERS"))
    std::ofstream(fs::path(keep) / (std::string(json::enum_name(GetParam().kind)) + ".docx"), std::ios::binary) << *docx;
}

// A matter of another kind: no word of the Permit Law, its own basis instead. With the clocks of real cases: documents_lives_test.cpp.
TEST_P(Papers, OtherKindsAreNotBoundByThePermitLaw) {
  const auto& row = GetParam();
  auto f = facts();
  f.permit = false;
  f.legal_basis = "《某某给付办法》第三条";
  f.dues.clear();
  const auto n = make_document(row.kind, f, templates());
  if (row.permits_only) {
    ASSERT_FALSE(n);
    EXPECT_EQ(n.error().code, "casework.document_permits_only");
    return;
  }
  ASSERT_TRUE(n) << n.error().sentence;
  EXPECT_EQ(to_text(*n).find("行政许可法"), std::string::npos) << to_text(*n);
}

TEST_P(Papers, DroppingWhatTheLawWantsIsFoundWhenLoading) {
  const auto& row = GetParam();
  const auto whole = read(kFolder / row.file);
  ASSERT_TRUE(parse_document_template(row, whole, row.file));
  std::istringstream required(row.required);
  for (std::string slot; required >> slot;) {
    auto without = replace_all(whole, "{" + slot + "}", "某某");
    without = replace_all(without, "{table: " + slot + "}", "{text: 见附件}");
    without = replace_all(without, "{table: " + slot + ", when: " + slot + "}", "{text: 见附件}");
    const auto refused = parse_document_template(row, without, row.file);
    ASSERT_FALSE(refused) << slot;
    EXPECT_EQ(refused.error().code, "casework.bad_document_slot") << slot;
    EXPECT_EQ(refused.error().where.find(std::string(row.file) + ":"), 0u) << refused.error().where;
  }
  if (std::string(row.article).empty()) return;
  const auto other = replace_all(replace_all(replace_all(replace_all(replace_all(whole, "《中华人民共和国行政许可法》", "有关规定"), "国发", "川府发"), "国办发", "川办发"), "三十六", "九十九"), "行政复议法", "有关规定");
  EXPECT_EQ(parse_document_template(row, other, row.file).error().code, "casework.bad_document_template");
}

TEST(DocumentTemplates, UnknownSlotIsNamedWithItsLine) {
  const auto& row = row_of(DocumentKind::acceptance_notice);
  const auto text = replace_all(read(kFolder / row.file), "{agent}", "{agnet}");
  const auto refused = parse_document_template(row, text, "words.yaml");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "casework.bad_document_slot");
  EXPECT_NE(refused.error().sentence.find("{agnet}"), std::string::npos);
  EXPECT_EQ(refused.error().where, "words.yaml:18");
}

TEST(DocumentTemplates, RemedyAndContactCannotBeDropped) {
  const auto& row = row_of(DocumentKind::permit_refusal);
  const auto whole = read(kFolder / row.file);
  for (const auto& [from, to] : {std::pair{"60日", "30日"}, {"6个月", "3个月"}, {"{review_body}", "上级机关"}, {"{court}", "法院"}, {"{contact_phone}", "见公示"}}) {
    const auto refused = parse_document_template(row, replace_all(whole, from, to), row.file);
    ASSERT_FALSE(refused) << from;
    EXPECT_EQ(refused.error().code, "casework.bad_document_template") << from;
  }
  EXPECT_TRUE(parse_document_template(row, replace_all(replace_all(whole, "60日", "六十日"), "6个月", "六个月"), row.file));
}

TEST(DocumentTemplates, BracesFilesAndKindsAreChecked) {
  const auto& row = row_of(DocumentKind::receipt);
  const auto whole = read(kFolder / row.file);
  EXPECT_EQ(parse_document_template(row, replace_all(whole, "{matter}", "{matter"), "f").error().code, "casework.bad_document_slot");
  EXPECT_EQ(parse_document_template(row_of(DocumentKind::online_receipt), whole, "f").error().code, "casework.bad_document_template");
  EXPECT_EQ(parse_document_template(row, whole + "colour: red\n", "f").error().where.substr(0, 2), "f:");
  const auto folder = fs::path(testing::TempDir()) / "yi-documents-test";
  fs::remove_all(folder);
  fs::copy(kFolder, folder);
  EXPECT_TRUE(DocumentTemplates::load(folder));
  std::ofstream(folder / "15-other.yaml") << "version: 1\n";
  EXPECT_EQ(DocumentTemplates::load(folder).error().code, "casework.document_file_unknown");
  fs::remove_all(folder);
  EXPECT_FALSE(DocumentTemplates::load(folder));
}

TEST(MakeDocument, WhatIsMissingIsNamed) {
  auto f = facts();
  f.review_body.clear();
  auto refused = make_document(DocumentKind::permit_refusal, f, templates());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "casework.document_fact_missing");
  EXPECT_NE(refused.error().sentence.find("行政复议机关"), std::string::npos);
  f = facts();
  f.defects.clear();
  EXPECT_EQ(make_document(DocumentKind::correction_notice, f, templates()).error().code, "casework.document_fact_missing");
  f.date.reset();
  EXPECT_EQ(make_document(DocumentKind::correction_notice, f, templates()).error().code, "casework.document_no_date");
}

TEST(MakeDocument, WordsFollowTheFacts) {
  auto f = facts();
  f.missing.clear();
  f.committed.clear();
  EXPECT_NE(to_text(made(DocumentKind::acceptance_notice, f)).find("第五项"), std::string::npos);
  f.deemed_accepted = true;
  const auto deemed = to_text(made(DocumentKind::acceptance_notice, f));
  EXPECT_NE(deemed.find("没有在收到材料之日起五个工作日内告知"), std::string::npos);
  EXPECT_EQ(deemed.find("齐全"), std::string::npos);
  f.agent.clear();
  EXPECT_EQ(to_text(made(DocumentKind::acceptance_notice, f)).find("代办人"), std::string::npos);
  f.document_number = "川市监许受〔2024〕12号";
  EXPECT_EQ(made(DocumentKind::acceptance_notice, f).number, "川市监许受〔2024〕12号（办件编号：51000020240909010000018-04）");
  f.qr_text.clear();
  EXPECT_EQ(made(DocumentKind::acceptance_notice, f).qr.text, "");
}

// §32(1)(1) no permit is needed, or (2) another authority decides: one of them, never both.
TEST(MakeDocument, RefusalOfAcceptanceNamesTheItemThatApplies) {
  auto f = facts();
  const auto elsewhere = to_text(made(DocumentKind::acceptance_refusal, f));
  EXPECT_NE(elsewhere.find("第一款第二项"), std::string::npos);
  EXPECT_NE(elsewhere.find("由成都市市场监督管理局办理"), std::string::npos);
  EXPECT_EQ(elsewhere.find("第一款第一项"), std::string::npos);
  f.competent_authority.clear();
  f.not_competent = false;
  f.no_permit_needed = true;
  const auto none = to_text(made(DocumentKind::acceptance_refusal, f));
  EXPECT_NE(none.find("第一款第一项"), std::string::npos);
  EXPECT_EQ(none.find("第一款第二项"), std::string::npos);
  // Neither: the paper names what the decision names, and never an item of §32 that does not apply (a bar of §§78, 79).
  f.no_permit_needed = false;
  f.legal_basis = "《中华人民共和国行政许可法》第七十八条";
  const auto barred = to_text(made(DocumentKind::acceptance_refusal, f));
  EXPECT_NE(barred.find("依据：《中华人民共和国行政许可法》第七十八条"), std::string::npos) << barred;
  EXPECT_EQ(barred.find("第三十二条"), std::string::npos);
  EXPECT_EQ(barred.find("不需要取得行政许可"), std::string::npos);
  f.legal_basis.clear();
  EXPECT_EQ(make_document(DocumentKind::acceptance_refusal, f, templates()).error().where, "legal_basis");
}

// Not everything was there: the paper says so and names what is to come, never that all was complete.
TEST(MakeDocument, AnAcceptanceWithoutEveryPaperDoesNotCertifyThatAllWereThere) {
  for (const bool permit : {true, false}) {
    auto f = facts();
    f.permit = permit;
    const auto partly = to_text(made(DocumentKind::acceptance_notice, f));
    EXPECT_EQ(partly.find("申请材料齐全"), std::string::npos) << partly;
    EXPECT_NE(partly.find("生产场所租赁合同（最迟2024年9月16日）"), std::string::npos) << partly;
    EXPECT_NE(partly.find("国办发〔2020〕42号）：法定代表人身份证明"), std::string::npos) << partly;
    f.missing.clear();
    EXPECT_EQ(to_text(made(DocumentKind::acceptance_notice, f)).find("申请材料齐全"), std::string::npos);  // the commitment alone
    f.committed.clear();
    EXPECT_NE(to_text(made(DocumentKind::acceptance_notice, f)).find("申请材料齐全"), std::string::npos);
  }
  auto f = facts();
  f.promised_due = *f.date + -1;  // deemed accepted long after: no day is promised that has passed
  const auto late = to_text(made(DocumentKind::acceptance_notice, f));
  EXPECT_EQ(late.find("我们最迟于"), std::string::npos);
  EXPECT_NE(late.find("已过。我们将尽快作出决定，并公开说明理由"), std::string::npos);
}

TEST(MakeDocument, TheCorrectionNoticeSaysWhatTheClockDoes) {
  auto f = facts();
  const auto runs = to_text(made(DocumentKind::review_correction_notice, f));
  EXPECT_NE(runs.find("办理期限照常计算"), std::string::npos);
  EXPECT_EQ(runs.find("停止计算办理期限"), std::string::npos);
  f.correction_pauses = true;
  f.pause_basis = "某某办法第八条";
  const auto pauses = to_text(made(DocumentKind::review_correction_notice, f));
  EXPECT_EQ(pauses.find("照常计算"), std::string::npos);
  EXPECT_NE(pauses.find("停止计算的依据：某某办法第八条"), std::string::npos);
}

// §32 gives no power to terminate, and whoever lied is not told that they may simply come again (§78).
TEST(MakeDocument, ATerminationNamesItsOwnBasis) {
  auto f = facts();
  const auto text = to_text(made(DocumentKind::termination_notice, f));
  EXPECT_EQ(text.find("第三十二条"), std::string::npos);
  EXPECT_NE(text.find("依据：《食品生产许可管理办法》第二十二条。"), std::string::npos);
  EXPECT_NE(text.find("重新提出申请"), std::string::npos);
  f.may_apply_again = false;
  EXPECT_EQ(to_text(made(DocumentKind::termination_notice, f)).find("重新提出申请"), std::string::npos);
}

TEST(MakeDocument, EveryDeferredPaperHasItsOwnDay) {
  for (const auto kind : {DocumentKind::deferred_acceptance_notice, DocumentKind::deferred_promise, DocumentKind::deferred_receipt}) {
    const auto text = to_text(made(kind));
    EXPECT_NE(text.find("2024年9月16日"), std::string::npos) << text;
    EXPECT_NE(text.find("2024年9月18日"), std::string::npos) << text;
  }
}

TEST(MakeDocument, WhatWasNotCountedIsNotCertified) {
  auto f = facts();
  EXPECT_EQ(to_text(made(DocumentKind::receipt, f)).find("没有登记形式或者份数"), std::string::npos);
  f.materials[1].form.clear();
  f.materials[1].copies = 0;
  const auto text = to_text(made(DocumentKind::receipt, f));
  EXPECT_NE(text.find("没有登记形式或者份数"), std::string::npos);
  EXPECT_NE(text.find("—"), std::string::npos);
}

// A matter whose law sets other remedies tells those, and not sixty days beside them.
TEST(MakeDocument, AMattersOwnRemedyTakesThePlaceOfTheUsualOne) {
  auto f = facts();
  f.own_remedy = "如不服本鉴定结论，可以自收到之日起15日内向四川省劳动能力鉴定委员会申请再次鉴定（工伤保险条例第二十六条）。";
  const auto n = made(DocumentKind::other_refusal, f);
  EXPECT_EQ(n.remedy, f.own_remedy);
  EXPECT_EQ(to_text(n).find("60日"), std::string::npos);
  // It is against the ruling. That the application is not taken up, or goes no further, is challenged as everywhere.
  for (const auto kind : {DocumentKind::acceptance_refusal, DocumentKind::termination_notice}) {
    const auto usual = made(kind, f).remedy;
    EXPECT_EQ(usual.find("15日"), usual.npos) << usual;
    EXPECT_NE(usual.find("60日"), usual.npos);
    EXPECT_NE(usual.find("6个月"), usual.npos);
  }
}

TEST(MakeDocument, AnExplanationAfterTheStatutoryLimitNamesTheRemedyForInaction) {
  auto f = facts();
  EXPECT_EQ(to_text(made(DocumentKind::overdue_explanation, f)).find("行政复议"), std::string::npos);
  EXPECT_NE(to_text(made(DocumentKind::overdue_explanation, f)).find("本机关继续办理"), std::string::npos);
  f.date = *f.statutory_due + 1;
  const auto text = to_text(made(DocumentKind::overdue_explanation, f));
  EXPECT_NE(text.find("第二十三条第一款第三项"), std::string::npos) << text;
  EXPECT_NE(text.find("四川省人民政府"), std::string::npos);
  f.undecided = false;  // decided late: nothing is left to be asked for
  const auto decided = to_text(made(DocumentKind::overdue_explanation, f));
  for (const char* gone : {"继续办理", "行政复议"}) EXPECT_EQ(decided.find(gone), std::string::npos) << decided;
  EXPECT_NE(decided.find("已于2024年9月30日作出决定"), std::string::npos);
}

// §43: whoever reviews first does not decide, and does not promise to.
TEST(MakeDocument, AnAcceptanceForAPreliminaryReviewPromisesNoDecision) {
  auto f = facts();
  f.preliminary = true;
  const auto text = to_text(made(DocumentKind::acceptance_notice, f));
  EXPECT_EQ(text.find("我们最迟于"), std::string::npos) << text;
  EXPECT_NE(text.find("将初审意见和全部申请材料报送上级机关，由上级机关作出决定"), std::string::npos);
}

TEST(MakeDocument, TheContactNamesTheSupervisorsTelephone) {
  auto f = facts();
  EXPECT_NE(made(DocumentKind::receipt, f).contact.find("投诉电话：028-12345；监督电话：028-00000002"), std::string::npos);
  f.supervision_phone = f.complaint_phone;  // one number for both stands once
  EXPECT_NE(made(DocumentKind::receipt, f).contact.find("；投诉、监督电话：028-12345；"), std::string::npos);
}

TEST(MakeDocument, AProofOfDeliveryIsToBeSignedUntilItWas) {
  auto f = facts();
  const auto open = to_text(made(DocumentKind::proof_of_delivery, f));
  EXPECT_NE(open.find("签收人签名"), std::string::npos);
  EXPECT_NE(open.find("-07"), std::string::npos);
  f.receiver = "王某某";
  f.delivered_on = CivilDay::of(2024, 10, 8);
  const auto signed_for = to_text(made(DocumentKind::proof_of_delivery, f));
  EXPECT_EQ(signed_for.find("签收人签名"), std::string::npos);
  EXPECT_NE(signed_for.find("2024年10月8日"), std::string::npos);
}

TEST(MakeDocument, AWithdrawalOnlineHandsNothingBackInPerson) {
  auto f = facts();
  EXPECT_NE(to_text(made(DocumentKind::withdrawal_notice, f)).find("当面退还"), std::string::npos);
  f.at_window = false;
  EXPECT_EQ(to_text(made(DocumentKind::withdrawal_notice, f)).find("当面退还"), std::string::npos);
}

// What an applicant may receive tells on what it stands, whom to ask and whom to complain to, and where it refuses, the remedy.
// The law is silent of one paper alone: that an application was taken back.
TEST(DocumentRows, WhatAnApplicantMayReceiveNamesArticleRemedyAndContact) {
  int refusals = 0, papers = 0;
  for (const auto& row : document_rows()) {
    if (!row.to_applicant) continue;
    ++papers;
    const auto n = made(row.kind);
    const auto text = bare(to_text(n));
    const auto ground = row.article[0] ? std::string(row.article) : row.kind == DocumentKind::withdrawal_notice ? std::string() : bare(facts().legal_basis);
    EXPECT_NE(text.find(ground), std::string::npos) << row.name;
    for (const auto& word : {facts().contact_phone, facts().complaint_phone, facts().contact_address, facts().window})
      EXPECT_NE(n.contact.find(word), std::string::npos) << row.name << word;
    if (!row.refuses) continue;
    ++refusals;
    for (const char* word : {"60日", "四川省人民政府", "行政复议", "6个月", "人民法院", "行政诉讼"}) EXPECT_NE(n.remedy.find(word), std::string::npos) << row.name;
  }
  EXPECT_EQ(refusals, 4);
  EXPECT_GE(papers, 27);
}

TEST(MakeDocument, LimitsAreCountedDayByDay) {
  const auto n = made(DocumentKind::acceptance_notice);
  ASSERT_FALSE(n.appendix.empty());
  const auto text = to_text(n);
  EXPECT_NE(text.find("自2024年9月9日的次日起算，共20个工作日（依据：行政许可法第四十二条），到期日为2024年10月"), std::string::npos) << text;
  EXPECT_NE(text.find("2024年9月10日（周二）  第1日  工作日"), std::string::npos);
  EXPECT_NE(text.find("不计"), std::string::npos);
  EXPECT_NE(text.find("放假安排："), std::string::npos);
  auto f = facts();
  f.dues.clear();
  EXPECT_TRUE(made(DocumentKind::acceptance_notice, f).appendix.empty());
}

// A date that rests on a year without a holiday notice says so on paper too.
TEST(MakeDocument, AProvisionalDateSaysSo) {
  auto f = facts();
  f.dues = {due_of("法定办结时限", CivilDay::of(2026, 12, 21), 20, "行政许可法第四十二条")};
  const auto text = to_text(made(DocumentKind::acceptance_notice, f));
  EXPECT_NE(text.find("2027年1月1日（周五）  不计  元旦放假〔行政许可法第八十二条〕〔暂定〕"), std::string::npos) << text;
  EXPECT_NE(text.find("暂按法定假日：全国年节及纪念日放假办法"), std::string::npos);
  EXPECT_NE(text.find("暂定：到期日涉及放假通知尚未公布的年份"), std::string::npos);
  EXPECT_EQ(to_text(made(DocumentKind::acceptance_notice)).find("暂定"), std::string::npos);
}

TEST(DocumentRows, EveryKindOnceWithAFileOfItsOwn) {
  std::set<DocumentKind> kinds;
  std::set<std::string> files, numbers;
  for (const auto& row : document_rows()) {
    EXPECT_TRUE(kinds.insert(row.kind).second);
    EXPECT_TRUE(files.insert(row.file).second);
    if (row.number[0] == 0) continue;
    EXPECT_TRUE(numbers.insert(row.number).second);
    EXPECT_EQ(std::string(row.file).substr(0, 3), std::string(row.number) + "-");
  }
  EXPECT_EQ(kinds.size(), boost::mp11::mp_size<boost::describe::describe_enumerators<DocumentKind>>::value);
  const auto guide = read(YI_SOURCE_DIR "/docs/documents.md");
  for (const auto& row : document_rows()) {
    EXPECT_NE(guide.find(std::string("`") + row.file + "`"), std::string::npos) << row.file;
    EXPECT_NE(guide.find(row.name), std::string::npos) << row.name;
  }
  for (const auto& slot : document_slots()) EXPECT_NE(guide.find(std::string("`") + slot.name + "`"), std::string::npos) << slot.name;
}

}  // namespace
}  // namespace yi::casework
