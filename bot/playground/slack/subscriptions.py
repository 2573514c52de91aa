"""Subscriptions: the events that an app can ask for, and the scopes of which each needs one.

Source: docs.slack.dev/reference/events, as far as bots may subscribe.
"""

from collections.abc import Mapping

_PLACES = ("channels:read", "groups:read")
_FREELY = (
    "app_context_changed app_home_opened app_rate_limited app_uninstalled entity_details_requested "
    "function_executed grid_migration_finished grid_migration_started team_access_granted "
    "team_access_revoked tokens_revoked url_verification"
)
_BY_SCOPE = {
    "app_mentions:read": "app_mention",
    "assistant:write": "assistant_thread_context_changed assistant_thread_started",
    "calls:read": "call_rejected",
    "channels:history": "message.channels channel_history_changed",
    "channels:read": "channel_archive channel_created channel_deleted channel_id_changed "
    "channel_left channel_rename channel_unarchive",
    "dnd:read": "dnd_updated_user",
    "emoji:read": "emoji_changed",
    "files:read": "file_change file_created file_deleted file_public file_shared file_unshared",
    "groups:history": "message.groups group_history_changed",
    "groups:read": "group_archive group_close group_deleted group_left group_open group_rename "
    "group_unarchive",
    "im:history": "message.im message.app_home im_history_changed",
    "im:read": "im_close im_created im_open",
    "links:read": "link_shared",
    "metadata.message:read": "message_metadata_deleted message_metadata_posted "
    "message_metadata_updated",
    "mpim:history": "message.mpim",
    "pins:read": "pin_added pin_removed",
    "reactions:read": "reaction_added reaction_removed",
    "team:read": "email_domain_changed team_domain_change team_rename",
    "usergroups:read": "subteam_created subteam_members_changed subteam_self_added "
    "subteam_self_removed subteam_updated",
    "users.profile:read": "user_profile_changed",
    "users:read": "team_join user_change user_huddle_changed user_status_changed",
}
NEEDED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(_FREELY.split(), ()),
    **{event: (scope,) for scope, events in _BY_SCOPE.items() for event in events.split()},
    "channel_shared": _PLACES,
    "channel_unshared": _PLACES,
    "member_joined_channel": _PLACES,
    "member_left_channel": _PLACES,
}
"""Each event with the scopes of which one must have been asked for; none where none is."""
