#pragma once
// For tests: an invented notice that has every part.
#include "publish/notice.h"

namespace yi::publish::test {

inline Notice paper() {
  using Kind = NoticeBlock::Kind;
  Notice n;
  n.organ = "某某省市场监督管理局";
  n.title = "受理通知书";
  n.number = "编号：51000020240617010000018-04";
  n.recipient = "某某（四川）餐饮管理有限公司：";
  NoticeBlock facts;
  facts.kind = Kind::table;
  facts.shares = {6, 20};
  facts.names_first = true;
  facts.rows = {{"申请事项", "食品经营许可（新办）"}, {"法定办结日期", "2024年7月15日"}, {"经办人", ""}};
  NoticeBlock list;
  list.kind = Kind::table;
  list.shares = {2, 14, 3};
  list.has_head = true;
  list.rows = {{"序号", "材料名称", "份数"}, {"1", "食品经营许可申请书（含经营场所平面布局图、设施设备清单、食品安全管理制度目录）", "1"}};
  n.body = {{Kind::heading, "一、申请"}, {Kind::body, "你（单位）提出的申请，材料齐全、符合法定形式，自2024年6月17日起予以受理。"}, facts, list};
  n.remedy = "如不服本决定，可以自收到之日起60日内申请行政复议。";
  n.contact = "咨询电话：028-00000001。";
  n.signature = {"某某省市场监督管理局", "（受理专用章）", "2024年6月17日"};
  n.qr = {"https://example.invalid/r/51000020240617010000018", "扫码查看办理进度和本文书真伪"};
  n.after = {{Kind::line, "签收人（签名）：________________　　　签收日期：______年____月____日"}};
  n.appendix_title = "附：期限是怎样计算的";
  NoticeBlock days;
  days.kind = Kind::table;
  days.small = true;
  days.has_head = true;
  days.shares = {9, 4, 15};
  days.rows = {{"日期", "计数", "说明"}};
  for (int i = 1; i <= 60; ++i) days.rows.push_back({"第" + std::to_string(i) + "天", "第" + std::to_string(i) + "日", "工作日"});
  n.appendix = {days};
  n.ledger_head = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
  return n;
}

}  // namespace yi::publish::test
