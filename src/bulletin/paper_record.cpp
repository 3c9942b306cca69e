#include "bulletin/paper_record.h"

#include "base/text.h"
#include "crypto/sm3.h"
#include "publish/text_writer.h"
#include "store/database.h"

namespace yi::bulletin {
namespace {
using Long = Text<200'000>;  // a paragraph of many departments is longer than one field of a form

struct RunRecord {
  Long text;
  std::optional<Long> link, title;
};
BOOST_DESCRIBE_STRUCT(RunRecord, (), (text, link, title))
struct ParagraphRecord {
  bool heading = false;
  std::vector<RunRecord> runs;
};
BOOST_DESCRIBE_STRUCT(ParagraphRecord, (), (heading, runs))
struct PaperRecord {
  Long masthead, number, period, issuer, date, title, ledger_head;
  std::vector<ParagraphRecord> body;
  std::vector<Long> imprint;
  Long copies;
};
BOOST_DESCRIBE_STRUCT(PaperRecord, (), (masthead, number, period, issuer, date, title, ledger_head, body, imprint, copies))

std::optional<Long> unless_empty(const std::string& s) { return s.empty() ? std::nullopt : std::optional(Long(s)); }
std::string or_empty(const std::optional<Long>& s) { return s ? std::string(*s) : ""; }
}  // namespace

std::vector<PaperPiece> pieces_of(const publish::Document& d) {
  PaperRecord r{Long(d.masthead.name), Long(d.masthead.number), Long(d.period), Long(d.issuer), Long(d.date), Long(d.title), Long(d.ledger_head), {}, {}, Long(d.imprint.copies)};
  for (const auto& p : d.body) {
    ParagraphRecord one{p.kind == publish::Paragraph::Kind::heading, {}};
    for (const auto& run : p.runs) one.runs.push_back({Long(run.text), unless_empty(run.link), unless_empty(run.title)});
    r.body.push_back(std::move(one));
  }
  for (const auto& line : d.imprint.lines) r.imprint.emplace_back(line);
  const auto all = to_utf32(json::write(r));
  std::vector<PaperPiece> out;
  constexpr std::size_t kPiece = 3'500;  // sealed, twelve bytes a character with its quotes stay below kSealedBytes
  for (std::size_t at = 0; at < all.size(); at += kPiece) out.emplace_back(to_utf8(std::u32string_view(all).substr(at, kPiece)));
  return out;
}

publish::Document paper_of(const std::vector<PaperPiece>& pieces) {
  std::string all;
  for (const auto& p : pieces) all += p;
  const auto r = json::read<PaperRecord>(all);
  if (!r) throw store::Failure(store::FailureKind::corrupt, "an issued paper does not read: " + r.error().where);
  publish::Document d;
  d.masthead = {r->masthead, r->number};
  d.period = r->period;
  d.issuer = r->issuer;
  d.date = r->date;
  d.title = r->title;
  d.ledger_head = r->ledger_head;
  for (const auto& p : r->body) {
    publish::Paragraph one;
    one.kind = p.heading ? publish::Paragraph::Kind::heading : publish::Paragraph::Kind::body;
    for (const auto& run : p.runs) one.runs.push_back({run.text, or_empty(run.link), or_empty(run.title)});
    d.body.push_back(std::move(one));
  }
  for (const auto& line : r->imprint) d.imprint.lines.emplace_back(line);
  d.imprint.copies = r->copies;
  return d;
}

std::string sm3_of_text(const publish::Document& d) { return hex(crypto::bytes(crypto::sm3(publish::to_text(d)))); }

std::string digest_of(std::string_view internal_sm3, std::string_view public_sm3) {
  return hex(crypto::bytes(crypto::sm3(std::string(internal_sm3) + "\n" + std::string(public_sm3))));
}

}  // namespace yi::bulletin
