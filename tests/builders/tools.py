"""Messages around tools: programs, web pages, canvas documents, memories, thoughts, errors.

A tool's work is a chain of messages: the model calls it (``recipient`` names the tool), the tool answers
(``author.name`` names it), the model speaks. Functions that give a list give such a chain:
``turns=[user("…"), *code_run(…), assistant("…")]``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tests.builders.drafts import Draft, Object, assistant, call, code, tool
from tests.builders.files import FileInExport


def code_run(program: str, output: str, *, pictures: Sequence[FileInExport] = (), error: str = "") -> list[Draft]:
    """A program, and what it printed; charts it drew are known only to ``aggregate_result``."""
    drawn = [
        {
            "message_type": "image",
            "time": 0.5,
            "sender": "server",
            "image_url": picture.pointer,
            "width": 4,
            "height": 3,
        }
        for picture in pictures
    ]
    failure = {"name": error, "traceback": [f"{error}: {output}"], "args": [output], "notes": []} if error else None
    result = {
        "status": "failed_with_in_kernel_exception" if error else "success",
        "run_id": "00000000-0000-4000-8000-00000000c0de",
        "code": program,
        "final_expression_output": None if error else output,
        "in_kernel_exception": failure,
        "system_exception": None,
        "messages": drawn,
        "jupyter_messages": [],
        "timeout_triggered": None,
    }
    printed = {"content_type": "execution_output", "text": output}
    return [
        call("python", code(program)),
        tool("python", printed, metadata={"is_complete": True, "aggregate_result": result}),
    ]


def browsed(query: str, pages: Sequence[tuple[str, str, str]]) -> list[Draft]:
    """A search of 2023: the list of results and a quotation of every page ``(title, url, text)``."""
    domains = [url.split("/")[2] for _, url, _ in pages]
    found = "\n".join(
        f"# 【{number}†{title}†{domain}】\n{words[:80]}"
        for number, ((title, _, words), domain) in enumerate(zip(pages, domains, strict=True))
    )
    display: Object = {
        "content_type": "tether_browsing_display",
        "result": found,
        "summary": None,
        "assets": [],
        "tether_id": None,
    }
    quotations = [
        tool("browser", quote(words, title, url), metadata={"command": "click"}) for title, url, words in pages
    ]
    return [
        call("browser", f'search("{query}")'),
        tool("browser", display, metadata={"command": "search"}),
        *quotations,
    ]


def quote(words: str, title: str, url: str) -> Object:
    """A passage of a page, or of an uploaded document where ``url`` is a file id."""
    domain = url.split("/")[2] if "/" in url else title
    return {
        "content_type": "tether_quote",
        "url": url,
        "domain": domain,
        "text": words,
        "title": title,
        "tether_id": None,
    }


def web_page(words: str, title: str, url: str, ref: str = "turn0search0") -> Draft:
    """A whole page that the model read in 2025."""
    content = {
        "content_type": "sonic_webpage",
        "url": url,
        "domain": url.split("/")[2],
        "title": title,
        "text": words,
        "snippet": words[:80],
        "pub_date": None,
        "crawl_date": None,
        "pub_timestamp": None,
        "ref_id": ref,
    }
    return tool("web", content)


def canvas_created(title: str, words: str, *, kind: str = "document", textdoc: str = "textdoc-1") -> list[Draft]:
    """A canvas document: its text stands in the call, its id in the answer."""
    body = {"name": title, "type": kind, "content": words}
    return [
        call("canmore.create_textdoc", json.dumps(body, ensure_ascii=False)),
        _canvas_answer("canmore.create_textdoc", title, kind, textdoc, 1),
    ]


def canvas_updated(
    title: str, updates: Sequence[tuple[str, str]], *, version: int = 2, textdoc: str = "textdoc-1"
) -> list[Draft]:
    """A change of a canvas document: regular expressions and what to put in their place."""
    body = {
        "updates": [
            {"pattern": pattern, "multiple": False, "replacement": replacement} for pattern, replacement in updates
        ]
    }
    return [
        call("canmore.update_textdoc", json.dumps(body, ensure_ascii=False)),
        _canvas_answer("canmore.update_textdoc", title, "document", textdoc, version),
    ]


def writing_block(words: str, *, edited: str = "", title: str = "", subject: str = "", block: str = "38274") -> Draft:
    """A text in a box inside an answer; what the person made of it is in the metadata only."""
    inline = f':::writing{{variant="email" id="{block}" subject="{subject}"}}\n{words}\n:::'
    note = {
        "id": block,
        "content": edited or words,
        "edited": bool(edited),
        "title": title or None,
        "variant": "email",
        "metadata": {"recipient": None, "subject": subject},
        "updated_at": "2026-05-01T09:00:00Z",
        "previewable": False,
    }
    return assistant(f"Here is a draft.\n\n{inline}").noting(writing_blocks={"0": note})


def memory(words: str) -> list[Draft]:
    """The model writes something down about the person."""
    said = {"content_type": "text", "parts": [words]}
    return [call("bio", said), tool("bio", "Model set context updated.")]


def thoughts(*steps: tuple[str, str], recap: str = "Thought for 7 seconds", **fields: Any) -> list[Draft]:
    """What a reasoning model thought, as (summary, content) steps, and how long it took."""
    listed = [{"summary": title, "content": words, "chunks": [words], "finished": True} for title, words in steps]
    content = {"content_type": "thoughts", "thoughts": listed, "source_analysis_msg_id": "analysis-1"}
    recapped = {"content_type": "reasoning_recap", "content": recap}
    return [assistant(content, end_turn=False, **fields), assistant(recapped, end_turn=False, **fields)]


def system_error(words: str, name: str = "tool_error") -> Draft:
    """Something went wrong in a tool."""
    return tool("browser", {"content_type": "system_error", "name": name, "text": words})


def screen_of_computer(file: FileInExport, *, title: str = "Trains", url: str = "https://example.org/trains") -> Draft:
    """What the agent saw on its own screen."""
    pointer = {
        "content_type": "image_asset_pointer",
        "asset_pointer": file.pointer,
        "size_bytes": len(file.data),
        "width": 4,
        "height": 3,
        "fovea": 512,
        "metadata": None,
    }
    state = {
        "type": "computer_initialize_state",
        "id": "1",
        "title": title,
        "url": url,
        "dom": None,
        "os_name": "Linux",
    }
    content = {
        "content_type": "computer_output",
        "computer_id": "1",
        "screenshot": pointer,
        "state": state,
        "tether_id": 1,
        "is_ephemeral": None,
    }
    return tool("computer.do", content)


def connector_output(words: str, title: str = "Calendar") -> Draft:
    """What a connected service gave back."""
    source = {"connector_id": "connector-1", "connector_source": "calendar", "display_title": title, "display_url": ""}
    return tool(
        "api_tool",
        {"content_type": "citable_code_output", "output_str": words, "metadata": source, "tether_id": 2},
    )


def app_content(words: str) -> Draft:
    """Text that the desktop program took from another window."""
    return tool("app-pairing", {"content_type": "app_pairing_content", "text": words})


def research_report(question: str, report: str) -> list[Draft]:
    """Deep research: the kick-off, and the report that comes as a message of its own much later."""
    started = {"async_task_id": "deepresch_1", "async_task_title": question, "async_task_type": "research"}
    finished = {"is_async_task_result_message": True, "async_task_id": "deepresch_1"}
    return [
        call("research_kickoff_tool.start_research_task", json.dumps({"task": question}), model="research"),
        tool("research_kickoff_tool.start_research_task", "Research started.", metadata=started),
        assistant(report, model="research").noting(**finished),
    ]


def _canvas_answer(name: str, title: str, kind: str, textdoc: str, version: int) -> Draft:
    canvas = {
        "textdoc_id": textdoc,
        "textdoc_type": kind,
        "version": version,
        "title": title,
        "create_source": "model",
        "has_user_edit": False,
    }
    said = f"Successfully {'created' if version == 1 else 'updated'} text document with id '{textdoc}'."
    return tool(name, said, metadata={"canvas": canvas})
