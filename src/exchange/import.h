#pragma once
// A file of JSON lines becomes commands, a case each, in the file's order and with the memory of one case.
#include <cstdint>
#include <functional>
#include <istream>
#include <vector>

#include "catalog/catalog.h"
#include "engine/engine.h"

namespace yi::exchange {

struct ImportReport {
  std::int64_t imported = 0;
  std::int64_t repeated = 0;  // were imported before, from the same content
  std::int64_t refused = 0;
};
// A case or a line that was refused: `line` is its first line in the file, from 1.
using OnRefused = std::function<void(std::int64_t line, const std::string& project_no, const Refusal& why)>;
// Called after each case with the lines read so far.
using OnLines = std::function<void(std::int64_t lines)>;

// Each case enters whole or not at all; the file may be given again. What the engine cannot store for a moment is given again for a
// quarter of a minute; a refusal of the result is the engine's own (storage), after which nothing more was tried.
Result<ImportReport> import_cases(engine::Engine& engine, std::istream& in, const engine::Actor& actor, const OnRefused& refused, const OnLines& progress);

// The same file, only looked at: what an import would do with it now, nothing recorded. What `imported` counts would be imported.
ImportReport check_cases(engine::Engine& engine, const catalog::Catalog& catalog, std::istream& in, const OnRefused& refused, const OnLines& progress);

}  // namespace yi::exchange
