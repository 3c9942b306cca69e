#pragma once
// Inside the room: a week's paper for a page or a file, and how files leave.
#include "bulletin/figure_sheets.h"
#include "bulletin/issue_paper.h"
#include "bulletin/pages.h"
#include "bulletin/paper_formats.h"

namespace yi::bulletin {

struct Edited {
  CivilDay week;
  Edition edition{};
  WeekMaterial material;
  publish::Document document;
  Templates words;
  std::optional<IssueState> issue;  // of a week on the bulletin desk
  Head head;
};
// The paper of the path's week in the query's edition; the caller holds the snapshot.
Result<Edited> edit(const Visit& v);

// The figures' links keep the reader's look; HTML escapes them again, so this one is bare.
void carry_look(publish::Document& d, const Look& look);

// "line_mode" of the query. Refusal "bulletin.bad_line_mode".
Result<publish::LineMode> line_mode_of(const Visit& v);

// A file as a reply: kept by a browser that asks again each time where it is public, kept nowhere where it is internal.
struct FileName {
  std::string ascii;    // "bulletin-2024-06-17"
  std::string chinese;  // "政务服务工作周报（2024-06-17）"
};
struct File {
  FileName name;
  std::string bytes;
};
// `etag` is of the content's makings; 304 before `make` does any work.
template <class Make>
Result<http::Response> file_reply(const Visit& v, Edition edition, const FormatInfo& format, const std::string& etag, Make make);

// What a public document depends on: the ledger, how far the reports have followed it, and this process's catalogue and templates.
std::string etag_of(const Visit& v, std::string_view what, Edition edition);
void add_caching(http::Response& r, Edition edition, const std::string& etag);
std::string disposition(const FileName& name, Edition edition, std::string_view extension);

template <class Make>
Result<http::Response> file_reply(const Visit& v, Edition edition, const FormatInfo& format, const std::string& etag, Make make) {
  http::Response r;
  if (edition == Edition::public_ && v.request.if_none_match == etag) {
    r.status = 304;
    add_caching(r, edition, etag);
    return r;
  }
  YI_TRY(File file, make());
  r.body = std::move(file.bytes);
  r.content_type = format.media_type;
  r.headers.emplace_back("content-disposition", disposition(file.name, edition, format.extension));
  add_caching(r, edition, etag);
  return r;
}

}  // namespace yi::bulletin
