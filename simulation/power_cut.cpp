#include "power_cut.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace yi::simulation {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kSector = 512;

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string folder_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

}  // namespace

PowerCut::PowerCut(const std::string& root, const std::string& before, std::string journal, bool deaf)
    : root_(root), journal_(std::move(journal)), deaf_(deaf) {
  now_.folders.insert(root_);
  for (const auto& e : fs::recursive_directory_iterator(before)) {
    const auto path = root_ + e.path().string().substr(before.size());
    if (e.is_directory()) now_.folders.insert(path);
    else if (e.is_regular_file() && !path.ends_with("-shm")) now_.files[path] = std::make_shared<File>(File{bytes_of(e.path()), {}});
  }
  durable_ = now_;
}

void PowerCut::advance(std::size_t bytes) {
  while (at_ + sizeof(FileEntry) <= std::min(bytes, journal_.size())) {
    FileEntry e;
    std::memcpy(&e, journal_.data() + at_, sizeof e);
    const std::size_t size = sizeof e + e.path_bytes + e.other_bytes + e.data_bytes;
    if (at_ + size > std::min(bytes, journal_.size())) return;  // the process was ended within an entry
    const std::string_view rest(journal_.data() + at_ + sizeof e, size - sizeof e);
    at_ += size;
    take(e, rest.substr(0, e.path_bytes), rest.substr(e.path_bytes, e.other_bytes), rest.substr(e.path_bytes + e.other_bytes));
  }
}

PowerCut::FilePtr& PowerCut::file(std::uint64_t number) {
  const auto it = files_.find(number);
  if (it == files_.end()) throw std::runtime_error("the record names a file that it did not begin");
  return it->second;
}

void PowerCut::take(const FileEntry& e, std::string_view path, std::string_view other, std::string_view data) {
  const std::string p(path), o(other);
  ++counted_;
  switch (e.act) {
    case FileAct::found: {
      const auto it = now_.files.find(p);
      if (it == now_.files.end()) throw std::runtime_error("the record finds a file that was not there: " + p);
      files_[e.file] = it->second;
      return;
    }
    case FileAct::created: return name(e, path, other, files_[e.file] = std::make_shared<File>());
    case FileAct::written: file(e.file)->open.push_back({counted_, false, e.offset, data}); return;
    case FileAct::truncated: file(e.file)->open.push_back({counted_, true, e.offset, {}}); return;
    case FileAct::sync_begun: begun_[e.offset] = counted_; return;
    case FileAct::sync_ended: {
      ++syncs_;
      const auto until = begun_.at(e.offset);
      if (e.file) {
        if (deaf_) return;
        auto& f = *file(e.file);
        const auto end = std::find_if(f.open.begin(), f.open.end(), [&](const Change& c) { return c.number > until; });
        for (auto c = f.open.begin(); c != end; ++c) apply(*c, f.durable);
        f.open.erase(f.open.begin(), end);
        return;
      }
      std::erase_if(open_, [&](const NameChange& c) {
        const bool lasts = c.number <= until && folder_of(c.other.empty() ? c.path : c.other) == p;
        if (lasts) apply(c, durable_);
        return lasts;
      });
      return;
    }
    default: return name(e, path, other, [&]() -> FilePtr {
      const auto it = now_.files.find(p);
      return it == now_.files.end() ? nullptr : it->second;
    }());
  }
}

void PowerCut::name(const FileEntry& e, std::string_view path, std::string_view other, FilePtr f) {
  open_.push_back({counted_, e.act, std::string(path), std::string(other), std::move(f)});
  apply(open_.back(), now_);
}

void PowerCut::apply(const Change& c, std::string& bytes) {
  if (c.truncates) {
    bytes.resize(c.offset);
    return;
  }
  if (bytes.size() < c.offset + c.bytes.size()) bytes.resize(c.offset + c.bytes.size());
  c.bytes.copy(bytes.data() + c.offset, c.bytes.size());
}

void PowerCut::apply(const NameChange& c, Tree& tree) {
  switch (c.act) {
    case FileAct::made: tree.folders.insert(c.path); return;
    case FileAct::removed: tree.folders.erase(c.path); return;
    case FileAct::unlinked: tree.files.erase(c.path); return;
    case FileAct::created: tree.files[c.path] = c.file; return;
    case FileAct::linked: tree.files[c.other] = c.file; return;
    default: break;
  }
  if (c.file) {
    tree.files.erase(c.path);
    tree.files[c.other] = c.file;
    return;
  }
  // A directory moves with all that is in it.
  const auto moved = [&](const std::string& p) { return p == c.path || p.starts_with(c.path + "/") ? c.other + p.substr(c.path.size()) : p; };
  Tree out;
  for (const auto& [p, f] : tree.files) out.files[moved(p)] = f;
  for (const auto& p : tree.folders) out.folders.insert(moved(p));
  tree = std::move(out);
}

std::string PowerCut::kept(const File& f, std::mt19937& random) {
  auto bytes = f.durable;
  enum Luck { nothing, everything, some, sectors };
  const auto luck = static_cast<Luck>(random() % 4);
  const auto odds = 1 + random() % 9;  // of ten
  const auto lucky = [&] { return random() % 10 < odds; };
  for (const auto& c : f.open) {
    if (luck == nothing || (luck == some && !lucky())) continue;
    if (luck != sectors || c.truncates) {
      if (luck != sectors || lucky()) apply(c, bytes);
      continue;
    }
    for (std::size_t from = 0; from < c.bytes.size();) {
      const auto to = std::min(c.bytes.size(), from + kSector - (c.offset + from) % kSector);
      if (lucky()) apply(Change{c.number, false, c.offset + from, c.bytes.substr(from, to - from)}, bytes);
      from = to;
    }
  }
  return bytes;
}

void PowerCut::leave(const std::string& directory, std::mt19937& random) const {
  auto tree = durable_;
  const auto n = random() % (open_.size() + 1);
  for (std::size_t i = 0; i < n; ++i) apply(open_[i], tree);
  const auto there = [&](const std::string& path) { return directory + path.substr(root_.size()); };
  const auto reachable = [&](std::string path) {
    for (; path.size() >= root_.size(); path = folder_of(path))
      if (!tree.folders.contains(path)) return false;
    return true;
  };
  for (const auto& folder : tree.folders)  // in order: what holds comes before what is held
    if (reachable(folder)) {
      fs::create_directory(there(folder));
      fs::permissions(there(folder), fs::perms::owner_all);
    }
  std::map<const File*, std::string> made;  // a file of two names is one
  for (const auto& [path, f] : tree.files) {
    if (!f || !reachable(folder_of(path))) continue;
    auto& first = made[f.get()];
    if (!first.empty()) {
      fs::create_hard_link(first, there(path));
      continue;
    }
    first = there(path);
    const auto bytes = kept(*f, random);
    std::ofstream(first, std::ios::binary) << bytes;
    fs::permissions(first, fs::perms::owner_read | fs::perms::owner_write);
  }
}

}  // namespace yi::simulation
