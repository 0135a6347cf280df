"""Bold words are bold in scripts without spaces, and stay as they were in others."""

import pytest
from markdown_it import MarkdownIt

from archiver.text.cjk_emphasis import add_cjk_emphasis


def rendered(text: str) -> str:
    """One paragraph as HTML, without the paragraph's own tags."""
    markdown = MarkdownIt("commonmark")
    add_cjk_emphasis(markdown)
    return str(markdown.render(text)).strip().removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**重点：**请注意", "<strong>重点：</strong>请注意"),
        ("**一：**甲**二：**乙", "<strong>一：</strong>甲<strong>二：</strong>乙"),
        ("这是**「稳稳接住你」**的意思", "这是<strong>「稳稳接住你」</strong>的意思"),
        ("これは*「強調」*です", "これは<em>「強調」</em>です"),
        ("그는 **“안녕”**이라고", "그는 <strong>“안녕”</strong>이라고"),
        ("a **b** c*d*e", "a <strong>b</strong> c<em>d</em>e"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("**note:**text", "**note:**text"),
        ("snake_case_word", "snake_case_word"),
        ("** 空 **", "** 空 **"),
    ],
)
def test_emphasis(text: str, html: str) -> None:
    """As a reader of the language means it."""
    assert rendered(text) == html
