#pragma once
// For tests: what poppler's tools read in a finished PDF.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace yi::publish::test {

// A PDF on disk for as long as the object lives.
class PdfFile {
 public:
  explicit PdfFile(const std::string& bytes) {
    static int count = 0;
    base_ = testing::TempDir() + "yi-publish-" + std::to_string(getpid()) + "-" + std::to_string(++count);
    std::ofstream(path(), std::ios::binary) << bytes;
  }
  ~PdfFile() {
    std::error_code ignored;
    std::filesystem::remove(path(), ignored);
  }
  PdfFile(const PdfFile&) = delete;
  PdfFile& operator=(const PdfFile&) = delete;
  std::string path() const { return base_ + ".pdf"; }

  // The output of `tool` with {} replaced by the file.
  std::string run(std::string tool) const {
    tool.replace(tool.find("{}"), 2, path());
    FILE* pipe = popen(tool.c_str(), "r");
    if (!pipe) throw std::runtime_error("cannot run " + tool);
    std::string out;
    std::array<char, 65536> buffer;
    for (std::size_t n; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) out.append(buffer.data(), n);
    if (pclose(pipe) != 0) throw std::runtime_error("failed (apt-get install poppler-utils qpdf): " + tool);
    return out;
  }

 private:
  std::string base_;
};

struct Word {
  double left = 0, top = 0, right = 0, bottom = 0;  // mm from the top left corner
  std::string text;
};

// pdftotext -bbox: the words of a page (from 1), in reading order.
inline std::vector<Word> words_of(const PdfFile& pdf, int page) {
  const auto n = std::to_string(page);
  const auto xml = pdf.run("pdftotext -bbox -f " + n + " -l " + n + " {} -");
  std::vector<Word> out;
  for (auto at = xml.find("<word "); at != xml.npos; at = xml.find("<word ", at + 1)) {
    Word w;
    if (std::sscanf(xml.c_str() + at, "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"", &w.left, &w.top,
                    &w.right, &w.bottom) != 4)
      throw std::runtime_error("unexpected output of pdftotext -bbox");
    for (double* v : {&w.left, &w.top, &w.right, &w.bottom}) *v *= 25.4 / 72;
    const auto open = xml.find('>', at) + 1;
    w.text = xml.substr(open, xml.find("</word>", open) - open);
    out.push_back(std::move(w));
  }
  return out;
}

// Words whose boxes stand on one line.
inline std::vector<std::vector<Word>> lines_of(const std::vector<Word>& words) {
  std::vector<std::vector<Word>> out;
  for (const auto& w : words) {
    bool placed = false;
    for (auto& line : out)
      if (!placed && std::abs((line[0].top + line[0].bottom) - (w.top + w.bottom)) < 3) {
        line.push_back(w);
        placed = true;
      }
    if (!placed) out.push_back({w});
  }
  return out;
}

// A page as a picture, to measure what is really drawn.
class Picture {
 public:
  static constexpr int kDpi = 200;

  Picture(const PdfFile& pdf, int page) {
    const auto n = std::to_string(page);
    const auto ppm = pdf.run("pdftoppm -r " + std::to_string(kDpi) + " -f " + n + " -l " + n + " {}");
    int header = 0;
    if (std::sscanf(ppm.c_str(), "P6 %d %d 255%n", &width_, &height_, &header) != 2)
      throw std::runtime_error("unexpected output of pdftoppm");
    pixels_ = ppm.substr(static_cast<std::size_t>(header) + 1);
  }

  enum class Colour { any, red, black };
  struct Box {
    double left = 1e9, top = 1e9, right = -1, bottom = -1;  // mm
    bool empty() const { return right < 0; }
  };

  // The box around all ink between two heights (mm).
  Box ink(double from_mm, double to_mm, Colour colour = Colour::any) const {
    Box box;
    for (int y = std::max(0, px(from_mm)); y < std::min(height_, px(to_mm)); ++y)
      for (int x = 0; x < width_; ++x)
        if (is(x, y, colour)) {
          box.left = std::min(box.left, mm(x));
          box.right = std::max(box.right, mm(x + 1));
          box.top = std::min(box.top, mm(y));
          box.bottom = std::max(box.bottom, mm(y + 1));
        }
    return box;
  }

  // Horizontal lines of one colour that are longer than half the page, from the top.
  std::vector<Box> rules(Colour colour) const {
    std::vector<Box> out;
    for (int y = 0; y < height_; ++y) {
      int best = 0, best_begin = 0, begin = -1;
      for (int x = 0; x <= width_; ++x) {
        const bool on = x < width_ && is(x, y, colour);
        if (on && begin < 0) begin = x;
        if (!on && begin >= 0) {
          if (x - begin > best) best = x - begin, best_begin = begin;
          begin = -1;
        }
      }
      if (best < width_ / 2) continue;
      const Box row{mm(best_begin), mm(y), mm(best_begin + best), mm(y + 1)};
      if (!out.empty() && mm(y) - out.back().bottom < 0.01) out.back().bottom = row.bottom;
      else out.push_back(row);
    }
    return out;
  }

 private:
  static int px(double v) { return static_cast<int>(v / 25.4 * kDpi); }
  static double mm(int v) { return v * 25.4 / kDpi; }
  bool is(int x, int y, Colour colour) const {
    const auto at = (static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(x)) * 3;
    const int r = static_cast<unsigned char>(pixels_[at]), g = static_cast<unsigned char>(pixels_[at + 1]);
    const bool ink = g < 160;
    if (colour == Colour::any || !ink) return ink;
    return (r - g > 80) == (colour == Colour::red);
  }

  int width_ = 0, height_ = 0;
  std::string pixels_;
};

}  // namespace yi::publish::test
