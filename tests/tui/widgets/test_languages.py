# ruff: noqa: E501 (talks are not broken where they would be read)
"""The reader in the languages of its people, kept as text files to look at."""

import time
from collections.abc import Iterator

import pytest

from archiver.records import AssetReference, Branch, Document, Memory, Quote, Reasoning, Text, ToolCall, Unknown
from archiver.tui import terminal
from archiver.tui.terminal import Terminal
from archiver.tui.terminal_widths import use_widths
from archiver.tui.widgets.choice import Choice
from archiver.tui.widgets.transcript import Transcript
from tests.tui.golden_text import check

from .apps import WidgetApp, running, screen_text
from .paths import Path, answered, said

SIZE = (64, 30)

TALKS = {
    "en": ("Do you remember the soup my grandma used to make?",
           "Of course. It begins with **patience**:\n\n1. Cut the carrots, the celery and two well-peeled potatoes.\n"
           "2. Let them simmer.\n\n> She always said: “It needs time.”\n\n| What | How much |\n|---|--:|\n| carrots | 3 |"),
    "zh_CN": ("你还记得我奶奶做的汤吗？",
              "当然记得。先把胡萝卜、芹菜和两个土豆切成小块，然后用小火慢慢炖两个小时（不要着急），最后加一点盐。\n\n"
              "- 胡萝卜三根\n- Python 和 pandas 处理了这些数据\n\n> 她总是说：“要有耐心。”\n\n| 材料 | 分量 |\n|---|--:|\n| 胡萝卜 | 三根 |"),
    "zh_TW": ("你還記得我奶奶煮的湯嗎？",
              "當然記得。先把紅蘿蔔、芹菜和兩個馬鈴薯切成小塊，再用小火慢慢燉兩個小時（不要急），最後加一點鹽。「要有耐心」，她總是這樣說。"),
    "ja": ("祖母のスープを覚えていますか。",
           "もちろんです。まず、にんじんとセロリを小さく切り、「ゆっくり」と二時間ほど煮込みます。グループで作ると、もっと楽しいでしょう。\n\n"
           "1. にんじん三本\n2. GPT-4oへの手紙\n\n> 「時間が必要なのよ」と、いつも言っていました。"),
    "fr": ("Te souviens-tu de la soupe de ma grand-mère ?",
           "Bien sûr. « Il faut du temps », disait-elle toujours ; on laisse mijoter l’ensemble à feu doux pendant deux heures."),
    "de": ("Erinnerst du dich an die Suppe meiner Großmutter?",
           "Natürlich. Die Kartoffelsuppenrezeptsammlung deiner Großmutter sagt: „Es braucht Zeit.“ Lass alles zwei "
           "Stunden köcheln."),
    "it": ("Ti ricordi la zuppa di mia nonna?",
           "Certo. Diceva sempre: «Ci vuole pazienza»; perciò lasciala sobbollire per due ore, e l’aglio va tolto."),
    "es": ("¿Recuerdas la sopa de mi abuela?",
           "¡Claro! «Necesita tiempo», decía siempre. Déjala cocer a fuego lento durante dos horas y añade la sal al final."),
    "ko": ("할머니가 끓여 주시던 국을 기억하나요?",
           "물론이죠. 당근과 감자를 잘게 썰어 두 시간 동안 약한 불에 천천히 끓이면 됩니다. 할머니는 언제나 “시간이 필요해”라고 말씀하셨습니다."),
    "hi": ("क्या तुम्हें दादी की खीर याद है?",
           "ज़रूर। दूध को धीमी आँच पर दो घंटे तक पकाइए, फिर **इलायची** और केसर डालिए।\n\n- चावल\n- दूध\n\n| सामग्री | मात्रा |\n|---|--:|\n| दूध | 1 लीटर |"),
    "ar": ("هل تتذكر حساء جدتي؟",
           "بالطبع. نقطع **الجزر** والبطاطا (والبصل) ثم نتركها على نار هادئة لمدة 2 ساعة مع Python 3 للتسلية، وكانت تقول دائما: «يحتاج إلى وقت».\n\n"
           "- أولا\n- ثانيا\n\n> يحتاج إلى وقت"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _somewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A time zone, and a terminal that gives Hindi vowel signs a cell, as nearly all do."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    terminal.use(Terminal(widths={"vowel sign": 2}))
    yield
    terminal.use(Terminal())
    use_widths(vowel_signs=0)
    monkeypatch.undo()
    time.tzset()


async def screen(path: Path, size: tuple[int, int] = SIZE, *, choice: Choice | None = None) -> str:
    """The screen of a reader."""
    widget = Transcript()
    widget.choice = choice or Choice()
    app = WidgetApp(widget, lambda: widget.load(path))
    async with running(app, size):
        return screen_text(app)


@pytest.mark.parametrize("language", TALKS)
async def test_a_talk_reads_well(language: str) -> None:
    """Question and answer, lists, quotes and tables where the language has its own ways with them."""
    question, answer = TALKS[language]
    check(f"talk-{language}", await screen(Path([said(question), answered(answer)])))


async def test_everything_a_message_can_hold() -> None:
    """Parts of many kinds, folded and not, versions, ratings, another day and another model."""
    reply = answered(
        parts=[
            Reasoning("The person misses her.\nBe kind.", "Thinking of soup"),
            ToolCall("web.run", '{"q": "soup"}', "json"),
            Text("Here is what I found at \\( t = 2h \\):\n\n```python\ndef soup():\n    return 'warm'\n```"),
            Quote("Carrots first.", "Soups of the world", "https://example.org"),
            AssetReference("file-1", "image", "soup.png", width=640, height=480),
            AssetReference("file-2", "audio", seconds=12.2),
            Document("d1", "## Shopping\n- carrots", "List", "document", ("- onions",)),
            Memory("Likes her grandmother's soup."),
            Unknown("hologram", '{"deep": true}'),
        ],
        asked="gpt-5",
        rating="thumbs_up",
    )
    path = Path(
        [said("Find it"), reply, answered("Later.", model="gpt-5", created=1771100000.0)],
        branches={1: Branch(2, 3)},
        notes={1: "the one I read aloud"},
        favourites=[1],
    )
    check("every-part", await screen(path, (90, 62), choice=Choice(frozenset())))


async def test_a_narrow_window() -> None:
    """Twenty cells, with a table as records."""
    answer = "Take:\n- carrots and celery\n\n| Ingredient | Amount |\n|---|--:|\n| carrots | three of them |"
    check("narrow", await screen(Path([said("What do I need?"), answered(answer)]), (20, 26)))
