"""Exports written on the fly for the tests, and by that the shortest description of the provider's format.

    talk = builders.conversation("Rivers", [("user", "Name one."), ("assistant", "The Danube.", {"model": "gpt-4"})])
    path = builders.write_zip(tmp_path / "export.zip", [talk], layout="shards")

Read in this order:

    drafts          one message before it has a place: user(), assistant(), tool(), call(), unknown()
    conversations   the tree around them: conversation(), branching(), chain()
    media           pictures, voice, attachments
    tools           programs, web pages, canvas, memories, thoughts, errors
    context         custom instructions and remembered facts
    citations       sources inside an answer
    eras            the same conversation as other years write it: earliest(), of_2023(), slim(), from_api(), paged()
    files           the smallest valid PNG, WAV, WebP
    sidecars        user.json, message_feedback.json, chat.html …
    sampler         one_of_everything(): a message of every kind
    layouts         how all of it lies in a zip or folder: write_zip(), write_folder(), write_json()

Nothing here is random and nothing looks at the clock.
"""

from tests.builders.citations import Source, cited, cited_in_2023, marker
from tests.builders.context import custom_instructions, remembered
from tests.builders.conversations import (
    ROOT,
    START,
    branching,
    chain,
    conversation,
    conversation_id,
    messages,
    texts,
)
from tests.builders.drafts import Draft, Object, Turn, assistant, call, code, system, text, tool, unknown, user
from tests.builders.eras import captured, earliest, from_api, of_2023, paged, slim
from tests.builders.files import (
    FileInExport,
    document,
    file_id,
    generated_picture,
    jpeg,
    picture,
    png,
    sound,
    wav,
    webp,
)
from tests.builders.layouts import (
    LAYOUTS,
    Layout,
    json_bytes,
    library_entry,
    members,
    write_folder,
    write_json,
    write_members,
    write_zip,
    zip_bytes,
)
from tests.builders.media import (
    attachment,
    audio_pointer,
    file_sent,
    image_pointer,
    multimodal,
    picture_made,
    picture_made_by_gpt4o,
    picture_sent,
    spoken_by_model,
    spoken_by_user,
    transcription,
)
from tests.builders.sampler import Sample, one_of_everything
from tests.builders.sidecars import USER, chat_html, feedback, shared, usual
from tests.builders.tools import (
    app_content,
    browsed,
    canvas_created,
    canvas_updated,
    code_run,
    connector_output,
    memory,
    quote,
    research_report,
    screen_of_computer,
    system_error,
    thoughts,
    web_page,
    writing_block,
)

__all__ = [
    "LAYOUTS",
    "ROOT",
    "START",
    "USER",
    "Draft",
    "FileInExport",
    "Layout",
    "Object",
    "Sample",
    "Source",
    "Turn",
    "app_content",
    "assistant",
    "attachment",
    "audio_pointer",
    "branching",
    "browsed",
    "call",
    "canvas_created",
    "canvas_updated",
    "captured",
    "chain",
    "chat_html",
    "cited",
    "cited_in_2023",
    "code",
    "code_run",
    "connector_output",
    "conversation",
    "conversation_id",
    "custom_instructions",
    "document",
    "earliest",
    "feedback",
    "file_id",
    "file_sent",
    "from_api",
    "generated_picture",
    "image_pointer",
    "jpeg",
    "json_bytes",
    "library_entry",
    "marker",
    "members",
    "memory",
    "messages",
    "multimodal",
    "of_2023",
    "one_of_everything",
    "paged",
    "picture",
    "picture_made",
    "picture_made_by_gpt4o",
    "picture_sent",
    "png",
    "quote",
    "remembered",
    "research_report",
    "screen_of_computer",
    "shared",
    "slim",
    "sound",
    "spoken_by_model",
    "spoken_by_user",
    "system",
    "system_error",
    "text",
    "texts",
    "thoughts",
    "tool",
    "transcription",
    "unknown",
    "user",
    "usual",
    "wav",
    "web_page",
    "webp",
    "write_folder",
    "write_json",
    "write_members",
    "write_zip",
    "writing_block",
    "zip_bytes",
]
