"""The fixed values of choices in Chinese: the first word is the label, the others are understood as well."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

Family = Mapping[str, tuple[str, ...]]

FAMILIES: tuple[Family, ...] = (
    {
        "manufacturer": ("生产型", "生产型企业", "制造型", "生产企业", "生产商", "制造商"),
        "seller": ("销售型", "销售服务型", "贸易型", "销售企业", "销售商", "经销商"),
        "service_provider": ("纯服务型", "服务型", "服务型企业", "服务商"),
    },
    {
        "compliant": ("达标级", "达标"),
        "three_star": ("三星级", "三星", "3星", "3 星", "★★★"),
        "four_star": ("四星级", "四星", "4星", "4 星", "★★★★"),
        "five_star": ("五星级", "五星", "5星", "5 星", "★★★★★"),
    },
    {
        "build": ("建立体系", "建体系", "编制文件", "建设期"),
        "apply": ("申请", "提出申请"),
        "document_review": ("文件评审", "文审", "文件审查"),
        "onsite": ("现场审查", "现场审核", "现场评审"),
        "surveillance": ("监督审核", "监督评审", "年度监督"),
        "reevaluation": ("复评", "再认证", "换证"),
    },
    {
        "initial": ("初次认证", "初次", "初审", "首次"),
        "recertification": ("再认证", "复评换证", "换证"),
        "extension": ("扩大范围", "扩项"),
        "change": ("变更",),
    },
    {
        "management": ("管理", "综合管理", "总经办"),
        "service": ("售后服务", "服务", "售后"),
        "contact_centre": ("客户服务", "客服", "呼叫中心", "客服中心"),
        "technical": ("技术支持", "技术", "维修"),
        "quality": ("质量管理", "质量", "品质"),
        "sales": ("销售", "市场", "营销"),
        "logistics": ("仓储物流", "物流", "仓储", "配送"),
        "hr": ("人力资源", "人事", "行政人事", "人力行政"),
        "finance": ("财务",),
        "supervision": ("服务监督", "监督", "监察"),
    },
    {
        "own": ("自营", "直营", "自建", "自有"),
        "authorized": ("特约", "特约（授权）", "授权", "加盟", "委托", "签约"),
    },
    {
        "consumer": ("消费者", "个人", "个人消费者", "家庭用户"),
        "business": ("企业", "企业用户", "企业客户", "单位", "单位用户", "机构"),
        "both": ("消费者和企业", "两者", "都有", "消费者与企业"),
    },
    {
        "direct": ("直销", "直接销售"),
        "dealer": ("经销", "经销商", "代理", "分销"),
        "online": ("线上销售", "线上", "网络", "网店", "电商", "网上销售"),
        "store": ("门店", "实体店", "专卖店", "商场"),
        "project": ("工程项目", "工程", "项目", "招投标"),
        "oem": ("配套", "主机配套", "贴牌", "代工", "OEM"),
        "export": ("出口", "外销"),
    },
    {
        "own": ("自有配送", "自有", "自营", "自送"),
        "carrier": ("委托承运商", "委托", "承运商", "快递", "物流公司"),
        "both": ("自有与委托并用", "两者", "都有"),
    },
    {
        "tool": ("工具",),
        "equipment": ("设备",),
        "measuring": ("计量器具", "量具", "检测设备", "测量设备", "计量"),
    },
    {
        "standard": ("标准", "标准宣贯"),
        "law": ("法律法规", "法规", "法律"),
        "skill": ("技能", "维修技能", "技术"),
        "culture": ("服务文化", "文化", "服务理念", "礼仪"),
        "complaint": ("投诉处理", "投诉"),
        "safety": ("安全", "安全作业"),
        "privacy": ("顾客信息保护", "信息保护", "隐私"),
        "induction": ("岗前培训", "入职", "新员工"),
        "outlet": ("网点", "网点培训"),
        "certified_manager": ("售后服务管理师", "管理师"),
        "business": ("业务", "业务知识", "产品知识"),
    },
    {
        "inspection": ("监督检查", "检查", "服务检查"),
        "outlet_visit": ("网点巡查", "巡查"),
        "mystery_visit": ("暗访", "服务暗访", "神秘顾客"),
    },
    {
        "company": ("本公司", "公司", "我公司"),
        "maker": ("生产者", "厂家", "生产厂"),
        "both": ("各做一部分", "两者", "都有"),
    },
    {"long": ("长期",), "mid": ("中期",), "year": ("年度", "短期")},
    {
        "major": ("严重不符合", "严重"),
        "minor": ("一般不符合", "一般", "轻微"),
        "observation": ("观察项", "观察"),
    },
)

_EMPTY: Family = {}


@cache
def family_of(choices: tuple[str, ...]) -> Family:
    """The words of one choice field, found by its set of values; empty for an unknown set."""
    wanted = set(choices)
    for family in FAMILIES:
        if family.keys() == wanted:
            return family
    return _EMPTY


def word_table(choices: tuple[str, ...]) -> dict[str, str]:
    """Chinese word → value for one choice field."""
    return {word: value for value, words in family_of(choices).items() for word in words}


def choice_label(value: str, choices: tuple[str, ...] = ()) -> str:
    """The Chinese label of a value; without `choices` the first family that knows it.

    Unknown values come back as they are.
    """
    for family in (family_of(choices),) if choices else FAMILIES:
        if value in family:
            return family[value][0]
    return value
