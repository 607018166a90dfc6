"""How names and numbers are shown where they may not be shown in full.

One star stands for each hidden character, as a reader counts them: a combining mark or a variation selector
belongs to the letter before it, and a rare character outside the first plane is one character.
"""

import re
import unicodedata

STAR = "*"

_HAN = re.compile(r"[〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003FFFF]")
_WORDS = re.compile(r"([\s·•・]+)")
_PROVINCES = (
    "中国|北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南"
    "|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
_REGION = re.compile(
    rf"(?:(?:{_PROVINCES})(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)?)?"
    r"(?:[㐀-鿿]{2,4}?(?:自治州|地区|市|盟))?(?:[㐀-鿿]{1,4}?(?:自治县|县|旗|区))?(?:[㐀-鿿]{2,4}?(?:街道|镇|乡))?"
)
_FORM = re.compile(
    r"(?:[（(]集团[）)])?(?:股份)?有限(?:责任)?公司.*|(?:集团)?公司.*|集团$|(?:农民)?专业合作社.*|合作社$"
    r"|村民委员会.*|居民委员会.*|(?:村委会|居委会|经营部|服务部|商行|超市|饭店|宾馆|酒店|医院|卫生院|卫生室)$"
    r"|(?:学校|中学|小学|幼儿园|中心|厂|店|场|社|部|所|站|院|会)$"
)
_TRADE = re.compile(
    r"(?:建材|建筑工程|建设工程|建筑劳务|建筑|工程|劳务|物业管理|物业服务|物业|房地产开发|房地产|置业|商贸|贸易|运输|物流|科技|农业"
    r"|农业科技|农业开发|种植|养殖|餐饮|食品|服装|家具|机械|装饰|装修|矿业|电子商务|电子|旅游|保险|财产保险|人寿保险|财产|人寿)+$"
)


def split_characters(text: str) -> list[str]:
    """The characters of a text as a reader counts them: each with the combining marks that follow it."""
    characters: list[str] = []
    for point in text:
        if characters and unicodedata.category(point).startswith("M"):
            characters[-1] += point
        else:
            characters.append(point)
    return characters


def mask_name(name: str) -> str:
    """Mask a person's name: 王明 → 王*, 王小明 → 王*明, 买买提·艾力 → 买****力, John Smith → J*** S****.

    A name of one character, or of initials alone, is hidden altogether: its ends are all there is.
    """
    name = name.strip()
    characters = split_characters(name)
    if len(characters) < 2:
        return STAR * len(characters)
    if not _HAN.search(name):
        words = _WORDS.split(name)
        masked = [word if _WORDS.fullmatch(word) else _keep_ends(word, 1, 0) for word in words]
        return "".join(masked) if any(STAR in word for word in masked) else STAR * len(characters)
    return _keep_ends(name, 1, 0 if len(characters) == 2 else 1)


def mask_company(name: str) -> str:
    """Mask a unit's own name, not its place and trade: 安徽宏达建材有限公司 → 安徽**建材有限公司.

    Without a region the first character stays; without a known form of unit it is masked as a person's name.
    At least one character is always hidden.
    """
    name = name.strip()
    found = _REGION.match(name)
    region = found.group() if found else ""
    if unicodedata.category(name[len(region) :][:1] or " ").startswith("M"):
        region = ""  # it would tear a mark from its character
    form = _FORM.search(name, len(region) + 1)
    if not form:
        return mask_name(name)
    own, suffix = name[len(region) : form.start()], form.group()
    trade = _TRADE.search(own)
    if trade and trade.start() > (0 if region else 1):
        own, suffix = own[: trade.start()], trade.group() + suffix
    return region + _keep_ends(own, 0 if region or len(split_characters(own)) < 2 else 1, 0) + suffix


def mask_id_number(number: str) -> str:
    """Mask a number for staff: 18 places keep the first 6 and last 4, shorter ones fewer or none."""
    length = len(split_characters(number.strip()))
    head, tail = (6, 4) if length >= 15 else (2, 2) if length >= 8 else (0, 0)
    return _keep_ends(number.strip(), head, tail)


def mask_phone(number: str) -> str:
    """Mask a telephone number for staff: 13812345678 → 138****5678; one of fewer than 10 places is hidden."""
    head, tail = (3, 4) if len(number.strip()) >= 10 else (0, 0)
    return _keep_ends(number.strip(), head, tail)


_VILLAGE = re.compile(r"^.*?(?:村|社区|嘎查)(?:委会)?|^.*?(?:街道|镇|乡|苏木)|^.*?(?:县|区|旗|市)")


def mask_address(address: str) -> str:
    """Mask an address for staff: the village or the street stays, the house is hidden.

    新邵县雀塘镇龙头村3组12号 → 新邵县雀塘镇龙头村*****; one that names no such place is hidden altogether.
    """
    address = address.strip()
    found = _VILLAGE.match(address)
    shown = found.group() if found else ""
    return shown + STAR * len(split_characters(address[len(shown) :]))


def _keep_ends(text: str, head: int, tail: int) -> str:
    characters = split_characters(text)
    hidden = len(characters) - head - tail
    if hidden < 0:
        return STAR * len(characters)
    return "".join(characters[:head]) + STAR * hidden + "".join(characters[head + hidden :])
