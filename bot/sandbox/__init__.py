"""A local server that speaks the Telegram Bot API strictly, with a person's side to it."""
