"""Make ``data/*.txt``, the tables that folding and tokens are built on. Needed only when a source of them changes.

    python -m archiver.text.make_tables TSCharacters.txt

The argument is OpenCC's table of Traditional and Simplified characters (Apache-2.0); everything else is derived from
the Unicode data of the running Python. Reading finished tables takes a millisecond; deriving them takes a second.

    han.txt       two lines of equal length: characters, and the Simplified character each stands for
    letters.txt   a line for each other character that folds: the character, a tab, what it becomes (or nothing)
    classes.txt   name, a tab, the inside of a regular expression's [...] for: run, letter, digit, symbol, ignored
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

DATA = Path(__file__).parent / "data"

RUNS = (
    (0x0E01, 0x0E3A), (0x0E40, 0x0E4E), (0x0E81, 0x0ECE), (0x1000, 0x103F), (0x1100, 0x11FF), (0x1780, 0x17D3),
    (0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3031, 0x3035), (0x3038, 0x303C), (0x3041, 0x3096),
    (0x3099, 0x309A), (0x309D, 0x309F), (0x30A1, 0x30FA), (0x30FC, 0x30FF), (0x3105, 0x312F), (0x3131, 0x318E),
    (0x31A0, 0x31BF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA960, 0xA97C), (0xAC00, 0xD7FB),
    (0xF900, 0xFAFF), (0x1B000, 0x1B16F), (0x20000, 0x323AF),
)  # fmt: skip
"""Scripts written without spaces between words, and Hangul, whose words grow endings: searched as runs."""

STRIPPED = ("LATIN", "GREEK", "CYRILLIC")
"""Scripts whose letters lose their accents. In others a mark is a letter difference (ba and ha in Japanese)."""

PLAIN = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "ء", "ئ": "ء", "ک": "ك", "ی": "ي", "ہ": "ه",
    "ھ": "ه", "ـ": "", "\u066b": ".", "\u066c": ",", "ँ": "ं", "\u093c": "", "\u0929": "न", "\u0931": "र", "\u0934": "ळ",
    "ヶ": "か", "ヵ": "か", "ゖ": "か", "ゕ": "か",
}  # fmt: skip
DROPPED = (
    (0x0300, 0x036F), (0x0591, 0x05BD), (0x05BF, 0x05BF), (0x05C1, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F),
    (0x0670, 0x0670), (0x06D6, 0x06DC), (0x06DF, 0x06E8), (0x06EA, 0x06ED), (0x1AB0, 0x1ACE), (0x1DC0, 0x1DFF),
    (0x20D0, 0x20F0), (0xFE20, 0xFE2F),
)  # fmt: skip
"""Accents that no letter has swallowed, vowel points of Hebrew and Arabic, strokes and frames around a character."""

HAN_TOO = (
    "著着 妳你 瞭了 藉借 覆复 甚什 祇只 衹只 彷仿 "
    "衞衛 粧妝 敍敘 吿告 愼慎 汚污 痺痹 艶艷 谿溪 搾榨 枱台 籐藤 紥扎 姪侄 揹背 擡抬 砲炮 菓果 糢模 踫碰 躭耽 "
    "輭軟 隣鄰 鎗枪 餠餅 黏粘 鄕鄉 槪概 囘回 囬回 痲麻 窰窑 燄焰 瑯琅 甎磚 疎疏 胷胸 荳豆 翺翱 酧酬 "
    "⻁虎 ⻄西 ⻅见 ⻆角 ⻉贝 ⻋车 ⻑長 ⻒長 ⻓长 ⻔门 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻢马 ⻣骨 ⻤鬼 "
    "⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻬齐 ⻮齿 ⻰龙 ⺠民 "
    "韮韭 鼈鱉 鵞鵝 龝秋 讌宴 貍狸 賸剩 覩睹 遶繞 袴褲 竚佇 朞期 蟁蚊 騐驗 "
)
"""Characters that OpenCC leaves to the context or does not have, with another one for the same, among them
radicals, which texts copied from PDF have; for finding, one direction is enough."""

JAPANESE = (
    "悪惡 圧壓 囲圍 壱壹 隠隱 栄榮 営營 駅驛 円圓 塩鹽 応應 桜櫻 仮假 価價 壊壞 懐懷 絵繪 拡擴 覚覺 "
    "楽樂 巻卷 陥陷 勧勸 関關 歓歡 観觀 気氣 帰歸 亀龜 犠犧 拠據 挙擧 暁曉 駆驅 勲勳 恵惠 経經 蛍螢 "
    "軽輕 継繼 鶏鷄 撃擊 県縣 倹儉 剣劍 険險 圏圈 検檢 権權 顕顯 験驗 厳嚴 広廣 効效 鉱鑛 済濟 斎齋 "
    "剤劑 桟棧 賛贊 歯齒 児兒 実實 釈釋 渋澁 獣獸 縦縱 粛肅 処處 焼燒 奨奬 乗乘 浄淨 剰剩 縄繩 壌壤 "
    "嬢孃 譲讓 醸釀 図圖 粋粹 酔醉 穂穗 髄髓 瀬瀨 斉齊 摂攝 専專 戦戰 銭錢 繊纖 捜搜 挿插 巣巢 総總 "
    "騒騷 増增 蔵藏 臓臟 続續 対對 帯帶 滝瀧 択擇 沢澤 単單 団團 弾彈 遅遲 鋳鑄 庁廳 聴聽 鉄鐵 転轉 "
    "伝傳 稲稻 闘鬪 読讀 悩惱 脳腦 覇霸 拝拜 廃廢 売賣 発發 髪髮 抜拔 浜濱 払拂 仏佛 変變 辺邊 邉邊 "
    "舗舖 豊豐 毎每 満滿 黙默 訳譯 薬藥 揺搖 様樣 頼賴 覧覽 竜龍 両兩 猟獵 涙淚 塁壘 戻戾 霊靈 齢齡 "
    "歴歷 労勞 戸戶 徳德 髙高 﨑崎 嵜崎 嶋島 冨富 桒桑 曽曾 黒黑 歩步 渉涉 頬頰 噛嚙 填塡 郷鄉 瓶甁 "
    "呉吳 娯娛 槙槇 舘館 従從 穏穩 縁緣 雑雜 収收 戯戲 晩晚 畳疊 砕碎 歳歲 舎舍 逓遞 錬鍊 薫薰 痩瘦 尭堯 "
)
"""The shorter forms of Japanese, and variants in Japanese names, with the traditional character of each."""

FAR_LETTERS, FAR_SYMBOLS = (
    ((0x10000, 0x1AFFF), (0x1B170, 0x1CFFF), (0x1E000, 0x1EFFF)),
    ((0x1D000, 0x1DFFF), (0x1F000, 0x1FAFF)),
)
"""Beyond the first 65,536 characters in whole blocks: regular expressions try these ranges one after the other, and
exact ones (hundreds) make tokens ten times slower. It also covers emoji that are newer than the running Python."""

IGNORED_TOO = ((0x034F, 0x034F), (0x180B, 0x180F), (0xFE00, 0xFE0F), (0x1F3FB, 0x1F3FF), (0xE0100, 0xE01EF))
"""Besides format characters: joiners among the marks, variation selectors, skin tones."""

NO_SYMBOLS = {0xFFFC, 0xFFFD, 0x2044, 0x2212, 0x2215}
"""Stand-ins for what was lost; a minus sign and slashes, which stand for those of the keyboard."""
NO_LETTERS = {0x02B9, 0x02BB, 0x02BC, 0x02BD, 0x02C8, 0xA78B, 0xA78C}
"""Apostrophes that Unicode counts as letters."""


def main(opencc: Path) -> None:
    """Write the three files."""
    DATA.mkdir(exist_ok=True)
    han = _han(opencc.read_text(encoding="utf-8"))
    (DATA / "han.txt").write_text("".join(han) + "\n" + "".join(han.values()) + "\n", encoding="utf-8")
    letters = _letters()
    lines = (f"{source}\t{target}\n" for source, target in sorted(letters.items()))
    (DATA / "letters.txt").write_text("".join(lines), encoding="utf-8", newline="\n")
    classes = _classes()
    lines = (f"{name}\t{_pattern(codes)}\n" for name, codes in classes.items())
    (DATA / "classes.txt").write_text("".join(lines), encoding="utf-8", newline="\n")
    print(f"{len(han)} Han characters, {len(letters)} other characters, Unicode {unicodedata.unidata_version}")


def _han(table: str) -> dict[str, str]:
    pairs = {pair[0]: pair[1] for pair in (HAN_TOO + JAPANESE).split()}
    for line in table.splitlines():
        source, _tab, targets = line.partition("\t")
        target = targets.split(" ")[0]
        if len(source) == len(target) == 1 and source != target and unicodedata.is_normalized("NFKC", source):
            pairs.setdefault(source, target)
    return {source: _end(pairs, target) for source, target in sorted(pairs.items())}


def _end(pairs: dict[str, str], character: str) -> str:
    """Follow a chain of replacements to its end, so that folding twice changes nothing."""
    seen = set()
    while character in pairs and character not in seen:
        seen.add(character)
        character = pairs[character]
    return character


def _letters() -> dict[str, str]:
    letters = {}
    for code in range(0x80, 0x2000):
        character = chr(code)
        if unicodedata.category(character)[0] == "L" and unicodedata.name(character, "").startswith(STRIPPED):
            parts = unicodedata.normalize("NFKD", character.casefold())
            base = "".join(PLAIN.get(part, part) for part in parts if not unicodedata.combining(part))
            if base != character:
                letters[character] = base
    letters |= PLAIN
    for code in range(0x30A1, 0x30F5):
        letters[chr(code)] = chr(code - 0x60)
    letters |= {"ヽ": "ゝ", "ヾ": "ゞ"}
    for code in range(0x80, 0x10000):
        if unicodedata.category(chr(code)) == "Nd":
            letters[chr(code)] = str(unicodedata.decimal(chr(code)))
    for first, last in DROPPED:
        letters.update((chr(code), "") for code in range(first, last + 1))
    letters |= {key: PLAIN[key] for key in "ヶヵゖゕ"}
    return {source: target for source, target in letters.items() if not source.isascii()}


def _classes() -> dict[str, list[int]]:
    runs = [code for first, last in RUNS for code in range(first, last + 1)]
    ignored = {code for first, last in IGNORED_TOO for code in range(first, last + 1)}
    ignored |= {code for code in range(0x110000) if unicodedata.category(chr(code)) == "Cf"}
    taken = {*runs, *ignored}
    letter, digit, symbol = [], [], []
    for code in range(0x30, 0x10000):
        category = unicodedata.category(chr(code))
        if category == "Nd":
            digit += [code] if code > 0x7F else []
        elif code in taken:
            continue
        elif category[0] == "L" or category in {"Nl", "No", "Mn", "Mc", "Me"}:
            letter.append(code)
        elif category in {"So", "Sc", "Sm"} and code > 0x7F and code not in NO_SYMBOLS:
            symbol.append(code)
    letter = [code for code in letter if code >= 0x61 and code not in NO_LETTERS]
    letter += [code for first, last in FAR_LETTERS for code in range(first, last + 1)]
    symbol += [code for first, last in FAR_SYMBOLS for code in range(first, last + 1)]
    skins = range(0x1F3FB, 0x1F400)
    symbol = [code for code in symbol if code not in skins]
    return {"run": runs, "letter": letter, "digit": digit, "symbol": symbol, "ignored": sorted(ignored)}


def _pattern(codes: Iterable[int]) -> str:
    ranges: list[list[int]] = []
    for code in codes:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(_escaped(first) + (f"-{_escaped(last)}" if last > first else "") for first, last in ranges)


def _escaped(code: int) -> str:
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
