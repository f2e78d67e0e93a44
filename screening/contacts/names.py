"""Personal names and what people do for a firm, as pieces of patterns."""

from __future__ import annotations

from typing import Final

# The hundred commonest surnames (Ministry of Public Security, 2020 report) and some more.
SURNAME: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任"
    "卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫"
    "孔向常汤康易乔赖文施洪章柯佟戎卞晏奚倪祁柳殷俞骆温葛左季申梅阎麦鲍翁纪裴牛庞霍樊兰温欧鲁庄聂岳齐"
    "毕阮凌焦涂路安古房符蒙连甘司童卓冉成包尤喻盛车辛池游蒲桂单解管项褚尚费仇伍危宫舒屈邢穆"
)
TITLE = r"(?:某某?|先生|女士|小姐|经理|主任|老师|会计|队长|书记员)"
END = (
    r"(?:(?![\u4e00-\u9fff*])"
    r"|(?=收款|[账帐卡]号|[账帐]户|[账代]|开户|备注|卡|尾号|的|转|[是为]|这|不|别|要|我|你|您|他"
    r"|她|即"
    r"|[名之](?:下|[\u4e00-\u9fff]{0,4}[账帐])|那张|户口|个人|私[人户]|支付宝|微信"
    r"|[工农建中交招邮浦]行|农信|邮[储政局]))"
)
ROLE = (
    r"(?:我[司行]|我们(?:这边)?的?|我(?:这边|的)|我(?![司行])|本[院所行司]|经办人?|专员|业务|财务"
    r"|会计|出纳|书记|调解"
    r"|主任|经理|总监|助理|律师|警官|仓管|负责人|主管|对接人|隔壁|顾问|代收人?|清收|信用卡"
    r"|[一二三四五六七八九]?部|组|岗|员|指定)"
)
# Who collects money for a firm; unlike some of the roles, no word that begins other clauses.
FUNCTION = (
    r"(?:经[办手理]人?|专员|财务|会计|出纳|书记员?|调解员|主[任管]|总监|助理|律师|警[官员]|负责人"
    r"|对接人|顾问"
    r"|代[收办理缴付]人?|法[务人]|[一二三四五六七八九]组|审[核计]员|技术员|协[办商]员|秘书|内勤"
    r"|外勤|队长|店长"
    r"|同事|职员|人员|老板|干警|管户|风控|客服|业务员|联络人|班主任|股东|[收付]款人|中间人|家属)"
)
NAME = (
    rf"(?:(?:欧阳|司马|上官|诸葛|司徒|皇甫|夏侯|慕容|[{SURNAME}])"
    rf"(?:{TITLE}|[*某○x]{{1,2}}[\u4e00-\u9fff]?|[\u4e00-\u9fff○]{{1,2}}?(?:{END}|{TITLE}))"
    rf"|[\u4e00-\u9fff]某{{1,2}}|\*{{1,2}}[\u4e00-\u9fff]{{1,2}}?{END}"
    # 户名「kwok wai man」, 户名chan s* m*
    r"|[a-z]{2,10}(?: (?!ltd|limited|bank|company|finance|credit)[a-z]{1,10}\*?){1,2}"
    r"(?![a-z*]| [a-z])"
    rf"|小[\u4e00-\u9fff]{END}|老[{SURNAME}]{END})"
)
# The end of a firm's name next to its account.
FORM_OF_FIRM = (
    r"(?:公司|商行|经营部|服务[部中]心?|咨询部|[清代]收中心|工作室|银行|[分支]行|法院|事务所|商银"
    r"|信用社|信息科技|信息咨询)"
)
