#pragma once
// A centre served for a measurement, with the staff of a hall signed in.
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/installation.h"
#include "benchmark/conversations.h"

namespace yi::bench {

template <class T>
T value_of(Result<T> r) {
  if (!r.ok()) throw std::runtime_error(r.error().sentence + " [" + r.error().code + "] " + r.error().where);
  return std::move(r).value();
}

struct Served {
  std::unique_ptr<app::Installation> installation;
  Door door;
  std::map<identity::Role, std::string> headers;  // of a session of each role; the departmental ones in the subject's department
};

// A new centre in an empty directory, or the one that is there; its clock stands at 2024-06-24 09:00 when it is new. Throws.
// `store_url`: the ledger on a server, "" in the directory; `node`: as a node of this name beside others, "" alone.
Served serve(const std::string& directory, const std::string& data_root, const std::string& store_url = {}, const std::string& node = {});
// Another node of the same centre, which follows; in an empty directory. What is sent is judged by the node that leads.
std::unique_ptr<app::Installation> serve_beside(const Served& first, const std::string& first_directory, const std::string& directory, const std::string& data_root,
                                                const std::string& store_url, const std::string& node);

// `n` cases of the subject, each of another person, that lie with their department: received and accepted over the three weeks
// before the clock, made in the process itself. Their ids.
std::vector<std::string> open_cases(Served& s, int n);

// Waits for the answer, or throws with the refusal. The stream of the answer's first fact.
std::string give(Served& s, const std::string& command, const std::string& body);

}  // namespace yi::bench
