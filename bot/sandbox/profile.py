"""How the bot presents itself: name, descriptions, menu button, commands by scope and language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.sandbox.errors import bad_request
from bot.sandbox.parameters import Parameters

Commands = list[dict[str, str]]
Scope = tuple[str, int]  # its type, and the chat's id where the type names a chat

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_GROUP_SCOPES = frozenset(
    {"all_group_chats", "all_chat_administrators", "chat_administrators", "chat_member"}
)
_MAXIMUM_COMMANDS = 100
_LENGTHS = {"name": 64, "description": 512, "short_description": 120}


@dataclass(slots=True)
class Profile:
    name: str = "Marshrut"
    texts: dict[tuple[str, str], str] = field(default_factory=dict)  # by kind of text and language
    commands: dict[tuple[Scope, str], Commands] = field(default_factory=dict)
    menu_buttons: dict[int, dict[str, object]] = field(default_factory=dict)  # 0: for every chat

    def text(self, kind: str, language: str) -> str:
        return self.texts.get((kind, language)) or self.texts.get((kind, ""), "")

    def set_text(self, kind: str, parameters: Parameters) -> None:
        text = parameters.string(kind)
        if len(text) > _LENGTHS[kind]:
            raise bad_request(f"{kind.replace('_', ' ')} is too long")
        self.texts[kind, parameters.string("language_code")] = text

    def set_commands(self, scope: Scope, parameters: Parameters) -> None:
        commands = [_command(entry) for entry in parameters.sequence("commands") or []]
        if len(commands) > _MAXIMUM_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        self.commands[scope, parameters.string("language_code")] = commands

    def commands_seen_by(self, person_id: int, language: str) -> Commands:
        """The narrowest scope that has commands wins, as the Bot API documents."""
        scopes: list[Scope] = [("chat", person_id), ("all_private_chats", 0), ("default", 0)]
        for scope in scopes:
            for code in (language, ""):
                if commands := self.commands.get((scope, code)):
                    return commands
        return []


def scope_of(parameters: Parameters) -> Scope:
    scope = parameters.mapping("scope") or {"type": "default"}
    kind = str(scope.get("type"))
    if kind in {"default", "all_private_chats"}:
        return kind, 0
    if kind == "chat" or kind in _GROUP_SCOPES:
        return kind, Parameters(scope).integer("chat_id")
    raise bad_request("can't parse BotCommandScope: unsupported type specified")


def _command(entry: object) -> dict[str, str]:
    fields = entry if isinstance(entry, dict) else {}
    command = str(fields.get("command", "")).removeprefix("/")
    description = str(fields.get("description", ""))
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 0 < len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}
