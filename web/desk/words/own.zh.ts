// Words of one's own account: who one is here, the password, the second factor.
export default {
  own: {
    title: '我的账号', roles: '岗位', how: '姓名、部门、窗口不对的，请系统管理员改；岗位由安全保密管理员授予。',
    change: '修改密码', change_how: '改好以后，在别处登录着的都会退出，这一页照常用。', old: '现在的密码', fresh: '新密码', fresh_hint: '至少 10 个字符。用几个不相干的词最好记。', again: '再输一次新密码', differ: '两次输入的不一样。', changed: '密码已修改。',
    factor: '动态口令', factor_on: '已启用', factor_off: '没有启用', factor_what: '启用以后，登录时除了密码，还要填手机上验证器应用显示的六位数字；别人知道了密码也进不来。', factor_begin: '开始设置', factor_anew: '换一部手机', factor_password: '先确认是您本人。', factor_done: '动态口令已启用。下次登录要填六位数字。',
    factor_anew_how: '旧手机还在的，可以在这里换新手机：确认新的以前，旧的照常有效。', no_password: '这个账号没有密码（演示账号、数据目录的令牌），不能设动态口令。',
    scan: '用验证器应用扫码', scan_how: '在手机的验证器应用里添加账号，扫下面的二维码；不能扫的，把密钥抄进去。密钥只出现这一次，不要给别人看。', qr: '动态口令的二维码，内容与旁边的密钥相同', issuer: '单位', secret: '密钥', secret_stays: '还没有启用；密钥还在这一页，可以再填一次。', six: '请填六位数字。', confirm: '确认并启用',
    lost: '手机丢了怎么办', lost_how: '请安全保密管理员在“中心—账号”为您生成重置密码的链接：用它设好新密码，动态口令同时取消，再到这里重新设置。没有别的办法，系统管理员也看不到密钥。', lost_post: '三员的密码和动态口令不能由另一员重置。手机丢了又登录不了的，由安全保密管理员把岗位另授一个账号；所以换手机时，请先在这里设好新的，再停用旧的。',
  },
}
