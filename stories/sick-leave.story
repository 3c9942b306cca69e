# Nobody's sick leave leaves the house: no public paper and no page of the server has it, the internal ones do.
tier full

centre replays week-2024-06-17.yaml then week-2024-06-24.yaml

bulletin internal text of 2024-06-17 says "请病假：水利厅王五五、农业农村厅赵六"
bulletin internal html of 2024-06-17 says "王五五"
bulletin internal pdf of 2024-06-17 says "王五五"
# 赵六 was also away on duty, which is public; only the sick leave is not.
bulletin public text of 2024-06-17 never says "王五五" "病假"
bulletin public html of 2024-06-17 never says "王五五" "病假"
bulletin public pdf of 2024-06-17 never says "王五五" "病假"
bulletin public text of 2024-06-17 says "因公外出：民政厅孙七文" "农业农村厅赵六"

bulletin internal text of 2024-06-24 says "请病假：民政厅上官丁、交通运输厅司徒戊"
bulletin internal pdf of 2024-06-24 says "上官丁" "司徒戊"
bulletin public text of 2024-06-24 never says "上官丁" "司徒戊" "病假"
bulletin public html of 2024-06-24 never says "上官丁" "司徒戊" "病假"
bulletin public pdf of 2024-06-24 never says "上官丁" "司徒戊" "病假"

serve
bulletin internal page of 2024-06-24 says "上官丁" "司徒戊"
# The public page says that it has no sick leave (公开版不含病假信息); it names nobody.
bulletin public page of 2024-06-24 says "教育厅司徒丙"
bulletin public page of 2024-06-24 never says "上官丁" "司徒戊" "请病假"
bulletin public page of 2024-06-17 never says "王五五" "请病假"
bulletin public json of 2024-06-24 never says "上官丁" "司徒戊" "病假"
bulletin public json of 2024-06-17 never says "王五五" "病假" "赵六"

# Whatever a stranger opens from the front page on.
strangers find nowhere "王五五" "上官丁" "司徒戊" "请病假"
