#pragma once
// The figures that a bulletin prints, in one table: what each counts, in one sentence, and over which facts.
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace yi::bulletin {

// 四项数: counted from the ledger of the windows' work.
enum class Figure { consulted, accepted, issued, transferred };
BOOST_DESCRIBE_ENUM(Figure, consulted, accepted, issued, transferred)
inline constexpr std::array kFigures{Figure::consulted, Figure::accepted, Figure::issued, Figure::transferred};

// Over which days a counted figure runs.
enum class Reach { week, year };
BOOST_DESCRIBE_ENUM(Reach, week, year)

using Counts = std::array<std::int64_t, 4>;  // by Figure
inline std::int64_t& of(Counts& c, Figure f) { return c[static_cast<std::size_t>(f)]; }
inline std::int64_t of(const Counts& c, Figure f) { return c[static_cast<std::size_t>(f)]; }

struct CountedFigure {
  Figure figure;
  const char* name;              // "咨询"
  const char* unit_week;         // "人次": the words around the printed number are the template's
  const char* unit_year;
  const char* definition;        // which fact makes one: a clause, each reach adds its days
  const char* scope;
  std::array<std::string_view, 2> facts;  // names of the counted facts; "" where there is only one
};
const CountedFigure& counted_figure(Figure f);
// The figure that a fact counts to.
struct FactOfFigure { std::string_view fact; Figure figure; };
std::vector<FactOfFigure> counted_facts();
// The same for one fact; nothing when no figure counts it.
std::optional<Figure> figure_of_fact(std::string_view fact);

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
