#pragma once
// Tells open pages what has moved (docs/decisions/0015): one thread follows the ledger at the pace of the reports, so that
// whoever hears of something finds it in the lists, and reads nothing while nobody listens.
#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "engine/engine.h"
#include "http/event_stream.h"

namespace yi::engine {

// Something to say, and whom it concerns. `data` is JSON on one line and tells nothing of a person.
struct Told {
  std::int64_t position = 0;  // of the fact behind it; the event's id
  std::string_view event;     // its type, as the door declares it; lives as long as the program
  std::string data;
  DepartmentCode department = {};
  std::vector<SubjectId> subjects = {};     // applicant and agent
  std::vector<std::string> accounts = {};
};

// Any thread may call listen(). Engine outlives the feed; destroying the feed ends no stream, the server does.
class Feed {
 public:
  // What some facts say, in order of position; pure but for what it reads. Facts of one batch may be told as one.
  using Compose = std::function<std::vector<Told>(const std::vector<RecordedFact>& facts, store::Reader& reader)>;
  struct Listener {
    std::shared_ptr<http::EventStream> stream;
    std::function<bool(const Told&)> concerns;  // whether it goes to this one
    std::function<bool()> admitted;             // asked every few seconds: whether whoever listens still may
    std::string account = {};                   // whose stream it is
  };
  Feed(Engine& engine, Compose compose);
  ~Feed();
  // From the event with this id ("" or one that is none: from now on). The listener hears "ready" first, or "reset" where more than
  // limits::kFeedFacts lie between: then it has to load anew what it shows.
  // False: the account has kStreamsOfAccount open already, and nothing was taken.
  bool listen(Listener listener, std::string_view last_event_id);
  static constexpr std::size_t kStreamsOfAccount = 16;  // two browsers with a few tabs each; all streams together have a bound of their own
  std::size_t listeners() const;

 private:
  struct Open : Listener {
    std::int64_t position = 0;
    std::int64_t asked_ns = 0;
  };
  void loop();
  void forget_those_who_left();
  // Of those who are behind `followed` the hindmost or the foremost, and all who stand where it stands, hear the next facts; false:
  // nobody is behind. In turn, so that who comes back for much keeps nobody waiting who is nearly there.
  bool tell_next(std::int64_t followed, bool foremost);
  Engine& engine_;
  Compose compose_;
  mutable std::mutex m_;
  std::condition_variable wake_;
  std::list<Open> open_;     // entries are taken out by the thread alone
  bool stopping_ = false;
  std::thread thread_;
};

// The data of "ready" and "reset".
struct FeedPosition {
  Id<struct FeedPositionTag> position;
};
BOOST_DESCRIBE_STRUCT(FeedPosition, (), (position))

}  // namespace yi::engine
