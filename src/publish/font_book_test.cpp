#include "publish/font_book.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "publish/test_document.h"

namespace yi::publish {
namespace {

FontBook& book() {
  static auto got = FontBook::get(test::fonts());
  if (!got) throw std::runtime_error(got.error().sentence + got.error().next_step);
  return **got;
}

std::string family(FontRole role, char32_t c) {
  const auto lock = book().lock();
  const auto glyph = book().find_glyph(lock, role, c);
  return glyph ? book().family(glyph->face) : "";
}

TEST(FontBook, EveryRoleHasItsFont) {
  EXPECT_EQ(family(FontRole::fangsong, U'政'), "FandolFang");
  EXPECT_EQ(family(FontRole::heiti, U'政'), "FandolHei");
  EXPECT_EQ(family(FontRole::kaiti, U'政'), "FandolKai");
  EXPECT_EQ(family(FontRole::songti, U'政'), "FandolSong");
  // Of the ten faces of the collection the simplified one, whatever its place.
  EXPECT_EQ(family(FontRole::biaosong, U'政'), "Noto Serif CJK SC");
}

TEST(FontBook, RareCharactersOfNamesComeFromTheNextFont) {
  for (char32_t c : std::u32string(U"堃喆赟犇")) {
    EXPECT_EQ(family(FontRole::fangsong, c), "Noto Serif CJK SC");
    EXPECT_EQ(family(FontRole::heiti, c), "Noto Sans CJK SC");
  }
  EXPECT_EQ(family(FontRole::fangsong, U'\U0001F600'), "");
}

TEST(FontBook, WidthsAreWhatTheLineBreakerCountsOn) {
  const auto lock = book().lock();
  for (auto role : {FontRole::fangsong, FontRole::heiti, FontRole::songti}) {
    for (char32_t c : std::u32string(U"政，。、；：？！“”（）《》—堃"))
      EXPECT_NEAR(book().find_glyph(lock, role, c)->advance_em, 1, 1e-6) << static_cast<std::uint32_t>(c);
    for (char32_t c : std::u32string(U"0123456789"))
      EXPECT_NEAR(book().find_glyph(lock, role, c)->advance_em, 0.5, 1e-6) << static_cast<char>(c);
  }
}

TEST(FontBook, TheSameBookForTheSamePlaces) {
  EXPECT_EQ(*FontBook::get(test::fonts()), &book());
}

TEST(FontBook, AMissingFontIsRefusedByName) {
  const auto empty = std::filesystem::path(testing::TempDir()) / "yi-no-fonts";
  std::filesystem::create_directories(empty);
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(empty);  // away from .deps/fonts
  const auto none = FontBook::get({empty.string(), "", ""});
  // The four Fandol fonts alone are not enough.
  const auto half = FontBook::get({test::fonts().configured, "", ""});
  // A file of that name which is no font.
  std::ofstream(empty / "FandolFang-Regular.otf") << "not a font";
  const auto broken = FontBook::get({empty.string(), "", ""});
  std::filesystem::current_path(before);
  std::filesystem::remove_all(empty);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, "publish.font_missing");
  EXPECT_NE(none.error().sentence.find("FandolFang-Regular.otf"), std::string::npos);
  EXPECT_NE(none.error().next_step.find("tools/fonts.sh"), std::string::npos);
  ASSERT_FALSE(half);
  EXPECT_NE(half.error().next_step.find("fonts-noto-cjk"), std::string::npos);
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, "publish.font_unreadable");
}

}  // namespace
}  // namespace yi::publish
