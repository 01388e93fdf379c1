"""Plays a specialist who publishes vacancies."""

from bot.sandbox.views import ChatMessage
from tests.conversation.student import Student

ANSWERS = (
    ("write", "Программист 1С"),
    ("write", "ООО «Ромашка»"),
    ("choose", "Постоянная"),
    ("write", "Казань, ул. Гагарина, 5"),
    ("write", "60-80"),
    ("choose", "полный день"),
    ("choose", "опыт не нужен"),
    ("choose", "нет"),
    ("write", "Писать код & тесты"),
    ("write", "https://example.org/1"),
)
"""In the order in which the dialog asks."""

TABLE = "Название;Работодатель;Город\nПрограммист;ООО «Ромашка»;Казань\nПовар;Кафе «Вкус»;г. Тула\n"


async def draft(member: Student, name: str = "Программист 1С", skip: int = 0) -> ChatMessage:
    """Answer everything up to the preview; the last `skip` answers are left out."""
    await member.write("/vacancy_new")
    shown = await member.write(name)
    for act, answer in ANSWERS[1 : len(ANSWERS) - skip]:
        shown = await (member.write(answer) if act == "write" else member.choose(answer))
    return shown


async def publish(member: Student, name: str = "Программист 1С") -> ChatMessage:
    await draft(member, name)
    return await member.choose("Опубликовать")


async def send(member: Student, content: bytes | str = TABLE, name: str = "вакансии.csv") -> ChatMessage:
    """Send a document; returns the newest message after it."""
    await member.person.send_document(name, content.encode() if isinstance(content, str) else content)
    await member.idle()
    return await member.screen()
