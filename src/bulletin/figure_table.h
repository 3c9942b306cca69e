#pragma once
// The figures that a bulletin prints, in one table: what each counts, in one sentence, and over which facts.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace yi::bulletin {

// Counted from the ledger. The first four are the weekly bulletin's (四项数); the others are there for reports of other
// periods (report_template.h).
enum class Figure {
  consulted,     // 咨询
  accepted,      // 受理
  issued,        // 颁发
  transferred,   // 流转
  closed,        // 办结
  submitted,     // 网上申报
  evaluated,         // 评价
  evaluated_online,  // 网上评价
  bad_rating,   // 差评
  overdue,       // 超期
};
BOOST_DESCRIBE_ENUM(Figure, consulted, accepted, issued, transferred, closed, submitted, evaluated, evaluated_online, bad_rating, overdue)
inline constexpr std::array kFigures{Figure::consulted, Figure::accepted, Figure::issued, Figure::transferred};
inline constexpr std::array kAllFigures{Figure::consulted, Figure::accepted, Figure::issued,       Figure::transferred, Figure::closed,
                                        Figure::submitted, Figure::evaluated,    Figure::evaluated_online, Figure::bad_rating, Figure::overdue};

// Over which days a counted figure runs.
enum class Reach { week, year };
BOOST_DESCRIBE_ENUM(Reach, week, year)

using Counts = std::array<std::int64_t, kAllFigures.size()>;  // by Figure
inline std::int64_t& of(Counts& c, Figure f) { return c[static_cast<std::size_t>(f)]; }
inline std::int64_t of(const Counts& c, Figure f) { return c[static_cast<std::size_t>(f)]; }

struct CountedFigure {
  Figure figure;
  const char* name;              // "咨询"
  const char* unit_week;         // "人次": the words around the printed number are the template's
  const char* unit_year;
  const char* definition;        // which fact makes one: a clause, each reach adds its days
  const char* scope;
  std::array<std::string_view, 4> facts;  // names of the counted facts; "" where there are fewer
};
const CountedFigure& counted_figure(Figure f);
// Which figures a fact may count to, by its name; whether it does, may depend on what it says (figure_views.cpp).
struct FactOfFigure { std::string_view fact; Figure figure; };
const std::vector<FactOfFigure>& counted_facts();

// Every figure with a page of evidence: "/figures/<week>/<id>".
struct FigureInfo {
  std::string id;          // "consulted", "consulted_year", "plans_issued", …
  std::string name;        // "咨询（本周）"
  std::string unit;
  std::string definition;  // one sentence
  std::string scope;       // one sentence
  bool counted = false;    // true: counted from the ledger, with `figure` and `reach`; false: from dated facts
  Figure figure{};
  Reach reach{};
};
const std::vector<FigureInfo>& figure_infos();
const FigureInfo* find_figure(std::string_view id);  // nullptr when there is none
std::string figure_id(Figure f, Reach reach);
std::string figure_link(CivilDay week, std::string_view id);

}  // namespace yi::bulletin
