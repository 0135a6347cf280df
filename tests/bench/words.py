"""Made-up text in eleven languages with the statistics of real text: few words often, very many words rarely.

Search costs depend on how many different words there are and how often each comes, so every language has a list of its
commonest words, written here, followed by thousands composed from its syllables, and word number n is drawn about 1/n
as often as the first (Zipf's law).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

_TAIL = 24_000
"""Composed words of a language written with spaces."""
_DRAWN = 1 << 17
"""Words drawn once for every language; sentences are cut out of them, which is much quicker than drawing each word."""


@dataclass(frozen=True, slots=True)
class Language:
    """Running words of a language and how its sentences are cut out of them."""

    code: str
    bare: Sequence[str]
    """Words in the order they were drawn, each about as often as its rank in the vocabulary says."""
    joined: Sequence[str]
    """The same words with what stands behind them: a space, a comma, a particle as in 京都**の**寺**は**."""
    stop: str

    def text(self, random: Random, words: int) -> str:
        """So many words as sentences."""
        sentences = []
        while words > 0:
            length = min(words, 5 + int(random.random() * 16))
            sentences.append(self._sentence(int(random.random() * (_DRAWN - 32)), length))
            words -= length
        return self.stop.join([*sentences, ""]).rstrip()

    def words(self, random: Random, count: int) -> Sequence[str]:
        """So many words without anything between them."""
        start = random.randrange(_DRAWN - count)
        return self.bare[start : start + count]

    def _sentence(self, start: int, length: int) -> str:
        end = start + length - 1
        sentence = "".join(self.joined[start:end]) + self.bare[end]
        return sentence[0].upper() + sentence[1:]


@cache
def language(code: str) -> Language:
    """The language with this code, built when first asked for."""
    match code:
        case "zh":
            return _language("zh", _CHINESE.split() + _han_words(_HAN, 14_000), ("", "", "的"), "，", "。")
        case "ja":
            return _language("ja", _japanese_words(), ("の", "は", "を", "に", "が", "で", "と"), "、", "。")
        case "ko":
            return _language("ko", _korean_words(), ("은 ", "를 ", "에서 ", "의 ", " "))
        case "hi":
            return _language("hi", _spelled(_HINDI, _HINDI_ONSETS, _HINDI_ENDINGS), stop="। ")
        case "ar":
            return _language("ar", _spelled(_ARABIC, _ARABIC_ONSETS, _ARABIC_ENDINGS), pause="، ")
        case _:
            common, onsets, endings = _LATIN[code]
            return _language(code, _spelled(common, onsets, endings))


def _language(
    code: str, vocabulary: Sequence[str], joints: tuple[str, ...] = (" ",), pause: str = ", ", stop: str = ". "
) -> Language:
    """Running words drawn from a vocabulary, commonest first, and joined."""
    random = Random(code)
    unique = list(dict.fromkeys(vocabulary))
    cumulative = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(unique))))
    bare = random.choices(unique, cum_weights=cumulative, k=_DRAWN)
    behind = random.choices((*joints * 8, pause), k=_DRAWN)
    return Language(code, bare, [word + joint for word, joint in zip(bare, behind, strict=True)], stop)


def _spelled(common: str, onsets: str, endings: str) -> list[str]:
    """The common words, then words of two and three syllables in an order that mixes them."""
    first, second = onsets.split(), endings.split()
    syllables = [start + end for start in first for end in second]
    random = Random("".join(common.split()))
    tail = {"".join(random.choices(syllables, k=random.choice((1, 2, 2, 3)))) for _ in range(_TAIL)}
    return common.split() + sorted(tail, key=lambda word: (len(word), word[::-1]))


def _han_words(characters: str, count: int) -> list[str]:
    """Single characters and pairs; the characters themselves are as unequal as those of real text."""
    random = Random(characters)
    spread = characters + "".join(chr(0x4E00 + 7 * number) for number in range(2_000))
    weights = tuple(itertools.accumulate(1 / (rank + 12) for rank in range(len(spread))))
    pairs = ["".join(random.choices(spread, cum_weights=weights, k=2)) for _ in range(count)]
    return [character for group in zip(characters, pairs, strict=False) for character in group] + pairs


def _japanese_words() -> list[str]:
    """Kanji pairs, verbs with their kana endings, and borrowed words in katakana."""
    kanji = _JAPANESE.split() + _han_words(_KANJI, 9_000)
    endings = ("する", "した", "して", "しない", "できる", "です", "でした", "と思う", "ません")
    random = Random(_KANJI)
    verbs = [word + random.choice(endings) for word in kanji[: len(kanji) // 3]]
    borrowed = ["".join(random.choices(_KATAKANA, k=random.choice((2, 3, 4)))) for _ in range(4_000)]
    return [word for group in itertools.zip_longest(kanji, verbs, borrowed) for word in group if word]


def _korean_words() -> list[str]:
    """Words of one to three syllables, composed from the letters' numbers as Unicode does."""
    random = Random(_KOREAN)
    initials, vowels, finals = (
        (0, 2, 3, 5, 6, 7, 9, 11, 12, 14, 16, 18),
        (0, 4, 5, 8, 13, 18, 20),
        (0, 0, 0, 1, 4, 8, 16, 21),
    )

    def syllable() -> str:
        return chr(0xAC00 + (random.choice(initials) * 21 + random.choice(vowels)) * 28 + random.choice(finals))

    tail = ["".join(syllable() for _ in range(random.choice((1, 2, 2, 3)))) for _ in range(_TAIL)]
    return _KOREAN.split() + tail


_ENGLISH = """
the to and a of you i in is it that for on with as be this your can or are if not have but my what an at do so how from
by will was more like would one about they me there when some all out which time up we just know make good their into
then them other also than its only think over could very after now way each want first any new these use really most
even two because see need feel work people day through still where should here before right much while try keep long
back little different between every something help well always same often maybe small thing start around water tea
morning evening letter garden kitchen river table window music book story memory friend mother train house road light
winter summer spring autumn bread soup rice salt butter onion oven minutes degrees slowly gently answer question reason
example method function value number list file code test line error table column model word sentence paragraph poem
voice song cello string practice lesson teacher question travel temple museum market bridge station ticket hotel rain
sun wind snow sea mountain forest bird cat dog child school office meeting plan project budget contract rent landlord
repair notice deposit deadline doctor sleep walk breath tired calm quiet happy sad alone together remember forget
"""
_FRENCH = """
de la le et les des en un une du est que pour dans qui sur pas plus vous je ce avec au il par ne se nous mais ou si on
comme tout bien faire être peut même aussi très votre sans mon cette aux sont deux ces quand leur elle temps jour lettre
maison jardin cuisine rivière fenêtre musique livre histoire mémoire mère gare pain soupe sel beurre oignon doucement
réponse question exemple méthode façon élève leçon été déjà après voilà où à ça œuvre cœur forêt château crème
"""
_GERMAN = """
und die der in zu den das nicht von sie ist des sich mit dem dass er es ein ich auf so eine auch als an nach wie im für
man aber aus durch wenn nur war noch werden bei hat wir was wird sein einen welche sind oder zur um haben einer mir über
ihm diese einem ihr uns da zum kann doch vor dieser mich ihn du hatte seine mehr am denn nun unter sehr selbst schon
hier bis habe ihre dann ihnen seiner alle wieder meine Zeit gegen vom ganz einzelnen wo muss ohne können Tag Brief Haus
Garten Küche Fluss Fenster Musik Buch Geschichte Erinnerung Mutter Bahnhof Brot Suppe Salz Butter Zwiebel Straße größer
"""
_ITALIAN = """
di e il la che in un a per è una non sono da con i si del le al dei come più ma della lo ha anche se o alla mi su gli
questo nel dalla ci tutto molto bene fare essere può tempo giorno lettera casa giardino cucina fiume finestra musica
libro storia memoria madre stazione pane zuppa sale burro cipolla piano risposta domanda esempio metodo perché così
già città caffè però verità libertà lunedì
"""
_SPANISH = """
de la que el en y a los se del las un por con no una su para es al lo como más pero sus le ya o este sí porque esta
entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante todos uno les ni contra otros ese eso
ante ellos tiempo día carta casa jardín cocina río ventana música libro historia memoria madre estación pan sopa sal
mantequilla cebolla despacio respuesta pregunta ejemplo método mañana año niño señor corazón árbol
"""
_HINDI = """
के में है की और का से को एक यह कि पर हैं नहीं भी तो लिए ने कर हो था इस जो ही या साथ अपने मैं आप हम
वह क्या कुछ बहुत समय दिन घर पत्र बगीचा रसोई नदी खिड़की संगीत किताब कहानी याद माँ रोटी चावल नमक प्याज
धीरे जवाब सवाल उदाहरण तरीका पाठ सुबह शाम पानी चाय हिन्दी मित्र
"""
_HINDI_ONSETS = "क ख ग च ज ट ड त द न प ब भ म य र ल व श स ह"
_HINDI_ENDINGS = "ा ि ी ु े ो ान ार ाल िक ना ता"
_ARABIC = """
في من على إلى أن عن مع هذا كان التي ما لا هو هي أو كل بعد قبل قد كما لم إذا حتى عند يوم وقت بيت
رسالة حديقة مطبخ نهر نافذة موسيقى كتاب قصة ذاكرة أم محطة خبز حساء ملح زبدة بصل ببطء جواب سؤال مثال
طريقة درس صباح مساء ماء شاي صديق جميل هادئ شكرا
"""
_ARABIC_ONSETS = "ب ت ث ج ح خ د ر ز س ش ص ط ع غ ف ق ك ل م ن ه و ي"
_ARABIC_ENDINGS = "ا ي و ة ان ين ات ار ال م ر"
_LATIN = {
    "en": (
        _ENGLISH,
        "b br c ch d dr f fl g h j l m n p pr r s st sh t th tr v w",
        "a an ar e ed en er i ing ion o or ow um y",
    ),
    "fr": (_FRENCH, "b br c ch d f g j l m n p r s t tr v", "a ai an é ée er eur i ie ion oi ou ure"),
    "de": (_GERMAN, "b br d f fl g h k l m n p r s sch st t w z", "a au e ei en er ig ich ie ung ü ö o"),
    "it": (_ITALIAN, "b c ch d f g gl l m n p qu r s st t v", "a ando ato e ella i ione o oso ura"),
    "es": (_SPANISH, "b c d f g h j l ll m n p r s t v", "a ado al ar e ente ia ión o os ura"),
}
_CHINESE = """
我们 什么 没有 自己 知道 可以 时候 现在 就是 这样 因为 所以 如果 但是 已经 觉得 喜欢 时间 今天 明天 昨天 一起 朋友
母亲 外婆 学校 老师 问题 回答 方法 例子 文件 句子 故事 记忆 音乐 窗户 花园 厨房 河边 早晨 晚上 天气 下雨 雪地 面包
热汤 黄油 洋葱 茶叶 信封 写信 旅行 车站 票价 城市 桥上 森林 大海 安静 温柔 孤独 想念 慢慢 轻轻 忘记 记得 睡觉 散步
工作 会议 计划 合同 房东 修理 医生 身体 呼吸 心里 语言 世界 生活 开始 结束 重要 简单 可能 应该 需要
"""
_JAPANESE = """
今日 明日 昨日 時間 手紙 京都 学校 先生 友達 母 家族 台所 庭 窓 川 橋 駅 切符 旅行 寺 紅葉 雪 雨 風 海 森 鳥 猫 音楽
楽譜 練習 物語 記憶 返事 質問 例 方法 文章 言葉 世界 生活 朝 夜 夕方 散歩 仕事 会議 計画 契約 修理 医者 呼吸 心 静か
優しい 寂しい 思い出 忘れる 覚える 眠る 歩く 書く 読む 聞く 話す 待つ 帰る 始める お茶 ご飯 味噌汁 塩 玉葱 パン
スープ バター カフェ ピアノ チェロ ノート メール ありがとう おはよう おやすみ ゆっくり ずっと また
"""
_HAN = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学"
    "如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两"
    "高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比"
    "员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统"
    "茶书信雨雪花园厨房河窗音乐故事记忆朋友母亲车站面包汤盐黄油洋葱慢慢回答方法早晨晚上温柔安静孤独想念"
)
_KANJI = (
    "日一国会人年大十二本中長出三同時政事自行社見月分議後前民生連五発間対上部東者党地合市業内相方四定今回新場金員九入選立開手米力学問高代"
    "明実円関決子動京全目表戦経通外最言氏現理調体化田当八六約主題下首意法不来作性的要用制治度務強気小七成期公野協取都和統以機平総加山思家"
    "話世受区領多県続進正安設保改数記院女初北午指権心界支第産結百派点教報済書府活原先共得解名交資予川向際査勝面委告軍文反元重近千考判認画"
    "茶雨雪花庭窓音楽物語記憶友達母駅汁塩玉葱返事方法朝晩優静孤独手紙旅寺練習詩"
)
_KATAKANA = "アイウエオカキクケコサシスセソタチツテトナニノハヒフホマミムメモラリルレロワンー"
_KOREAN = """
그 이 수 것 나 너 우리 저 때 말 일 사람 생각 시간 하루 편지 집 정원 부엌 강 창문 음악 책 이야기 기억
친구 어머니 역 빵 국 소금 버터 양파 천천히 대답 질문 예 방법 아침 저녁 물 차 연습 시 여행 절 겨울
여름 봄 가을 눈 비 바람 바다 산 숲 새 고양이 학교 계획 잠 산책 조용한 따뜻한 함께 그리움
"""
