"""What stands exactly as it was typed comes first."""

from pathlib import Path

import pytest

from tests.index.shelf import indexed, messages


@pytest.mark.parametrize(
    ("typed", "exact", "other"),
    [
        ("Maße", "die Maße stimmen", "die Masse stimmt"),
        ("Masse", "die Masse stimmt", "die Maße stimmen"),
        ("grün", "es ist grün hier", "es ist gruen hier"),
        ("café", "un café noir", "un cafe noir"),
        ("ano", "el ano pasado", "el año pasado"),
        ("résum*", "mon résumé ici", "please resume here"),
        ("側", "側にいて", "侧にいて"),
        ("头发", "我的头发", "我的頭髮"),
        ("髮", "頭髮濕了", "發生什麼"),
        ("发", "头发湿了", "頭髮濕了"),
        ("爱", "我爱你", "我愛你"),
        ("バラ", "バラの花", "ばらの花"),
        ("보고싶어", "보고싶어 정말", "보고 싶어 정말"),
        ("هدى", "جاءت هدى", "جاءت هدي"),
        ("كتاب", "كتاب جديد", "الكتاب جديد"),
        ("شئ", "ما في شئ", "ما في شيء"),
        ("हिंदी", "हिंदी में बोलो", "हिन्दी में बोलो"),
        ("15000", "15000 voices here", "15,000 voices here"),
        ('"schöne grüße"', "schöne grüße euch", "schoene gruesse euch"),
    ],
)
def test_the_typed_form_comes_first(tmp_path: Path, typed: str, exact: str, other: str) -> None:
    """Whichever of them is newer."""
    index = indexed(tmp_path / "index", exact, other, exact, other)
    assert messages(index, typed) == [3, 1, 4, 2]
    index.close()
