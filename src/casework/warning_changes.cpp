#include "casework/warning_changes.h"

#include <limits>

namespace yi::casework {
namespace {

using catalog::Change;
using catalog::ChangeKind;

class Warnings final : public catalog::Changeable {
 public:
  Warnings(std::shared_ptr<const WarningRules> of_file, std::shared_ptr<WarningBook> book) : of_file_(std::move(of_file)), book_(std::move(book)) {}
  ChangeKind kind() const override { return ChangeKind::warnings; }
  std::vector<std::string> codes() const override { return {WarningBook::kCode}; }
  std::vector<catalog::ItemVersion> versions(const std::string& code) const override {
    if (code != WarningBook::kCode) return {};
    std::vector<catalog::ItemVersion> out{{1, {}, of_file_->definition}};
    for (const auto* v : book_->versions.all(code))
      if (v->version > 1) out.push_back({v->version, v->since, v->definition});
    return out;
  }
  std::string name(const std::string&, CivilDay) const override { return "监察规则"; }
  catalog::Judged judge(const std::string&, int, CivilDay, std::string_view definition) const override {
    catalog::Judged out;
    const auto laid_out = catalog::LaidOut::of(definition, "监察规则");
    if (!laid_out) {
      out.problems.push_back(laid_out.error());
      return out;
    }
    out.problems = WarningRules::problems_of(laid_out->text(), "监察规则");
    laid_out->place(out.problems);
    if (out.problems.empty()) out.definition = WarningRules::parse(laid_out->text(), "监察规则").value().definition;
    return out;
  }
  std::vector<std::string> refusal_codes() const override { return {"casework.bad_warnings"}; }
  // Cards are given and orders written by these rules.
  bool needs_two(std::string_view) const override { return true; }

  // What the ledger has was judged when it was recorded, by rules that name nothing outside themselves.
  void publish(const Change& c) override {
    put(c.former, 1, {std::numeric_limits<std::int32_t>::min()});
    put(c.definition, c.version, c.since);
  }
  void forget(const std::string& code, int version) override { book_->versions.forget(code, version); }
  std::string_view former_fact() const override { return WarningsChanged::kName; }
  Change read_former(const engine::RecordedFact& fact) const override {
    const auto f = fact.as<WarningsChanged>();
    Change c;
    c.code = WarningBook::kCode;
    c.version = f.version;
    c.since = f.since;
    c.definition = f.definition;
    c.reason = f.reason;
    return c;
  }

 private:
  void put(const std::string& definition, int version, CivilDay since) {
    if (definition.empty() || book_->versions.find(WarningBook::kCode, version)) return;
    auto rules = WarningRules::parse(definition, "监察规则");
    if (!rules) return complain("监察规则第 " + std::to_string(version) + " 版读不出来：" + rules.error().sentence);
    book_->versions.put(WarningBook::kCode, {version, since, std::move(*rules), definition});
  }
  std::shared_ptr<const WarningRules> of_file_;
  std::shared_ptr<WarningBook> book_;
};

}  // namespace

std::unique_ptr<catalog::Changeable> warnings_kind(std::shared_ptr<const WarningRules> of_file, std::shared_ptr<WarningBook> book) {
  return std::make_unique<Warnings>(std::move(of_file), std::move(book));
}

}  // namespace yi::casework
