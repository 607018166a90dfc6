"""Why a paper could not be made, in words for the person who asked for it."""

from collections.abc import Sequence


class DocumentError(Exception):
    """A paper that cannot be made; ``str()`` is the sentence to show (what, why, what to do)."""


class MissingFact(DocumentError):
    """A paper lacks something it cannot do without; ``fields`` names each in Chinese."""

    def __init__(self, title: str, fields: Sequence[str]) -> None:
        self.title = title
        self.fields = tuple(fields)
        names = "、".join(f"「{name}」" for name in self.fields)
        super().__init__(f"《{title}》还不能出具。缺少{names}，没有这些内容文书不完整。请补填后再出具。")


class UnprintableCharacter(DocumentError):
    """A text holds characters that no installed font can print; ``characters`` lists them."""

    def __init__(self, title: str, characters: Sequence[str]) -> None:
        self.title = title
        self.characters = tuple(characters)
        names = "、".join(name_character(character) for character in self.characters)
        super().__init__(
            f"《{title}》还不能出具。字体缺少字符：{names}，印出来会是空框。"
            "请核对这些字是否录错；确为姓名用字的，请管理员装上含有该字的字体后再出具。"
        )


class PaperTooLong(DocumentError):
    """The facts of one paper are longer than a paper may be."""

    def __init__(self, title: str, length: int, limit: int, unit: str = "字") -> None:
        self.length, self.limit = length, limit
        super().__init__(
            f"《{title}》还不能出具。内容共{length}{unit}，超过一份文书的上限{limit}{unit}。"
            "请把详细材料作为附件上传，文书里只写要点。"
        )


class UnbrokenText(DocumentError):
    """A text holds so many characters in a row that no line can hold them; ``run`` is that text."""

    def __init__(self, title: str, run: str) -> None:
        self.run = run
        super().__init__(
            f"《{title}》还不能出具。有一处连续{len(run)}个以上的字符，中间没有空格也没有汉字"
            f"（开头是“{run[:20]}”），排不成行。请检查是否录错，确需保留的请用空格断开。"
        )


def name_character(character: str) -> str:
    """The character with its code point, ``「䶮」（U+4DAE）``; one that cannot be shown by code point only."""
    code = f"U+{ord(character):04X}"
    return f"「{character}」（{code}）" if character.isprintable() else f"（{code}）"
