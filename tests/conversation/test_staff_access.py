"""Who gets in: invitations, and what each role may see."""

from storage.tables import audit, fsm, invitations, persons
from storage.tables import staff as staff_table
from tests.conversation.conftest import World
from tests.conversation.staff import COLLEGE, OTHER_COLLEGE, administrator, invitation, linked, specialist
from tests.conversation.stored import expire_invitations, rows
from tests.conversation.student import newcomer, profiled

UNKNOWN = "Такой команды нет. Что я умею: /help"
STAFF_COMMANDS = ("/student", "/student Аня", "/groups", "/colleges", "/invite")


async def test_an_invitation_makes_its_first_opener_a_specialist(world: World) -> None:
    admin = await administrator(world)
    assert "/invite" in (await admin.write("/start")).text
    link = await invitation(world, admin=admin)
    assert "на 7 дней" in (await admin.screen()).text
    await admin.choose("Закрыть")

    member = await newcomer(world)
    welcome = await member.write(f"/start {link}")
    assert welcome.text.startswith(f"Готово: вы специалист центра карьеры, {COLLEGE}.")
    (stored,) = await rows(world.app, staff_table)
    assert (stored["telegram_id"], stored["role"]) == (member.person.id, "specialist")
    menu = (await world.sandbox.request("GET", f"people/{member.person.id}"))["commands"]
    assert [entry["command"] for entry in menu][:2] == ["student", "groups"]
    assert link.removeprefix("i_") not in str(await rows(world.app, invitations))

    thief = await newcomer(world)
    assert "уже использована или устарела" in (await thief.write(f"/start {link}")).text
    assert "уже использована или устарела" in (await thief.write("/start i_nonsense")).text
    assert len(await rows(world.app, staff_table)) == 1
    assert await world.refusals() == []


async def test_an_old_invitation_is_refused(world: World) -> None:
    link = await invitation(world)
    await expire_invitations(world.app)
    late = await newcomer(world)
    assert "уже использована или устарела" in (await late.write(f"/start {link}")).text
    assert await rows(world.app, staff_table) == []


async def test_two_cannot_use_one_link_at_once(world: World) -> None:
    link = await invitation(world)
    both = [await newcomer(world), await newcomer(world)]
    for one in both:
        await one.person.start(link)
    for one in both:
        await one.idle()
    texts = sorted([(await one.screen()).text[:6] for one in both])
    assert texts == ["Готово", "Эта сс"]
    assert len(await rows(world.app, staff_table)) == 1


async def test_a_link_opened_while_telegram_fails_links_and_says_so(world: World) -> None:
    link = await invitation(world)
    member = await newcomer(world)
    await world.sandbox.fault("sendMessage", status=500)
    await member.person.start(link)
    await member.person.wait_for(lambda messages: any(message.from_bot for message in messages))
    await member.idle()
    assert len(await rows(world.app, staff_table)) == 1
    assert "Готово" in (await member.screen()).text


async def test_a_students_staff_commands_get_the_answer_of_an_unknown_command(world: World) -> None:
    student = await profiled(world)
    half_way = await newcomer(world)
    await half_way.begin("isp21")
    stranger = await newcomer(world)
    other = await profiled(world, name="Петя")
    code = (await other.row())["code"]
    for one in (student, half_way, stranger):
        expected = (await one.write("/nonsense")).text
        assert expected == UNKNOWN
        for command in (*STAFF_COMMANDS, f"/student {code}"):
            answered = await one.write(command)
            assert (answered.text, answered.buttons) == (expected, [])
    assert await half_way.at() == "requests"
    assert await rows(world.app, fsm) == []
    assert await rows(world.app, audit) == []


async def test_a_coordinator_sees_sums_and_no_person(world: World) -> None:
    student = await profiled(world)
    half_way = await newcomer(world)
    await half_way.begin("pk22")
    (coordinator,) = await linked(world, None)
    code = (await student.row())["code"]

    sums = await coordinator.write("/colleges")
    assert "Колледж транспорта: 2 / 1" in sums.text
    assert "Техникум питания: 0 / 0" in sums.text
    for command in ("/student", f"/student {code}", "/groups", "/invite"):
        assert (await coordinator.write(command)).text == UNKNOWN
    home = await coordinator.write("/start")
    assert "Регион" in home.text
    assert "/student" not in home.text + (await coordinator.write("/help")).text
    assert "Аня" not in "".join(message.text for message in await coordinator.messages())


async def test_an_administrator_is_no_specialist(world: World) -> None:
    admin = await administrator(world)
    for command in ("/student Аня", "/groups", "/colleges"):
        assert (await admin.write(command)).text == UNKNOWN
    assert "/invite" in (await admin.write("/help")).text


async def test_a_specialist_sees_the_own_groups_with_links_that_work(world: World) -> None:
    await profiled(world)
    member = await specialist(world)
    listed = await member.write("/groups")
    assert "ИСП-21: 1 / 1" in listed.text
    assert "ПК-22: 0 / 0" in listed.text
    assert "ПД-23" not in listed.text
    assert "?start=g_isp21" in listed.text
    assert "ИСП-21" in (await member.write("/start")).text
    assert (await member.write("/invite")).text == UNKNOWN
    assert await world.refusals() == []


async def test_a_specialists_typed_words_are_no_answers(world: World) -> None:
    member = await specialist(world)
    assert "Пока я понимаю только кнопки и команды" in (await member.write("Аня")).text
    await member.write("/language")
    assert "English it is" in (await member.choose("English")).text
    assert "Whom to show?" in (await member.write("/student")).text
    assert await rows(world.app, persons) == []


async def test_a_specialist_moves_to_another_college_by_a_new_invitation(world: World) -> None:
    admin = await administrator(world)
    member = await newcomer(world)
    await member.write(f"/start {await invitation(world, COLLEGE, admin)}")
    link = await invitation(world, OTHER_COLLEGE, admin)
    assert OTHER_COLLEGE in (await member.write(f"/start {link}")).text
    assert "ПД-23" in (await member.write("/groups")).text
    assert len(await rows(world.app, staff_table)) == 1
