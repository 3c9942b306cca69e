#pragma once
// Doors that look at something first (make a paper, read a file) and then have the lane record it.
#include <functional>
#include <string>

#include "engine/engine.h"
#include "http/router.h"

namespace yi::engine {

// Gives `command`, which has no door, the body that the door made of the request, under the request's Idempotency-Key and
// digest: the same request again is answered from its facts. A body that is a refusal is what a first request gets, but not a
// repeated one. Answers 201 with the facts, their position and `location` of it.
void record_at_door(Engine& engine, const http::Request& request, const http::Caller& caller, const char* command, Result<std::string> body,
                    std::function<std::string(std::int64_t position)> location, http::Responder reply);

}  // namespace yi::engine
