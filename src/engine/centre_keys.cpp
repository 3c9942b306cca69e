// The keys of a centre, and whether they are those of its ledger.
#include "engine/engine.h"

namespace yi::engine {

Refusal moved(const std::string& to, const std::string& from) {
  return {"engine.moved", "这个中心已迁到 " + to + "，这里的数据只供核对。", "请用 --store 或 --data 指定迁移后的位置。", 409, from};
}

Result<std::unique_ptr<store::KeyVault>> open_keys(store::Reader& reader, const store::Place& place, CentreCode centre, const store::KeyOptions& options,
                                                   store::KeyAccess access) {
  const auto known = reader.meta(centre, "keys");
  // Never a new set of keys for a ledger that has one: it would hide that the old ones are lost.
  if (known) {
    YI_TRY(const auto there, store::keys_there(place, centre));
    if (there.empty())
      return Refusal{"engine.keys_missing", "找不到这个账本的个人信息密钥（数据目录的 keys/data-keys，或数据库中的 data_key）。",
                     "请从密钥备份恢复；没有它，账本完好，但其中的个人信息无法读取。", 500, store::label_of(place)};
  }
  YI_TRY(auto keys, store::KeyVault::open(place, centre, options, access));
  if (known && *known != keys->id())
    return Refusal{"engine.other_keys", "密钥不属于这个账本。", "请把与账本同一中心的密钥放回原处。", 409, store::label_of(place)};
  return keys;
}

Checked take_in_keys(store::Reader& reader, const store::Place& place, CentreCode centre, const store::KeyOptions& options) {
  if (!place.on_server() || place.building || !reader.meta(centre, "keys")) return Done{};
  const store::Place local(place.directory);
  YI_TRY(const auto there, store::keys_there(place, centre));
  YI_TRY(const auto here, store::keys_there(local, centre));
  if (here.empty()) return Done{};
  if (there.empty()) YI_CHECK(store::copy_keys(local, place, centre, options));
  // A second copy of a key would make its destruction a show.
  if ((there.empty() || there == here) && !store::destroy_keys(local, centre)) return store::keys_unusable(place.directory + "/keys/data-keys");
  return Done{};
}

}  // namespace yi::engine
