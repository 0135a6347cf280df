"""Several sources of one conversation become one, the same in any order of imports."""

from __future__ import annotations

import copy
import itertools
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archiver.archive import Archive
from archiver.cli.report_lines import report_lines
from archiver.text import when
from tests import builders
from tests.archives import dump_of, imported, said

SOUP = builders.conversation("Soup", [("user", "A recipe?"), ("assistant", "Leeks and potatoes.")])
RIVERS = builders.conversation("Rivers", [("user", "Name one."), ("assistant", "The Danube.")], created=1_720_000_000.0)
FORKED = builders.branching()


def dump_of_all(folder: Path, *paths: Path) -> dict[str, Any]:
    """What an archive says into which these files are imported without a problem."""
    assert not imported(folder, *paths).problems
    return dump_of(folder)


def dump_of_one(folder: Path, path: Path) -> Any:
    """The only conversation of a file, imported alone."""
    imported(folder, path)
    (value,) = dump_of(folder).values()
    return value


def test_a_newer_zip_with_a_longer_conversation_updates_it(tmp_path: Path) -> None:
    """And leaves the others as they are."""
    longer = builders.conversation(
        "Soup", [("user", "A recipe?"), ("assistant", "Leeks and potatoes."), ("user", "Thank you.")], id=SOUP["id"]
    )
    imported(tmp_path / "archive", builders.write_zip(tmp_path / "old.zip", [SOUP, RIVERS]))
    report = imported(tmp_path / "archive", builders.write_zip(tmp_path / "new.zip", [longer, RIVERS]))
    assert (report.updated, report.unchanged) == (1, 1)
    assert said(dump_of(tmp_path / "archive")[SOUP["id"]])[-1] == "Thank you."


def test_a_zip_that_brings_missing_pictures_says_so(tmp_path: Path) -> None:
    """Else nobody would know that the older zip was worth keeping."""
    photo = builders.picture()
    talk = builders.conversation("A photo", [builders.picture_sent(photo, "What is this?"), ("assistant", "A heron.")])
    without = builders.write_zip(tmp_path / "without.zip", [talk])
    report = imported(tmp_path / "archive", without)
    assert (report.assets_found, report.assets_missing, report.assets_recovered) == (0, 1, 0)
    report = imported(tmp_path / "archive", builders.write_zip(tmp_path / "with.zip", [talk], files=[photo]))
    assert (report.unchanged, report.assets_recovered) == (1, 1)
    assert any("missing until now" in line for line in report_lines(report))
    assert imported(tmp_path / "archive", without).assets_recovered == 0


def test_a_conversation_missing_from_the_newer_zip_stays_and_says_so(tmp_path: Path) -> None:
    """Chats that were removed at the provider are the ones people came for."""
    imported(tmp_path / "archive", builders.write_zip(tmp_path / "old.zip", [SOUP, RIVERS]))
    report = imported(tmp_path / "archive", builders.write_zip(tmp_path / "new.zip", [RIVERS]))
    assert report.not_in_newest == 1
    with Archive.open(tmp_path / "archive") as archive:
        assert [id_ for id_, _title, _date in archive.gaps().not_in_newest] == [SOUP["id"]]


def test_a_slim_newer_zip_takes_nothing_away(tmp_path: Path) -> None:
    """Models and tool messages of the older, richer export stay; the gap report says what the newer one lacks."""
    turns: list[builders.Turn] = [builders.user("Add."), *builders.code_run("print(1 + 1)", "2"), ("assistant", "Two.")]
    rich = builders.conversation("Sums", turns)
    folder = tmp_path / "archive"
    imported(folder, builders.write_zip(tmp_path / "old.zip", [rich]))
    before = dump_of(folder)
    imported(folder, builders.write_zip(tmp_path / "new.zip", [rich], "slim"))
    after = dump_of(folder)
    assert said(after[rich["id"]]) == said(before[rich["id"]])
    assert [message["model"] for message in after[rich["id"]]["messages"]] == [
        message["model"] for message in before[rich["id"]]["messages"]
    ]
    with Archive.open(folder) as archive:
        assert [id_ for id_, _title, _sentence in archive.gaps().left_out] == [rich["id"]]
        assert "message" in archive.gaps().left_out[0][2]


def edited(conversation: dict[str, Any], edits: list[tuple[int, str]], *, slim: bool) -> dict[str, Any]:
    """A later state of a conversation: some texts changed, some fields gone."""
    value = copy.deepcopy(conversation)
    nodes = [node for node in value["mapping"].values() if node["message"]]
    for number, text in edits:
        node = nodes[number % len(nodes)]
        node["message"]["content"] = {"content_type": "text", "parts": [text]}
        value["update_time"] += len(text)
    return builders.slim(value) if slim else value


EDITS = st.lists(st.tuples(st.integers(0, 9), st.text(st.characters(codec="utf-8"), max_size=9)), max_size=3)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from([SOUP, FORKED]), EDITS, st.booleans()), min_size=2, max_size=3))
def test_any_order_of_imports_gives_the_same_archive(
    tmp_path_factory: pytest.TempPathFactory, states: list[tuple[dict[str, Any], list[tuple[int, str]], bool]]
) -> None:
    """A then B, B then A, or both at once."""
    folder = tmp_path_factory.mktemp("orders")
    paths = [
        builders.write_zip(folder / f"{number}.zip", [edited(base, edits, slim=slim), RIVERS])
        for number, (base, edits, slim) in enumerate(states)
    ]
    imported(folder / "at once", *paths)
    for number, ordered in enumerate(itertools.permutations(paths)):
        for path in ordered:
            imported(folder / f"order {number}", path)
    dumps = [dump_of(place) for place in folder.iterdir() if place.is_dir()]
    assert all(other == dumps[0] for other in dumps)


def test_pages_saved_as_two_files_are_one_whole_conversation(tmp_path: Path) -> None:
    """In one command or two, in any order; only while a page is missing the report says so."""
    whole = builders.paged(builders.chain(20))
    texts = said(dump_of_one(tmp_path / "whole", builders.write_json(tmp_path / "whole.json", whole)))
    infos = ({"has_previous_page": False, "has_next_page": True}, {"has_previous_page": True, "has_next_page": False})
    listed = (whole["messages"][:12], whole["messages"][10:])
    first, second = (
        builders.write_json(tmp_path / f"{number}.json", whole | {"messages": messages, "page_info": info})
        for number, (messages, info) in enumerate(zip(listed, infos, strict=True))
    )
    timeless = [{key: value for key, value in message.items() if key != "create_time"} for message in listed[0]]
    early = builders.write_json(tmp_path / "early.json", whole | {"messages": timeless, "page_info": infos[0]})
    assert said(next(iter(dump_of_all(tmp_path / "timeless", second, early).values()))) == texts
    for name, order in (("forwards", [first, second]), ("backwards", [second, first])):
        report = imported(tmp_path / name, *order)
        assert (report.messages, report.branches, report.problems) == (len(whole["messages"]), 0, ())
    assert imported(tmp_path / "one by one", first).has_losses
    assert not imported(tmp_path / "one by one", second).has_losses
    assert not imported(tmp_path / "one by one", first).has_losses
    dumps = [dump_of(tmp_path / name) for name in ("forwards", "backwards", "one by one")]
    assert dumps[0] == dumps[1] == dumps[2]
    assert said(dumps[0][whole["conversation_id"]]) == texts


def test_a_conversation_of_two_zips_is_counted_once(tmp_path: Path) -> None:
    """Both were given in one command."""
    longer = builders.conversation(
        "Soup", [("user", "A recipe?"), ("assistant", "Leeks and potatoes."), ("user", "Thank you.")], id=SOUP["id"]
    )
    old = builders.write_zip(tmp_path / "old.zip", [SOUP])
    new = builders.write_zip(tmp_path / "new.zip", [longer])
    alone = imported(tmp_path / "alone", new)
    both = imported(tmp_path / "archive", old, new)
    assert (both.messages, both.branches) == (alone.messages, alone.branches)
    assert (both.models, both.content_types) == (alone.models, alone.content_types)


def test_ratings_are_joined_also_when_they_come_with_another_zip(tmp_path: Path) -> None:
    """Thumbs-up is a ready-made list of favourites, in any order of imports."""
    reply = list(builders.messages(SOUP))[-1]
    rated = {"message_feedback.json": [builders.feedback(SOUP, reply)]}
    conversations = builders.write_zip(tmp_path / "a.zip", [SOUP], sidecars={})
    ratings = builders.write_zip(tmp_path / "b.zip", [RIVERS], sidecars=rated)
    for name, order in (("first", [conversations, ratings]), ("second", [ratings, conversations])):
        imported(tmp_path / name, *order)
    first, second = dump_of(tmp_path / "first"), dump_of(tmp_path / "second")
    assert first == second
    assert [message["rating"] for message in first[SOUP["id"]]["messages"]][-1] == "thumbs_up"


def test_which_export_is_the_newest_does_not_depend_on_the_order_of_imports(tmp_path: Path) -> None:
    """An older zip imported later must not take the newer one's date from what both hold."""
    later = edited(SOUP, [(1, "A later and longer answer.")], slim=False)
    later["update_time"] += 1_000_000
    old = builders.write_zip(tmp_path / "old.zip", [SOUP, FORKED])
    new = builders.write_zip(tmp_path / "new.zip", [later, RIVERS | {"update_time": SOUP["update_time"]}])
    imported(tmp_path / "archive", new, old)
    with Archive.open(tmp_path / "archive") as archive:
        assert [id_ for id_, _title, _date in archive.gaps().not_in_newest] == [FORKED["id"]]


def test_a_lone_file_says_nothing_about_what_it_does_not_hold(tmp_path: Path) -> None:
    """Somebody adds one shard or one saved conversation."""
    imported(tmp_path / "archive", builders.write_zip(tmp_path / "export.zip", [SOUP, FORKED]))
    report = imported(tmp_path / "archive", builders.write_json(tmp_path / "one.json", [RIVERS]))
    assert report.not_in_newest == 0


def dated(path: Path, year: int, conversations: list[Any]) -> Path:
    """An export that was packed in a year."""
    with zipfile.ZipFile(path, "w") as zip_file:
        zip_file.writestr(zipfile.ZipInfo("conversations.json", (year, 1, 2, 3, 4, 6)), json.dumps(conversations))
    return path


def test_of_exports_with_the_same_last_chat_the_one_made_later_is_the_newest(tmp_path: Path) -> None:
    """Somebody deleted a chat and wrote no other: what is missing is told with the day of the later export."""
    old = dated(tmp_path / "old.zip", 2025, [SOUP, FORKED])
    new = dated(tmp_path / "new.zip", 2026, [SOUP])
    for name, order in (("first", [old, new]), ("second", [new, old])):
        imported(tmp_path / name, order[0])
        assert imported(tmp_path / name, order[1]).not_in_newest == 1
        with Archive.open(tmp_path / name) as archive:
            ((id_, _title, made),) = archive.gaps().not_in_newest
            assert (id_, when.date(made)) == (FORKED["id"], when.date(datetime(2026, 1, 2, tzinfo=UTC).timestamp()))


def test_an_export_that_does_not_tell_its_day_is_given_none(tmp_path: Path) -> None:
    """The day of its last chat is not the day that it was made."""
    imported(tmp_path / "archive", builders.write_zip(tmp_path / "old.zip", [FORKED]))
    imported(tmp_path / "archive", builders.write_folder(tmp_path / "new", [SOUP | {"update_time": 4_000_000_000.0}]))
    with Archive.open(tmp_path / "archive") as archive:
        assert archive.gaps().not_in_newest == ((FORKED["id"], FORKED["title"], None),)


def answered_by(slug: str) -> dict[str, Any]:
    """A conversation whose reply and choice name a model; nothing else of it tells when it was exported."""
    value = copy.deepcopy(SOUP)
    value["default_model_slug"] = slug
    for node in value["mapping"].values():
        if node["message"]:
            node["message"]["metadata"] |= {"model_slug": slug, "default_model_slug": slug}
    return value


def test_the_first_export_tells_which_model_answered_in_any_order_of_imports(tmp_path: Path) -> None:
    """Later ones name the successor; they are listed, and said beside the reply."""
    exports = [
        dated(tmp_path / "2025.zip", 2025, [answered_by("gpt-4o")]),
        dated(tmp_path / "2026.zip", 2026, [answered_by("gpt-5-5-thinking")]),
        dated(tmp_path / "2027.zip", 2027, [answered_by("gpt-4o")]),
        dated(tmp_path / "2024.zip", 2024, [answered_by("gpt-5-5-thinking"), RIVERS]),
    ]
    for name, several, slug in (("three", exports[:3], "gpt-4o"), ("four", exports, "gpt-5-5-thinking")):
        dumps = []
        for number, ordered in enumerate((several, several[::-1], several[1:] + several[:1])):
            for path in ordered:
                imported(tmp_path / f"{name} {number}", path)
            dumps.append(dump_of(tmp_path / f"{name} {number}")[SOUP["id"]])
        assert all(dump == dumps[0] for dump in dumps)
        reply = dumps[0]["messages"][-1]
        other = ({"gpt-4o", "gpt-5-5-thinking"} - {slug}).pop()
        assert (reply["model"], reply["asked"], dumps[0]["default_model"]) == (slug, slug, slug)
        assert f"model_slug in another export: {other}" in reply["notes"]
        with Archive.open(tmp_path / f"{name} 0") as archive:
            found = {each.path: (each.kept, each.others) for each in archive.disagreements(SOUP["id"])}
        assert found[f"mapping.{reply['id']}.message.metadata.model_slug"] == (slug, (other,))


def rated(year: int, rating: str, words: str = "") -> dict[str, Any]:
    """What the person said of the reply about soup in a year."""
    record = builders.feedback(SOUP, list(builders.messages(SOUP))[-1], rating=rating)
    return record | {"update_time": f"{year}-05-06T12:55:00Z", "content": json.dumps({"text": words})}


@pytest.mark.parametrize("ratings", [("thumbs_up", "thumbs_down"), ("thumbs_down", "thumbs_up")])
def test_of_two_ratings_the_newer_counts_and_the_words_of_both_stay(tmp_path: Path, ratings: tuple[str, str]) -> None:
    """In one file or two, in any order; that they differ is listed."""
    records = [rated(2024, ratings[0], "Why I said so."), rated(2026, ratings[1])]
    paths = [
        builders.write_zip(tmp_path / f"{number}.zip", [SOUP], sidecars={"message_feedback.json": [record]})
        for number, record in enumerate(records)
    ]
    both = builders.write_zip(tmp_path / "both.zip", [SOUP], sidecars={"message_feedback.json": records})
    dumps = []
    for name, order in (("forwards", paths), ("backwards", paths[::-1]), ("at once", [both])):
        imported(tmp_path / name, *order)
        dumps.append(dump_of(tmp_path / name)[SOUP["id"]])
        with Archive.open(tmp_path / name) as archive:
            found = [each for each in archive.disagreements(SOUP["id"]) if each.path.endswith(".rating")]
        assert [(each.kept, each.others) for each in found] == [(ratings[1], (ratings[0],))]
    assert dumps[0] == dumps[1] == dumps[2]
    reply = dumps[0]["messages"][-1]
    assert reply["rating"] == ratings[1]
    assert "Why I said so." in reply["notes"][0]
    assert f"earlier rating: {ratings[0]}" in reply["notes"][0]


def test_a_rating_of_a_message_that_is_nowhere_is_told(tmp_path: Path) -> None:
    """The chat was removed; when another export brings it, its rating is there."""
    sidecars = {"message_feedback.json": [rated(2024, "thumbs_up")]}
    ratings = builders.write_zip(tmp_path / "ratings.zip", [RIVERS], sidecars=sidecars)
    soup = builders.write_zip(tmp_path / "soup.zip", [SOUP], sidecars={})
    (problem,) = imported(tmp_path / "archive", ratings).problems
    assert "in no export so far" in problem.what
    assert not imported(tmp_path / "archive", soup).problems
    assert dump_of(tmp_path / "archive")[SOUP["id"]]["messages"][-1]["rating"] == "thumbs_up"
    assert not imported(tmp_path / "at once", ratings, soup).problems
