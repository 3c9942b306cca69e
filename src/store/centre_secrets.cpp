#include "store/centre_secrets.h"

#include "store/side_tables.h"

namespace yi::store {

const View& centre_secret_view() {
  static const View v{"centre_secret", 1, ViewKind::report, 2, {{"centre", Type::integer}, {"name", Type::text}, {"sealed", Type::bytes}}};
  return v;
}

Result<crypto::Secret> open_or_make_secret(const Place& place, CentreCode centre, KeyVault& keys, const std::string& name,
                                           const std::function<Result<crypto::Secret>()>& make) {
  YI_TRY(const auto tables, SideTables::open(place, "secrets", centre, {&centre_secret_view()}));
  const auto context = "secret\n" + name;
  const Row key{centre.value, name};
  Result<crypto::Secret> out = crypto::Secret();
  try {
    tables->as_one(SideTables::word_of(centre_secret_view(), key), [&](SideTables::Turn& turn) {
      out = [&]() -> Result<crypto::Secret> {
        if (const auto row = turn.find(centre_secret_view(), key)) {
          YI_TRY(auto plain, keys.open_bytes((*row)[2].s, {}, context));
          return crypto::Secret(std::move(plain));
        }
        YI_TRY(auto fresh, make());
        YI_TRY(const auto sealed, keys.seal_bytes(fresh.reveal(), {}, context));
        turn.put(centre_secret_view(), {centre.value, name, Value::blob(sealed)});
        return fresh;
      }();
    });
  } catch (const Failure& f) {
    return Refusal{"store.unusable", std::string("数据库无法使用：") + f.what(), "数据没有被改动。", 503, label_of(place)};
  }
  return out;
}

}  // namespace yi::store
