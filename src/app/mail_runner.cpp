#include "app/mail_runner.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "base/clock.h"
#include "bulletin/desk_declare.h"
#include "bulletin/desk_views.h"
#include "publish/pdf_writer.h"

namespace yi::app {
namespace {

std::string fill(const bulletin::Phrase& p, const bulletin::IssueState& issue) {
  return p
      .expand([&](std::string_view slot) {
        bulletin::Runs r;
        r.text(slot == "masthead" ? issue.masthead : slot == "number" ? issue.number_words : slot == "period" ? issue.period : issue.issuer);
        return r;
      })
      .plain();
}

bulletin::RecordMail what_came(const bulletin::ReceiverState& r, const notice::Outcome& out, std::size_t pauses) {
  const bool last = !out.sent && (out.permanent || static_cast<std::size_t>(r.tries) >= pauses);
  return {r.week, r.receiver, out.sent, last, Text<300>(out.answer)};
}

}  // namespace

std::optional<notice::Mail> letter_of(engine::Engine& engine, const bulletin::BulletinContext& context, const std::string& from, const bulletin::ReceiverState& r) {
  auto opened = engine.reader();
  auto& reader = *opened;
  const auto address = bulletin::address_of(reader, engine.centre(), engine.keys(), r);
  const auto issued = bulletin::issued_paper(reader, engine.centre(), identity::Viewer::anonymous(), engine.keys(), r.week, bulletin::Edition::public_);
  if (!address || !issued || !*issued) return std::nullopt;
  const auto& issue = (*issued)->issue;
  publish::PdfOptions o;
  o.fonts = context.fonts;
  o.created = at(issue.issued_on, 9, 0);
  auto pdf = publish::to_pdf((*issued)->document, o);
  if (!pdf) throw std::runtime_error(pdf.error().sentence);
  const auto name = issue.masthead + issue.number_words + ".pdf";
  return notice::Mail{*address, fill(context.desk->mail_subject, issue), fill(context.desk->mail_text, issue), bulletin::part_key(r.week, r.receiver) + "." + std::to_string(r.distributed) + from.substr(from.find('@')),
                      {{name, "application/pdf", std::move(*pdf)}}};
}

notice::Outcome MailRound::try_letter(const bulletin::ReceiverState& r) {
  std::optional<notice::Mail> mail;
  try {
    mail = hands_.make(r);
  } catch (const store::Failure& f) {
    if (f.kind != store::FailureKind::corrupt) throw;  // nothing can be read: the letter waits
    spdlog::warn("a letter could not be made: {}", f.what());
    return {false, false, "邮件没有做成：这一期的文字读不出来，请管理员运行 yichuang verify。"};
  } catch (const std::runtime_error& e) {
    spdlog::warn("a letter could not be made: {}", e.what());
    return {false, false, "邮件没有做成：周报的 PDF 无法生成，请管理员检查字体和日志。"};
  }
  return mail ? hands_.send(*mail) : notice::Outcome{false, true, "收件地址或这一版的文字已删除。"};
}

bool MailRound::record(const std::string& key, const bulletin::RecordMail& what) {
  const auto recorded = hands_.record(what);
  // A refusal of the rule is an answer too: another node has recorded it.
  if (recorded || recorded.error().status < 500) {
    unrecorded_.erase(key);
    return true;
  }
  spdlog::warn("what came of a letter was not recorded: {}", recorded.error().code);
  unrecorded_.insert_or_assign(key, what);
  return false;
}

void MailRound::record_what_came() {
  const auto left = unrecorded_;
  for (const auto& [key, what] : left)
    if (!record(key, what)) return;
}

void MailRound::pass(const std::atomic<bool>& stopping) {
  record_what_came();
  std::vector<bulletin::ReceiverState> waiting;
  {
    auto reader = engine_.reader();
    waiting = bulletin::mails_waiting(*reader, engine_.centre(), 1'000);
  }
  int tried = 0;
  for (const auto& r : waiting) {
    if (stopping || tried == kLettersAPass) return;
    const auto key = bulletin::part_key(r.week, r.receiver);
    if (unrecorded_.contains(key)) continue;
    if (const auto it = not_before_.find(key); it != not_before_.end() && it->second > hands_.now()) continue;
    const auto out = try_letter(r);
    ++tried;
    const auto what = what_came(r, out, retry_minutes_.size());
    if (out.sent || what.last) not_before_.erase(key);
    else not_before_[key] = hands_.now() + static_cast<std::int64_t>(retry_minutes_[static_cast<std::size_t>(r.tries)]) * 60'000'000'000;
    record(key, what);
  }
}

MailRunner::MailRunner(engine::Engine& engine, const bulletin::BulletinContext& context, notice::MailServer server)
    : engine_(engine),
      server_(std::move(server)),
      round_(engine, server_.settings().retry_minutes,
             {[this, &context](const bulletin::ReceiverState& r) { return letter_of(engine_, context, server_.settings().from, r); },
              [this](const notice::Mail& mail) { return server_.send(mail, system_now()); },
              [this](const bulletin::RecordMail& what) -> Checked {
                YI_TRY(const auto recorded, engine_.run(bulletin::kRecordMail, json::write(what), {"system", "system"}));
                static_cast<void>(recorded);
                return Done{};
              },
              monotonic_ns}),
      thread_([this] { loop(); }) {}

MailRunner::~MailRunner() {
  {
    std::lock_guard lock(m_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void MailRunner::loop() {
  std::unique_lock lock(m_);
  while (!stopping_) {
    lock.unlock();
    try {
      if (engine_.standing().role == engine::Role::leading) round_.pass(stopping_);
    } catch (const std::exception& e) {
      spdlog::warn("letters were not sent: {}", e.what());
    }
    lock.lock();
    wake_.wait_for(lock, std::chrono::milliseconds(kLookMs), [this] { return stopping_.load(); });
  }
}

}  // namespace yi::app
