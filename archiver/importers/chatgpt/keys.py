"""The keys of the provider's objects that are known so far, so that a new one is noticed and counted.

Exports change without notice; a key nobody has seen before is often the first sign of content that would otherwise be
missed. Objects repeat the same few key orders millions of times, so a verdict is remembered per key order: the common
case is one look-up.
"""

from __future__ import annotations

from typing import NamedTuple


def words(listed: str) -> frozenset[str]:
    """Keys from a list written as words."""
    return frozenset(listed.split())


CONVERSATION = words("""
    async_status atlas_mode_enabled blocked_urls context_scopes context_truncation_continuation conversation_id
    conversation_origin conversation_template_id create_time current_node default_model_slug disabled_tool_ids
    gizmo_id gizmo_type id is_archived is_do_not_remember is_read_only is_starred is_study_mode is_temporary_chat
    mapping memory_scope moderation_results owner page_info pinned_time plugin_ids safe_urls sectioned_conversation
    sugar_item_id sugar_item_visible title update_time voice workspace_id _id type
    """)
NODE = words("id message parent children")
MESSAGE = words("""
    author channel children content create_time end_turn id message_id metadata node_id parent parent_id
    parent_message_id recipient role status update_time weight
    """)
"""Messages that come in a list name the one before them and themselves as nodes do elsewhere."""
AUTHOR = frozenset(("role", "name", "metadata"))
METADATA = words("""
    _cite_metadata ada_visualizations agent_entrypoint agent_kickoff_source aggregate_result app_pairing args
    async_completion_id async_completion_message async_source async_task_conversation_id async_task_created_at
    async_task_id async_task_message_label async_task_original_message_id async_task_prompt
    async_task_status_messages async_task_title async_task_type attachments augmented_paragen_prompt_label
    b1de6e2_rm b1de6e2_s bidi_voice_mode_message branching_from_conversation_id branching_from_conversation_owner
    branching_from_conversation_title call_tool_latency_ms can_save cancelled canvas caterpillar_selected_sources
    chatgpt_sdk chatgpt_sdk_suppressed_response chime_version citations classifier_response clicked_from_title
    clicked_from_url client_reported_search_source cloud_doc_urls code_blocks command composer_auto_search_src
    connector_source connectors_file_search content_references content_references_by_file
    contextual_answers_available_sources contextual_answers_message_type conversation_context_citation_metadata
    conversation_context_citation_metadata_status cot_version cta_by_suggested_connector_id dalle
    debug_sonic_thread_id deep_research_version default_model_slug default_view developer_mode_connector_ids
    dictation dictation_edited disable_turn_actions display_title display_url exclusive_key filter_out_for_training
    finish_details finished_duration_sec finished_text followup_prompts generation_index gizmo_id
    has_sensitive_connector_data hide_inline_actions image_gen_async image_gen_group_id image_gen_multi_stream
    image_gen_paragen_metadata image_gen_task_id image_gen_title image_results initial_text invoked_plugin
    invoked_resource is_async_task_result_message is_complete is_contextual_answers_supported
    is_contextual_answers_system_message is_contextual_retry_user_message is_error is_loading_message is_redacted
    is_temporal_turn is_thinking_preamble_message is_user_system_message is_visually_hidden_from_conversation
    is_visually_hidden_reasoning_group jit_plugin_data kwargs language memory_percentage_used message_locale
    message_source message_type model_adjustments model_slug model_switcher_deny n7jupd_crefs n7jupd_crefs_by_file
    n7jupd_message n7jupd_schedulable n7jupd_subtool n7jupd_summary n7jupd_title n7jupd_titles n7jupd_url
    n7jupd_urls n7jupd_v needs_startup pad paragen_variant_choice paragen_variants_info parent_id
    pending_memory_info permissions personal_sources poll_freshness_max_mins poll_interval_ms
    poll_on_websocket_inactivity_ms pro_skipped prompt_expansion_predictions real_author_id real_author_title
    real_author_type real_time_audio_has_video reasoning_end_time reasoning_group_id reasoning_recap_type
    reasoning_start_time reasoning_status reasoning_title rebase_developer_message rebase_system_message request_id
    requested_model_slug resolved_model_slug response_message_id retrieval_file_index retrieval_search_sources
    retrieval_turn_number safe_urls search_display_string search_model_queries search_queries search_result_groups
    search_source search_turns_count searched_display_string selected_github_repos selected_image_message_id
    selected_mcp_sources selected_sources serialization_metadata shared_conversation_id skip_reasoning_title
    snorkle_status sonic_classification_result source source_analysis_msg_id status stop_reason stream_topic_id
    suggested_connector_ids summarization_headline system_hints targeted_reply targeted_reply_label
    targeted_reply_source_message_id targeted_reply_source_range thinking_effort timestamp_ token_count
    tool_invoked_message tool_invoking_message trigger_async_ux triggered_by_system_hint_suggestion
    turn_exchange_id turn_trace_id user_context_message_data useragent venus_message venus_message_type
    venus_model_variant venus_widget_state voice_mode_message voice_session_id working_turn_id writing_blocks
    """)
WITH_CONTENT = words("""
    ada_visualizations aggregate_result attachments canvas chatgpt_sdk code_blocks pending_memory_info
    search_result_groups targeted_reply user_context_message_data venus_widget_state writing_blocks
    """)
"""Metadata keys that hold something to read."""
WITH_VISIBILITY = words("""
    is_contextual_answers_system_message is_user_system_message is_visually_hidden_from_conversation
    rebase_developer_message rebase_system_message
    """)
"""Metadata keys that decide what the provider's own screen shows."""

WITH_MODELS = words("default_model_slug model_slug requested_model_slug resolved_model_slug")
WITH_NOTES = words("""
    async_task_title branching_from_conversation_id branching_from_conversation_title image_gen_title
    is_async_task_result_message model_adjustments paragen_variant_choice real_author_title voice_mode_message
    """)
"""Metadata keys that are worth showing in a message's details."""
WITH_DETAILS = words("""
    _cite_metadata ada_visualizations aggregate_result app_pairing args async_completion_message
    async_task_message_label async_task_prompt async_task_status_messages attachments augmented_paragen_prompt_label
    canvas caterpillar_selected_sources chatgpt_sdk chatgpt_sdk_suppressed_response citations classifier_response
    clicked_from_title clicked_from_url cloud_doc_urls code_blocks command connector_source connectors_file_search
    content_references content_references_by_file contextual_answers_available_sources
    conversation_context_citation_metadata dalle display_title display_url finished_text followup_prompts
    image_gen_paragen_metadata image_results initial_text invoked_plugin invoked_resource jit_plugin_data kwargs
    model_switcher_deny n7jupd_crefs n7jupd_crefs_by_file n7jupd_message n7jupd_summary n7jupd_title n7jupd_titles
    n7jupd_url n7jupd_urls paragen_variants_info pending_memory_info permissions personal_sources
    prompt_expansion_predictions reasoning_title search_display_string search_model_queries search_queries
    search_result_groups searched_display_string selected_github_repos selected_mcp_sources selected_sources
    serialization_metadata snorkle_status sonic_classification_result suggested_connector_ids summarization_headline
    system_hints targeted_reply targeted_reply_label tool_invoked_message tool_invoking_message
    user_context_message_data venus_message venus_widget_state writing_blocks
    """)
"""Metadata keys that can hold words of people, models or tools besides what becomes a part of the message."""
SWITCHES = words("""
    branching_from_conversation_id branching_from_conversation_owner can_save finish_details generation_index gizmo_id
    is_complete is_visually_hidden_from_conversation message_type pad parent_id rebase_developer_message
    rebase_system_message request_id timestamp_ turn_exchange_id turn_trace_id useragent voice_session_id
    working_turn_id
    """)
"""Metadata keys that surely hold no words, or none that may be shown: who owns a chat, with which browser."""
_WITHOUT_DETAILS = SWITCHES | WITH_VISIBILITY | WITH_MODELS | WITH_NOTES
_REMEMBERED = 4096
"""Key orders a cache keeps; only data made to fill memory has more."""


class Shape(NamedTuple):
    """What an order of keys tells before looking at any value."""

    unknown: tuple[str, ...]
    """New keys, with the name of the object before them."""
    content: tuple[str, ...] = ()
    visibility: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_rich: bool = False
    """Whether there is more to a message with this metadata than its content."""
    names_models: bool = False
    details: tuple[str, ...] = ()


class Shapes(dict[tuple[str, ...], Shape]):
    """From the keys of an object, in their order, to what they tell."""

    def __init__(self, name: str, known: frozenset[str]) -> None:
        super().__init__()
        self.name = name
        self.known = known

    def __missing__(self, keys: tuple[str, ...]) -> Shape:
        content = tuple(key for key in keys if key in WITH_CONTENT)
        visibility = tuple(key for key in keys if key in WITH_VISIBILITY)
        shape = Shape(
            tuple(f"{self.name}.{key}" for key in keys if key not in self.known),
            content,
            visibility,
            tuple(key for key in keys if key in WITH_NOTES),
            bool(content or visibility),
            not WITH_MODELS.isdisjoint(keys),
            tuple(key for key in keys if key in self.known and key not in _WITHOUT_DETAILS),
        )
        if len(self) < _REMEMBERED:
            self[keys] = shape
        return shape


CONVERSATION_SHAPES = Shapes("conversation", CONVERSATION)
NODE_SHAPES = Shapes("node", NODE)
MESSAGE_SHAPES = Shapes("message", MESSAGE)
AUTHOR_SHAPES = Shapes("author", AUTHOR)
METADATA_SHAPES = Shapes("metadata", METADATA)
