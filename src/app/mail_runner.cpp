#include "app/mail_runner.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "base/clock.h"
#include "bulletin/desk_declare.h"
#include "bulletin/desk_views.h"
#include "publish/pdf_writer.h"

namespace yi::app {
namespace {

constexpr int kLettersAPass = 20;

std::string fill(const bulletin::Phrase& p, const bulletin::IssueState& issue) {
  return p
      .expand([&](std::string_view slot) {
        bulletin::Runs r;
        r.text(slot == "masthead" ? issue.masthead : slot == "number" ? issue.number_words : slot == "period" ? issue.period : issue.issuer);
        return r;
      })
      .plain();
}

// Nothing where the address or the issue is gone.
std::optional<notice::Mail> letter_of(engine::Engine& engine, const bulletin::BulletinContext& context, store::Reader& reader, const bulletin::ReceiverState& r, const std::string& from) {
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

}  // namespace

MailRunner::MailRunner(engine::Engine& engine, const bulletin::BulletinContext& context, notice::MailServer server)
    : engine_(engine), context_(context), server_(std::move(server)), thread_([this] { loop(); }) {}

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
      if (engine_.standing().role == engine::Role::leading) pass();
    } catch (const std::exception& e) {
      spdlog::warn("letters were not sent: {}", e.what());
    }
    lock.lock();
    wake_.wait_for(lock, std::chrono::milliseconds(kLookMs), [this] { return stopping_.load(); });
  }
}

void MailRunner::pass() {
  std::vector<bulletin::ReceiverState> waiting;
  {
    auto reader = engine_.reader();
    waiting = bulletin::mails_waiting(*reader, engine_.centre(), 1'000);
  }
  const auto& pauses = server_.settings().retry_minutes;
  int sent = 0;
  for (const auto& r : waiting) {
    if (stopping_ || sent == kLettersAPass) return;
    const auto key = bulletin::part_key(r.week, r.receiver);
    if (const auto it = not_before_.find(key); it != not_before_.end() && it->second > monotonic_ns()) continue;
    std::optional<notice::Mail> mail;
    {
      auto reader = engine_.reader();
      mail = letter_of(engine_, context_, *reader, r, server_.settings().from);
    }
    auto out = mail ? server_.send(*mail, system_now()) : notice::Outcome{false, true, "收件地址已删除。"};
    ++sent;
    const auto tries = static_cast<std::size_t>(r.tries);
    const bool last = !out.sent && (out.permanent || tries >= pauses.size());
    if (!out.sent && !last) not_before_[key] = monotonic_ns() + static_cast<std::int64_t>(pauses[tries]) * 60'000'000'000;
    else not_before_.erase(key);
    const bulletin::RecordMail record{r.week, r.receiver, out.sent, last, Text<300>(out.answer)};
    if (const auto recorded = engine_.run(bulletin::kRecordMail, json::write(record), {"system", "system"}); !recorded)
      spdlog::warn("what came of a letter was not recorded: {}", recorded.error().code);
  }
}

}  // namespace yi::app
