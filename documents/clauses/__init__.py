"""The clause builder: what was promised, told in fields, as a clause that a court can enforce.

``blocks_for`` says which blocks to offer, ``compose`` turns a block's values into the text and the clause of the
case-file format, ``find_vague`` points at words that nobody can enforce. Source of the measure: CPLI 358(5), 461
(payer, payee, sum, date and manner are definite).
"""

from .blocks import Block, Choice, Field, Words, blocks, blocks_for, find_block
from .composing import Composed, Fault, compose
from .vague import Vague, find_vague

__all__ = [
    "Block",
    "Choice",
    "Composed",
    "Fault",
    "Field",
    "Vague",
    "Words",
    "blocks",
    "blocks_for",
    "compose",
    "find_block",
    "find_vague",
]
