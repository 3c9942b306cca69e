#include "exchange/declare.h"

#include "casework/rules.h"
#include "exchange/refusals.h"
#include "exchange/rules.h"

namespace yi::exchange {

void declare(engine::Registry& registry, std::shared_ptr<const catalog::Catalog> catalog, const identity::Subjects& subjects, const casework::CaseRegister& cases) {
  auto spec = engine::command<ImportCase>("exchange.import_case", "导入一个办件（五张交换表）", import_refusal_codes(),
                                          [catalog, subjects, cases](engine::Turn& turn, const ImportCase& wish) -> Checked {
    const Here here{*catalog, turn.now(), [&](CaseId id) { return cases.known(id); },
                    [&](const DepartmentCode& d, std::string_view number) { return cases.foreign_number_known(d, number); }};
    YI_TRY(const auto arriving, decide(wish, here));
    unpack(turn, casework::stream_of(arriving.id), arriving.facts, [&](store::BlindKind kind, const std::optional<Text<18>>& number) {
      return number ? subjects.subject_of(turn, kind, *number) : subjects.anonymous(turn);
    });
    return Done{};
  });
  spec.has_door = false;
  spec.audit_class = "personal";
  registry.commands.push_back(std::move(spec));
}

}  // namespace yi::exchange
