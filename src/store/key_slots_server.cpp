// Data keys as rows: written by the leading node under the centre's word, read by any.
#include <mutex>

#include "store/key_slots.h"
#include "store/postgres_schema.h"
#include "store/view_walk.h"

namespace yi::store {
namespace {

class ServerSlots : public KeySlots {
 public:
  ServerSlots(Place place, std::unique_ptr<Reader> reader, CentreCode centre)
      : place_(std::move(place)), reader_(std::move(reader)), centre_(centre), where_(label_of(place_)), word_("data keys " + std::to_string(centre.value)) {}
  std::string where() const override { return where_; }

  Result<std::optional<std::string>> header() override {
    try {
      std::lock_guard lock(reading_);
      return header_in(*reader_);
    } catch (const Failure&) {
      return keys_unusable(where_);
    }
  }

  Checked make(std::string_view header) override {
    const bool good = write([&](Writer& w) {
      if (!header_in(w.reader())) w.change(key_head_table(), key_head_table().name, {{centre_.value, header}, RowChange::Kind::insert});
      return true;
    });
    if (!good) return keys_unusable(where_);
    return Done{};
  }

  Result<std::int64_t> settle(const std::function<bool(std::int64_t)>&) override {
    try {
      return count();  // a batch is there whole or not at all
    } catch (const Failure&) {
      return keys_unusable(where_);
    }
  }
  std::int64_t count() override {
    std::lock_guard lock(reading_);
    return count_in(*reader_);
  }

  std::optional<std::string> read(std::int64_t subject) override {
    std::lock_guard lock(reading_);
    auto c = reader_->select("SELECT slot FROM data_key WHERE centre=$1 AND subject=$2", {centre_.value, subject});
    if (!c->next()) return std::nullopt;
    return std::string(c->bytes(0));
  }

  std::vector<std::string> read_on(std::int64_t first, std::int64_t n) override {
    std::lock_guard lock(reading_);
    std::vector<std::string> out;
    auto c = reader_->select("SELECT subject, slot FROM data_key WHERE centre=$1 AND subject>=$2 AND subject<$3 ORDER BY subject", {centre_.value, first, first + n});
    while (c->next() && c->integer(0) == first + static_cast<std::int64_t>(out.size())) out.emplace_back(c->bytes(1));
    return out;
  }

  std::optional<std::int64_t> append(std::int64_t n, std::string_view header, const std::function<std::string(std::int64_t)>& slots) override {
    std::int64_t count = 0;
    const bool good = write([&](Writer& w) {
      if (header_in(w.reader()) != header) return false;  // wrapped under another master key by now
      const auto first = count_in(w.reader()) + 1;
      const auto bytes = slots(first);
      for (std::int64_t i = 0; i < n; ++i)
        w.change(key_table(), key_table().name, {{centre_.value, first + i, std::string_view(bytes).substr(static_cast<std::size_t>(i * kKeySlotBytes), kKeySlotBytes)},
                                                 RowChange::Kind::insert});
      count = first + n - 1;
      return true;
    });
    return good ? std::optional(count) : std::nullopt;
  }

  bool destroy(const std::vector<SubjectId>& subjects) override {
    std::string blank(kDestroyedSlot);
    blank.resize(kKeySlotBytes, '\0');
    return write([&](Writer& w) {
      const auto count = count_in(w.reader());
      auto number = w.reader().select("SELECT coalesce(max(number),0) FROM data_key_gone WHERE centre=$1", {centre_.value})->next_integer();
      for (const auto s : subjects) {
        if (s.value < 1 || s.value > count) continue;
        w.change(key_table(), key_table().name, {{centre_.value, s.value, blank}});
        w.change(key_gone_table(), key_gone_table().name, {{centre_.value, ++number, s.value}, RowChange::Kind::insert});
      }
      return true;
    });
  }

  std::vector<std::int64_t> newly_destroyed() override {
    std::lock_guard lock(reading_);
    std::vector<std::int64_t> out;
    auto c = reader_->select("SELECT number, subject FROM data_key_gone WHERE centre=$1 AND number>$2 ORDER BY number", {centre_.value, told_});
    auto told = told_;
    while (c->next()) {
      told = c->integer(0);
      out.push_back(c->integer(1));
    }
    told_ = told;
    return out;
  }

  Checked exchange(std::string_view old_header, std::string_view header, const std::function<Result<std::string>(std::int64_t, std::string_view)>& wrapped,
                   const std::function<void()>& step) override {
    Checked refused = Done{};
    const bool good = write([&](Writer& w) {
      if (header_in(w.reader()) != old_header) return false;
      // By pages of their own: a question within the transaction sends what is held, and then sees it.
      for (std::int64_t behind = 0;;) {
        std::vector<std::pair<std::int64_t, std::string>> page;
        auto c = w.reader().select("SELECT subject, slot FROM data_key WHERE centre=$1 AND subject>$2 ORDER BY subject LIMIT $3", {centre_.value, behind, 10'000});
        while (c->next()) page.emplace_back(c->integer(0), c->bytes(1));
        for (const auto& [subject, slot] : page) {
          behind = subject;
          if (slot.starts_with(kDestroyedSlot)) continue;
          auto fresh = wrapped(subject, slot);
          if (!fresh) {
            refused = fresh.error();
            return false;
          }
          w.change(key_table(), key_table().name, {{centre_.value, subject, *fresh}});
        }
        if (page.size() < 10'000) break;
      }
      w.change(key_head_table(), key_head_table().name, {{centre_.value, header}});
      return true;
    });
    if (!refused) return refused;
    if (!good) return keys_unusable(where_);
    step();
    return Done{};
  }

  bool destroy_all() override {
    return write([&](Writer& w) {
      for (const auto* v : {&key_table(), &key_head_table(), &key_gone_table()}) {
        std::vector<Row> keys;
        for (ViewWalk walk(w.reader(), *v, v->name, centre_); walk.next();) keys.emplace_back(walk.row().begin(), walk.row().begin() + v->key_columns);
        for (auto& k : keys) w.change(*v, v->name, {std::move(k), RowChange::Kind::remove});
      }
      return true;
    });
  }

 private:
  std::optional<std::string> header_in(Reader& r) {
    auto c = r.select("SELECT header FROM data_key_head WHERE centre=$1", {centre_.value});
    if (!c->next()) return std::nullopt;
    return std::string(c->bytes(0));
  }
  std::int64_t count_in(Reader& r) { return r.select("SELECT coalesce(max(subject),0) FROM data_key WHERE centre=$1", {centre_.value})->next_integer(); }

  // False where it was not stored, or nobody knows: then the next question tells.
  bool write(const std::function<bool(Writer&)>& act) {
    std::lock_guard lock(writing_);
    if (!store_) {  // a node that only reads needs none
      auto opened = open_beside(place_, "keys", Mode::write);
      if (!opened) return false;
      store_ = std::move(*opened);
    }
    auto& w = store_->writer();
    try {
      w.recover();  // where the last one lost the connection
      w.begin();
      w.lock_until_commit(word_);
      if (!act(w)) {
        w.rollback();
        return false;
      }
      w.commit();
      return true;
    } catch (const Failure&) {
      w.rollback();
      return false;
    }
  }

  const Place place_;
  std::unique_ptr<Store> store_;  // under writing_
  std::unique_ptr<Reader> reader_;
  const CentreCode centre_;
  const std::string where_, word_;
  std::int64_t told_ = 0;  // number in data_key_gone
  std::mutex reading_, writing_;
};

}  // namespace

Result<std::unique_ptr<KeySlots>> key_slots_on_server(const Place& place, CentreCode centre) {
  YI_TRY(auto opened, open_beside(place, "keys", Mode::read));
  return std::unique_ptr<KeySlots>(std::make_unique<ServerSlots>(place, opened->open_reader(), centre));
}

}  // namespace yi::store
