#include "bulletin/names.h"

namespace yi::bulletin {

Names names_of(std::shared_ptr<const catalog::Catalog> catalog, std::function<bool(CivilDay)> works) {
  Names n;
  n.works = std::move(works);
  n.own = [catalog](CivilDay day) {
    const auto& s = catalog->settings_on(day);
    return Names::Own{s.masthead, s.issuer, s.hall_short_name};
  };
  n.department = [catalog](const DepartmentCode& code) -> std::optional<std::string> {
    const auto* d = catalog->find_department(code);
    return d ? std::optional<std::string>(d->short_name) : std::nullopt;
  };
  n.bundle = [catalog](const catalog::BundleCode& code) -> std::optional<std::string> {
    const auto* b = catalog->find_bundle(code);
    return b ? std::optional<std::string>(b->name) : std::nullopt;
  };
  return n;
}

}  // namespace yi::bulletin
