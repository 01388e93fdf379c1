"""Methods about the bot itself, its commands, callback queries, files and the webhook."""

from __future__ import annotations

from bot.sandbox.errors import bad_request
from bot.sandbox.files import MAXIMUM_DOWNLOAD
from bot.sandbox.parameters import Parameters
from bot.sandbox.profile import Scope, scope_of
from bot.sandbox.webhook import Webhook
from bot.sandbox.world import World

MAXIMUM_ANSWER = 200


def get_me(world: World, _: Parameters) -> object:
    abilities = {"can_join_groups": True, "can_read_all_group_messages": False}
    return {
        **world.bot_user(),
        **abilities,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def answer_callback_query(world: World, parameters: Parameters) -> object:
    query = world.open_query(parameters.string("callback_query_id"))
    text = parameters.string("text")
    if len(text) > MAXIMUM_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = {"text": text, "show_alert": parameters.flag("show_alert"), "url": parameters.string("url")}
    world.answer_query(query, answer)
    return True


def get_file(world: World, parameters: Parameters) -> object:
    file = world.files.by_id(parameters.string("file_id"))
    if len(file.content) > MAXIMUM_DOWNLOAD:
        raise bad_request("file is too big")
    return {**file.reference(), "file_path": file.path}


def _scope(world: World, parameters: Parameters) -> Scope:
    scope = scope_of(parameters)
    if scope[0] == "chat" and scope[1] not in world.chats:
        raise bad_request("chat not found")
    return scope


def set_my_commands(world: World, parameters: Parameters) -> object:
    world.profile.set_commands(_scope(world, parameters), parameters)
    return True


def get_my_commands(world: World, parameters: Parameters) -> object:
    return world.profile.commands.get((_scope(world, parameters), parameters.string("language_code")), [])


def delete_my_commands(world: World, parameters: Parameters) -> object:
    world.profile.commands.pop((_scope(world, parameters), parameters.string("language_code")), None)
    return True


def set_my_description(world: World, parameters: Parameters) -> object:
    world.profile.set_text("description", parameters)
    return True


def get_my_description(world: World, parameters: Parameters) -> object:
    return {"description": world.profile.text("description", parameters.string("language_code"))}


def set_my_short_description(world: World, parameters: Parameters) -> object:
    world.profile.set_text("short_description", parameters)
    return True


def get_my_short_description(world: World, parameters: Parameters) -> object:
    return {"short_description": world.profile.text("short_description", parameters.string("language_code"))}


def set_my_name(world: World, parameters: Parameters) -> object:
    world.profile.set_text("name", parameters)
    if not parameters.string("language_code"):
        world.profile.name = parameters.string("name") or world.profile.name
    return True


def get_my_name(world: World, parameters: Parameters) -> object:
    return {"name": world.profile.text("name", parameters.string("language_code")) or world.profile.name}


def set_chat_menu_button(world: World, parameters: Parameters) -> object:
    chat_id = world.chat(parameters).person.id if parameters.string("chat_id") else 0
    world.profile.menu_buttons[chat_id] = parameters.mapping("menu_button") or {"type": "default"}
    return True


def get_chat_menu_button(world: World, parameters: Parameters) -> object:
    chat_id = world.chat(parameters).person.id if parameters.string("chat_id") else 0
    buttons = world.profile.menu_buttons
    return buttons.get(chat_id) or buttons.get(0) or {"type": "commands"}


def set_webhook(world: World, parameters: Parameters) -> object:
    webhook = Webhook.of(parameters)
    allow_updates(world, parameters)
    if parameters.flag("drop_pending_updates"):
        world.updates.drop_all()
    world.webhook.set(webhook)
    return True


def delete_webhook(world: World, parameters: Parameters) -> object:
    if parameters.flag("drop_pending_updates"):
        world.updates.drop_all()
    world.webhook.set(None)
    return True


def get_webhook_info(world: World, _: Parameters) -> object:
    return world.webhook.info()


def allow_updates(world: World, parameters: Parameters) -> None:
    """The list is remembered until another one is given."""
    kinds = parameters.sequence("allowed_updates")
    if kinds is not None:
        world.updates.allowed = [str(kind) for kind in kinds]
