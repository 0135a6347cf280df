"""One conversation with a message of every kind, for tests that must not forget any."""

from __future__ import annotations

from typing import NamedTuple

from tests.builders import context, tools
from tests.builders.citations import Source, cited, cited_in_2023
from tests.builders.conversations import conversation
from tests.builders.drafts import Draft, Object, assistant, user
from tests.builders.files import FileInExport, document, generated_picture, picture, sound
from tests.builders.media import (
    file_sent,
    picture_made,
    picture_made_by_gpt4o,
    picture_sent,
    spoken_by_model,
    spoken_by_user,
)

SOURCES = (
    Source("Rivers of Europe", "https://rivers.example.org/europe"),
    Source("The Danube", "https://rivers.example.org/danube"),
)


class Sample(NamedTuple):
    """A conversation and the files that its messages point to."""

    conversation: Object
    files: list[FileInExport]


def one_of_everything(title: str = "One of everything") -> Sample:
    """Every kind of content that is known, in an order that makes some sense."""
    photo, old_photo = picture("river.png"), picture("bridge.png", era=2024)
    heron, poster = generated_picture("heron"), picture("poster.png")
    question, answer = sound("question.wav"), sound("answer.wav")
    notes, chart, screen = document("notes.pdf"), picture("chart.png"), picture("screen.png")
    turns: list[Draft] = [
        user("Which river is this?"),
        picture_sent(photo, "I took the picture this morning."),
        picture_sent(old_photo, "And this one years ago."),
        file_sent(notes, "My notes are attached."),
        *tools.browsed("longest river of Europe", [("Rivers of Europe", SOURCES[0].url, "The Volga is the longest.")]),
        cited_in_2023("It may be the Danube{0}{1}.", SOURCES),
        tools.web_page("The Danube passes ten countries.", "The Danube", SOURCES[1].url),
        cited("It passes ten countries{1} and ends in a delta{0,1}.", SOURCES),
        *tools.code_run("print(2850 / 10)", "285.0", pictures=[chart]),
        *tools.code_run("1 / 0", "division by zero", error="ZeroDivisionError"),
        *picture_made(heron, "A heron at dawn"),
        *picture_made_by_gpt4o(poster, "A poster of a river", "River poster"),
        *tools.canvas_created("Letter to the river", "Dear river,\n\nyou are long."),
        *tools.canvas_updated("Letter to the river", [("long", "patient")]),
        tools.writing_block("Dear Anna,\nhow are you?", edited="Dear Anna,\nhow is the river?", subject="A letter"),
        *tools.memory("Likes rivers."),
        *tools.thoughts(("Thinking of deltas", "The delta is wide."), model="o3"),
        assistant("A delta is a fan of small rivers.", model="o3"),
        spoken_by_user("Can you hear the water?", question),
        spoken_by_model("Only through you.", answer),
        tools.screen_of_computer(screen),
        tools.connector_output("Thursday: walk by the river"),
        tools.app_content("river.txt: open in the editor"),
        tools.system_error("The page did not answer."),
        *tools.research_report("Why do rivers bend?", "Because water on the outside is faster."),
        assistant("We have used up the larger model.", model="gpt-4o-mini").noting(
            model_adjustments=["auto:smaller_model:reached_message_cap"]
        ),
    ]
    instructions = context.custom_instructions("I live near a river.", "Be brief.")
    files = [photo, old_photo, heron, poster, question, answer, notes, chart, screen]
    return Sample(conversation(title, turns, instructions=instructions), files)
