"""An import keeps the source, stores every conversation, and gives a report that adds up."""

from __future__ import annotations

import copy
import itertools
import os
import random
import signal
import subprocess
import sys
from multiprocessing import active_children
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archiver.archive import Archive
from archiver.errors import Busy, CannotWrite, NotAnExport
from archiver.indexing import Follower
from archiver.ingest import carry_on, import_sources
from archiver.reports import UnusedFile
from tests import builders
from tests.archives import archive_of, dump, dump_of, imported, said


def dump_of_one(folder: Path, path: Path) -> Any:
    """The only conversation of a file, imported alone."""
    imported(folder, path)
    (value,) = dump_of(folder).values()
    return value


SOUP = builders.conversation("Soup", [("user", "A recipe?"), ("assistant", "Leeks and potatoes.")])
RIVERS = builders.conversation("Rivers", [("user", "Name one."), ("assistant", "The Danube.")], created=1_720_000_000.0)
FORKED = builders.branching()


@pytest.mark.parametrize("layout", builders.LAYOUTS)
def test_every_layout_gives_every_text(tmp_path: Path, layout: builders.Layout) -> None:
    """What was in the zip is in the archive, however it was packed."""
    path = builders.write_zip(tmp_path / "export.zip", [SOUP, RIVERS], layout)
    report = imported(tmp_path / "archive", path)
    assert (report.found, report.added, report.failed) == (2, 2, 0)
    texts = itertools.chain.from_iterable(map(said, dump_of(tmp_path / "archive").values()))
    assert {"A recipe?", "Leeks and potatoes.", "Name one.", "The Danube."} <= set(texts)


def test_a_folder_and_a_lone_file_are_sources_too(tmp_path: Path) -> None:
    """Somebody unpacked the zip and kept only the JSON."""
    folder = builders.write_folder(tmp_path / "unpacked", [SOUP])
    file = builders.write_json(tmp_path / "conversations.json", [RIVERS])
    assert imported(tmp_path / "archive", folder, file).added == 2


def test_a_folder_of_other_things_is_not_copied_with_the_export(tmp_path: Path) -> None:
    """Somebody unpacked the export into their downloads: films and letters there are none of our business."""
    folder = builders.write_folder(tmp_path / "Downloads", [SOUP], files=[builders.picture("a cat")])
    (folder / "holiday.mp4").write_bytes(b"film" * (5 << 20))
    report = imported(tmp_path / "archive", folder)
    kept = tmp_path / "archive" / report.sources[0].original
    assert report.added == 1
    assert not (kept / "holiday.mp4").exists()
    assert {path.name for path in folder.iterdir()} - {path.name for path in kept.iterdir()} == {"holiday.mp4"}
    assert "1 other file" in report.problems[0].what


def test_the_original_is_kept_byte_for_byte(tmp_path: Path) -> None:
    """With the SHA-256 that the report names."""
    path = builders.write_zip(tmp_path / "export.zip", [SOUP])
    report = imported(tmp_path / "archive", path)
    assert (tmp_path / "archive" / report.sources[0].original).read_bytes() == path.read_bytes()


def test_importing_the_same_zip_again_changes_nothing(tmp_path: Path) -> None:
    """Everything is counted as unchanged, and only one original is kept."""
    path = builders.write_zip(tmp_path / "export.zip", [SOUP, {"id": "shell", "title": "Empty", "mapping": {}}])
    first = imported(tmp_path / "archive", path)
    before = dump_of(tmp_path / "archive")
    again = imported(tmp_path / "archive", path)
    assert (first.added, first.empty) == (1, 1)
    assert (again.found, again.unchanged, again.empty) == (2, 1, 1)
    assert again.sources[0].is_new is False
    assert dump_of(tmp_path / "archive") == before


def test_a_newer_zip_with_a_longer_conversation_updates_it(tmp_path: Path) -> None:
    """And leaves the others as they are."""
    longer = builders.conversation(
        "Soup", [("user", "A recipe?"), ("assistant", "Leeks and potatoes."), ("user", "Thank you.")], id=SOUP["id"]
    )
    imported(tmp_path / "archive", builders.write_zip(tmp_path / "old.zip", [SOUP, RIVERS]))
    report = imported(tmp_path / "archive", builders.write_zip(tmp_path / "new.zip", [longer, RIVERS]))
    assert (report.updated, report.unchanged) == (1, 1)
    assert said(dump_of(tmp_path / "archive")[SOUP["id"]])[-1] == "Thank you."


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


def test_one_broken_conversation_costs_only_itself(tmp_path: Path) -> None:
    """The rest is there, and the report names the place."""
    path = tmp_path / "conversations.json"
    whole = builders.json_bytes([SOUP, RIVERS])
    path.write_bytes(whole[:1] + b'{"id": "x", "mapping": {"a": tru}}, ' + whole[1:])
    report = imported(tmp_path / "archive", path)
    assert (report.added, report.failed, report.has_losses) == (2, 1, True)
    assert "conversations.json" in report.problems[0].where
    with Archive.open(tmp_path / "archive") as archive:
        assert archive.slice(report.problems[0].slice[:16]) == b'{"id": "x", "mapping": {"a": tru}}'
    assert imported(tmp_path / "archive", path).failed == 1


def test_a_file_that_ends_early_is_said_to_each_time(tmp_path: Path) -> None:
    """Importing it again must not look as if all were well now."""
    whole = builders.write_zip(tmp_path / "whole.zip", [SOUP, RIVERS]).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) - 40])
    assert imported(tmp_path / "archive", tmp_path / "cut.zip").has_losses
    assert imported(tmp_path / "archive", tmp_path / "cut.zip").has_losses


def test_what_is_no_export_leaves_no_archive_content(tmp_path: Path) -> None:
    """Refused before anything is copied."""
    (tmp_path / "letter.zip").write_bytes(b"Dear Sir or Madam")
    with Archive.open(tmp_path / "archive", create=True) as archive, pytest.raises(NotAnExport):
        import_sources(archive, [tmp_path / "letter.zip"])
    with Archive.open(tmp_path / "archive") as archive:
        assert archive.vault.originals() == []
        assert archive.summaries() == []


def test_stopping_and_starting_again_ends_like_an_undisturbed_import(tmp_path: Path) -> None:
    """The person presses Esc in the middle; nothing is read twice or lost."""
    conversations = [
        builders.conversation(f"Talk {number}", created=1_700_000_000.0 + number * 1000) for number in range(40)
    ]
    path = builders.write_zip(tmp_path / "export.zip", conversations, "shards", shard_size=10)
    looks = itertools.count()
    with Archive.open(tmp_path / "archive", create=True) as archive:
        stopped = import_sources(archive, [path], cancelled=lambda: next(looks) > 20)
    assert stopped.was_stopped
    assert 0 < stopped.added < 40
    report = imported(tmp_path / "archive", path)
    assert (report.found, report.unchanged) == (40, stopped.added)
    imported(tmp_path / "undisturbed", path)
    assert dump_of(tmp_path / "archive") == dump_of(tmp_path / "undisturbed")


def test_a_second_import_at_the_same_time_is_told_who_is_busy(tmp_path: Path) -> None:
    """Two windows must not write one archive."""
    path = builders.write_zip(tmp_path / "export.zip", [SOUP])
    with Archive.open(tmp_path / "archive", create=True) as archive, archive.writing(), pytest.raises(Busy):
        import_sources(archive, [path])


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_a_killed_import_leaves_an_archive_that_opens_and_can_be_completed(tmp_path: Path) -> None:
    """kill -9 at random moments; then the same command again."""
    conversations = [
        builders.conversation(f"Talk {number}", created=1_700_000_000.0 + number * 1000) for number in range(300)
    ]
    path = builders.write_zip(tmp_path / "export.zip", conversations, "shards", shard_size=50)
    imported(tmp_path / "undisturbed", path)
    expected = dump_of(tmp_path / "undisturbed")
    command = [sys.executable, "-m", "archiver", "--archive", str(tmp_path / "archive"), "import", str(path)]
    moments = random.Random(7)
    for _attempt in range(6):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ)
        try:
            process.wait(timeout=moments.uniform(0.05, 0.8))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        if (tmp_path / "archive" / "library.sqlite").exists():
            with Archive.open(tmp_path / "archive") as archive:
                found = dump(archive)
                assert all(expected[id_] == value for id_, value in found.items())
                assert not [problem for problem in archive.verify().damaged if problem.where == "library.sqlite"]
    imported(tmp_path / "archive", path)
    assert dump_of(tmp_path / "archive") == expected
    with Archive.open(tmp_path / "archive") as archive:
        assert archive.verify().is_whole
        assert archive.search("talk").conversations == 300


def test_an_import_that_was_stopped_says_so_until_it_is_carried_on(tmp_path: Path) -> None:
    """Half an archive must never be called whole; the rest is read from the kept copy."""
    talks = [builders.conversation(f"Talk {number}", created=1_700_000_000.0 + number * 1000) for number in range(40)]
    path = builders.write_zip(tmp_path / "export.zip", talks, "shards", shard_size=10)
    looks = itertools.count()
    with Archive.open(tmp_path / "archive", create=True) as archive:
        import_sources(archive, [path], cancelled=lambda: next(looks) > 20)
        path.unlink()
        assert [info.name for info in archive.unfinished()] == ["export.zip"]
        assert "stopped before the end" in archive.verify().damaged[0].what
        report = carry_on(archive)
        assert report.found == 40
        assert archive.unfinished() == []
        assert archive.verify().is_whole
        assert archive.search("talk").conversations == 40


def test_words_are_found_while_the_import_goes_on(tmp_path: Path) -> None:
    """People start looking at once; what is stored is indexed by another process meanwhile."""
    talks = [builders.conversation(f"Talk {number}", created=1_700_000_000.0 + number * 10) for number in range(1100)]
    path = builders.write_zip(tmp_path / "export.zip", talks)
    found: list[int] = []
    with Archive.open(tmp_path / "archive", create=True) as archive:
        follow = Follower.follow

        def follow_and_wait(follower: Follower) -> None:
            follow(follower)
            while not archive.search("talk").total:
                follower.look()
            found.append(archive.search("talk").conversations)

        with mock.patch.object(Follower, "follow", follow_and_wait):
            import_sources(archive, [path])
        assert found[0] == 500
        assert archive.search("talk").conversations == 1100
        assert archive.index_waiting() == 0


def test_an_import_goes_on_when_its_index_cannot(tmp_path: Path) -> None:
    """The process that makes it may be ended by whoever needs the memory; the next search carries on."""
    talks = [builders.conversation(f"Talk {number}", created=1_700_000_000.0 + number * 10) for number in range(600)]
    path = builders.write_zip(tmp_path / "export.zip", talks)
    with Archive.open(tmp_path / "archive", create=True) as archive:
        follow = Follower.follow

        def follow_and_end(follower: Follower) -> None:
            follow(follower)
            for child in active_children():
                child.kill()

        with mock.patch.object(Follower, "follow", follow_and_end):
            report = import_sources(archive, [path])
        assert (report.added, report.was_stopped) == (600, False)
        assert archive.index_waiting() == 0
        assert archive.search("talk").conversations == 600


def test_an_archive_on_a_medium_that_cannot_be_written_can_be_read(tmp_path: Path) -> None:
    """A USB stick with its switch on, or a backup mounted read-only."""
    archive_of(tmp_path, [SOUP]).close()
    folder, mounted = tmp_path / "archive", tmp_path / "mounted"
    mounted.mkdir()
    commands = (
        ["mount", "--bind", str(folder), str(mounted)],
        ["mount", "-o", "remount,ro,bind", str(mounted)],
    )
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can mount")
    if any(subprocess.run(command, capture_output=True, check=False).returncode for command in commands):
        pytest.skip("this machine does not let tests mount")
    try:
        with Archive.open(mounted) as archive:
            archive.catch_up()
            assert archive.search("leeks").total == 1
            assert said(dump(archive)[SOUP["id"]])[-1] == "Leeks and potatoes."
            with pytest.raises(CannotWrite):
                import_sources(archive, [builders.write_zip(tmp_path / "more.zip", [RIVERS])])
    finally:
        subprocess.run(["umount", "--lazy", str(mounted)], check=True)


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


def test_one_refused_file_does_not_stop_the_others(tmp_path: Path) -> None:
    """It is named in the report, and nothing of it is kept."""
    (tmp_path / "letter.zip").write_bytes(b"Dear Sir or Madam")
    first = builders.write_zip(tmp_path / "a.zip", [SOUP])
    second = builders.write_zip(tmp_path / "b.zip", [RIVERS])
    report = imported(tmp_path / "archive", first, tmp_path / "letter.zip", second)
    assert (report.added, report.has_losses) == (2, True)
    assert "letter.zip" in report.problems[0].where
    with Archive.open(tmp_path / "archive") as archive:
        assert len(archive.vault.originals()) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_file_name_in_no_encoding_is_imported(tmp_path: Path) -> None:
    """Names are bytes; what cannot be written as text is replaced."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.zip"))
    builders.write_zip(path, [SOUP])
    assert imported(tmp_path / "archive", path).added == 1


def test_a_row_nested_without_end_costs_only_itself(tmp_path: Path) -> None:
    """Deeper than any parser likes, and without an id."""
    path = tmp_path / "conversations.json"
    whole = builders.json_bytes([SOUP, RIVERS])
    path.write_bytes(whole[:1] + b'{"a":' * 300 + b"1" + b"}" * 300 + b"," + whole[1:])
    assert imported(tmp_path / "archive", path).added == 2


def test_a_fault_of_this_program_costs_one_conversation_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What people bring cannot be replaced; a mistake of ours must not stand in the way of the rest."""
    from archiver.importers.chatgpt.importer import ChatGPT

    understand = ChatGPT.understand

    def fail_on_soup(self: ChatGPT, value: dict[str, Any], *more: Any) -> Any:
        if value["title"] == "Soup":
            raise KeyError("unexpected")
        return understand(self, value, *more)

    monkeypatch.setattr(ChatGPT, "understand", fail_on_soup)
    path = builders.write_zip(tmp_path / "export.zip", [SOUP, RIVERS])
    report = imported(tmp_path / "archive", path)
    assert (report.added, report.failed) == (1, 1)
    with Archive.open(tmp_path / "archive") as archive:
        assert b"Leeks" in archive.slice(report.problems[0].slice)


def test_a_library_of_no_bytes_is_made_anew(tmp_path: Path) -> None:
    """A full disk may leave one."""
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "library.sqlite").touch()
    assert imported(tmp_path / "archive", builders.write_zip(tmp_path / "export.zip", [SOUP])).added == 1


def test_an_archive_folder_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    """Somebody swapped the two paths."""
    (tmp_path / "file").touch()
    with pytest.raises(CannotWrite, match="is a file"):
        Archive.open(tmp_path / "file" / "archive", create=True)


PLAN = builders.FileInExport("file_00aa", "plan.pdf", b"%PDF-1.4", "", "application/pdf", False, "it", "talk")
TALK = builders.conversation(
    "A plan", [builders.user("Make me a plan.", id="ask"), builders.assistant("Here you are.", id="it")], id="talk"
)


@pytest.mark.parametrize("order", [1, -1])
def test_a_list_of_files_tells_of_conversations_that_other_exports_hold(tmp_path: Path, order: int) -> None:
    """Whichever is imported first: the picture is found with its message."""
    listed = builders.write_zip(tmp_path / "listed.zip", [SOUP], "slim", files=[PLAN])
    talk = builders.write_zip(tmp_path / "talk.zip", [TALK])
    for path in (listed, talk)[::order]:
        imported(tmp_path / "archive", path)
    with Archive.open(tmp_path / "archive") as archive:
        (entry,) = archive.asset_list()
        assert (entry.conversation_id, entry.message_id, entry.reference.name) == ("talk", "it", "plan.pdf")
        assert entry.asset is not None
        assert archive.read_asset(entry.asset) == PLAN.data
        assert not archive.gaps().unused_files


def test_a_file_that_no_message_names_is_told_by_name(tmp_path: Path) -> None:
    """In the report by number, among the gaps by name."""
    lonely = builders.FileInExport("file_00cc", "lonely.pdf", b"%PDF-1.4", "", "application/pdf")
    path = builders.write_zip(tmp_path / "export.zip", [TALK], "slim", files=[PLAN, lonely])
    report = imported(tmp_path / "archive", path)
    assert (report.assets_found, report.assets_missing, report.assets_unused) == (1, 0, 1)
    with Archive.open(tmp_path / "archive") as archive:
        assert archive.gaps().unused_files == (UnusedFile("lonely.pdf", "file_00cc.dat", "export.zip", 8),)


def test_chats_do_not_get_each_others_files(tmp_path: Path) -> None:
    """Both name the same path of a workspace; there is one file, and nothing tells whose it is."""
    link = "[Plan](sandbox:/mnt/data/plan.pdf)"
    one, other = (builders.conversation(name, [("user", "Go"), ("assistant", link)]) for name in ("One", "Other"))
    members = {
        "conversations.json": builders.json_bytes([one]),
        "user-Ab0/00ff/mnt/data/plan.pdf": b"%PDF-1.4",
    }
    imported(tmp_path / "archive", builders.write_members(tmp_path / "one.zip", members))
    with Archive.open(tmp_path / "archive") as archive:
        assert archive.asset_list()[0].asset is not None
        assert not archive.gaps().unused_files
    imported(tmp_path / "archive", builders.write_zip(tmp_path / "other.zip", [other]))
    with Archive.open(tmp_path / "archive") as archive:
        assert [entry.asset for entry in archive.asset_list()] == [None, None]
        assert [file.name for file in archive.gaps().unused_files] == ["plan.pdf"]
