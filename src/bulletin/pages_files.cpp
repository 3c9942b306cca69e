// The week's bulletin as files.
#include <fmt/format.h>

#include "bulletin/pages_paper.h"
#include "crypto/random.h"

namespace yi::bulletin {

Result<Edited> edit(const Visit& v) {
  Edited e;
  YI_TRY(e.edition, edition_of(v.request, v.viewer));
  YI_TRY(e.week, week_of(v.request));
  YI_TRY(auto p, paper_of_week({v.reader, v.centre(), v.viewer, v.context.names, *v.context.templates, e.week}, v.engine.keys(), e.edition, v.viewer.may_see_internal_edition()));
  e.material = std::move(p.material);
  e.document = std::move(p.document);
  e.words = std::move(p.words);
  e.issue = std::move(p.issue);
  e.head = head_of(v.reader, v.centre());
  return e;
}

std::string etag_of(const Visit& v, std::string_view what, Edition edition) {
  // Another process may bring other words for the same position.
  static const std::string process = crypto::random_token().substr(0, 8);
  auto c = v.reader.select("SELECT SUM(seq) FROM engine_followed WHERE centre=$1", {v.centre().value});
  return fmt::format("\"{}-{}-{}-{}-{}\"", what, edition_name(edition), v.reader.head(v.centre()).seq, c->next_integer(), process);
}

void add_caching(http::Response& r, Edition edition, const std::string& etag) {
  if (edition == Edition::internal) return;
  r.headers.emplace_back("etag", etag);
  r.headers.emplace_back("cache-control", "private, no-cache");
}

// RFC 6266 with RFC 8187 for the Chinese name; shown in the browser, saved under this name.
std::string disposition(const FileName& name, Edition edition, std::string_view extension) {
  const std::string whole = name.chinese + (edition == Edition::internal ? "内部版" : "公开版") + "." + std::string(extension);
  std::string encoded;
  for (const char c : whole) {
    const auto u = static_cast<unsigned char>(c);
    if ((u >= '0' && u <= '9') || (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || u == '-' || u == '.')
      encoded += c;
    else
      encoded += fmt::format("%{:02X}", u);
  }
  return fmt::format("inline; filename=\"{}-{}.{}\"; filename*=UTF-8''{}", name.ascii, edition_name(edition), extension, encoded);
}

Result<publish::LineMode> line_mode_of(const Visit& v) {
  const auto mode = v.query("line_mode");
  if (!mode.empty() && mode != "grid" && mode != "word")
    return Refusal{"bulletin.bad_line_mode", "没有这种行式。", "行式为 grid（国标版式）或 word（Word 行式）。", 400, "line_mode"};
  return mode == "word" ? publish::LineMode::word : publish::LineMode::grid;
}

Result<http::Response> bulletin_file(const Visit& v, PaperFormat format) {
  const Snapshot snapshot(v.reader);
  PaperOptions options;
  YI_TRY(options.line_mode, line_mode_of(v));
  YI_TRY(const auto edition, edition_of(v.request, v.viewer));
  YI_TRY(const auto week, week_of(v.request));
  const auto& info = info_of(format);
  const auto etag = etag_of(v, fmt::format("{}-{}{}", to_iso(week), info.name, options.line_mode == publish::LineMode::word ? "-word" : ""), edition);
  return file_reply(v, edition, info, etag, [&]() -> Result<File> {
    YI_TRY(const auto e, edit(v));
    if (e.material.imprint) options.layout_hints.assign(e.material.imprint->layout_hints.begin(), e.material.imprint->layout_hints.end());
    options.fonts = v.context.fonts;
    options.created = e.head.recorded_at;
    std::vector<publish::Sheet> sheets;
    if (format == PaperFormat::xlsx) {
      const bool issued = e.issue && e.issue->stage == IssueStage::issued;
      YI_TRY(sheets, week_sheets(v.reader, v.centre(), v.viewer, e.material, v.context.names, issued ? std::optional(printed_figures(e.document)) : std::nullopt));
    }
    YI_TRY(auto bytes, print_paper(e.document, sheets, format, options));
    return File{{"bulletin-" + to_iso(week), v.context.names.own_on(week + 6).masthead + "（" + to_iso(week) + "）"}, std::move(bytes)};
  });
}

}  // namespace yi::bulletin
