"""Markers of sources inside an answer, made into readable words with links.

A marker is not text: ``\\ue200cite\\ue202turn0search1\\ue201`` stands where the provider's screen shows the name of a
site, and ``\\ue200entity\\ue202["place","Paris","France"]\\ue201`` where it shows *Paris*. What a marker names is
found, in this order, by its offsets, by the marked text itself, by the ids in it, by its number among markers of its
kind where neither they nor the references have ids, and at last in what the tools of the same conversation found.
Offsets count code points, as Python does.

What cannot be resolved: a private-use marker leaves nothing (or its words, where it has some), since the provider's
screen shows nothing either; a ``【13†source】`` stays as it is, since that is what the screen showed.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from archiver.importers.chatgpt.markers import (
    MOST_IDS,
    NO_SIGNS,
    Marker,
    find_markers,
    has_markers,
    own_words,
    strings_in,
)
from archiver.importers.chatgpt.references import Reference, is_footnote, links_of_markdown, references
from archiver.importers.chatgpt.scene import Link, Scene
from archiver.records import Citation, Part, Quote, Text, Unknown

_KINDS = {
    "filecite": "file",
    "image_group": "image",
    "i": "image",
    "image": "image",
    "navlist": "nav",
    "video": "video",
    "entity": "entity",
    "products": "product",
    "product_entity": "product",
}
"""Which references a kind of marker can mean, by the beginning of their type; the others mean web pages."""
_KNOWN = {*_KINDS, "cite", "bracket", "words", "businesses_map", "businesses", "forecast", "finance", "sports", ""}


def resolve(words: str, scene: Scene) -> tuple[Text, list[Unknown]]:
    """``words`` with every marker resolved; and what stands in markers of a kind that nobody has seen before."""
    markers = find_markers(words)
    listed = references(scene.metadata)
    found = _matched(words, markers, listed)
    named = {marker: reference for reference in listed if (marker := _named_words(words, reference))}
    writer = _Writer(words)
    for marker in sorted({**named, **dict.fromkeys(markers)}):
        if marker.start < writer.at:
            continue
        writer.keep_until(marker.start)
        reference = found.get(marker) or named.get(marker)
        if reference:
            scene.cited.add(reference)
        pieces = _pieces(marker, reference, scene)
        if pieces is None:
            writer.keep_until(marker.end)
        else:
            writer.replace_until(marker.end, pieces)
    writer.keep_until(len(words))
    written = writer.text()
    for marker in markers:
        if marker.kind in _KNOWN:
            said = (item for argument in marker.arguments for item in strings_in(argument))
            scene.details += [(marker.kind, item) for item in said if item not in written.text]
    return written, list(_unknown(markers, scene))


def sources_below(parts: Sequence[Part], scene: Scene) -> list[Quote]:
    """The sources of an answer that no place in it names, as the provider lists them below it."""
    texts = [part for part in parts if isinstance(part, Text)]
    named = {citation.url or citation.title for text in texts for citation in text.citations}
    found: dict[str, Quote] = {}
    for reference in references(scene.metadata):
        if reference.kind == "hidden" or reference in scene.cited:
            continue
        for link in reference.links:
            place = link.url or link.title
            if place not in named and not any(place in text.text for text in texts):
                found.setdefault(place, Quote("", link.title, link.url))
    return list(found.values())


def _unknown(markers: Sequence[Marker], scene: Scene) -> Iterator[Unknown]:
    for marker in markers:
        if marker.kind not in _KNOWN:
            scene.findings.unknown((f"marker.{marker.kind}",))
            yield from (Unknown(marker.kind, argument) for argument in marker.arguments if argument[:1] in ("{", "["))


class _Writer:
    """Builds the readable text, and remembers where in it each source is named."""

    def __init__(self, words: str) -> None:
        self._words = words
        self.at = 0
        self._pieces: list[str] = []
        self._length = 0
        self._citations: list[Citation] = []

    def keep_until(self, end: int) -> None:
        self._write(self._words[self.at : end])
        self.at = end

    def replace_until(self, end: int, pieces: Iterable[tuple[str, Link | None]]) -> None:
        for piece, link in pieces:
            words = piece.translate(NO_SIGNS)
            if words.startswith("(") and self._stands_after_a_word():
                self._write(" ")
            start = self._length
            self._write(words)
            if link and words:
                self._citations.append(Citation(start, self._length, link.title, link.url))
        self.at = end

    def text(self) -> Text:
        return Text("".join(self._pieces), tuple(self._citations))

    def _stands_after_a_word(self) -> bool:
        return bool(self._pieces) and not self._pieces[-1][-1].isspace() and self._pieces[-1][-1] not in "([{"

    def _write(self, words: str) -> None:
        if words:
            self._pieces.append(words)
            self._length += len(words)


def _named_words(words: str, reference: Reference) -> Marker | None:
    """Ordinary words that a reference stands for: they stay, and get its link."""
    marked = words[reference.start : reference.end] if 0 <= reference.start < reference.end else ""
    if not marked.strip() or marked != reference.matched or not reference.links or is_footnote(reference):
        return None
    return None if has_markers(marked) else Marker(reference.start, reference.end, "words", (marked,), ())


def _matched(words: str, markers: Sequence[Marker], listed: Sequence[Reference]) -> dict[Marker, Reference]:
    """Which reference each marker means."""
    if not listed:
        return {}
    found: dict[Marker, Reference] = {}
    by_place = {(each.start, each.end): each for each in reversed(listed) if each.end > each.start >= 0}
    by_words: dict[str, deque[Reference]] = defaultdict(deque)
    for each in listed:
        if each.matched.strip():
            by_words[each.matched].append(each)
    for marker in markers:
        marked = words[marker.start : marker.end]
        placed = by_place.get((marker.start, marker.end))
        if placed is not None and placed.matched in ("", marked):
            found[marker] = placed
            if by_words.get(marked):
                by_words[marked].popleft()
        elif by_words.get(marked):
            found[marker] = by_words[marked].popleft()
    rest = [each for each in listed if each.start < 0 and not each.matched and not is_footnote(each)]
    if rest:
        _match_without_places([marker for marker in markers if marker not in found], rest, found)
    return found


def _match_without_places(
    markers: Sequence[Marker], listed: Sequence[Reference], found: dict[Marker, Reference]
) -> None:
    """Where offsets are left out: by ids; by order what has none, if there are as many of a kind on both sides."""
    by_ids: dict[frozenset[str], deque[Reference]] = defaultdict(deque)
    by_id: dict[str, list[Reference]] = defaultdict(list)
    for each in listed:
        if each.ids:
            by_ids[frozenset(each.ids)].append(each)
        for name in each.ids:
            if len(by_id[name]) < MOST_IDS:
                by_id[name].append(each)
    waiting: dict[str, list[Marker]] = defaultdict(list)
    for marker in markers:
        same = by_ids.get(frozenset(marker.ids)) if marker.ids else None
        if same:
            found[marker] = same.popleft() if len(same) > 1 else same[0]
        elif best := _sharing_most(marker, by_id):
            found[marker] = best
        elif marker.kind:
            waiting[_KINDS.get(marker.kind, "web")].append(marker)
    left: dict[str, list[Reference]] = defaultdict(list)
    for each in listed:
        if not each.ids:
            left[_kind_of(each)].append(each)
    for kind, some in waiting.items():
        if len(left[kind]) == len(some):
            found.update(zip(some, left[kind], strict=True))


def _sharing_most(marker: Marker, by_id: Mapping[str, Sequence[Reference]]) -> Reference | None:
    """The reference that shares the most ids with a marker; the first of several."""
    shared: Counter[int] = Counter()
    named: dict[int, Reference] = {}
    for name in marker.ids:
        for reference in by_id.get(name, ()):
            shared[id(reference)] += 1
            named.setdefault(id(reference), reference)
    return named[shared.most_common(1)[0][0]] if shared else None


def _kind_of(reference: Reference) -> str:
    return next((kind for kind in _KINDS.values() if reference.kind.startswith(kind)), "web")


def _pieces(marker: Marker, reference: Reference | None, scene: Scene) -> Sequence[tuple[str, Link | None]] | None:
    """The readable words of a marker, each with its link; None leaves it as it stands."""
    if marker.kind == "bracket":
        return _named(reference.links) if reference and reference.links else None
    own = own_words(marker)
    if reference:
        if reference.kind == "hidden":
            return []
        if reference.alt.strip() and marker.kind != "words":
            titles = {link.url: link.title for link in reference.links}
            return [
                (words, link and link._replace(title=titles.get(link.url, link.title)))
                for words, link in links_of_markdown(reference.alt)
            ]
        if own and len(reference.links) == 1:
            return [(own, reference.links[0])]
        if reference.links:
            return [(own, None), *_named(reference.links)]
    if own:
        return [(own, None)]
    return _named(scene.find_links(marker.ids, scene.message_id)) if marker.ids else []


def _named(links: Sequence[Link]) -> list[tuple[str, Link | None]]:
    """Links in brackets, as the provider writes them."""
    pieces: list[tuple[str, Link | None]] = []
    for place, link in enumerate(dict.fromkeys(links)):
        pieces += [(", " if place else "(", None), (link.words, link)]
    return [*pieces, (")", None)] if pieces else []
