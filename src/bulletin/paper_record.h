#pragma once
// A composed paper as a record: every run, heading and line, so that all editions can be written from it again in any year, whatever
// the template says then. Its JSON is cut into pieces that a fact can hold.
#include "bulletin/issue.h"
#include "publish/document.h"

namespace yi::bulletin {

std::vector<PaperPiece> pieces_of(const publish::Document& d);
// Throws store::Failure (corrupt): pieces that this program wrote always read.
publish::Document paper_of(const std::vector<PaperPiece>& pieces);
// Hex SM3 of the text edition, as anybody reckons it of the file.
std::string sm3_of_text(const publish::Document& d);
// What each step signs: hex SM3 over both.
std::string digest_of(std::string_view internal_sm3, std::string_view public_sm3);

}  // namespace yi::bulletin
