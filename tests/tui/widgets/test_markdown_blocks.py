"""Markdown becomes text with marks, and no word of it is lost on the way."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.records import Citation
from archiver.tui.widgets.blocks import Block, Mark
from archiver.tui.widgets.markdown_blocks import LONGEST, markdown_blocks, typed_blocks

ANYTHING = st.text(st.sampled_from("ab *_`#>-|[]()!\\$~12.:\n\t&;漢\u202e\x1b"), max_size=120)


def only(text: str) -> Block:
    """The single block of a text."""
    (block,) = markdown_blocks(text)
    return block


def marked(block: Block) -> dict[str, str]:
    """The marked words of a block by style."""
    return {mark.style: block.text[mark.start : mark.end] for mark in block.marks}


def test_emphasis_code_and_links_are_marks() -> None:
    """The signs of Markdown themselves are gone."""
    block = only("*em* **strong** ~~gone~~ `code` [words](https://a.b) https://c.d/e_f.")
    assert block.text == "em strong gone code words https://c.d/e_f."
    assert marked(block) == {
        "em": "em", "strong": "strong", "strike": "gone", "code": "code", "link": "https://c.d/e_f",
    }  # fmt: skip
    targets = [mark.target for mark in block.marks if mark.target]
    assert targets == [("link", "https://a.b"), ("link", "https://c.d/e_f")]


def test_lines_stay_as_the_author_broke_them() -> None:
    """A poem stays a poem; <br> is a line break too."""
    assert only("roses\nviolets<br>sugar").text == "roses\nviolets\nsugar"


def test_list_numbers_are_the_authors() -> None:
    """A list that goes 3, 5 is shown so."""
    assert [(block.first, block.text) for block in markdown_blocks("3. three\n5. five\n   - nested")] == [
        ("3. ", "three"),
        ("5. ", "five"),
        ("   • ", "nested"),
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("so\n\n5.\n\nyes", [("", "so"), ("5. ", ""), ("", "yes")]),
        ("1. - one\n   - two", [("1. • ", "one"), ("   • ", "two")]),
        ("- > said\n  >\n  > more", [("• ▎ ", "said"), ("  ▎ ", "more")]),
    ],
)
def test_no_number_of_a_list_is_lost(text: str, shown: list[tuple[str, str]]) -> None:
    """Where nothing follows it, or another list or a quote."""
    assert [(block.first, block.text) for block in markdown_blocks(text)] == shown


def test_a_list_stands_apart_but_its_items_do_not() -> None:
    """One empty line before the first item."""
    assert [block.gap for block in markdown_blocks("Take:\n- one\n- two\n")] == [True, True, False]


def test_quotes_headings_and_rules() -> None:
    """Each with its own sign."""
    heading, quote, rule = markdown_blocks("## Title\n\n> said\n\n---\n")
    assert (heading.text, heading.style) == ("Title", "heading2")
    assert (quote.first, quote.style) == ("▎ ", "quote")
    assert rule.kind == "rule"


@pytest.mark.parametrize(
    "formula",
    [r"\( x_1 + y_2 = *z* \)", r"\[ \frac{a}{b} \]", "$$ a_1 * b_2 * c $$", "\\[\na = b\n- c\n= d\n\\]", "$$\nx\n$$"],
)
def test_formulas_stay_as_written(formula: str) -> None:
    """Neither their backslashes nor their underscores are Markdown's."""
    blocks = markdown_blocks(f"Before\n{formula}\nafter")
    assert formula in "\n".join(block.text for block in blocks)


@pytest.mark.parametrize(
    "formula",
    ["$E=mc^2$", "$x$", "$a_1 + b_1$", r"$\frac{1}{2}$", "$2n = 4$", r"$x \text{ for all small } n$", "$a < b$"],
)
def test_a_formula_may_stand_between_single_dollar_signs(formula: str) -> None:
    """As it is written, in the style of formulas."""
    block = only(f"So {formula}, *therefore*.")
    assert block.text == f"So {formula}, therefore."
    assert marked(block)["math"] == formula


@pytest.mark.parametrize(
    "words",
    [
        "from $5 to $10", "$5-$10", "$5 (or US$)", "$PATH:$HOME/my_bin", "I paid $5 = 4€ and you got 10$.",
        "US$5 = 7 AU$", "$5+ or 10$",
        "$ x_1 $", "$5_000 and $6_000", "a $20 bill = two $10 bills", "$x = 1; $y = 2;", "$", "$$",
    ],
)  # fmt: skip
def test_money_is_no_formula(words: str) -> None:
    """Nor are the variables of programs."""
    block = only(f"{words} *yes*")
    assert block.text == f"{words} yes"
    assert "math" not in marked(block)


def test_code_keeps_its_source_for_copying() -> None:
    """Tabs are spaces on the screen only."""
    block = only("```python title\nif x:\n\treturn\x1b[0m\n```")
    assert (block.kind, block.language, block.text) == ("code", "python", "if x:\n    return␛[0m")
    assert block.source == "if x:\n\treturn\x1b[0m"


def test_a_table_keeps_its_cells() -> None:
    """As slices of the block's text, with the alignment of each column."""
    block = only("| a | b |\n|:-:|--:|\n| *one* | two<br>three |")
    cells = [[block.text[start:end] for start, end in row] for row in block.table.rows]
    assert cells == [["a", "b"], ["one", "two three"]]
    assert block.table.alignments == ("center", "right")
    assert Mark(4, 7, "em") in block.marks


def test_cited_words_are_underlined() -> None:
    """Their place survives the parsing around them."""
    text = "It **snowed**, says example.org, twice."
    start = text.index("example.org")
    (block,) = markdown_blocks(text, [Citation(start, start + 11, "News", "https://example.org/1")])
    (mark,) = [mark for mark in block.marks if mark.style == "source"]
    assert block.text[mark.start : mark.end] == "example.org"
    assert mark.target == ("link", "https://example.org/1")


def test_addresses_listed_apart_are_shown() -> None:
    """Markdown would hide them."""
    texts = [block.text for block in markdown_blocks("see [1]\n\n[1]: https://a.b/c 'Title'")]
    assert texts == ["see 1", "[1]: https://a.b/c Title"]


def test_harmful_schemes_are_no_links() -> None:
    """They stay what they are: words."""
    block = only("[click](javascript:alert(1)) <script>x</script>")
    assert block.text == "[click](javascript:alert(1)) <script>x</script>"
    assert block.marks == ()


def test_entities_cannot_smuggle_controls() -> None:
    """They are resolved by the parser, after which the text is made safe."""
    assert only("a&#x202e;b&#27;c").text == "a⟦U+202E⟧b\ufffdc"


@pytest.mark.parametrize(
    "text",
    ["[" * 15_000, "|" + "a|" * 4000 + "\n|" + "-|" * 4000, ">" * 5000 + "x", "* " * 5000 + "x", "x" * (LONGEST + 1)],
)
def test_what_would_take_long_is_plain_text(text: str) -> None:
    """With every character still there."""
    assert "".join(block.text for block in markdown_blocks(text)) == text


@given(ANYTHING)
def test_no_letter_is_lost(text: str) -> None:
    """Whatever is written: letters and digits of the source are in the blocks, or in the marks' targets."""
    blocks = markdown_blocks(text)
    shown = "".join(
        block.first + block.text + block.language + str([mark.target for mark in block.marks]) for block in blocks
    )
    assert not set(re.findall("[ab漢]", text)) - set(shown)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", shown)
    for block in blocks:
        assert all(0 <= mark.start <= mark.end <= len(block.text) for mark in block.marks)


def test_what_a_person_typed_is_shown_as_typed() -> None:
    """Stars and hashes are theirs; only fenced code is code."""
    blocks = typed_blocks("# not a *title*\n\n1) x\n```js\nlet a\n```\nafter\n```\nnever closed")
    assert [(block.kind, block.text) for block in blocks] == [
        ("text", "# not a *title*\n\n1) x"),
        ("code", "let a"),
        ("text", "after\n```\nnever closed"),
    ]
