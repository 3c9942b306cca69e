#pragma once
// What is on the disk when the power fails: all that was synced, and of the rest what chance kept.
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "forgetful.h"

namespace yi::simulation {

// The model, as careless as POSIX allows: what a file was given since its last sync may be there, not there, there in part (whole sectors of
// 512 bytes) and in any order; a name in a directory, its going or its change lasts when the directory was synced since, and of those that
// do not, an early one lasts before a later one.
class PowerCut {
 public:
  // `before`: a copy of the watched directory as it was when the record began. Throws std::runtime_error for a record that makes no sense.
  // `deaf`: a disk that does nothing when it is asked to sync a file. Nothing can be relied on then, which tests must notice.
  PowerCut(const std::string& root, const std::string& before, std::string journal, bool deaf = false);
  // Goes on to what had happened when the record was `bytes` long; never back.
  void advance(std::size_t bytes);
  // The directory as the power cut leaves it, in `directory`, which must not be there yet.
  void leave(const std::string& directory, std::mt19937& random) const;
  std::size_t size() const { return journal_.size(); }
  std::int64_t syncs() const { return syncs_; }

 private:
  struct Change {
    std::uint64_t number;
    bool truncates;
    std::uint64_t offset;     // or the new size
    std::string_view bytes;
  };
  struct File {
    std::string durable;
    std::vector<Change> open;  // since the last sync, in order
  };
  using FilePtr = std::shared_ptr<File>;
  struct Tree {
    std::map<std::string, FilePtr> files;
    std::set<std::string> folders;
  };
  struct NameChange {
    std::uint64_t number;
    FileAct act;
    std::string path, other;
    FilePtr file;  // what the name is of
  };
  void take(const FileEntry& e, std::string_view path, std::string_view other, std::string_view data);
  void name(const FileEntry& e, std::string_view path, std::string_view other, FilePtr file);
  FilePtr& file(std::uint64_t number);
  static void apply(const Change& c, std::string& bytes);
  static void apply(const NameChange& c, Tree& tree);
  static std::string kept(const File& f, std::mt19937& random);

  std::string root_, journal_;
  bool deaf_;
  std::size_t at_ = 0;
  std::uint64_t counted_ = 0;
  std::int64_t syncs_ = 0;
  std::map<std::uint64_t, FilePtr> files_;
  std::map<std::uint64_t, std::uint64_t> begun_;  // sync → how much had happened
  Tree now_, durable_;
  std::vector<NameChange> open_;                  // not durable yet, in order
};

}  // namespace yi::simulation
